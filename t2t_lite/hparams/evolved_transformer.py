"""Tensor2Tensor's sets of the Evolved Transformer (models/evolved_transformer.py there)."""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams import transformer, transformer_variants
from t2t_lite.hparams.transformer import TransformerHParams


def _evolved(hp: TransformerHParams) -> TransformerHParams:
    """Fewer layers, for each is twice as deep; a cosine instead of the root of the step."""
    hp.num_encoder_layers = 3
    hp.num_decoder_layers = 4
    hp.learning_rate_constant /= hp.learning_rate_warmup_steps**0.5
    hp.learning_rate_schedule = "constant*linear_warmup*single_cycle_cos_decay*rsqrt_hidden_size"
    return hp


def _evolved_for_tpu(hp: TransformerHParams) -> TransformerHParams:
    hp = _evolved(hp)
    hp.learning_rate_constant = 1 / hp.learning_rate_warmup_steps**0.5
    hp.learning_rate_schedule = "constant*single_cycle_cos_decay"
    return hp


@registry.register_hparams
def evolved_transformer_tiny() -> TransformerHParams:
    """3 + 4 layers of width 128."""
    hp = _evolved(transformer.transformer_tiny())
    hp.learning_rate_schedule = "constant*single_cycle_cos_decay"
    return hp


@registry.register_hparams
def evolved_transformer_base() -> TransformerHParams:
    """3 + 4 layers of width 512."""
    return _evolved(transformer.transformer_base())


@registry.register_hparams
def evolved_transformer_big() -> TransformerHParams:
    """3 + 4 layers of width 1024."""
    return _evolved(transformer.transformer_big())


@registry.register_hparams
def evolved_transformer_deep() -> TransformerHParams:
    """9 + 10 layers of width 640."""
    hp = _evolved(transformer.transformer_big())
    hp.num_encoder_layers = 9
    hp.num_decoder_layers = 10
    hp.hidden_size = 640
    return hp


@registry.register_hparams
def evolved_transformer_base_tpu() -> TransformerHParams:
    """evolved_transformer_base with Adafactor and short sequences."""
    return _evolved_for_tpu(transformer_variants.transformer_tpu())


@registry.register_hparams
def evolved_transformer_big_tpu() -> TransformerHParams:
    """evolved_transformer_big with Adafactor and short sequences."""
    return _evolved_for_tpu(transformer_variants.transformer_big_tpu())
