"""A layer made of layers."""

from __future__ import annotations

import keras


class Composite(keras.layers.Layer):
    """A layer whose parts make their own weights when they are first called.

    Keras would otherwise trace the whole `call` symbolically, level by level, to find out. Inputs
    keep their type, for some are rounded on purpose (`precision`).
    """

    def __init__(self, **kwargs):
        super().__init__(autocast=False, **kwargs)

    def build(self, *_args, **_kwargs):
        self.built = True
