"""Residual convolutions that make a picture smaller (Chollet 2016), and what is built of them:
how the MultiModel's pictures enter its body, and how classes leave it."""

from __future__ import annotations

import math

import keras
from keras import ops

from t2t_lite.errors import T2TError
from t2t_lite.layers.audio import ResidualBlock
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.convolution import not_padding
from t2t_lite.layers.images import Convolution2D
from t2t_lite.layers.normalization import LayerNorm


class Convolved(Composite):
    """ReLU (perhaps), convolution and layer normalisation, once or several times."""

    def __init__(
        self, width, size, hparams, *, times=1, separable=True, strides=1, first_relu=True, **kwargs
    ):
        super().__init__(**kwargs)
        self.first_relu = first_relu
        self.convolutions: list[list[Convolution2D]] = []
        for i in range(times):
            self.convolutions.append(
                [
                    Convolution2D(None, size, hparams, strides=strides, name=f"depthwise_{i}"),
                    Convolution2D(width, 1, hparams, name=f"pointwise_{i}"),
                ]
                if separable
                else [Convolution2D(width, size, hparams, strides=strides, name=f"dense_{i}")]
            )
        self.norms = [LayerNorm(hparams.norm_epsilon, name=f"norm_{i}") for i in range(times)]

    def call(self, x):
        """`[batch, height, width, input]` -> `[batch, height', width', width]`."""
        for i, (convolutions, norm) in enumerate(zip(self.convolutions, self.norms, strict=True)):
            if i or self.first_relu:
                x = ops.relu(x)
            for convolve in convolutions:
                x = convolve(x)
            x = norm(x)
        return x


class Downsampling(Composite):
    """Separable convolutions, 3x3 maximum to half the size, and a convolution as shortcut."""

    def __init__(self, widths, hparams, *, shortcut_size: int, shortcut_relu: bool, **kwargs):
        super().__init__(**kwargs)
        self.convolutions = [
            Convolved(width, 3, hparams, name=f"separable_{i}") for i, width in enumerate(widths)
        ]
        self.pool = keras.layers.MaxPooling2D(3, strides=2, padding="same")
        self.shortcut = Convolved(
            widths[-1],
            shortcut_size,
            hparams,
            separable=False,
            strides=2,
            first_relu=shortcut_relu,
            name="shortcut",
        )

    def call(self, x):
        """`[batch, height, width, input]` -> `[batch, height / 2, width / 2, width]`."""
        shortcut = self.shortcut(x)
        for convolve in self.convolutions:
            x = convolve(x)
        return self.pool(x) + shortcut


class SmallStem(Composite):
    """One 3x3 convolution: a position for each pixel."""

    stride = 1

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        self.convolve = Convolution2D(hparams.hidden_size, 3, hparams, use_bias=True, name="conv")

    def call(self, x):
        """Pixels `[batch, height, width, channels]` -> `[batch, height, width, hidden]`."""
        return self.convolve(x)


class LargeStem(Composite):
    """Two convolutions and three residual blocks: a position for 16 x 16 pixels."""

    stride = 16

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        dense = {"separable": False, "first_relu": False}
        self.layers = [
            Convolved(32, 3, hparams, strides=2, name="conv_0", **dense),
            Convolved(64, 3, hparams, name="conv_1", **{**dense, "first_relu": True}),
            *[
                Downsampling(
                    [width] * 2, hparams, shortcut_size=1, shortcut_relu=False, name=f"block_{i}"
                )
                for i, width in enumerate((128, 256, hparams.hidden_size))
            ],
        ]

    def call(self, x):
        """Pixels `[batch, height, width, channels]` -> `[batch, ⌈height / 16⌉, …, hidden]`."""
        for layer in self.layers:
            x = layer(x)
        return x


class ClassBlock(Composite):
    """A residual block over all positions of a square picture, and the mean of what it gives."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        self.block = Downsampling(
            [hparams.hidden_size] * 2, hparams, shortcut_size=3, shortcut_relu=False, name="block"
        )

    def call(self, x):
        """`[batch, side * side, hidden]` -> `[batch, 1, hidden]`; T2TError for no square."""
        batch, positions, hidden = ops.shape(x)
        if isinstance(positions, int) and math.isqrt(positions) ** 2 != positions:
            raise T2TError(
                f"class_label_top=block needs square pictures, and {positions} positions are no "
                "square; choose class_label_top=mean."
            )
        side = ops.cast(ops.round(ops.sqrt(ops.cast(positions, "float32"))), "int32")
        x = self.block(ops.reshape(x, (batch, side, side, hidden)))
        return ops.mean(ops.relu(x), axis=(1, 2))[:, None]


class SequenceClassBlock(Composite):
    """A residual block over a sequence, which leaves a quarter of it."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        width = hparams.hidden_size
        self.block = ResidualBlock(width, hparams, strides=(4, 1), size=(5, 1), name="block")

    def call(self, x, padding):
        """`[batch, length, hidden]`, and which positions are padding -> the same of the quarter."""
        x = x * not_padding(padding, x.dtype)
        return ops.relu(self.block(x[:, :, None], padding)[:, :, 0]), padding[:, ::4]
