"""Pictures."""

from __future__ import annotations

from typing import Any

from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.image_stems import LargeStem, SmallStem
from t2t_lite.layers.linear import Linear
from t2t_lite.modalities.base import Modality

_STEMS = {"small": SmallStem, "large": LargeStem}


@registry.register_modality
class Image(Modality):
    """A picture `[batch, height, width, channels]`: its pixels, or a sequence of positions.

    What the positions are, `image_bottom` says. patches (Dosovitskiy et al. 2020, arXiv:2010.11929,
    section 3.1): squares of `patch_size` pixels, row by row, each projected to the hidden size.
    small and large (Kaiser et al. 2017, arXiv:1706.05137): what one convolution makes of each
    pixel, or residual convolutions of squares of 16 x 16.
    """

    feature_dtype = "float32"

    def __init__(self, hparams, vocab_size, is_target=True, **kwargs):
        super().__init__(hparams, vocab_size, is_target, **kwargs)
        if is_target:
            raise T2TError(
                "Pictures can only be inputs; choose a problem whose targets are no pictures (a "
                "name without _rev or _copy)."
            )
        self.stem: Any = None
        self.patch_size = hparams.patch_size
        if hparams.image_bottom == "patches":
            self.projection = Linear(hparams.hidden_size, hparams, use_bias=True, name="patches")
        else:
            self.stem = _STEMS[hparams.image_bottom](hparams, name="stem")
            self.patch_size = self.stem.stride

    def bottom(self, x, training=False):
        """`[batch, height, width, channels]` -> `[batch, positions, hidden]`.

        Zeros fill up what is no multiple of `patch_size`.
        """
        if self.stem is not None:
            places = self.stem(ops.cast(x, self.compute_dtype))
            return ops.reshape(places, (ops.shape(x)[0], -1, places.shape[-1]))
        size, channels = self.patch_size, x.shape[-1]
        batch, height, width = ops.shape(x)[:3]
        rows, columns = -(-height // size), -(-width // size)
        x = ops.pad(x, [(0, 0), (0, rows * size - height), (0, columns * size - width), (0, 0)])
        x = ops.reshape(x, (batch, rows, size, columns, size, channels))
        x = ops.transpose(x, (0, 1, 3, 2, 4, 5))  # [batch, rows, columns, size, size, channels]
        patches = ops.reshape(x, (batch, rows * columns, size * size * channels))
        return self.projection(ops.cast(patches, self.compute_dtype))

    def pixels(self, x, training=False):
        """The picture as it is."""
        return ops.cast(x, self.compute_dtype)

    def padding(self, x):
        """No position is: `[batch, positions]`."""
        batch, height, width = ops.shape(x)[:3]
        patches = -(-height // self.patch_size) * -(-width // self.patch_size)
        return ops.zeros((batch, patches), "bool")
