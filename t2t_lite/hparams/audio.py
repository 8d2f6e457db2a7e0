"""What every model's hparams say of sounds; the names are Tensor2Tensor's, where it had them."""

from __future__ import annotations

import dataclasses

from t2t_lite.hparams.fields import hparam


@dataclasses.dataclass(eq=False, kw_only=True)
class AudioFields:
    """Fields that sounds are read and embedded by."""

    # Spectrograms (t2t_lite/data/spectrogram.py)
    audio_input: str = hparam(
        "spectral",
        "models get log-mel spectrograms (spectral), or the samples themselves (waveform)",
        choices=("spectral", "waveform"),
    )
    audio_frame_length: float = hparam(25.0, "milliseconds that a frame sees", minimum=1)
    audio_frame_step: float = hparam(
        10.0, "milliseconds from frame to frame; batch_size counts these frames", minimum=1
    )
    audio_num_mel_bins: int = hparam(80, "bands of a spectrogram", minimum=1)
    audio_lower_edge_hertz: float = hparam(20.0, "where the lowest band begins", minimum=0)
    audio_upper_edge_hertz: float = hparam(
        8000.0, "where the highest band ends, or at half of the sounds' rate", minimum=1
    )
    audio_preemphasis: float = hparam(
        0.97, "how much of the last sample is subtracted from each", minimum=0, maximum=1
    )
    audio_dither: float = hparam(
        1 / 32767, "deviation of the noise that is added to samples while training", minimum=0
    )
    audio_add_delta_deltas: bool = hparam(
        False, "spectrograms have their first and second derivative in time as further channels"
    )
    audio_normalization: str = hparam(
        "utterance",
        "utterance: each band has mean 0 and deviation 1 over a sound; none",
        choices=("utterance", "none"),
    )
    audio_frequency_masks: int = hparam(
        0, "SpecAugment: groups of bands hidden while training", minimum=0
    )
    audio_frequency_mask_bands: int = hparam(10, "bands of such a group, at most", minimum=1)
    audio_time_masks: int = hparam(
        0, "SpecAugment: stretches of frames hidden while training", minimum=0
    )
    audio_time_mask_frames: int = hparam(
        20, "frames of such a stretch, at most; and a fifth of the sound's", minimum=1
    )

    # How sounds become sequences (t2t_lite/layers/audio.py)
    audio_bottom: str = hparam(
        "convolutions",
        "convolutions: two of stride 2, as in Tensor2Tensor's speech recognition; residual: the "
        "MultiModel's audio net",
        choices=("convolutions", "residual"),
    )
    audio_filters: int = hparam(32, "channels of audio_bottom=convolutions", minimum=1)
    audio_compression: int = hparam(
        8, "residual blocks before the last of audio_bottom=residual; each halves time", minimum=0
    )

    # Targets
    sequence_loss: str = hparam(
        "cross_entropy",
        "cross_entropy: symbols one after the other, by a decoder; ctc: by the encoder alone, "
        "summed over all ways to align them with the inputs",
        choices=("cross_entropy", "ctc"),
    )
