"""Batch normalisation by one kernel is Keras' own: outputs, gradients, statistics."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from t2t_lite import fused, registry
from t2t_lite.layers.images import batch_norm


def both(scale):
    hparams = registry.hparams("resnet_cifar_15").freeze()
    ours = batch_norm(hparams, scale=scale)
    theirs = keras.layers.BatchNormalization(
        momentum=hparams.batch_norm_decay, epsilon=hparams.batch_norm_epsilon, scale=scale
    )
    return ours, theirs


@pytest.mark.parametrize("scale", [True, False])
@pytest.mark.parametrize("rows", [1, 5])
def test_equals_keras(scale, rows):
    rng = np.random.default_rng(1)
    x = tf.constant(rng.normal(1.5, 2.0, (rows, 3, 2, 4)), tf.float32)
    weights = rng.normal(size=x.shape).astype(np.float32)
    results = []
    for layer in both(scale):
        layer.build(x.shape)
        for i, variable in enumerate(layer.trainable_variables):
            variable.assign(np.random.default_rng(i).normal(size=variable.shape))
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = tf.reduce_sum(layer(x, training=True) * weights)
        gradients = tape.gradient(loss, [x, *layer.trainable_variables])
        evaluated = layer(x, training=False)
        results.append([loss, *gradients, *layer.non_trainable_variables, evaluated])
    for ours, theirs in zip(*results, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-4, atol=2e-5)


def test_the_kernel_in_bfloat16():
    """Statistics are float32: as Keras in float32 but for the rounding of what comes out."""
    rng = np.random.default_rng(1)
    x = tf.cast(rng.normal(1.5, 2.0, (5, 8, 8, 4)), tf.bfloat16)
    weights = rng.normal(size=x.shape).astype(np.float32)
    _, theirs = both(scale=True)
    keras.config.set_dtype_policy("mixed_bfloat16")
    try:
        ours, _ = both(scale=True)
    finally:
        keras.config.set_dtype_policy("float32")
    results = []
    for layer, of_type in ((ours, x), (theirs, tf.cast(x, tf.float32))):
        with tf.GradientTape() as tape:
            tape.watch(of_type)
            y = layer(of_type, training=True)
            loss = tf.reduce_sum(tf.cast(y, tf.float32) * weights)
        assert y.dtype == of_type.dtype
        gradients = tape.gradient(loss, [of_type, *layer.trainable_variables])
        averages = [tf.convert_to_tensor(v.value) for v in layer.non_trainable_variables]
        assert all(v.dtype == tf.float32 for v in averages)
        results.append([tf.cast(y, tf.float32), *gradients, *averages])
    (y, of_x, *rest), (their_y, of_their_x, *their_rest) = results
    np.testing.assert_allclose(y, their_y, rtol=2**-8, atol=2**-8)
    np.testing.assert_allclose(tf.cast(of_x, tf.float32), of_their_x, rtol=0.02, atol=0.02)
    of_scale, of_offset, *averages = rest
    np.testing.assert_allclose(of_scale, their_rest[0], rtol=0.02, atol=0.1)
    np.testing.assert_allclose(of_offset, their_rest[1], rtol=0.02, atol=0.1)
    for average, expected in zip(averages, their_rest[2:], strict=True):
        np.testing.assert_allclose(average, expected, rtol=1e-5)


@pytest.mark.parametrize("policy", ["float32", "mixed_bfloat16"])
def test_the_kernel_is_used(policy, monkeypatch):
    calls = []
    original = fused.batch_norm
    monkeypatch.setattr(fused, "batch_norm", lambda *a: calls.append(a) or original(*a))
    ours, _ = both(scale=True)
    ours.dtype_policy = policy
    ours(tf.zeros((2, 3, 3, 4)), training=True)
    assert len(calls) == 1
    ours(tf.zeros((2, 3, 3, 4)), training=False)
    ours.trainable = False  # A frozen layer normalises by its averages.
    ours.dtype_policy = policy
    ours(tf.zeros((2, 3, 3, 4)), training=True)
    assert len(calls) == 1
