"""The Transformer's hyperparameters, and the sets that Tensor2Tensor published for it.

A set that bears Tensor2Tensor's name has Tensor2Tensor's values (models/transformer.py there).
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.attention import AttentionHParams
from t2t_lite.hparams.base import hparam


class TransformerHParams(AttentionHParams):
    """Fields of the Transformer (Vaswani et al. 2017, arXiv:1706.03762)."""

    num_encoder_layers: int = hparam(0, "layers of the encoder; 0: as num_hidden_layers", minimum=0)
    num_decoder_layers: int = hparam(0, "layers of the decoder; 0: as num_hidden_layers", minimum=0)
    causal_decoder_self_attention: bool = hparam(
        True, "a position of the targets sees itself and earlier ones only"
    )
    unidirectional_encoder: bool = hparam(
        False, "a position of the inputs sees itself and earlier ones only"
    )

    # Feed-forward
    ffn_layer: str = hparam(
        "dense_relu_dense",
        "dense_relu_dense, or conv_relu_conv: the first sees conv_first_kernel neighbours",
    )
    conv_first_kernel: int = hparam(3, "neighbours that ffn_layer=conv_relu_conv sees", minimum=1)
    filter_size: int = hparam(2048, "width of the feed-forward layer", minimum=1)
    relu_dropout: float = hparam(0.0, "dropout within the feed-forward layer", minimum=0, maximum=1)
    relu_dropout_broadcast_dims: str = hparam(
        "", "comma-separated axes along which that dropout's mask is the same"
    )

    # Positions and tasks
    pos: str | None = hparam("timing", "timing: sinusoids are added to embeddings; none")
    use_target_space_embedding: bool = hparam(
        True, "what kind of thing the targets are is added to the encoder's input"
    )


@registry.register_hparams
def transformer_base_v1() -> TransformerHParams:
    """The paper's base model: post-norm."""
    hp = TransformerHParams()
    hp.norm_type = "layer"
    hp.hidden_size = 512
    hp.batch_size = 4096
    hp.max_length = 256
    hp.clip_grad_norm = 0.0
    hp.optimizer_adam_epsilon = 1e-9
    hp.optimizer_adam_beta1 = 0.9
    hp.optimizer_adam_beta2 = 0.98
    hp.learning_rate_decay_scheme = "noam"
    hp.learning_rate = 0.1
    hp.learning_rate_warmup_steps = 4000
    hp.initializer = "uniform_unit_scaling"
    hp.initializer_gain = 1.0
    hp.num_hidden_layers = 6
    hp.weight_decay = 0.0
    hp.label_smoothing = 0.1
    hp.shared_embedding_and_softmax_weights = True
    return hp


@registry.register_hparams
def transformer_base_v2() -> TransformerHParams:
    """Pre-norm, dropout in attention and feed-forward layers."""
    hp = transformer_base_v1()
    hp.layer_preprocess_sequence = "n"
    hp.layer_postprocess_sequence = "da"
    hp.layer_prepostprocess_dropout = 0.1
    hp.attention_dropout = 0.1
    hp.relu_dropout = 0.1
    hp.learning_rate_warmup_steps = 8000
    hp.learning_rate = 0.2
    return hp


@registry.register_hparams
def transformer_base_v3() -> TransformerHParams:
    """Another Adam, and the learning rate as a product."""
    hp = transformer_base_v2()
    hp.optimizer_adam_beta2 = 0.997
    hp.learning_rate_schedule = "constant*linear_warmup*rsqrt_decay*rsqrt_hidden_size"
    hp.learning_rate_constant = 2.0
    return hp


@registry.register_hparams
def transformer_base() -> TransformerHParams:
    """The base model: 6 layers of width 512."""
    return transformer_base_v3()


@registry.register_hparams
def transformer_big() -> TransformerHParams:
    """The big model: 6 layers of width 1024, 16 heads."""
    hp = transformer_base()
    hp.hidden_size = 1024
    hp.filter_size = 4096
    # A batch of 4096 leads to out-of-memory on GPUs of the time.
    hp.batch_size = 2048
    hp.num_heads = 16
    hp.layer_prepostprocess_dropout = 0.3
    return hp


@registry.register_hparams
def transformer_tiny() -> TransformerHParams:
    """2 layers of width 128."""
    hp = transformer_base()
    hp.num_hidden_layers = 2
    hp.hidden_size = 128
    hp.filter_size = 512
    hp.num_heads = 4
    return hp


@registry.register_hparams
def transformer_small() -> TransformerHParams:
    """2 layers of width 256."""
    hp = transformer_base()
    hp.num_hidden_layers = 2
    hp.hidden_size = 256
    hp.filter_size = 1024
    hp.num_heads = 4
    return hp


@registry.register_hparams
def transformer_test() -> TransformerHParams:
    """2 layers of width 16, for tests of code."""
    hp = transformer_base()
    hp.num_hidden_layers = 2
    hp.hidden_size = 16
    hp.filter_size = 8
    hp.num_heads = 2
    return hp


@registry.register_hparams
def transformer_base_single_gpu() -> TransformerHParams:
    """The base model on one GPU: smaller batches, slower."""
    hp = transformer_base()
    hp.batch_size = 1024
    hp.learning_rate_schedule = "constant*linear_warmup*rsqrt_decay"
    hp.learning_rate_constant = 0.1
    hp.learning_rate_warmup_steps = 16000
    return hp


@registry.register_hparams
def transformer_base_multistep8() -> TransformerHParams:
    """The base model, 8 batches to an update."""
    hp = transformer_base()
    hp.optimizer = "multistep_adam"
    hp.optimizer_multistep_accumulate_steps = 8
    return hp


@registry.register_hparams
def transformer_big_single_gpu() -> TransformerHParams:
    """The big model on one GPU."""
    hp = transformer_big()
    hp.layer_prepostprocess_dropout = 0.1
    hp.learning_rate_warmup_steps = 16000
    return hp


@registry.register_hparams
def transformer_big_dr1() -> TransformerHParams:
    """The big model with dropout 0.1 and batches of 4096."""
    hp = transformer_base()
    hp.hidden_size = 1024
    hp.filter_size = 4096
    hp.num_heads = 16
    hp.layer_prepostprocess_dropout = 0.1
    return hp


@registry.register_hparams
def transformer_big_dr2() -> TransformerHParams:
    """The big model with dropout 0.2 and batches of 4096."""
    hp = transformer_big_dr1()
    hp.layer_prepostprocess_dropout = 0.2
    return hp


@registry.register_hparams
def transformer_big_enfr() -> TransformerHParams:
    """The big model for English to French: separate embeddings, wider feed-forward layers."""
    hp = transformer_big_dr1()
    hp.shared_embedding_and_softmax_weights = False
    hp.filter_size = 8192
    hp.layer_prepostprocess_dropout = 0.1
    return hp


@registry.register_hparams
def transformer_relative() -> TransformerHParams:
    """Relative positions (Shaw et al. 2018, arXiv:1803.02155) instead of timing."""
    return _with_relative_positions(transformer_base())


@registry.register_hparams
def transformer_relative_tiny() -> TransformerHParams:
    """transformer_tiny with relative positions."""
    return _with_relative_positions(transformer_tiny())


@registry.register_hparams
def transformer_relative_big() -> TransformerHParams:
    """transformer_big with relative positions."""
    return _with_relative_positions(transformer_big())


def _with_relative_positions(hp: TransformerHParams) -> TransformerHParams:
    hp.pos = None
    hp.self_attention_type = "dot_product_relative"
    hp.max_relative_position = 20
    return hp


@registry.register_hparams
def transformer_prepend_v1() -> TransformerHParams:
    """A language model over inputs followed by targets, after transformer_base_v1."""
    hp = transformer_base_v1()
    hp.prepend_mode = "prepend_inputs_masked_attention"
    hp.max_length = 0
    return hp


@registry.register_hparams
def transformer_prepend_v2() -> TransformerHParams:
    """A language model over inputs followed by targets, after transformer_base_v2."""
    hp = transformer_base_v2()
    hp.prepend_mode = "prepend_inputs_masked_attention"
    hp.max_length = 0
    return hp


@registry.register_hparams
def transformer_prepend() -> TransformerHParams:
    """A language model over inputs followed by targets."""
    return transformer_prepend_v2()


@registry.register_hparams
def transformer_clean() -> TransformerHParams:
    """No dropout and no label smoothing, for data that is never seen twice."""
    hp = transformer_base_v2()
    hp.label_smoothing = 0.0
    hp.layer_prepostprocess_dropout = 0.0
    hp.attention_dropout = 0.0
    hp.relu_dropout = 0.0
    hp.max_length = 0
    return hp


@registry.register_hparams
def transformer_clean_big() -> TransformerHParams:
    """The big model without dropout and label smoothing; still 8 heads."""
    hp = transformer_clean()
    hp.hidden_size = 1024
    hp.filter_size = 4096
    return hp


@registry.register_hparams
def transformer_parsing_base() -> TransformerHParams:
    """Constituency parsing on the Wall Street Journal alone."""
    hp = transformer_base()
    hp.attention_dropout = 0.2
    hp.layer_prepostprocess_dropout = 0.2
    hp.max_length = 512
    hp.learning_rate_warmup_steps = 16000
    hp.hidden_size = 1024
    hp.learning_rate = 0.05
    hp.shared_embedding_and_softmax_weights = False
    return hp


@registry.register_hparams
def transformer_parsing_big() -> TransformerHParams:
    """Constituency parsing, semi-supervised."""
    hp = transformer_big()
    hp.max_length = 512
    hp.learning_rate_warmup_steps = 4000
    hp.layer_prepostprocess_dropout = 0.1
    hp.batch_size = 2048
    hp.learning_rate = 0.05
    return hp


@registry.register_hparams
def transformer_parsing_ice() -> TransformerHParams:
    """Parsing and tagging of Icelandic text."""
    hp = transformer_base_single_gpu()
    hp.batch_size = 4096
    hp.shared_embedding_and_softmax_weights = False
    return hp
