"""Layers give the numbers that Tensor2Tensor itself computed, or a closed form."""

import keras
import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from t2t_lite.hparams import transformer
from t2t_lite.layers import attention, linear, loss, normalization, positions


def test_timing_signal(fixtures):
    expected = np.load(fixtures / "attention.npz")
    for key, length, width in (("timing_7x16", 7, 16), ("timing_50x512", 50, 512)):
        signal = positions.timing_signal(ops.arange(length), width)
        np.testing.assert_allclose(signal, expected[key][0], atol=1e-5)


def test_timing_signal_of_odd_width_ends_in_zero():
    signal = np.asarray(positions.timing_signal(ops.arange(3), 5))
    assert signal.shape == (3, 5)
    assert not signal[:, -1].any()


def test_dot_product_attention(fixtures):
    data = np.load(fixtures / "attention.npz")
    context = attention.dot_product_attention(data["q"], data["k"], data["v"], data["bias"])
    np.testing.assert_allclose(context, data["dot_product"], atol=1e-5)


@pytest.mark.parametrize("label_smoothing", [0.0, 0.1, 0.3])
def test_cross_entropy(fixtures, label_smoothing):
    data = np.load(fixtures / "cross_entropy.npz")
    weights = (data["labels"] != 0).astype(np.float32)
    losses = loss.smoothed_cross_entropy(data["logits"], data["labels"], label_smoothing)
    total = np.sum(np.asarray(losses) * weights)
    np.testing.assert_allclose(total, data[f"num_{label_smoothing}"], rtol=1e-5)
    np.testing.assert_allclose(weights.sum(), data[f"den_{label_smoothing}"], rtol=1e-5)


def test_smoothed_cross_entropy_of_the_softened_targets_is_zero():
    probabilities = np.full((1, 5), 0.1 / 4)
    probabilities[0, 2] = 0.9
    value = loss.smoothed_cross_entropy(np.log(probabilities), np.array([2]), 0.1)
    np.testing.assert_allclose(value, [0.0], atol=1e-6)


def test_layer_norm_has_mean_zero_and_variance_one():
    x = np.random.default_rng(0).normal(3.0, 7.0, (4, 6, 32)).astype(np.float32)
    y = np.asarray(normalization.LayerNorm()(x))
    np.testing.assert_allclose(y.mean(-1), 0, atol=1e-5)
    np.testing.assert_allclose(y.var(-1), 1, atol=1e-3)


def test_gradient_of_layer_norm_is_that_of_its_formula():
    rng = np.random.default_rng(0)
    x, upstream = rng.normal(2.0, 3.0, (2, 3, 5, 8)).astype(np.float32)
    layer = normalization.LayerNorm()
    layer.build(x.shape)
    scale, bias = rng.normal(size=(2, 8)).astype(np.float32)
    layer.scale.assign(scale)
    layer.bias.assign(bias)

    def formula(x, scale, bias):
        mean, variance = tf.nn.moments(x, [-1], keepdims=True)
        return (x - mean) / tf.sqrt(variance + layer.epsilon) * scale + bias

    x, scale, bias = map(tf.constant, (x, scale, bias))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([x, scale, bias])
        found = tf.reduce_sum(layer(x) * upstream)
        expected = tf.reduce_sum(formula(x, scale, bias) * upstream)
    ours = tape.gradient(found, [x, layer.scale.value, layer.bias.value])
    theirs = tape.gradient(expected, [x, scale, bias])
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-4, atol=1e-4)


def test_prepost_applies_its_letters_in_order():
    hp = transformer.transformer_tiny()
    hp.layer_prepostprocess_dropout = 0.0
    x = np.ones((1, 2, 4), np.float32)
    residual = np.arange(8, dtype=np.float32).reshape(1, 2, 4)
    added = normalization.PrePost("da", hp)(x, residual)
    np.testing.assert_allclose(added, x + residual)
    np.testing.assert_allclose(normalization.PrePost("none", hp)(x, residual), x)
    normed = np.asarray(normalization.PrePost("dan", hp)(x, residual))
    np.testing.assert_allclose(normed.mean(-1), 0, atol=1e-6)


def test_fused_projections_start_as_separate_ones_would():
    """Glorot's limit for one block: sqrt(6 / (fan_in + fan_out)), not that of the fused kernel."""
    hp = transformer.transformer_tiny()
    keras.utils.set_random_seed(0)
    fused = linear.Linear([64, 64, 64], hp)
    fused(np.zeros((1, 1, 128), np.float32))
    kernel = np.asarray(fused.kernel)
    limit = np.sqrt(6 / (128 + 64))
    assert 0.98 * limit < np.abs(kernel).max() <= limit
    assert not np.allclose(kernel[:, :64], kernel[:, 64:128])


def relative_attention_by_hand(q, k, v, keys, values, distance):
    """Shaw 2018, equations 1, 3 and 4, one query at a time."""
    length, out = len(q), []
    for i in range(length):
        clipped = [int(np.clip(j - i, -distance, distance)) + distance for j in range(length)]
        logits = np.array([q[i] @ (k[j] + keys[clipped[j]]) for j in range(length)])
        weights = np.exp(logits - logits.max())
        weights /= weights.sum()
        out.append(sum(weights[j] * (v[j] + values[clipped[j]]) for j in range(length)))
    return np.array(out)


def test_relative_attention_equals_the_paper():
    hp = transformer.transformer_relative_tiny()
    hp.parse("hidden_size=8,num_heads=1,max_relative_position=2,attention_dropout=0")
    layer = attention.MultiHeadAttention(hp, is_self_attention=True)
    rng = np.random.default_rng(1)
    layer(np.zeros((1, 5, 8), np.float32))
    q, k, v = rng.normal(size=(3, 1, 1, 5, 8)).astype(np.float32)
    context = layer._attend(q, k, v, None, ops.arange(5), training=False)
    expected = relative_attention_by_hand(
        q[0, 0],
        k[0, 0],
        v[0, 0],
        np.asarray(layer.relative_keys.table),
        np.asarray(layer.relative_values.table),
        2,
    )
    np.testing.assert_allclose(context[0, 0], expected, atol=1e-5)


def test_dropout_keeps_the_mean_and_shares_its_mask():
    from t2t_lite.layers.dropout import Dropout

    keras.utils.set_random_seed(0)
    x = np.ones((50, 40, 20), np.float32)
    y = np.asarray(Dropout(0.3, "1")(x, training=True))
    assert abs(y.mean() - 1) < 0.05
    np.testing.assert_array_equal(y[:, 0], y[:, 7])
    assert 0.6 < (y[:, 0] != 0).mean() < 0.8
    np.testing.assert_array_equal(Dropout(0.3)(x, training=False), x)
