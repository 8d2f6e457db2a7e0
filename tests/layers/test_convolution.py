"""Convolutions against sums written out in NumPy, and their steps against the whole."""

import keras
import numpy as np
import pytest
from contracts import run_layer_test

from t2t_lite.errors import T2TError
from t2t_lite.hparams.base import HParams
from t2t_lite.layers import convolution

HP = HParams()
X = np.random.default_rng(0).normal(size=(2, 7, 6)).astype(np.float32)
PLACES = [(True, 1), (True, 3), (False, 1), (False, 2)]  # (is_causal, dilation)


def seen(x, size, is_causal, dilation):
    """[batch, length, size, width]: what each tap sees, zeros outside."""
    reach = (size - 1) * dilation
    before = reach if is_causal else reach // 2
    result = np.zeros((*x.shape[:2], size, x.shape[2]))
    for t in range(x.shape[1]):
        for tap in range(size):
            place = t - before + tap * dilation
            if 0 <= place < x.shape[1]:
                result[:, t, tap] = x[:, place]
    return result


def dense(x, layer, is_causal, dilation):
    kernel = np.asarray(layer.kernel)
    return np.einsum("btki,kio->bto", seen(x, len(kernel), is_causal, dilation), kernel)


def separable(x, layer, is_causal, dilation):
    kernel = np.asarray(layer.depthwise.kernel)[:, :, 0]
    x = np.einsum("btkc,kc->btc", seen(x, len(kernel), is_causal, dilation), kernel)
    parts = np.split(x, layer.blocks, axis=-1)
    outputs = [part @ np.asarray(p.kernel) for part, p in zip(parts, layer.pointwise, strict=True)]
    return np.concatenate(outputs, axis=-1)


def grouped(x, layer, is_causal, dilation):
    parts = np.split(x, len(layer.parts), axis=-1)
    outputs = [
        dense(a, part, is_causal, dilation) for a, part in zip(parts, layer.parts, strict=True)
    ]
    merge = layer.merge
    return np.concatenate(outputs, axis=-1) @ np.asarray(merge.kernel) + np.asarray(merge.bias)


# A separability of Tensor2Tensor's -> what it is.
KINDS = {0: separable, -1: separable, -3: separable, 1: dense, 2: grouped}


@pytest.mark.parametrize(("is_causal", "dilation"), PLACES)
@pytest.mark.parametrize("separability", KINDS)
def test_equals_the_sum(separability, is_causal, dilation):
    options = {"is_causal": is_causal, "dilation": dilation}
    layer = convolution.subseparable_convolution(12, 3, HP, separability=separability, **options)
    found = np.asarray(layer(X))
    np.testing.assert_allclose(found, KINDS[separability](X, layer, **options), atol=1e-5)
    if is_causal:
        cache = layer.init_cache(len(X))
        for t in range(X.shape[1]):
            step, cache = layer.step(X[:, t : t + 1], cache)
            np.testing.assert_allclose(step[:, 0], found[:, t], atol=1e-5)


@pytest.mark.parametrize("separability", [-3, 1, 2])
def test_can_be_trained(separability):
    run_layer_test(
        convolution.subseparable_convolution(
            12, 5, HP, separability=separability, is_causal=True, dilation=2
        ),
        X,
    )


def test_bias_is_added():
    layer = convolution.Convolution(4, 1, HP, is_causal=True, use_bias=True)
    before = np.asarray(layer(X))
    layer.bias.assign([1, 2, 3, 4])
    np.testing.assert_allclose(layer(X), before + np.arange(1, 5), atol=1e-6)


def test_weight_normalisation():
    """Every output channel's kernel has the length that its gain says."""
    layer = convolution.WeightNormalized(4, 3, HP, start=1.5, is_causal=True)
    layer(X)
    v = np.asarray(layer.kernel)
    kernel = 1.5 * v / np.sqrt(np.sum(np.square(v), axis=(0, 1)))
    expected = np.einsum("btki,kio->bto", seen(X, 3, True, 1), kernel)
    np.testing.assert_allclose(layer(X), expected, atol=1e-5)


def test_blocks_of_a_depthwise_kernel_start_as_kernels_of_their_own():
    """An orthogonal column has length `gain`, here for each of the three blocks."""
    layer = convolution.SeparableConvolution(12, 3, HP, is_causal=True, blocks=3)
    layer(X)
    blocks = np.split(np.asarray(layer.depthwise.kernel), 3, axis=1)
    lengths = [np.sqrt(np.sum(np.square(block))) for block in blocks]
    np.testing.assert_allclose(lengths, [HP.initializer_gain] * 3, rtol=1e-5)


def test_block_sees_nothing_where_nothing_is_present():
    conv = convolution.Convolution(6, 3, HP, is_causal=False, name="conv")
    block = convolution.ConvolutionBlock([conv], HP)
    present = np.ones((2, 7, 1), np.float32)
    present[:, 5:] = 0
    left, right = np.asarray(block(X, present)), np.asarray(block(X * present, present))
    np.testing.assert_allclose(left, right, atol=1e-6)
    y = dense(np.maximum(X, 0) * present, conv, False, 1)
    y = (y - y.mean(-1, keepdims=True)) / np.sqrt(y.var(-1, keepdims=True) + HP.norm_epsilon)
    np.testing.assert_allclose(left, y, atol=1e-4)


def test_channels_that_cannot_be_cut_are_an_error():
    with pytest.raises(T2TError, match="4 blocks of channels"):
        convolution.SeparableConvolution(10, 3, HP, is_causal=True, blocks=4)


def test_rounded_operands_are_near_the_others():
    from t2t_lite.layers.precision import set_matmul_operands

    keras.utils.set_random_seed(0)
    layer = convolution.Convolution(4, 3, HP, is_causal=True)
    exact = np.asarray(layer(X))
    set_matmul_operands("bfloat16")
    try:
        rounded = layer(X)
        step, _ = layer.step(X[:, :1], layer.init_cache(len(X)))
    finally:
        set_matmul_operands(None)
    assert rounded.dtype == "float32"
    np.testing.assert_allclose(rounded, exact, atol=0.05)
    np.testing.assert_allclose(step[:, 0], exact[:, 0], atol=0.05)
