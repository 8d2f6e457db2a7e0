"""Sounds: as spectrograms, or as the samples themselves."""

from __future__ import annotations

from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers import audio
from t2t_lite.modalities.base import Modality


class Sound(Modality):
    """What both have in common: frames `[batch, frames, …]`, with zeros at the end for padding."""

    feature_dtype = "float32"

    def __init__(self, hparams, vocab_size, is_target=True, **kwargs):
        super().__init__(hparams, vocab_size, is_target, **kwargs)
        if is_target:
            raise T2TError(
                "Sounds can only be inputs; choose a problem whose targets are no sounds (a name "
                "without _rev or _copy)."
            )

    def padding(self, x):
        """Of the shorter sequence that `bottom` gives."""
        return audio.halved(self._padding(x), self.net.halvings)


@registry.register_modality
class AudioSpectral(Sound):
    """A spectrogram `[batch, frames, bands, channels]` -> a shorter sequence (`audio_bottom`)."""

    def __init__(self, hparams, vocab_size, is_target=True, **kwargs):
        super().__init__(hparams, vocab_size, is_target, **kwargs)
        if hparams.audio_bottom == "residual":
            self.net = audio.ResidualNet(hparams, (2, 1), name="net")
        else:
            self.net = audio.StridedConvolutions(hparams, name="net")

    def _padding(self, x):
        return audio.is_padding(x)

    def bottom(self, x, training=False):
        """`[batch, frames, bands, channels]` -> `[batch, length, hidden]`."""
        return self.net(ops.cast(x, self.compute_dtype), self._padding(x))


@registry.register_modality
class Audio(Sound):
    """Samples `[batch, frames, samples per frame]` -> a shorter sequence (`audio_bottom`)."""

    def __init__(self, hparams, vocab_size, is_target=True, **kwargs):
        super().__init__(hparams, vocab_size, is_target, **kwargs)
        self.is_residual = hparams.audio_bottom == "residual"
        if self.is_residual:
            self.net = audio.ResidualNet(hparams, (2, 2), name="net")
        else:
            self.bands = audio.LearnedBands(hparams.audio_num_mel_bins, hparams, name="bands")
            self.net = audio.StridedConvolutions(hparams, name="net")

    def _padding(self, x):
        """Of frames; of samples where the net sees those."""
        return audio.is_padding(self._samples(x) if self.is_residual else x)

    def _samples(self, x):
        """`[batch, frames, samples per frame]` -> `[batch, samples, 1, 1]`"""
        return ops.reshape(x, (ops.shape(x)[0], -1, 1, 1))

    def bottom(self, x, training=False):
        """`[batch, frames, samples per frame]` -> `[batch, length, hidden]`."""
        padding = self._padding(x)
        x = ops.cast(x, self.compute_dtype)
        return self.net(self._samples(x) if self.is_residual else self.bands(x), padding)
