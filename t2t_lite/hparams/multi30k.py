"""Sets of some 7 million parameters for Multi30k, one per model, to be compared with each other.

All of them see the data as `transformer_multi30k` does and follow its learning rate, with the
subwords' embedding shared by inputs, targets and softmax; a set says what it changes.
"""

from __future__ import annotations

from typing import TypeVar

from t2t_lite import registry
from t2t_lite.hparams.base import HParams
from t2t_lite.hparams.convolutional import ByteNetHParams, ConvSeq2SeqHParams, SliceNetHParams
from t2t_lite.hparams.nmt import NMTHParams
from t2t_lite.hparams.transformer import TransformerHParams
from t2t_lite.hparams.universal_transformer import UniversalTransformerHParams

AnyHParams = TypeVar("AnyHParams", bound=HParams)
AnyTransformerHParams = TypeVar("AnyTransformerHParams", bound=TransformerHParams)


def _for_multi30k(hp: AnyHParams) -> AnyHParams:
    """Width 256; batches, optimizer and schedule of `transformer_multi30k`."""
    hp.hidden_size = 256
    hp.shared_embedding_and_softmax_weights = True
    hp.batch_size = 2048
    hp.max_length = 100
    hp.optimizer_adam_beta1 = 0.9
    hp.optimizer_adam_beta2 = 0.98
    hp.optimizer_adam_epsilon = 1e-9
    hp.learning_rate_schedule = "constant*linear_warmup*rsqrt_decay*rsqrt_hidden_size"
    hp.learning_rate_constant = 0.7  # A peak of 1.4e-3.
    hp.learning_rate_warmup_steps = 1000
    hp.initializer = "uniform_unit_scaling"
    hp.initializer_gain = 1.0
    hp.weight_decay = 0.0
    hp.layer_prepostprocess_dropout = 0.2
    return hp


@registry.register_hparams
def bytenet_multi30k() -> ByteNetHParams:
    """ByteNet for Multi30k: 3 blocks of 4 convolutions of width 256; 7.2 M parameters."""
    hp = _for_multi30k(ByteNetHParams())
    hp.num_block_repeat = 3
    hp.num_hidden_layers = 4
    hp.dropout = 0.2
    return hp


@registry.register_hparams
def slicenet_multi30k() -> SliceNetHParams:
    """SliceNet for Multi30k: 4 layers of width 276, super-separable convolutions; 7.3 M parameters.

    276, as 2 and 3 divide it, the numbers of blocks of channels.
    """
    hp = _for_multi30k(SliceNetHParams())
    hp.hidden_size = 276
    hp.num_heads = 4
    hp.dropout = 0.3
    hp.attention_dropout = 0.1
    return hp


@registry.register_hparams
def conv_seq2seq_multi30k() -> ConvSeq2SeqHParams:
    """ConvS2S for Multi30k: 5 + 5 layers of width 256; 7.0 M parameters."""
    hp = _for_multi30k(ConvSeq2SeqHParams())
    hp.multiply_embedding_mode = "none"
    hp.encoder_widths = hp.decoder_widths = [256] * 5
    hp.encoder_kernels = hp.decoder_kernels = [3] * 5
    hp.max_positions = 128
    hp.dropout = 0.2
    return hp


def _with_attention(hp: AnyTransformerHParams) -> AnyTransformerHParams:
    """What `transformer_multi30k` says of the layers of a Transformer."""
    hp.clip_grad_norm = 0.0
    hp.layer_preprocess_sequence = "n"
    hp.layer_postprocess_sequence = "da"
    return hp


@registry.register_hparams
def universal_transformer_multi30k() -> UniversalTransformerHParams:
    """The Universal Transformer for Multi30k: 4 steps of width 384; 7.3 M parameters."""
    hp = _with_attention(_for_multi30k(UniversalTransformerHParams()))
    hp.hidden_size = 384
    hp.filter_size = 1536
    hp.num_heads = 6
    hp.num_rec_steps = 4
    hp.pos = None  # Each step adds the positions.
    hp.learning_rate_constant = 0.85  # For the same peak at this width.
    return hp


@registry.register_hparams
def evolved_transformer_multi30k() -> TransformerHParams:
    """The Evolved Transformer for Multi30k: 3 + 3 layers of width 192; 7.2 M parameters."""
    hp = _with_attention(_for_multi30k(TransformerHParams()))
    hp.hidden_size = 192
    hp.num_heads = 4
    hp.num_hidden_layers = 3
    hp.learning_rate_constant = 0.6  # For the same peak at this width.
    return hp


def _recurrent(width: int) -> NMTHParams:
    """A layer in each direction over the inputs, two over the targets; no attention."""
    hp = _for_multi30k(NMTHParams())
    hp.hidden_size = width
    hp.num_hidden_layers = 2
    hp.encoder_type = "bi"
    hp.dropout = 0.3
    hp.clip_grad_norm = 1.0
    hp.learning_rate_constant = 0.7 * (width / 256) ** 0.5  # For the same peak at this width.
    return hp


@registry.register_hparams
def nmt_multi30k() -> NMTHParams:
    """LSTMs without attention for Multi30k: 2 + 2 layers of width 368; 7.4 M parameters."""
    return _recurrent(368)


@registry.register_hparams
def nmt_luong_multi30k() -> NMTHParams:
    """nmt_multi30k with scaled_luong attention, width 336; 7.4 M parameters."""
    hp = _recurrent(336)
    hp.attention_mechanism = "scaled_luong"
    return hp


@registry.register_hparams
def nmt_bahdanau_multi30k() -> NMTHParams:
    """nmt_luong_multi30k with normed_bahdanau attention; 7.5 M parameters."""
    hp = _recurrent(336)
    hp.attention_mechanism = "normed_bahdanau"
    return hp


@registry.register_hparams
def nmt_gnmt_multi30k() -> NMTHParams:
    """GNMT (gnmt_v2, normed_bahdanau) for Multi30k: 4 + 4 layers of width 240; 7.4 M parameters."""
    hp = _recurrent(240)
    hp.num_hidden_layers = 4
    hp.encoder_type = "gnmt"
    hp.attention_architecture = "gnmt_v2"
    hp.attention_mechanism = "normed_bahdanau"
    hp.residual = True
    return hp
