"""A matrix product over the last dimension."""

from __future__ import annotations

import keras
import numpy as np
from keras import ops

from t2t_lite.layers.initializers import Blocks, initializer
from t2t_lite.layers.precision import matmul


class Linear(keras.layers.Layer):
    """`[..., input] -> [..., sum(widths)]`, one matmul over flattened rows.

    Flattening matters: a batched matmul against one matrix computes the kernel's gradient
    per example and then sums, which is many times slower than a single product.
    """

    def __init__(
        self,
        widths,
        hparams,
        use_bias=False,
        for_matmul=False,
        scales=None,
        bias_start=0.0,
        **kwargs,
    ):
        """
        Args:
          widths: the output width, or those of several projections computed at once.
          bias_start: what the bias is at first.
          for_matmul: the output goes into another product, so it stays rounded as that would
            round it; else it has the type of the input.
          scales: factors of the several projections (of the kernel's columns: that is less work).
        """
        super().__init__(autocast=False, **kwargs)
        self.for_matmul = for_matmul
        self.widths = [widths] if isinstance(widths, int) else list(widths)
        self.scales = scales
        self.use_bias, self.bias_start = use_bias, bias_start
        self.kernel_initializer = initializer(hparams)

    def build(self, input_shape):
        units = sum(self.widths)
        self.kernel = self.add_weight(
            shape=(input_shape[-1], units),
            initializer=Blocks(self.kernel_initializer, self.widths),
            name="kernel",
        )
        self.bias = None
        if self.use_bias:
            start = keras.initializers.Constant(self.bias_start)
            self.bias = self.add_weight(shape=(units,), initializer=start, name="bias")

    def call(self, x):
        """`[..., input]` -> `[..., sum(widths)]`."""
        rows = ops.reshape(x, (-1, x.shape[-1]))  # [rows, input]
        rows = matmul(rows, self._scaled_kernel())
        if not self.for_matmul:
            rows = ops.cast(rows, self.compute_dtype)
        if self.bias is not None:
            rows = ops.add(rows, ops.cast(self.bias, rows.dtype))
        return ops.reshape(rows, (*ops.shape(x)[:-1], sum(self.widths)))

    def _scaled_kernel(self):
        if self.scales is None:
            return self.kernel
        return self.kernel * np.repeat(self.scales, self.widths).astype("float32")
