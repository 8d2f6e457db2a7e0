"""Tensor2Tensor's variants of transformer_base that differ in one value, and its TPU sets."""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.transformer import (
    TransformerHParams,
    transformer_base,
    transformer_big,
    transformer_big_enfr,
    transformer_clean_big,
    transformer_small,
    transformer_tiny,
)

# The rows of "Attention Is All You Need", table 3, in transformer_base's recipe.
_VARIANTS = {
    "transformer_l2": ("num_hidden_layers", 2),
    "transformer_l4": ("num_hidden_layers", 4),
    "transformer_l8": ("num_hidden_layers", 8),
    "transformer_l10": ("num_hidden_layers", 10),
    "transformer_h1": ("num_heads", 1),
    "transformer_h4": ("num_heads", 4),
    "transformer_h16": ("num_heads", 16),
    "transformer_h32": ("num_heads", 32),
    "transformer_k128": ("attention_key_channels", 128),
    "transformer_k256": ("attention_key_channels", 256),
    "transformer_ff1024": ("filter_size", 1024),
    "transformer_ff4096": ("filter_size", 4096),
    "transformer_dr0": ("layer_prepostprocess_dropout", 0.0),
    "transformer_dr2": ("layer_prepostprocess_dropout", 0.2),
    "transformer_ls0": ("label_smoothing", 0.0),
    "transformer_ls2": ("label_smoothing", 0.2),
    "transformer_hs256": ("hidden_size", 256),
    "transformer_hs1024": ("hidden_size", 1024),
}


def _register_variant(name: str, field: str, value: float) -> None:
    def variant() -> TransformerHParams:
        hp = transformer_base()
        setattr(hp, field, value)
        return hp

    variant.__name__ = variant.__qualname__ = name
    variant.__doc__ = f"transformer_base with {field} {value}."
    registry.register_hparams(variant)


for _name, (_field, _value) in _VARIANTS.items():
    _register_variant(_name, _field, _value)


def for_tpu(hp: TransformerHParams) -> TransformerHParams:
    """Tensor2Tensor's changes for TPUs: Adafactor, short sequences, dropout masks that repeat."""
    hp.optimizer = "Adafactor"
    hp.learning_rate_schedule = "rsqrt_decay"
    hp.learning_rate_warmup_steps = 10000
    hp.max_length = 64
    hp.batch_size = 2048
    hp.attention_dropout_broadcast_dims = "0,1"  # batch, heads
    hp.relu_dropout_broadcast_dims = "1"  # length
    hp.layer_prepostprocess_dropout_broadcast_dims = "1"  # length
    return hp


@registry.register_hparams
def transformer_tiny_tpu() -> TransformerHParams:
    """transformer_tiny with Adafactor and short sequences."""
    return for_tpu(transformer_tiny())


@registry.register_hparams
def transformer_timeseries() -> TransformerHParams:
    """transformer_small for vectors of numbers; here batch_size counts examples."""
    hp = transformer_small()
    hp.batch_size = 256
    hp.learning_rate_warmup_steps = 2000
    return hp


@registry.register_hparams
def transformer_small_tpu() -> TransformerHParams:
    """transformer_small with Adafactor and short sequences."""
    return for_tpu(transformer_small())


@registry.register_hparams
def transformer_tpu() -> TransformerHParams:
    """transformer_base with Adafactor and short sequences."""
    return for_tpu(transformer_base())


@registry.register_hparams
def transformer_big_tpu() -> TransformerHParams:
    """transformer_big with Adafactor and short sequences."""
    return for_tpu(transformer_big())


@registry.register_hparams
def transformer_big_enfr_tpu() -> TransformerHParams:
    """transformer_big_enfr with Adafactor and short sequences; 8 heads are faster there."""
    hp = for_tpu(transformer_big_enfr())
    hp.num_heads = 8
    return hp


@registry.register_hparams
def transformer_clean_big_tpu() -> TransformerHParams:
    """transformer_clean_big with Adafactor and short sequences."""
    return for_tpu(transformer_clean_big())


@registry.register_hparams
def transformer_lm_tpu_0() -> TransformerHParams:
    """A language model."""
    hp = transformer_clean_big_tpu()
    hp.num_heads = 4  # heads of width 256
    hp.batch_size = 4096
    hp.shared_embedding_and_softmax_weights = False
    hp.layer_prepostprocess_dropout = 0.1
    return hp


@registry.register_hparams
def transformer_lm_tpu_1() -> TransformerHParams:
    """A language model, four times as large."""
    hp = transformer_lm_tpu_0()
    hp.hidden_size = 2048
    hp.filter_size = 8192
    return hp
