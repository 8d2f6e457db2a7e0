"""Pictures."""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.modalities.base import Modality


@registry.register_modality
class Image(Modality):
    """Normalised pixels `[batch, height, width, channels]`, as they are."""

    def __init__(self, hparams, vocab_size, is_target=True, takes_pixels=True, **kwargs):
        super().__init__(hparams, vocab_size, is_target, **kwargs)
        self.takes_pixels = takes_pixels

    def bottom(self, x, training=False):
        """The pixels."""
        return x
