"""The hyperparameters of the Transformer with mixtures of experts, and Tensor2Tensor's sets.

A set that bears Tensor2Tensor's name has Tensor2Tensor's values
(models/research/transformer_moe.py there).
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.base import hparam
from t2t_lite.hparams.experts import ExpertsHParams
from t2t_lite.hparams.transformer import TransformerHParams


class TransformerMoeHParams(TransformerHParams, ExpertsHParams):
    """Fields that say which layers there are."""

    layer_types: str = hparam(
        "",
        "layers with / between, encoder and decoder with # between; a layer is attention-feed "
        "forward, such as a-moe or a; one side alone stands for both; '': num_hidden_layers",
    )
    default_att: str = hparam("a", "attention where layer_types names none", choices=("a",))
    default_ff: str = hparam(
        "fc",
        "what follows it: fc feed-forward, sep separable convolutions, sepm causal ones, moe",
        choices=("fc", "sep", "sepm", "moe"),
    )


@registry.register_hparams
def transformer_moe_base() -> TransformerMoeHParams:
    """5 layers of width 512, pre-norm; where the experts are, layer_types says."""
    hp = TransformerMoeHParams()
    hp.hidden_size = 512
    hp.batch_size = 4096
    hp.max_length = 2001
    hp.max_input_seq_length = 2000
    hp.max_target_seq_length = 2000
    hp.clip_grad_norm = 0.0
    hp.optimizer_adam_epsilon = 1e-9
    hp.optimizer_adam_beta1 = 0.9
    hp.optimizer_adam_beta2 = 0.98
    hp.learning_rate_decay_scheme = "noam"
    hp.learning_rate = 0.1
    hp.learning_rate_warmup_steps = 2000
    hp.initializer = "uniform_unit_scaling"
    hp.initializer_gain = 1.0
    hp.num_hidden_layers = 5
    hp.weight_decay = 0.0
    hp.label_smoothing = 0.0
    hp.shared_embedding_and_softmax_weights = True
    hp.layer_preprocess_sequence = "n"
    hp.layer_postprocess_sequence = "da"
    return hp


@registry.register_hparams
def transformer_moe_8k() -> TransformerMoeHParams:
    """Width 1024, separable convolutions, for long sequences."""
    hp = transformer_moe_base()
    hp.batch_size = 8192
    hp.max_length = 0
    hp.eval_drop_long_sequences = True
    hp.min_length_bucket = 256
    hp.default_ff = "sep"
    hp.hidden_size = 1024
    return hp


@registry.register_hparams
def transformer_moe_8k_lm() -> TransformerMoeHParams:
    """A language model: 5 layers, a mixture of experts in the middle."""
    hp = transformer_moe_8k()
    hp.default_ff = "sepm"
    hp.layer_types = "#a/a/a-moe/a/a"
    return hp


@registry.register_hparams
def transformer_moe_2k() -> TransformerMoeHParams:
    """5 + 5 layers, a mixture of experts in the middle of the decoder."""
    hp = transformer_moe_8k()
    hp.batch_size = 2048
    hp.layer_types = "a/a/a/a/a#a-sepm/a-sepm/a-moe/a-sepm/a-sepm"
    return hp
