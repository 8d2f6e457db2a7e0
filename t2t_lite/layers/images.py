"""Parts of convolutional networks on `[batch, height, width, channels]`."""

from __future__ import annotations

from collections.abc import Callable

import keras
from keras import ops

from t2t_lite import fused
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.initializers import initializer
from t2t_lite.layers.precision import operand_type


def batch_norm(hparams, *, scale: bool = True, starts_at_zero: bool = False, name: str = "norm"):
    """Batch normalisation (Ioffe and Szegedy 2015, arXiv:1502.03167) as `hparams` describe it.

    Evaluation uses moving averages of mean and variance: weights that are not trained. Unless
    `batch_norm_synchronized`, each replica takes its own mean and variance, and those averages
    are the first replica's.

    Args:
      scale: whether the normalised values are multiplied by a weight.
      starts_at_zero: that weight is 0 at first, so that a residual block adds nothing.
    """
    return BatchNormalization(
        momentum=hparams.batch_norm_decay,
        epsilon=hparams.batch_norm_epsilon,
        scale=scale,
        gamma_initializer="zeros" if starts_at_zero else "ones",
        synchronized=hparams.batch_norm_synchronized,
        name=name,
    )


class BatchNormalization(keras.layers.BatchNormalization):
    """Keras' own; while training by one kernel, if there is one, which is over twice as fast."""

    def call(self, inputs, training=None, mask=None):
        """`[batch, height, width, channels]` -> the same shape."""
        learns = training and self.trainable and not self.synchronized
        if not (learns and mask is None and fused.has_batch_norm(inputs)):
            return super().call(inputs, training=training, mask=mask)
        scale = self.gamma if self.scale else ops.ones((inputs.shape[-1],))
        y, mean, variance = fused.batch_norm(
            inputs, ops.cast(scale, "float32"), ops.cast(self.beta, "float32"), self.epsilon
        )
        for average, value in ((self.moving_mean, mean), (self.moving_variance, variance)):
            average.assign(average * self.momentum + value * (1.0 - self.momentum))
        return y


class Convolution2D(keras.layers.Layer):
    """`[batch, height, width, input]` -> `[batch, height', width', width]`."""

    def __init__(
        self,
        width: int | None,
        size: int | tuple[int, int],
        hparams,
        *,
        strides: int = 1,
        padding: str = "same",
        use_bias: bool = False,
        kernel_initializer: keras.initializers.Initializer | None = None,
        **kwargs,
    ):
        """
        Args:
          width: channels of the output; None: each channel has a kernel of its own (depthwise).
          size: height and width of the kernel.
          padding: "same" and "valid" are TensorFlow's; "fixed" is the same on all four sides
            whatever the picture's size, as ResNets have it.
          kernel_initializer: None: the one of `hparams`.
        """
        super().__init__(autocast=False, **kwargs)
        self.width, self.strides, self.use_bias = width, strides, use_bias
        self.size = (size, size) if isinstance(size, int) else tuple(size)
        self.is_fixed = padding == "fixed" and strides > 1 and max(self.size) > 1
        self.padding = "valid" if self.is_fixed else padding.replace("fixed", "same")
        self.kernel_initializer = kernel_initializer or initializer(hparams)

    def build(self, input_shape):
        channels = input_shape[-1]
        shape = (*self.size, channels, 1 if self.width is None else self.width)
        self.kernel = self.add_weight(
            shape=shape, initializer=self.kernel_initializer, name="kernel"
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                shape=(self.width or channels,), initializer="zeros", name="bias"
            )

    def call(self, x):
        """`[batch, height, width, input]` -> `[batch, height', width', width]`."""
        x = ops.cast(x, self.compute_dtype)
        if self.is_fixed:
            ends = [((n - 1) // 2, n - 1 - (n - 1) // 2) for n in self.size]
            x = ops.pad(x, [(0, 0), *ends, (0, 0)])
        x = self._convolve(x)
        return x if self.bias is None else ops.add(x, ops.cast(self.bias, x.dtype))

    def _convolve(self, x):
        strides = self.strides
        if max(self.size) == 1 and strides > 1:
            # The gradient of such a convolution crashes in oneDNN, at some even sizes.
            x, strides = x[:, ::strides, ::strides], 1
        options = {"padding": self.padding, "data_format": "channels_last"}
        if self.width is None:
            kernel = ops.cast(self.kernel, x.dtype)
            return ops.depthwise_conv(x, kernel, strides, **options)
        kind = operand_type(x.dtype)  # As large as a matrix product, and rounded like one.
        kernel = ops.cast(self.kernel, kind)
        return ops.cast(ops.conv(ops.cast(x, kind), kernel, strides, **options), x.dtype)


class NormedConvolution(Composite):
    """A convolution without bias, batch normalisation, and an activation."""

    def __init__(
        self,
        width: int | None,
        size: int | tuple[int, int],
        hparams,
        *,
        activation: Callable | None = ops.relu,
        scale: bool = True,
        starts_at_zero: bool = False,
        **options,
    ):
        """
        Args:
          activation: None: there is none.
          scale, starts_at_zero: as in `batch_norm`.
          **options: strides, padding, kernel_initializer as in `Convolution2D`; name.
        """
        super().__init__(name=options.pop("name", None))
        self.convolve = Convolution2D(width, size, hparams, name="convolve", **options)
        self.norm = batch_norm(hparams, scale=scale, starts_at_zero=starts_at_zero)
        self.activation = activation

    def call(self, x, training=False):
        """`[batch, height, width, input]` -> `[batch, height', width', width]`."""
        x = self.norm(self.convolve(x), training=training)
        return self.activation(x) if self.activation else x


def relu6(x):
    """A rectifier that ends at 6."""
    return ops.clip(x, 0.0, 6.0)


def mean_of_places(x):
    """`[batch, height, width, channels]` -> `[batch, 1, channels]`."""
    return ops.mean(x, axis=(1, 2))[:, None]
