"""How sounds become sequences of vectors: `[batch, frames, …]` -> `[batch, length, hidden]`.

Padding is what comes after the last frame that is not all zeros. Convolutions have the same zeros
before each sound, whatever the batch, and see zeros after its end: so padding changes nothing.
"""

from __future__ import annotations

import keras
from keras import ops

from t2t_lite.layers.composite import Composite
from t2t_lite.layers.convolution import Convolution, not_padding
from t2t_lite.layers.images import Convolution2D
from t2t_lite.layers.linear import Linear
from t2t_lite.layers.normalization import LayerNorm

_FLOOR = 1e-3


def is_padding(x):
    """`[batch, frames, …]` -> `[batch, frames]` bool: nothing but zeros from here on.

    A sound without anything in it keeps its first frame.
    """
    axes = tuple(range(2, len(x.shape)))
    present = ops.cast(ops.any(ops.not_equal(x, 0), axis=axes), "int32")
    later = ops.flip(ops.cumsum(ops.flip(present, axis=1), axis=1), axis=1)
    is_first = ops.arange(ops.shape(x)[1]) == 0
    return ops.logical_and(ops.equal(later, 0), ops.logical_not(is_first))


def halved(padding, times: int):
    """`[batch, length]` -> `[batch, ceil(length / 2 ** times)]`: every second position."""
    for _ in range(times):
        padding = padding[:, ::2]
    return padding


def _hide(x, padding):
    """Zeros where there is padding; `[batch, length, places, channels]`."""
    return x * not_padding(padding, x.dtype)[..., None]


class LearnedBands(keras.layers.Layer):
    """Samples `[batch, frames, samples]` -> `[batch, frames, bands, 1]`: learned filters, in logs.

    Each sees its frame and the neighbours, as the windows of a spectrogram overlap.
    """

    def __init__(self, bands: int, hparams, **kwargs):
        super().__init__(autocast=False, **kwargs)
        self.filters = Convolution(bands, 3, hparams, is_causal=False, name="filters")

    def build(self, *_):
        self.built = True

    def call(self, x):
        """The log of how large each filter's output is."""
        bands = ops.log(ops.abs(self.filters(x)) + _FLOOR)
        return bands[..., None]


class StridedConvolutions(Composite):
    """Two convolutions of 3 x 3 with stride 2, then one over all bands: a quarter of the frames.

    As Tensor2Tensor's modality of speech recognition: layer normalisation and ReLU after each.
    """

    halvings = 2

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        channels = hparams.audio_filters
        self.convolutions = [
            Convolution2D(channels, 3, hparams, strides=2, padding="fixed", name=f"conv_{i}")
            for i in range(self.halvings)
        ]
        self.norms = [LayerNorm(hparams.norm_epsilon, name=f"norm_{i}") for i in range(2)]
        width = hparams.hidden_size
        self.join = Convolution(width, 3, hparams, is_causal=False, name="join")
        self.final = LayerNorm(hparams.norm_epsilon, name="final")

    def call(self, x, padding):
        """`[batch, frames, bands, channels]` -> `[batch, length, hidden]`, 0 at padding."""
        x = _hide(x, padding)
        for convolve, norm in zip(self.convolutions, self.norms, strict=True):
            padding = halved(padding, 1)
            x = _hide(ops.relu(norm(convolve(x))), padding)
        batch, length = ops.shape(x)[:2]
        x = ops.reshape(x, (batch, length, x.shape[2] * x.shape[3]))
        x = ops.relu(self.final(self.join(x)))
        return x * not_padding(padding, x.dtype)


class ResidualBlock(Composite):
    """Two separable convolutions and a maximum of `size` places, beside a projection of every
    `strides`-th.

    Kaiser et al. 2017 (arXiv:1706.05137, section 2.5) as in Tensor2Tensor's first audio modalities,
    which count 0 outside a sound among what the maximum is of.
    """

    def __init__(
        self,
        width: int,
        hparams,
        strides: tuple[int, int],
        size: tuple[int, int] = (3, 3),
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.strides, self.size = strides, size
        self.depthwise = [
            Convolution2D(None, size, hparams, name=f"depthwise_{i}") for i in range(2)
        ]
        self.pointwise = [Linear(width, hparams, name=f"pointwise_{i}") for i in range(2)]
        self.norms = [LayerNorm(hparams.norm_epsilon, name=f"norm_{i}") for i in range(3)]
        self.shortcut = Linear(width, hparams, name="shortcut")

    def call(self, x, padding):
        """`[batch, length, places, channels]` -> `[batch, part of it, fewer places, width]`."""
        y = x
        parts = zip(self.depthwise, self.pointwise, self.norms, strict=False)
        for depthwise, pointwise, norm in parts:
            y = _hide(norm(pointwise(depthwise(ops.relu(y)))), padding)
        ends = [(n // 2, n // 2) for n in self.size]
        y = ops.pad(y, [(0, 0), *ends, (0, 0)])
        y = ops.max_pool(y, self.size, self.strides, "valid", data_format="channels_last")
        x = self.norms[2](self.shortcut(ops.relu(x[:, :: self.strides[0], :: self.strides[1]])))
        return _hide(x + y, padding[:, :: self.strides[0]])


class ResidualNet(Composite):
    """The MultiModel's audio net: `audio_compression` residual blocks of 2, 4, 8 … channels, then
    one of the hidden size.

    Of spectrograms (`strides` (2, 1)) the bands are then joined by a product; in Tensor2Tensor each
    was a position of its own.
    """

    def __init__(self, hparams, strides: tuple[int, int], **kwargs):
        super().__init__(**kwargs)
        widths = [2 ** (i + 1) for i in range(hparams.audio_compression)]
        self.blocks = [
            ResidualBlock(width, hparams, strides, name=f"block_{i}")
            for i, width in enumerate([*widths, hparams.hidden_size])
        ]
        self.halvings = len(self.blocks)
        self.join = Linear(hparams.hidden_size, hparams, use_bias=True, name="join")

    def call(self, x, padding):
        """`[batch, length, places, channels]` -> `[batch, length', hidden]`, 0 at padding."""
        x = _hide(x, padding)
        for block in self.blocks:
            x = block(x, padding)
            padding = halved(padding, 1)
        batch, length = ops.shape(x)[:2]
        x = self.join(ops.reshape(x, (batch, length, x.shape[2] * x.shape[3])))
        return x * not_padding(padding, x.dtype)
