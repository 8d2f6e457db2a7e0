"""Pictures."""

from __future__ import annotations

from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.linear import Linear
from t2t_lite.modalities.base import Modality


@registry.register_modality
class Image(Modality):
    """A picture `[batch, height, width, channels]`: its pixels, or a sequence of patches.

    Patches as in Dosovitskiy et al. 2020 (arXiv:2010.11929, section 3.1): squares of `patch_size`
    pixels, row by row, each projected to the hidden size.
    """

    feature_dtype = "float32"

    def __init__(self, hparams, vocab_size, is_target=True, **kwargs):
        super().__init__(hparams, vocab_size, is_target, **kwargs)
        if is_target:
            raise T2TError(
                "Pictures can only be inputs; choose a problem whose targets are no pictures (a "
                "name without _rev or _copy)."
            )
        self.patch_size = hparams.patch_size
        self.projection = Linear(hparams.hidden_size, hparams, use_bias=True, name="patches")

    def bottom(self, x, training=False):
        """`[batch, height, width, channels]` -> `[batch, patches, hidden]`.

        Zeros fill up what is no multiple of `patch_size`.
        """
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
        """No patch is: `[batch, patches]`."""
        batch, height, width = ops.shape(x)[:3]
        patches = -(-height // self.patch_size) * -(-width // self.patch_size)
        return ops.zeros((batch, patches), "bool")
