"""Dropout that can share its mask along dimensions."""

from __future__ import annotations

import functools

import keras
from keras import ops

from t2t_lite.errors import T2TError
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.own_gradient import with_own_gradient
from t2t_lite.layers.randomness import SeedGenerator


def _keep(is_kept, scale, x):
    """`x * scale` where it is kept, else 0; and its gradient, which stores only `is_kept`."""
    scale, zero = ops.cast(scale, x.dtype), ops.zeros((), x.dtype)
    kept = x * ops.where(is_kept, scale, zero)  # Faster than where(is_kept, x * scale, zero).
    return kept, lambda upstream: [ops.where(is_kept, upstream * scale, zero)]


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
        shape = list(ops.shape(x))
        for dim in self.broadcast_dims:
            shape[dim] = 1
        if self.rate > 255 / 256:  # No byte is the threshold of such a rate.
            return ops.zeros_like(x)
        is_kept = self._random_bytes(shape) >= self._threshold()
        keep = functools.partial(_keep, is_kept, 1 / (1 - self.rate))
        return with_own_gradient(keep, x)

    def _threshold(self):
        """The byte below which values go: rounded up or down at random, so that each value goes
        with a probability of just `rate`."""
        shift = keras.random.uniform((), seed=self.seed_generator)
        return ops.cast(ops.floor(self.rate * 256 + shift), "uint8")

    def _random_bytes(self, shape):
        """Uniform bytes; four of them cost as much as one random float."""
        *rest, last = shape
        quarter = (last + 3) // 4
        bits = (-(2**31), 2**31 - 1, "int32")
        fours = keras.random.randint((*rest, quarter, 1), *bits, seed=self.seed_generator)
        all_bytes = ops.view(fours, "uint8")  # [..., quarter, 4]
        rows = ops.reshape(all_bytes, (*rest, 4 * quarter))
        fits = isinstance(last, int) and last == 4 * quarter
        return rows if fits else rows[..., :last]
