"""One-dimensional convolutions: dense, separable and grouped; centred or causal; dilated.

All of them have, besides `__call__` on `[batch, length, input]`, what decoding needs: `init_cache`
makes room for the last inputs, and `step` computes one position from it and from the new input. So
a step costs the same at any position.
"""

from __future__ import annotations

import keras
from keras import ops

from t2t_lite.errors import T2TError
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.initializers import Blocks, initializer
from t2t_lite.layers.linear import Linear
from t2t_lite.layers.normalization import normalization
from t2t_lite.layers.precision import matmul, operand_type


def pad_ends(x, reach: int, is_causal: bool):
    """`[batch, length, width]` and `reach` zeros: all before it (causal), or half and half."""
    before = reach if is_causal else reach // 2
    return ops.pad(x, [[0, 0], [before, reach - before], [0, 0]])


class Convolution(keras.layers.Layer):
    """`[batch, length, input] -> [batch, length, width]`: a product over `size` neighbours.

    The inputs that the taps see are laid side by side and multiplied at once. On a CPU that
    costs as much as the bare product, at any dilation; TensorFlow's dilated convolution does not.
    """

    def __init__(
        self,
        width,
        size,
        hparams,
        *,
        is_causal,
        dilation=1,
        use_bias=False,
        bias_start=0.0,
        for_matmul=False,
        **kwargs,
    ):
        """
        Args:
          width: the output width, or those of several convolutions computed at once.
          size: how many neighbours, `dilation` apart from each other.
          is_causal: the last tap is the position itself; else the middle one is.
          bias_start, for_matmul: as in `Linear`.
        """
        super().__init__(autocast=False, **kwargs)
        widths = [width] if isinstance(width, int) else list(width)
        self.width, self.size, self.dilation = sum(widths), size, dilation
        self.is_causal, self.for_matmul = is_causal, for_matmul
        self.use_bias, self.bias_start = use_bias, bias_start
        self.reach = (size - 1) * dilation
        self.kernel_initializer = Blocks(initializer(hparams), widths)

    def build(self, input_shape):
        shape = (self.size, input_shape[-1], self.width)
        self.kernel = self.add_weight(
            shape=shape, initializer=self.kernel_initializer, name="kernel"
        )
        self.bias = None
        if self.use_bias:
            start = keras.initializers.Constant(self.bias_start)
            self.bias = self.add_weight(shape=(self.width,), initializer=start, name="bias")

    def call(self, x):
        """`[batch, length, input]` -> `[batch, length, width]`."""
        batch, length, width = ops.shape(x)
        rounded = ops.cast(x, operand_type(x.dtype))  # Here, as less is to be moved then.
        padded = pad_ends(rounded, self.reach, self.is_causal)
        seen = [
            ops.slice(padded, (0, tap * self.dilation, 0), (batch, length, width))
            for tap in range(self.size)
        ]
        return self._product(ops.concatenate(seen, axis=-1), x.dtype)

    def _product(self, seen, dtype):
        """`[batch, length, size * input]` -> `[batch, length, width]`."""
        inputs = self.kernel.shape[0] * self.kernel.shape[1]
        kernel = ops.reshape(self.kernel, (inputs, self.width))
        rows = matmul(ops.reshape(seen, (-1, inputs)), kernel)
        if not self.for_matmul:
            rows = ops.cast(rows, dtype)
        rows = self._rescaled(rows, kernel)
        if self.bias is not None:
            rows = ops.add(rows, ops.cast(self.bias, rows.dtype))
        return ops.reshape(rows, (*ops.shape(seen)[:-1], self.width))

    def _rescaled(self, rows, kernel):
        """The product's rows `[batch * length, width]`, as they are."""
        return rows

    def init_cache(self, rows):
        """The inputs before the first: zeros `[rows, reach, input]`."""
        return ops.zeros((rows, self.reach, self.kernel.shape[1]), operand_type(self.compute_dtype))

    def step(self, x, cache):
        """One position `[rows, 1, input]` of a causal convolution, and the new cache."""
        window = ops.concatenate([cache, ops.cast(x, cache.dtype)], axis=1)
        seen = window[:, :: self.dilation]  # [rows, size, input]
        seen = ops.reshape(seen, (ops.shape(x)[0], 1, self.size * x.shape[-1]))
        return self._product(seen, x.dtype), window[:, 1:]


class WeightNormalized(Convolution):
    """A convolution whose kernel is gain · v / |v| for every output channel, and a bias.

    (Salimans and Kingma 2016, arXiv:1602.07868, eq. 2.) The gain starts at `start`, v is normal.
    """

    def __init__(self, width, size, hparams, *, start: float, **options):
        super().__init__(width, size, hparams, use_bias=True, **options)
        self.start = start
        self.kernel_initializer = keras.initializers.RandomNormal(stddev=0.05)

    def build(self, input_shape):
        super().build(input_shape)
        constant = keras.initializers.Constant(self.start)
        self.gain = self.add_weight(shape=(self.width,), initializer=constant, name="gain")

    def _rescaled(self, rows, kernel):
        """The rows of the product with v -> those of the product with gain · v / |v|."""
        squares = ops.sum(ops.square(ops.cast(kernel, "float32")), axis=0)  # [width]
        return rows * ops.cast(self.gain * ops.rsqrt(squares), rows.dtype)


class Depthwise(keras.layers.Layer):
    """`[batch, length, width]` -> the same: each channel is convolved with a kernel of its own."""

    def __init__(self, size, hparams, *, is_causal, dilation=1, blocks=1, **kwargs):
        """
        Args:
          blocks: the kernels of so many blocks of channels are drawn one by one.
        """
        super().__init__(autocast=False, **kwargs)
        self.size, self.dilation, self.is_causal, self.blocks = size, dilation, is_causal, blocks
        self.reach = (size - 1) * dilation
        self.kernel_initializer = initializer(hparams)

    def build(self, input_shape):
        width = input_shape[-1]
        blocks = Blocks(self.kernel_initializer, [width // self.blocks] * self.blocks, axis=-2)
        self.kernel = self.add_weight(
            shape=(self.size, width, 1), initializer=blocks, name="kernel"
        )

    def call(self, x):
        """`[batch, length, width]` -> the same shape."""
        padded = pad_ends(x, self.reach, self.is_causal)
        # The length stands as height: with it as width, TensorFlow is up to five times as slow.
        convolved = ops.depthwise_conv(
            ops.expand_dims(padded, 2),
            ops.expand_dims(ops.cast(self._spread_kernel(), x.dtype), 1),
            padding="valid",
            data_format="channels_last",
        )
        return ops.squeeze(convolved, 2)

    def _spread_kernel(self):
        """`[reach + 1, width, 1]`: with zeros between the taps, which are `dilation` apart."""
        if self.dilation == 1:
            return self.kernel
        width = self.kernel.shape[1]
        apart = ops.pad(self.kernel[:, None], [[0, 0], [0, self.dilation - 1], [0, 0], [0, 0]])
        return ops.reshape(apart, (self.size * self.dilation, width, 1))[: self.reach + 1]

    def init_cache(self, rows):
        """The inputs before the first: zeros `[rows, reach, width]`."""
        return ops.zeros((rows, self.reach, self.kernel.shape[1]), self.compute_dtype)

    def step(self, x, cache):
        """One position `[rows, 1, width]` of a causal convolution, and the new cache."""
        window = ops.concatenate([cache, x], axis=1)
        seen = window[:, :: self.dilation]  # [rows, size, width]
        kernel = ops.cast(self.kernel[:, :, 0], x.dtype)
        return ops.sum(seen * kernel, axis=1, keepdims=True), window[:, 1:]


class SeparableConvolution(Composite):
    """A depthwise convolution, then a product over channels (Kaiser et al. 2017, section 2.1).

    With `blocks` > 1 the product is made within so many blocks of channels ("super-separable",
    section 2.2): fewer parameters, and blocks that differ from layer to layer mix the channels.
    """

    def __init__(
        self, width, size, hparams, *, is_causal, dilation=1, blocks=1, use_bias=False, **kwargs
    ):
        super().__init__(**kwargs)
        self.blocks = blocks
        self.depthwise = Depthwise(
            size, hparams, is_causal=is_causal, dilation=dilation, blocks=blocks, name="depthwise"
        )
        self.pointwise = [
            Linear(width // blocks, hparams, use_bias=use_bias, name=f"pointwise_{i}")
            for i in range(blocks)
        ]
        _check_blocks(width, blocks)

    def call(self, x):
        """`[batch, length, input]` -> `[batch, length, width]`."""
        return self._products(self.depthwise(x))

    def _products(self, x):
        if self.blocks == 1:
            return self.pointwise[0](x)
        _check_blocks(x.shape[-1], self.blocks)
        parts = ops.split(x, self.blocks, axis=-1)
        return ops.concatenate(
            [product(part) for product, part in zip(self.pointwise, parts, strict=True)], axis=-1
        )

    def init_cache(self, rows):
        """The inputs before the first."""
        return self.depthwise.init_cache(rows)

    def step(self, x, cache):
        """One position `[rows, 1, input]` of a causal convolution, and the new cache."""
        x, cache = self.depthwise.step(x, cache)
        return self._products(x), cache


class GroupedConvolution(Composite):
    """Dense convolutions within `groups` blocks of channels, then a product over all channels."""

    def __init__(self, width, size, hparams, *, is_causal, groups, dilation=1, **kwargs):
        super().__init__(**kwargs)
        _check_blocks(width, groups)
        self.parts = [
            Convolution(
                width // groups,
                size,
                hparams,
                is_causal=is_causal,
                dilation=dilation,
                name=f"part_{i}",
            )
            for i in range(groups)
        ]
        self.merge = Linear(width, hparams, use_bias=True, name="merge")

    def call(self, x):
        """`[batch, length, input]` -> `[batch, length, width]`."""
        parts = ops.split(x, len(self.parts), axis=-1)
        outputs = [convolve(part) for convolve, part in zip(self.parts, parts, strict=True)]
        return self.merge(ops.concatenate(outputs, axis=-1))

    def init_cache(self, rows):
        """The inputs before the first, part by part."""
        return {part.name: part.init_cache(rows) for part in self.parts}

    def step(self, x, cache):
        """One position `[rows, 1, input]` of a causal convolution, and the new cache."""
        updated, outputs = {}, []
        parts = ops.split(x, len(self.parts), axis=-1)
        for convolve, part in zip(self.parts, parts, strict=True):
            output, updated[convolve.name] = convolve.step(part, cache[convolve.name])
            outputs.append(output)
        return self.merge(ops.concatenate(outputs, axis=-1)), updated


def _check_blocks(width: int, blocks: int) -> None:
    if width % blocks:
        raise T2TError(
            f"A width of {width} cannot be cut into {blocks} blocks of channels; choose a "
            f"hidden_size that {blocks} divides, or another separability."
        )


def subseparable_convolution(width, size, hparams, *, separability: int, **options):
    """Tensor2Tensor's `subseparable_conv`: something between a dense and a separable convolution.

    Args:
      separability: 0 or -1: separable; -n: separable, with n blocks of channels; 1: dense;
        n: dense within n blocks of channels, then a product over all of them.
      **options: `is_causal`, `dilation`, `name`.
    """
    if separability <= 0:
        return SeparableConvolution(width, size, hparams, blocks=max(1, -separability), **options)
    if separability == 1:
        return Convolution(width, size, hparams, **options)
    return GroupedConvolution(width, size, hparams, groups=separability, **options)


class ConvolutionBlock(Composite):
    """ReLU, convolution and normalisation, several times (Tensor2Tensor's `conv_block`)."""

    def __init__(self, convolutions, hparams, **kwargs):
        """
        Args:
          convolutions: layers of this module, with different names, without bias.
        """
        super().__init__(**kwargs)
        self.convolutions = list(convolutions)
        self.norms = [normalization(hparams, f"norm_{c.name}") for c in self.convolutions]

    def call(self, x, present=None):
        """`[batch, length, input] -> [batch, length, width]`.

        Args:
          present: `[batch, length, 1]`, 0 where the convolutions shall see nothing (padding); None
            if every position may be seen.
        """
        for convolve, norm in zip(self.convolutions, self.norms, strict=True):
            x = ops.relu(x)
            if present is not None:
                x = x * present
            x = norm(convolve(x))
        return x

    def init_cache(self, rows):
        """One cache per convolution."""
        return {convolve.name: convolve.init_cache(rows) for convolve in self.convolutions}

    def step(self, x, cache):
        """One position `[rows, 1, input]` of causal convolutions, and the new cache."""
        updated = {}
        for convolve, norm in zip(self.convolutions, self.norms, strict=True):
            x, updated[convolve.name] = convolve.step(ops.relu(x), cache[convolve.name])
            x = norm(x)
        return x, updated


def not_padding(is_padding, dtype):
    """Bools `[batch, length]` -> `[batch, length, 1]`: 1, and 0 at padding."""
    return ops.cast(ops.logical_not(is_padding), dtype)[..., None]
