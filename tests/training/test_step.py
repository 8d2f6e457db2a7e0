"""One update: the same for any number of replicas and shares, and what its formula says."""

import os
import subprocess
import sys

import keras
import numpy as np
import pytest
import step_run
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.training import distribution
from t2t_lite.training.step import TrainStep

ONE_DEVICE = tf.distribute.get_strategy()
VOCAB, RATE = 7, 0.5


# Replicas and shares, on a tiny Transformer.


@pytest.fixture(scope="module")
def on_several_cpus(tmp_path_factory):
    """A folder of what `step_run` computed on 2 and 4 logical CPUs, both at once."""
    directory = tmp_path_factory.mktemp("replicas")
    path = os.pathsep.join(path for path in sys.path if path)
    processes = [
        subprocess.Popen(
            [sys.executable, step_run.__file__, directory, *arguments.split()],
            env={**os.environ, "PYTHONPATH": path},
        )
        for arguments in ("2 4-adam resumed masks", "4 4-sgd")
    ]
    assert [process.wait() for process in processes] == [0, 0]
    return directory


@pytest.fixture(scope="module")
def at_once():
    """What one device computes from whole batches, for each optimizer."""
    return {name: step_run.train(ONE_DEVICE, 1, name) for name in step_run.OPTIMIZERS}


def check_equal(found, expected):
    assert set(found) == set(expected)
    for name, value in expected.items():
        np.testing.assert_allclose(found[name], value, rtol=1e-5, atol=1e-5, err_msg=name)


def test_the_batches_tell_means_of_shares_from_means_of_tokens(at_once):
    """Else the tests below could not fail."""
    tokens = [
        np.count_nonzero(b["targets"].reshape(4, -1), axis=1) for b in step_run.global_batches()
    ]
    assert np.ptp(tokens, axis=1).min() > 4
    for metrics in (weights["metrics"] for weights in at_once.values()):
        assert (metrics[1] > 0.5).any(), "nothing is clipped"


@pytest.mark.parametrize(("shares", "optimizer"), [(2, "adam"), (4, "sgd")])
def test_accumulated_shares_are_one_batch(at_once, shares, optimizer):
    check_equal(step_run.train(ONE_DEVICE, shares, optimizer), at_once[optimizer])


@pytest.mark.parametrize(("replicas", "optimizer"), [(2, "adam"), (4, "sgd")])
def test_replicas_are_one_device(at_once, on_several_cpus, replicas, optimizer):
    """There are 4 shares, so 2 replicas accumulate two each."""
    found = np.load(on_several_cpus / f"{replicas}-4-{optimizer}.npz")
    check_equal(dict(found), at_once[optimizer])


def test_replicas_with_dropout_go_on_from_a_checkpoint_exactly(on_several_cpus):
    whole, resumed = (np.load(on_several_cpus / f"{name}.npz") for name in ("whole", "resumed"))
    for name in whole:
        np.testing.assert_array_equal(resumed[name], whole[name], err_msg=name)


def test_replicas_draw_different_dropout_masks(on_several_cpus):
    drawn = np.load(on_several_cpus / "masks.npz")["masks"] > 0
    correlations = np.corrcoef(drawn.reshape(4, -1)) - np.eye(4)
    assert np.abs(correlations).max() < 0.15


# The formula, on a model whose gradient is known.


class Unigram(keras.Model):
    """Every symbol has the same distribution: softmax(row + bias)."""

    def __init__(self):
        super().__init__()
        rng = np.random.default_rng(0)
        self.row = self.add_weight(shape=(1, VOCAB), name="row", initializer="zeros")
        self.bias = self.add_weight(shape=(VOCAB,), name="bias", initializer="zeros")
        self.row.assign(rng.normal(size=(1, VOCAB)))
        self.bias.assign(rng.normal(size=VOCAB))

    def build(self, *_):
        self.built = True

    def call(self, features, training=False):
        shape = (*keras.ops.shape(features["targets"]), VOCAB)
        return keras.ops.broadcast_to(self.row + self.bias, shape)

    def loss_weights(self, features):
        return keras.ops.cast(features["targets"] != 0, "float32")

    def loss_divisor(self, features):
        return keras.ops.sum(self.loss_weights(features))

    def training_loss(self, features):
        logits = self(features, training=True)
        losses = tf.nn.sparse_softmax_cross_entropy_with_logits(features["targets"], logits)
        return keras.ops.sum(losses * self.loss_weights(features))


def unigram_batches(steps=5, rows=4):
    rng = np.random.default_rng(1)
    ids = rng.integers(1, 4, (steps, rows, 6)).astype(np.int32)
    for row in range(rows):
        ids[:, row, row + 2 :] = 0  # 2, 3, 4 and 5 tokens
    return ids


def run_unigram(overrides, shares=1, steps=5, model_class=Unigram):
    """(row, bias, metrics) after a few updates by SGD."""
    hparams = registry.hparams("transformer_tiny")
    hparams.parse("clip_grad_norm=0,optimizer=sgd")
    hparams.parse(overrides)
    model, optimizer = model_class(), keras.optimizers.SGD(RATE)
    optimizer.build(model.trainable_variables)
    step = TrainStep(model, optimizer, hparams, ONE_DEVICE, shares)
    iterator = iter(tf.data.Dataset.from_tensor_slices({"targets": unigram_batches()}))
    metrics = step.run(iterator, tf.constant(steps))
    return np.asarray(model.row)[0], np.asarray(model.bias), metrics


def by_hand(row, bias, batch):
    """(mean loss, its gradient for the logits), in float64: softmax - frequencies."""
    ids = batch[batch != 0]
    logits = row.astype(np.float64) + bias
    probabilities = np.exp(logits) / np.exp(logits).sum()
    frequencies = np.bincount(ids, minlength=VOCAB) / len(ids)
    return -np.log(probabilities[ids]).mean(), probabilities - frequencies


def expected_unigram(clip=0.0, decay=0.0):
    """What `run_unigram` should give: row, bias, losses and norms of all steps."""
    model = Unigram()
    row, bias = np.asarray(model.row)[0], np.asarray(model.bias)
    losses, norms = [], []
    for batch in unigram_batches():
        loss, gradient = by_hand(row, bias, batch)
        losses.append(loss + decay * (row**2).sum() / 2)
        gradients = [gradient + decay * row, gradient]
        norms.append(np.sqrt(sum((g**2).sum() for g in gradients)))
        scale = min(1.0, clip / norms[-1]) if clip else 1.0
        row, bias = row - RATE * scale * gradients[0], bias - RATE * scale * gradients[1]
    return row, bias, losses, norms


@pytest.mark.parametrize("shares", [1, 4])
@pytest.mark.parametrize(
    ("overrides", "known"),
    [
        ("", {}),
        ("clip_grad_norm=0.9", {"clip": 0.9}),
        ("weight_decay=0.3", {"decay": 0.3}),  # of matrices, not of biases
        ("weight_decay=0.3,clip_grad_norm=0.9", {"decay": 0.3, "clip": 0.9}),
        ("weight_decay=0.3,weight_decay_exclude=row$", {}),
    ],
)
def test_updates_are_those_of_the_formula(overrides, known, shares):
    row, bias, metrics = run_unigram(overrides, shares)
    expected_row, expected_bias, losses, norms = expected_unigram(**known)
    assert min(norms) < 0.9 < max(norms), "clipping is always on, or always off"
    np.testing.assert_allclose(metrics.loss, losses, rtol=1e-5)
    np.testing.assert_allclose(metrics.gradient_norm, norms, rtol=1e-5)
    np.testing.assert_array_equal(metrics.tokens, [14] * 5)
    np.testing.assert_array_equal(metrics.padded, [10] * 5)
    np.testing.assert_array_equal(metrics.places, [24] * 5)
    np.testing.assert_allclose(row, expected_row, rtol=1e-5)
    np.testing.assert_allclose(bias, expected_bias, rtol=1e-5)


@pytest.mark.parametrize("shares", [1, 2])
def test_a_model_may_divide_its_loss_by_something_else(shares):
    """Here by the batch's 4 rows, which hold 14 tokens; the loss that is told stays per token."""

    class PerRow(Unigram):
        def loss_divisor(self, features):
            return tf.cast(tf.shape(features["targets"])[0], tf.float32)

    row, _, metrics = run_unigram("", shares, steps=1, model_class=PerRow)
    start = Unigram()
    loss, gradient = by_hand(np.asarray(start.row)[0], np.asarray(start.bias), unigram_batches()[0])
    gradient = gradient * 14 / 4
    np.testing.assert_allclose(metrics.loss, [loss], rtol=1e-5)
    np.testing.assert_allclose(metrics.gradient_norm, [np.sqrt(2 * (gradient**2).sum())], rtol=1e-5)
    np.testing.assert_allclose(row, np.asarray(start.row)[0] - RATE * gradient, rtol=1e-5)


def test_adam_w_decays_by_itself():
    """Not by a term of the loss, too."""
    *_, metrics = run_unigram("weight_decay=0.3,optimizer=adam_w")
    np.testing.assert_allclose(metrics.loss[0], expected_unigram()[2][0], rtol=1e-5)


def test_gradient_noise_is_reproducible_and_as_large_as_told():
    scale = 0.1
    states = [run_unigram(f"grad_noise_scale={scale}", steps=n)[:2] for n in range(6)]
    again = run_unigram(f"grad_noise_scale={scale}")
    np.testing.assert_array_equal(states[-1][0], again[0])
    noise = []
    for before, after, batch in zip(states, states[1:], unigram_batches(), strict=False):
        _, gradient = by_hand(*before, batch)
        noise.append([(x - y) / RATE - gradient for x, y in zip(before, after, strict=True)])
    noise = np.array(noise)  # [step, variable, VOCAB]
    assert 0.7 * scale < noise.std() < 1.3 * scale
    correlations = np.corrcoef(noise.reshape(5, -1)) - np.eye(5)
    assert np.abs(correlations).max() < 0.7, "steps share their noise"


def test_no_gpu_is_the_cpu(monkeypatch):
    """As people without GPUs told Tensor2Tensor."""
    hidden = []
    monkeypatch.setattr(tf.config, "set_visible_devices", lambda *args: hidden.append(args))
    assert distribution.strategy("0").num_replicas_in_sync == 1
    assert hidden == [([], "GPU")]
    with pytest.raises(T2TError, match="neither a number nor 'all'"):
        distribution.strategy("-1")
