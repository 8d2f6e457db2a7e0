"""Random numbers of layers: reproducible, and others on each replica."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import keras
from keras import ops

_here = threading.local()  # A strategy runs each replica in a thread of its own.


@contextlib.contextmanager
def stream(number) -> Iterator[None]:
    """Within the block, `SeedGenerator`s give seeds that depend on `number` (an int32 scalar)."""
    _here.number = number
    try:
        yield
    finally:
        del _here.number


class SeedGenerator(keras.random.SeedGenerator):
    """Keras' seeds; without this, all replicas would draw the same, as their states are one."""

    def next(self, ordered=True):
        """The next seed `[2]`."""
        seed = super().next(ordered)
        if not hasattr(_here, "number"):
            return seed
        return seed + ops.cast(ops.stack([_here.number, 0]), seed.dtype)
