"""ByteNet, SliceNet, ConvS2S, Neural GPU: their hyperparameters and published sets.

A set that bears Tensor2Tensor's name has Tensor2Tensor's values (models/bytenet.py and slicenet.py
there). Their weight_decay of 3 was written when Tensor2Tensor took the mean of the squared weights;
1.15, and so this, takes the sum, which leaves the weights little room: for a training of your own
start from the sets in `multi30k.py`.
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.attention import AttentionHParams
from t2t_lite.hparams.base import HParams, hparam


class ConvolutionHParams(HParams):
    """What the convolutional families have in common."""

    dropout: float = hparam(0.2, "dropout after a stack of convolutions", minimum=0, maximum=1)
    kernel_height: int = hparam(3, "neighbours that a convolution sees", minimum=1)


class ByteNetHParams(ConvolutionHParams):
    """Fields of ByteNet (Kalchbrenner et al. 2016, arXiv:1610.10099)."""

    num_block_repeat: int = hparam(
        4, "blocks of an encoder or decoder; each has num_hidden_layers convolutions", minimum=1
    )


@registry.register_hparams
def bytenet_base() -> ByteNetHParams:
    """ByteNet: 4 blocks of 4 convolutions, dilated by 1, 2, 4, 8, of width 768."""
    hp = ByteNetHParams()
    hp.batch_size = 2048
    hp.hidden_size = 768
    hp.dropout = 0.2
    hp.symbol_dropout = 0.2
    hp.num_hidden_layers = 4
    hp.kernel_height = 3
    hp.learning_rate_decay_scheme = "exp"
    hp.learning_rate = 0.05
    hp.learning_rate_warmup_steps = 3000
    hp.initializer_gain = 1.0
    hp.weight_decay = 3.0
    return hp


class SliceNetHParams(ConvolutionHParams, AttentionHParams):
    """Fields of SliceNet (Kaiser et al. 2017, arXiv:1706.03059)."""

    kernel_scheme: str = hparam(
        "3.7.15.31", "neighbours that the convolutions of a layer see; the first two form a module"
    )
    dilation_scheme: str = hparam("1.1.1.1", "how far apart these neighbours are")
    separability: int = hparam(
        -2,
        "0: separable convolutions; -n: with blocks of channels, n in a module's last convolution "
        "and one more in each before; n: dense ones within n blocks",
    )


@registry.register_hparams
def slicenet_1() -> SliceNetHParams:
    """SliceNet: 4 layers of width 768, super-separable convolutions."""
    hp = SliceNetHParams()
    hp.batch_size = 1024
    hp.hidden_size = 768
    hp.dropout = 0.5
    hp.symbol_dropout = 0.2
    hp.num_hidden_layers = 4
    hp.kernel_height = 3
    hp.learning_rate_decay_scheme = "exp"
    hp.learning_rate = 0.05
    hp.learning_rate_warmup_steps = 3000
    hp.initializer_gain = 1.0
    hp.weight_decay = 3.0
    hp.attention_dropout = 0.2
    hp.shared_embedding_and_softmax_weights = True
    return hp


@registry.register_hparams
def slicenet_1noam() -> SliceNetHParams:
    """SliceNet with the Transformer's schedule, optimizer and initializer."""
    hp = slicenet_1()
    hp.learning_rate_decay_scheme = "noam"
    hp.learning_rate = 1.0
    hp.learning_rate_warmup_steps = 4000
    hp.initializer = "uniform_unit_scaling"
    hp.optimizer_adam_epsilon = 1e-9
    hp.optimizer_adam_beta1 = 0.9
    hp.optimizer_adam_beta2 = 0.98
    return hp


@registry.register_hparams
def slicenet_1tiny() -> SliceNetHParams:
    """SliceNet: 2 layers of width 128, plain separable convolutions."""
    hp = slicenet_1()
    hp.separability = 0
    hp.hidden_size = 128
    hp.num_hidden_layers = 2
    hp.batch_size = 512
    hp.learning_rate_warmup_steps = 200
    return hp


class ConvSeq2SeqHParams(HParams):
    """Fields of ConvS2S (Gehring et al. 2017, arXiv:1705.03122); Tensor2Tensor had none."""

    dropout: float = hparam(
        0.2, "dropout of embeddings, before every convolution, before the softmax", minimum=0
    )
    encoder_widths: list[int] = hparam([256] * 4, "width of each convolution of the encoder")
    encoder_kernels: list[int] = hparam([3] * 4, "neighbours that each of them sees")
    decoder_widths: list[int] = hparam([256] * 3, "width of each convolution of the decoder")
    decoder_kernels: list[int] = hparam([3] * 3, "neighbours that each of them sees")
    max_positions: int = hparam(
        1024, "positions with a vector of their own; those after share the last", minimum=1
    )


@registry.register_hparams
def conv_seq2seq_base() -> ConvSeq2SeqHParams:
    """ConvS2S as for WMT English to Romanian: 20 + 20 layers of width 512 (section 4.2)."""
    hp = ConvSeq2SeqHParams()
    hp.hidden_size = 512
    hp.encoder_widths = hp.decoder_widths = [512] * 20
    hp.encoder_kernels = hp.decoder_kernels = [3] * 20
    hp.multiply_embedding_mode = "none"
    hp.batch_size = 4096
    hp.max_length = 175
    hp.label_smoothing = 0.0
    hp.weight_decay = 0.0
    hp.optimizer = "momentum"
    hp.optimizer_momentum_momentum = 0.99
    hp.optimizer_momentum_nesterov = True
    hp.clip_grad_norm = 0.1
    hp.learning_rate_schedule = "constant"
    hp.learning_rate_constant = 0.25
    return hp


@registry.register_hparams
def conv_seq2seq_wmt_en_de() -> ConvSeq2SeqHParams:
    """ConvS2S for WMT English to German: 15 + 15 layers of widths 512 to 2048 (section 4.2)."""
    hp = conv_seq2seq_base()
    hp.hidden_size = 768
    hp.encoder_widths = hp.decoder_widths = [512] * 9 + [1024] * 4 + [2048] * 2
    hp.encoder_kernels = hp.decoder_kernels = [3] * 13 + [1] * 2
    return hp


@registry.register_hparams
def conv_seq2seq_iwslt() -> ConvSeq2SeqHParams:
    """ConvS2S for small corpora: 4 + 3 layers of width 256."""
    hp = conv_seq2seq_base()
    hp.hidden_size = 256
    hp.encoder_widths, hp.encoder_kernels = [256] * 4, [3] * 4
    hp.decoder_widths, hp.decoder_kernels = [256] * 3, [3] * 3
    return hp


@registry.register_hparams
def neural_gpu() -> ConvolutionHParams:
    """Neural GPU (Kaiser and Sutskever 2015, arXiv:1511.08228): width 256, no label smoothing."""
    hp = ConvolutionHParams()
    hp.batch_size = 1024
    hp.num_hidden_layers = 1
    hp.hidden_size = 256
    hp.dropout = 0.1
    hp.label_smoothing = 0.0
    hp.clip_grad_norm = 10.0
    hp.kernel_height = 3
    hp.learning_rate_decay_scheme = "exp"
    hp.learning_rate = 0.02
    hp.learning_rate_warmup_steps = 3000
    hp.initializer_gain = 1.0
    hp.weight_decay = 0.0
    return hp
