"""Normalisation, and the steps that Tensor2Tensor puts before and after every sub-layer."""

from __future__ import annotations

import functools

import keras
from keras import ops

from t2t_lite.errors import T2TError
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.own_gradient import with_own_gradient


class LayerNorm(keras.layers.Layer):
    """Layer normalisation over the last dimension (Ba et al. 2016, eq. 4), in float32."""

    def __init__(self, epsilon=1e-6, **kwargs):
        super().__init__(**kwargs)
        self.epsilon = epsilon

    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.scale = self.add_weight(shape=shape, initializer="ones", autocast=False, name="scale")
        self.bias = self.add_weight(shape=shape, initializer="zeros", autocast=False, name="bias")

    def call(self, x):
        """The same shape as `x`, and its type."""
        normalise = functools.partial(_normalise, self.epsilon)
        rows = ops.cast(ops.reshape(x, (-1, x.shape[-1])), "float32")
        normed = with_own_gradient(normalise, rows, self.scale, self.bias)
        return ops.cast(ops.reshape(normed, ops.shape(x)), x.dtype)


def _normalise(epsilon: float, x, scale, bias):
    """Layer normalisation of `[rows, width]`, and its gradient.

    Here one array of x's size is kept for the gradient; one by one, the operations would keep
    several. Sums are products with a vector where that is faster.
    """
    centred = x - ops.mean(x, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(centred), axis=-1, keepdims=True)
    inverse = ops.rsqrt(variance + epsilon)  # of the standard deviation
    normed = centred * inverse

    def gradient(upstream):
        product, mean_scale = upstream * normed, (scale / x.shape[-1])[:, None]
        along_normed = ops.matmul(product, mean_scale)  # [rows, 1]
        mean = ops.matmul(upstream, mean_scale)  # [rows, 1]
        of_x = inverse * (upstream * scale - mean - normed * along_normed)
        all_rows = ops.ones((1, ops.shape(x)[0]))
        return [of_x, ops.matmul(all_rows, product)[0], ops.matmul(all_rows, upstream)[0]]

    return normed * scale + bias, gradient


class NoamNorm(keras.layers.Layer):
    """x / max(|x|, 1) * sqrt(width) over the last dimension: no weights (T2T's 'noam')."""

    def call(self, x):
        """The same shape as `x`."""
        squares = ops.sum(ops.square(x), axis=-1, keepdims=True)
        return x * ops.rsqrt(ops.maximum(squares, 1.0)) * (x.shape[-1] ** 0.5)


def normalization(hparams, name=None) -> keras.layers.Layer:
    """The layer that `hparams.norm_type` names: 'layer', 'noam' or 'none'."""
    if hparams.norm_type == "layer":
        return LayerNorm(hparams.norm_epsilon, name=name)
    if hparams.norm_type == "noam":
        return NoamNorm(name=name)
    if hparams.norm_type == "none":
        return keras.layers.Identity(name=name)
    raise T2TError(f"norm_type='{hparams.norm_type}' is not known; it can be layer, noam or none.")


class PrePost(Composite):
    """A sequence of steps written as letters, e.g. "da", on `[batch, length, hidden]`.

    n: normalise; d: dropout (`layer_prepostprocess_dropout`); a: add the residual input.
    "none" or "" does nothing. Called as `(x)` before a sub-layer, `(output, residual)` after.
    """

    def __init__(self, sequence: str, hparams, **kwargs):
        super().__init__(**kwargs)
        self.sequence = "" if sequence in ("none", None) else sequence
        unknown = set(self.sequence) - set("nda")
        if unknown:
            raise T2TError(
                f"layer_pre/postprocess_sequence '{sequence}' has the unknown step "
                f"'{min(unknown)}'; the steps are n (normalise), d (dropout), a (add residual)."
            )
        self.norms = [normalization(hparams, "norm") for step in self.sequence if step == "n"]
        broadcast_dims = hparams.layer_prepostprocess_dropout_broadcast_dims
        self.dropout = Dropout(hparams.layer_prepostprocess_dropout, broadcast_dims)

    def call(self, x, residual=None, training=False):
        """`x` after the steps; `a` adds `residual` where there is one."""
        norms = iter(self.norms)
        for step in self.sequence:
            if step == "n":
                x = next(norms)(x)
            elif step == "d":
                x = self.dropout(x, training=training)
            elif residual is not None:
                x = x + residual
        return x
