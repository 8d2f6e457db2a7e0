"""The weight initializers that hparams name."""

from __future__ import annotations

import keras

from t2t_lite.errors import T2TError

NAMES = (
    "orthogonal",
    "uniform",
    "normal_unit_scaling",
    "uniform_unit_scaling",
    "xavier",
    "truncated_normal",
)


def initializer(hparams) -> keras.initializers.Initializer:
    """The initializer of `hparams.initializer`, scaled by `hparams.initializer_gain`.

    As Tensor2Tensor's `get_variable_initializer`: the unit scalings are variance scalings
    over the mean of fan-in and fan-out (Glorot and Bengio 2010, eq. 16, times the gain). Of
    truncated_normal, which it did not have, the gain is the standard deviation.
    """
    name, gain = hparams.initializer, hparams.initializer_gain
    if name == "orthogonal":
        return keras.initializers.Orthogonal(gain=gain)
    if name == "uniform":
        return keras.initializers.RandomUniform(-0.1 * gain, 0.1 * gain)
    if name == "normal_unit_scaling":
        return keras.initializers.VarianceScaling(gain, mode="fan_avg", distribution="normal")
    if name == "uniform_unit_scaling":
        return keras.initializers.VarianceScaling(gain, mode="fan_avg", distribution="uniform")
    if name == "xavier":
        return keras.initializers.GlorotUniform()
    if name == "truncated_normal":
        return keras.initializers.TruncatedNormal(stddev=gain)
    raise T2TError(f"Unknown initializer '{name}'; it can be one of {', '.join(NAMES)}.")


class Blocks(keras.initializers.Initializer):
    """Draws blocks of a fused kernel one by one: by default blocks of columns.

    A kernel that computes several projections in one matmul then starts exactly as the
    separate kernels would: the fans are those of one block.
    """

    def __init__(self, block: keras.initializers.Initializer, widths: list[int], axis: int = -1):
        self.block = block
        self.widths = widths
        self.axis = axis

    def __call__(self, shape, dtype=None):
        kernels = []
        for width in self.widths:
            part = list(shape)
            part[self.axis] = width
            # A clone without a seed of its own draws anew for every block.
            kernels.append(self.block.clone()(part, dtype=dtype))
        return keras.ops.concatenate(kernels, axis=self.axis)


class RowsOf(keras.initializers.Initializer):
    """Draws some rows of a kernel that has `rows` in all; the fans are those of the whole."""

    def __init__(self, whole: keras.initializers.Initializer, rows: int):
        self.whole = whole
        self.rows = rows

    def __call__(self, shape, dtype=None):
        return self.whole.clone()((self.rows, *shape[1:]), dtype=dtype)[: shape[0]]
