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


def test_the_kernel_is_used(monkeypatch):
    calls = []
    original = fused.batch_norm
    monkeypatch.setattr(fused, "batch_norm", lambda *a: calls.append(a) or original(*a))
    ours, _ = both(scale=True)
    ours(tf.zeros((2, 3, 3, 4)), training=True)
    assert len(calls) == 1
    ours(tf.zeros((2, 3, 3, 4)), training=False)
    ours.trainable = False  # A frozen layer normalises by its averages.
    ours(tf.zeros((2, 3, 3, 4)), training=True)
    assert len(calls) == 1
