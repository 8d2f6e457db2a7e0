"""Tensor2Tensor's sets for speech: LibriSpeech and Common Voice.

They have its values but for lengths, which count frames of 10 ms here. There they counted the
numbers in a spectrogram (80 bands x 3 channels a frame) in `batch_size` of v1, bands and frames in
`max_length`, and utterances in `batch_size` of v2, which have up to 1550 frames.
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.transformer import TransformerHParams, transformer_base
from t2t_lite.hparams.transformer_variants import for_tpu

_NUMBERS_PER_FRAME = 80 * 3


def _with_lengths(hp: TransformerHParams, frames: int) -> TransformerHParams:
    hp.max_length = frames
    hp.max_input_seq_length = frames
    hp.max_target_seq_length = 350
    return hp


def _as_there(hp: TransformerHParams) -> TransformerHParams:
    """How sounds are read, which is no part of Tensor2Tensor's sets but of its problems."""
    hp.audio_add_delta_deltas = True
    hp.audio_filters = 128
    return hp


@registry.register_hparams
def transformer_librispeech_v1() -> TransformerHParams:
    """LibriSpeech: encoder of 5 layers of width 256, decoder of 3."""
    hp = _as_there(transformer_base())
    hp.num_heads = 4
    hp.filter_size = 1024
    hp.hidden_size = 256
    hp.num_encoder_layers = 5
    hp.num_decoder_layers = 3
    hp.learning_rate = 0.15
    hp.batch_size = 6_000_000 // _NUMBERS_PER_FRAME
    return _with_lengths(hp, 1650)


@registry.register_hparams
def transformer_librispeech_v2() -> TransformerHParams:
    """LibriSpeech: encoder of 6 layers of width 384 with convolutions, decoder of 4."""
    hp = _with_lengths(_as_there(transformer_base()), 1550)
    hp.batch_size = 16 * 1550
    hp.num_heads = 2
    hp.filter_size = 1536
    hp.hidden_size = 384
    hp.num_encoder_layers = 6
    hp.num_decoder_layers = 4
    hp.learning_rate = 0.15
    hp.layer_prepostprocess_dropout = 0.2
    hp.relu_dropout = 0.2
    hp.ffn_layer = "conv_relu_conv"
    hp.conv_first_kernel = 9
    return hp


@registry.register_hparams
def transformer_librispeech() -> TransformerHParams:
    """The same as transformer_librispeech_v2."""
    return transformer_librispeech_v2()


def _for_tpu(hp: TransformerHParams, utterances: int = 16) -> TransformerHParams:
    for_tpu(hp)
    hp.batch_size = utterances * 1650
    return _with_lengths(hp, 1650)


@registry.register_hparams
def transformer_librispeech_tpu_v1() -> TransformerHParams:
    """transformer_librispeech_v1 with Adafactor."""
    return _for_tpu(transformer_librispeech_v1())


@registry.register_hparams
def transformer_librispeech_tpu_v2() -> TransformerHParams:
    """transformer_librispeech_v2 with Adafactor."""
    return _for_tpu(transformer_librispeech_v2())


@registry.register_hparams
def transformer_librispeech_tpu() -> TransformerHParams:
    """The same as transformer_librispeech_tpu_v2."""
    return transformer_librispeech_tpu_v2()


@registry.register_hparams
def transformer_common_voice() -> TransformerHParams:
    """Common Voice: the same as transformer_librispeech."""
    return transformer_librispeech()


@registry.register_hparams
def transformer_common_voice_tpu() -> TransformerHParams:
    """transformer_common_voice with Adafactor and half of the batch of LibriSpeech."""
    return _for_tpu(transformer_librispeech_v2(), utterances=8)
