"""Mixtures of experts against the equations, written out in NumPy."""

import math

import keras
import numpy as np
import pytest
import tensorflow as tf
from contracts import run_layer_test

from t2t_lite.errors import T2TError
from t2t_lite.hparams.transformer_moe import transformer_moe_base
from t2t_lite.layers import experts

RNG = np.random.default_rng(0)


def small(overrides=""):
    hparams = transformer_moe_base()
    hparams.parse("moe_num_experts=5,moe_k=2,moe_hidden_sizes=8")
    hparams.parse(overrides)
    return hparams


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def test_k_gates_of_each_row_sum_to_1():
    logits = RNG.normal(size=(7, 5)).astype(np.float32)
    logits[3] = 0  # as at the start of training: still exactly k
    gates, chosen = experts.top_k_gates(logits, 2)
    dense = np.asarray(experts.dense_gates(experts.Routing(chosen, gates, None), 5))
    assert ((dense > 0).sum(axis=1) == 2).all()
    np.testing.assert_allclose(dense.sum(axis=1), 1, atol=1e-6)
    for row, logit in zip(dense, logits, strict=True):
        best = np.flatnonzero(row)
        assert set(logit[best]) == set(np.sort(logit)[-2:])
        np.testing.assert_allclose(row[best], softmax(logit[best]), atol=1e-6)


def test_probability_in_top_k_is_what_the_equation_says():
    clean, noise = RNG.normal(size=(2, 6, 5)).astype(np.float32)
    deviation = RNG.uniform(0.1, 1, size=(6, 5)).astype(np.float32)
    noisy = clean + noise * deviation
    found = experts.probability_in_top_k(clean, noisy, deviation, 2)
    for i in range(6):
        for e in range(5):
            others = np.sort(np.delete(noisy[i], e))[::-1]
            x = (clean[i, e] - others[1]) / deviation[i, e]  # the second best of the others
            expected = 0.5 * (1 + math.erf(x / math.sqrt(2)))
            np.testing.assert_allclose(found[i, e], expected, atol=1e-6)


def squared_variation(x):
    return x.var() / (x.mean() ** 2 + 1e-10)


def test_losses_equal_the_equations():
    gates = np.array([[0.75, 0.25], [0.5, 0.5], [0.9, 0.1]], np.float32)
    chosen = np.array([[0, 2], [1, 0], [4, 1]], np.int32)
    load = RNG.uniform(size=(3, 5)).astype(np.float32)
    dense = np.array([[0.75, 0, 0.25, 0, 0], [0.5, 0.5, 0, 0, 0], [0, 0.1, 0, 0, 0.9]])
    routing = experts.Routing(chosen, gates, load)
    expected = squared_variation(dense.sum(0)) + squared_variation(load.sum(0))
    np.testing.assert_allclose(experts.balance_loss(routing, 5), expected, rtol=1e-6)
    weights = np.array([1, 1, 0], np.float32)  # Padding does not count.
    expected = squared_variation(dense[:2].sum(0)) + squared_variation(load[:2].sum(0))
    np.testing.assert_allclose(experts.balance_loss(routing, 5, weights), expected, rtol=1e-6)


def test_grouped_matmul_and_its_gradient():
    x = tf.constant(RNG.normal(size=(6, 3)).astype(np.float32))
    kernels = tf.Variable(RNG.normal(size=(4, 3, 2)).astype(np.float32))
    sizes, groups = tf.constant([2, 0, 3, 1]), [0, 0, 2, 2, 2, 3]
    upstream = RNG.normal(size=(6, 2)).astype(np.float32)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(x)
        found = experts.grouped_matmul(x, kernels.value(), sizes)
        expected = tf.einsum("ni,nio->no", x, tf.gather(kernels, groups))
        losses = tf.reduce_sum(found * upstream), tf.reduce_sum(expected * upstream)
    np.testing.assert_allclose(found, expected, atol=1e-5)
    ours, theirs = (tape.gradient(loss, [x, kernels]) for loss in losses)
    for a, b in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(a, tf.convert_to_tensor(b), atol=1e-5)


@pytest.mark.parametrize("sizes", ["8", "6,8"])
def test_output_is_the_gated_sum_of_the_experts(sizes):
    layer = experts.MixtureOfExperts(small(f'moe_hidden_sizes="{sizes}"'), output_size=3)
    x = RNG.normal(size=(2, 3, 4)).astype(np.float32)
    layer(x)
    layer.gate.kernel.assign(RNG.normal(size=(4, 5)))
    logits, found = x @ np.asarray(layer.gate.kernel), np.asarray(layer(x))
    for i, j in np.ndindex(2, 3):
        chosen = np.argsort(logits[i, j])[-2:]
        expected = 0
        for gate, expert in zip(softmax(logits[i, j, chosen]), chosen, strict=True):
            y = x[i, j]
            for n, kernel in enumerate(layer.kernels):
                scale = 1 if len(y) == 4 else (len(y) / 4) ** -0.5
                y = y @ np.asarray(kernel)[expert]
                y = (np.maximum(y, 0) if n < len(layer.kernels) - 1 else y) * scale
            expected = expected + gate * y
        np.testing.assert_allclose(found[i, j], expected, atol=1e-5)


def softplus(x):
    return np.log1p(np.exp(x))


@pytest.mark.parametrize("is_padded", [False, True])
def test_noisy_gating_as_a_whole(monkeypatch, is_padded):
    """Equations 4 to 11 in NumPy, with noise that is known."""
    rows, width, count, k = 12, 4, 5, 2
    # Eighths, so that products are exact in float32, too.
    x, kernel, noise_kernel, noise = (
        (np.round(8 * RNG.normal(size=shape)) / 8).astype(np.float32)
        for shape in ((rows, width), (width, count), (width, count), (rows, count))
    )
    layer = experts.MixtureOfExperts(small("moe_loss_coef=0.3"))
    layer(x)
    layer.gate.kernel.assign(kernel)
    layer.gate.noise_kernel.assign(noise_kernel)
    monkeypatch.setattr(keras.random, "normal", lambda shape, **_: noise.reshape(shape))

    clean = x.astype(float) @ kernel
    deviation = softplus(x.astype(float) @ noise_kernel) + 0.01
    noisy = clean + noise * deviation
    gates, load = np.zeros((rows, count)), np.zeros((rows, count))
    for i in range(rows):
        chosen = np.argsort(noisy[i])[-k:]
        gates[i, chosen] = softmax(noisy[i, chosen])
        for e in range(count):  # its noise drawn anew, that of the others as it is
            to_beat = np.sort(np.delete(noisy[i], e))[-k]
            z = (clean[i, e] - to_beat) / deviation[i, e]
            load[i, e] = 0.5 * (1 + math.erf(z / math.sqrt(2)))
    assert ((gates > 0) != (load > 0.5)).any()  # The noise decided.

    routing = layer.gate(x, training=True)
    dense = np.asarray(experts.dense_gates(routing, count))
    assert ((dense > 0).sum(axis=1) == k).all()
    np.testing.assert_allclose(dense.sum(axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(dense, gates, atol=1e-6)
    np.testing.assert_allclose(routing.load, load, atol=1e-6)

    present = np.ones((rows, 1), np.float32)
    present[9:] = not is_padded
    layer(x, present if is_padded else None, training=True)
    importance, load = (gates * present).sum(0), (load * present).sum(0)
    expected = 0.3 * (squared_variation(importance) + squared_variation(load))
    np.testing.assert_allclose(layer.losses, [expected], atol=1e-6)


def test_noise_only_while_training_and_only_where_wished():
    keras.utils.set_random_seed(0)
    x = RNG.normal(size=(1, 9, 4)).astype(np.float32)
    noisy, plain = (
        experts.MixtureOfExperts(small(f"moe_noisy_gating={flag}")) for flag in ("true", "false")
    )
    for layer in (noisy, plain):
        layer(x)
        layer.gate.kernel.assign(RNG.normal(size=(4, 5)))
        np.testing.assert_array_equal(layer(x), layer(x))
    np.testing.assert_array_equal(plain(x, training=True), plain(x))
    assert not np.allclose(noisy(x, training=True), noisy(x, training=True))


def test_gradient_and_loss():
    """Gates and noise get a gradient, also from the loss that spreads the rows evenly."""
    x = RNG.normal(size=(2, 8, 4)).astype(np.float32)
    run_layer_test(experts.MixtureOfExperts(small("moe_noisy_gating=false")), x)
    layer = experts.MixtureOfExperts(small())
    layer(x)
    with tf.GradientTape() as tape:
        layer(x, training=True)
        (loss,) = layer.losses
    gate, noise = tape.gradient(loss, [layer.gate.kernel.value, layer.gate.noise_kernel.value])
    assert loss > 0 and np.abs(gate).max() > 0 and np.abs(noise).max() > 0
    layer(x)
    assert not layer.losses


def test_each_expert_starts_as_a_layer_of_its_own():
    layer = experts.MixtureOfExperts(small("moe_hidden_sizes=64"))
    layer(np.zeros((1, 1, 32), np.float32))
    kernel = np.asarray(layer.kernels[0])
    limit = math.sqrt(6 / (32 + 64))
    assert kernel.shape == (5, 32, 64) and 0.98 * limit < np.abs(kernel).max() <= limit
    assert not np.allclose(kernel[0], kernel[1])


def test_mistakes():
    with pytest.raises(T2TError, match="lower moe_k"):
        experts.MixtureOfExperts(small("moe_k=6"))
    with pytest.raises(T2TError, match="moe_hidden_sizes"):
        experts.MixtureOfExperts(small("moe_hidden_sizes=wide"))
