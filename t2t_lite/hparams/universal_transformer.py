"""The Universal Transformer's hyperparameters, and the sets that Tensor2Tensor published for it.

A set that bears Tensor2Tensor's name has Tensor2Tensor's values
(models/research/universal_transformer.py there).
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams import transformer
from t2t_lite.hparams.base import hparam
from t2t_lite.hparams.transformer import TransformerHParams
from t2t_lite.hparams.transformer_variants import for_tpu


class UniversalTransformerHParams(TransformerHParams):
    """Fields of the Universal Transformer (Dehghani et al. 2018, arXiv:1807.03819)."""

    recurrence_type: str = hparam(
        "basic",
        "basic: num_rec_steps steps; act: as many as each position wants",
        choices=("basic", "act"),
    )
    num_rec_steps: int = hparam(6, "how often the layers are applied", minimum=1)
    num_inrecurrence_layers: int = hparam(1, "different layers in each step", minimum=1)
    mix_with_transformer: str | None = hparam(
        None, "before_ut, after_ut or both with a comma: layers before, after the recurrent ones"
    )
    num_mixedin_layers: int = hparam(2, "how many layers mix_with_transformer adds", minimum=1)
    transformer_ffn_type: str = hparam(
        "fc", "fc: feed-forward; sepconv: separable convolutions", choices=("fc", "sepconv")
    )

    # Where and when
    add_position_timing_signal: bool = hparam(True, "each step is told the positions")
    add_step_timing_signal: bool = hparam(True, "each step is told its number")
    step_timing_signal_type: str = hparam(
        "learned", "a step's number is learned, or a sinusoid", choices=("learned", "sinusoid")
    )
    add_or_concat_timing_signal: str = hparam(
        "add", "these are added, or set beside and projected", choices=("add", "concat")
    )

    # Adaptive computation time
    act_type: str = hparam(
        "basic",
        "basic: a step's state replaces a share of those before; accumulated: it is added to them",
        choices=("basic", "accumulated"),
    )
    act_max_steps: int = hparam(12, "steps at most", minimum=1)
    act_halting_bias_init: float = hparam(1.0, "bias of the halting unit at first")
    act_epsilon: float = hparam(0.01, "halt when 1 - this is reached", minimum=0, maximum=1)
    act_loss_weight: float = hparam(0.01, "weight of the number of steps in the loss", minimum=0)


def _universal(base: TransformerHParams) -> UniversalTransformerHParams:
    """A Transformer's set, with the fields of the Universal Transformer."""
    hp = UniversalTransformerHParams()
    hp.override_from_dict(base.values())
    hp.num_rec_steps = hp.num_hidden_layers
    hp.act_max_steps = 2 * hp.num_hidden_layers
    hp.pos = None  # Each step adds the positions.
    return hp


def _adaptive(hp: UniversalTransformerHParams) -> UniversalTransformerHParams:
    hp.recurrence_type = "act"
    return hp


@registry.register_hparams
def universal_transformer_base() -> UniversalTransformerHParams:
    """6 steps of width 1024, which has about the parameters of transformer_base."""
    hp = _universal(transformer.transformer_base())
    hp.hidden_size = 1024
    hp.filter_size = 4096
    hp.num_heads = 16
    hp.layer_prepostprocess_dropout = 0.3
    return hp


@registry.register_hparams
def universal_transformer_base_tpu() -> UniversalTransformerHParams:
    """universal_transformer_base with Adafactor and short sequences."""
    hp = universal_transformer_base()
    for_tpu(hp)
    hp.add_step_timing_signal = False
    return hp


@registry.register_hparams
def universal_transformer_big() -> UniversalTransformerHParams:
    """6 steps of width 2048."""
    hp = universal_transformer_base()
    hp.hidden_size = 2048
    hp.filter_size = 8192
    return hp


@registry.register_hparams
def universal_transformer_small() -> UniversalTransformerHParams:
    """6 steps of width 512."""
    return _universal(transformer.transformer_base())


@registry.register_hparams
def universal_transformer_tiny() -> UniversalTransformerHParams:
    """8 steps of width 128."""
    hp = _universal(transformer.transformer_tiny())
    hp.num_rec_steps = 8
    return hp


@registry.register_hparams
def universal_transformer_teeny() -> UniversalTransformerHParams:
    """10 steps of width 128, 2 heads, narrow feed-forward layers."""
    hp = universal_transformer_small()
    hp.hidden_size = 128
    hp.filter_size = 128
    hp.num_heads = 2
    hp.num_rec_steps = 10
    return hp


@registry.register_hparams
def universal_transformer_tall() -> UniversalTransformerHParams:
    """16 steps of width 512."""
    hp = universal_transformer_small()
    hp.num_rec_steps = 16
    return hp


@registry.register_hparams
def universal_transformer_sepconv_base() -> UniversalTransformerHParams:
    """universal_transformer_base with separable convolutions for feed-forward layers."""
    hp = universal_transformer_base()
    hp.transformer_ffn_type = "sepconv"
    return hp


@registry.register_hparams
def universal_transformer_sepconv_big() -> UniversalTransformerHParams:
    """universal_transformer_big with separable convolutions for feed-forward layers."""
    hp = universal_transformer_big()
    hp.transformer_ffn_type = "sepconv"
    return hp


@registry.register_hparams
def universal_transformer_sepconv_tiny() -> UniversalTransformerHParams:
    """universal_transformer_tiny with separable convolutions for feed-forward layers."""
    hp = universal_transformer_tiny()
    hp.transformer_ffn_type = "sepconv"
    return hp


@registry.register_hparams
def universal_transformer_step_sinusoid_timing_tiny() -> UniversalTransformerHParams:
    """universal_transformer_tiny whose steps are told their number by sinusoids."""
    hp = universal_transformer_tiny()
    hp.step_timing_signal_type = "sinusoid"
    return hp


@registry.register_hparams
def universal_transformer_mix_before_ut_base() -> UniversalTransformerHParams:
    """universal_transformer_base after 2 layers of their own."""
    hp = universal_transformer_base()
    hp.mix_with_transformer = "before_ut"
    return hp


@registry.register_hparams
def universal_transformer_mix_after_ut_base() -> UniversalTransformerHParams:
    """universal_transformer_base before 2 layers of their own."""
    hp = universal_transformer_base()
    hp.mix_with_transformer = "after_ut"
    return hp


@registry.register_hparams
def adaptive_universal_transformer_base() -> UniversalTransformerHParams:
    """At most 12 steps of width 1024."""
    return _adaptive(universal_transformer_base())


@registry.register_hparams
def adaptive_universal_transformer_base_tpu() -> UniversalTransformerHParams:
    """adaptive_universal_transformer_base with Adafactor and short sequences."""
    return _adaptive(universal_transformer_base_tpu())


@registry.register_hparams
def adaptive_universal_transformer_small() -> UniversalTransformerHParams:
    """At most 12 steps of width 512."""
    return _adaptive(universal_transformer_small())


@registry.register_hparams
def adaptive_universal_transformer_tiny() -> UniversalTransformerHParams:
    """At most 4 steps of width 128."""
    return _adaptive(universal_transformer_tiny())


@registry.register_hparams
def adaptive_universal_transformer_sepconv_tiny() -> UniversalTransformerHParams:
    """adaptive_universal_transformer_tiny with separable convolutions."""
    return _adaptive(universal_transformer_sepconv_tiny())


@registry.register_hparams
def adaptive_universal_transformer_concat_tiny() -> UniversalTransformerHParams:
    """adaptive_universal_transformer_tiny with positions and steps set beside the states."""
    hp = adaptive_universal_transformer_tiny()
    hp.add_or_concat_timing_signal = "concat"
    return hp


@registry.register_hparams
def adaptive_universal_transformer_mix_before_ut_base() -> UniversalTransformerHParams:
    """adaptive_universal_transformer_base after 2 layers of their own."""
    return _adaptive(universal_transformer_mix_before_ut_base())


@registry.register_hparams
def adaptive_universal_transformer_mix_after_ut_base() -> UniversalTransformerHParams:
    """adaptive_universal_transformer_base before 2 layers of their own."""
    return _adaptive(universal_transformer_mix_after_ut_base())


@registry.register_hparams
def adaptive_universal_transformer_multilayer_tpu() -> UniversalTransformerHParams:
    """Two layers in each step, one before and one after them, separable convolutions."""
    hp = adaptive_universal_transformer_base_tpu()
    hp.num_inrecurrence_layers = 2
    hp.mix_with_transformer = "before_ut,after_ut"
    hp.num_mixedin_layers = 1
    hp.transformer_ffn_type = "sepconv"
    return hp


@registry.register_hparams
def adaptive_universal_transformer_tall() -> UniversalTransformerHParams:
    """At most 24 steps of width 512."""
    hp = adaptive_universal_transformer_small()
    hp.num_hidden_layers = 16
    hp.batch_size = 1024
    hp.act_max_steps = 24
    return hp


@registry.register_hparams
def adaptive_universal_transformer_tall_actlossw0() -> UniversalTransformerHParams:
    """adaptive_universal_transformer_tall to which steps cost nothing."""
    hp = adaptive_universal_transformer_tall()
    hp.act_loss_weight = 0.0
    return hp


@registry.register_hparams
def adaptive_universal_transformer_tall_actlossw001() -> UniversalTransformerHParams:
    """adaptive_universal_transformer_tall to which steps cost a tenth."""
    hp = adaptive_universal_transformer_tall()
    hp.act_loss_weight = 0.001
    return hp


@registry.register_hparams
def adaptive_universal_transformer_base_dropout03() -> UniversalTransformerHParams:
    """adaptive_universal_transformer_base with dropout 0.3 everywhere."""
    return _with_dropout(0.3)


@registry.register_hparams
def adaptive_universal_transformer_base_dropout05() -> UniversalTransformerHParams:
    """adaptive_universal_transformer_base with dropout 0.5 everywhere."""
    return _with_dropout(0.5)


def _with_dropout(rate: float) -> UniversalTransformerHParams:
    hp = adaptive_universal_transformer_base()
    hp.layer_prepostprocess_dropout = rate
    hp.attention_dropout = rate
    hp.relu_dropout = rate
    return hp
