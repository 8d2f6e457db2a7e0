"""Dropout that can share its mask along dimensions."""

from __future__ import annotations

import functools

import keras
from keras import ops

from t2t_lite.errors import T2TError
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.own_gradient import with_own_gradient
from t2t_lite.layers.randomness import SeedGenerator

_LEVELS = 1 << 16
"""The rate is rounded to a multiple of 1 / _LEVELS."""


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
        threshold = round(self.rate * _LEVELS)
        if threshold == _LEVELS:
            return ops.zeros_like(x)
        is_kept = self._random_levels(shape) >= threshold
        keep = functools.partial(_keep, is_kept, _LEVELS / (_LEVELS - threshold))
        return with_own_gradient(keep, x)

    def _random_levels(self, shape):
        """Uniform integers below _LEVELS; two of them cost as much as one random float."""
        *rest, last = shape
        half = (last + 1) // 2
        bits = (-(2**31), 2**31 - 1, "int32")
        pairs = keras.random.randint((*rest, half, 1), *bits, seed=self.seed_generator)
        levels = ops.view(pairs, "uint16")  # [..., half, 2]
        return ops.reshape(levels, (*rest, 2 * half))[..., :last]
