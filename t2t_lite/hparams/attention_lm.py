"""Tensor2Tensor's sets of the decoder-only language model (models/research/attention_lm.py)."""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.transformer import TransformerHParams


@registry.register_hparams
def attention_lm_base() -> TransformerHParams:
    """A language model of 6 layers of width 1024, post-norm."""
    hp = TransformerHParams()
    hp.hidden_size = 1024
    hp.batch_size = 8192
    hp.max_length = 256
    hp.clip_grad_norm = 0.0
    hp.optimizer_adam_epsilon = 1e-9
    hp.optimizer_adam_beta1 = 0.9
    hp.optimizer_adam_beta2 = 0.98
    hp.learning_rate_decay_scheme = "noam"
    hp.learning_rate = 0.1
    hp.learning_rate_warmup_steps = 2000
    hp.initializer = "uniform_unit_scaling"
    hp.initializer_gain = 1.0
    hp.num_hidden_layers = 6
    hp.weight_decay = 0.0
    hp.label_smoothing = 0.0
    hp.filter_size = 4096
    return hp


@registry.register_hparams
def attention_lm_small() -> TransformerHParams:
    """A language model of 4 layers of width 512, with much dropout."""
    hp = attention_lm_base()
    hp.num_hidden_layers = 4
    hp.hidden_size = 512
    hp.filter_size = 2048
    hp.layer_prepostprocess_dropout = 0.5
    return hp


@registry.register_hparams
def attention_lm_translation() -> TransformerHParams:
    """Translation as a language model over inputs followed by targets."""
    hp = attention_lm_base()
    hp.layer_preprocess_sequence = "n"
    hp.layer_postprocess_sequence = "da"
    hp.learning_rate = 0.4
    hp.prepend_mode = "prepend_inputs_masked_attention"
    hp.max_length = 512
    hp.label_smoothing = 0.1
    hp.shared_embedding_and_softmax_weights = True
    return hp


@registry.register_hparams
def attention_lm_translation_l12() -> TransformerHParams:
    """attention_lm_translation with 12 layers."""
    hp = attention_lm_translation()
    hp.batch_size = 4096
    hp.num_hidden_layers = 12
    return hp


@registry.register_hparams
def attention_lm_translation_full_attention() -> TransformerHParams:
    """attention_lm_translation in which the inputs see each other whole."""
    hp = attention_lm_translation()
    hp.prepend_mode = "prepend_inputs_full_attention"
    return hp
