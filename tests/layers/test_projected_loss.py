"""The loss that never holds all logits: equal, with its gradients, to the plain one."""

import numpy as np
import pytest
import tensorflow as tf
from keras import ops

from t2t_lite.layers import projected_loss
from t2t_lite.layers.loss import smoothed_cross_entropy
from t2t_lite.layers.projected_loss import projected_cross_entropy

HIDDEN, VOCAB = 6, 11


def plain(x, projection, targets, weights, label_smoothing):
    logits = tf.matmul(x, projection, transpose_b=True)
    return ops.sum(smoothed_cross_entropy(logits, targets, label_smoothing) * weights)


def loss_and_gradients(function, x, projection, *rest):
    x, projection = tf.convert_to_tensor(x), tf.convert_to_tensor(projection)
    with tf.GradientTape() as tape:
        tape.watch([x, projection])
        loss = 3.0 * function(x, projection, *rest)
    return [loss, *tape.gradient(loss, [x, projection])]


@pytest.mark.parametrize("as_graph", [True, False])
@pytest.mark.parametrize("label_smoothing", [0.0, 0.1, 0.3])
@pytest.mark.parametrize("rows", [1, 9, 64])
def test_equals_the_plain_loss(rows, label_smoothing, as_graph, monkeypatch):
    monkeypatch.setattr(projected_loss, "CHUNK_ROWS", 20)  # 1, 1 and 4 chunks
    rng = np.random.default_rng(rows)
    x = rng.normal(size=(rows, HIDDEN), scale=4).astype("float32")
    projection = rng.normal(size=(VOCAB, HIDDEN)).astype("float32")
    targets = rng.integers(0, VOCAB, rows).astype("int32")
    weights = rng.choice([0.0, 1.0, 0.25], rows).astype("float32")
    rest = targets, weights, label_smoothing
    run = tf.function(loss_and_gradients) if as_graph else loss_and_gradients
    found = run(projected_cross_entropy, x, projection, *rest)
    expected = loss_and_gradients(plain, x, projection, *rest)
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-4)


def test_large_logits_do_not_overflow():
    x = np.array([[500.0, -500.0]], "float32")
    loss, *gradients = loss_and_gradients(
        projected_cross_entropy, x, np.eye(2, dtype="float32"), np.array([1]), np.ones(1, "f"), 0.0
    )
    assert float(loss) == pytest.approx(3000.0)
    np.testing.assert_allclose(gradients[0], [[3.0, -3.0]])
