"""Dropout that can share its mask along dimensions."""

from __future__ import annotations

import keras
from keras import ops

from t2t_lite.errors import T2TError
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.randomness import SeedGenerator


def parse_broadcast_dims(text: str | None) -> tuple[int, ...]:
    """`"0,1"` -> (0, 1); nothing -> ()."""
    try:
        return tuple(int(dim) for dim in str(text or "").split(",") if dim.strip())
    except ValueError:
        raise T2TError(
            f"dropout_broadcast_dims='{text}' is no list of dimensions, such as '0,1'."
        ) from None


class Dropout(Composite):
    """Zeroes a share `rate` of the values while training and scales up the rest.

    `broadcast_dims`, e.g. "0,1", names dimensions along which one mask is shared
    (Tensor2Tensor's `..._dropout_broadcast_dims`): cheaper, and a stronger regulariser.
    """

    def __init__(self, rate: float, broadcast_dims: str | None = "", **kwargs):
        super().__init__(**kwargs)
        self.rate = rate
        self.broadcast_dims = parse_broadcast_dims(broadcast_dims)
        # Also without dropout, so that a run may go on with it switched on.
        self.seed_generator = SeedGenerator()

    def call(self, x, training=False):
        """The same shape as `x`; `x` itself unless `training`."""
        if not training or not self.rate:
            return x
        noise_shape = None
        if self.broadcast_dims:
            noise_shape = list(ops.shape(x))
            for dim in self.broadcast_dims:
                noise_shape[dim] = 1
        return keras.random.dropout(x, self.rate, noise_shape, seed=self.seed_generator)
