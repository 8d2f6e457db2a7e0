"""Training with batch normalisation: replicas, shares, and where its statistics go."""

import os
import subprocess
import sys

import image_step_run
import keras
import numpy as np
import pytest
import tensorflow as tf
from image_problem import build, pixels

from t2t_lite.training import averaging, checkpoints
from t2t_lite.training.moving_average import MovingAverage

ONE_DEVICE = tf.distribute.get_strategy()


@pytest.fixture(scope="module")
def on_two_cpus(tmp_path_factory):
    """A folder of what `image_step_run` computed on 2 logical CPUs."""
    directory = tmp_path_factory.mktemp("replicas")
    path = os.pathsep.join(path for path in sys.path if path)
    command = [sys.executable, image_step_run.__file__, directory, "2"]
    subprocess.run(
        [*command, "2", "4"],
        env={**os.environ, "PYTHONPATH": path},
        check=True,
    )
    return directory


@pytest.fixture(scope="module")
def at_once():
    """What one device computes from whole batches."""
    return image_step_run.train(ONE_DEVICE, 1)


def test_two_replicas_with_synchronized_statistics_are_one_device(at_once, on_two_cpus):
    found = np.load(on_two_cpus / "2-2.npz")
    assert set(found) == set(at_once)
    for name, value in at_once.items():
        np.testing.assert_allclose(found[name], value, rtol=1e-5, atol=1e-5, err_msg=name)


def test_replicas_accumulate_with_synchronized_statistics(on_two_cpus):
    """Each share has the statistics of the rows that both replicas have in it."""
    found = np.load(on_two_cpus / "2-4.npz")
    assert np.isfinite(found["metrics"]).all()


def test_every_share_moves_the_statistics(monkeypatch, at_once):
    """Four shares: four times the decay, toward the mean of each share in turn.

    With statistics of their own the loss is another one; else the first test could not fail.
    """
    monkeypatch.setattr(image_step_run, "STEPS", 1)
    found = image_step_run.train(ONE_DEVICE, 4)
    assert abs(found["metrics"][0, 0] - at_once["metrics"][0, 0]) > 1e-3
    batch = image_step_run.batches()["inputs"][0]
    keras.utils.set_random_seed(1)
    model = build("resnet", "resnet_cifar_15", image_step_run.HPARAMS, classes=3, size=8)
    expected = np.zeros(4)
    for share in np.split(batch, 4):
        seen = np.asarray(model.first.convolve(share)).mean(axis=(0, 1, 2))
        expected = 0.9 * expected + 0.1 * seen
    name = next(name for name in found if name.endswith("first/norm/moving_mean"))
    np.testing.assert_allclose(found[name], expected, rtol=1e-4, atol=1e-5)


@pytest.fixture
def model():
    """A network after a pass that moved its statistics."""
    made = build("resnet", "resnet_cifar_15", "layer_sizes=[1],filter_sizes=[4,6]", size=8)
    for seed in range(3):
        made({"inputs": 5 + pixels(4, 8, seed=seed)}, training=True)
    return made


def statistics(model):
    return [np.asarray(w) for w in model.weights if "/moving_" in w.path]


def again():
    return build("resnet", "resnet_cifar_15", "layer_sizes=[1],filter_sizes=[4,6]", size=8)


def test_evaluation_uses_the_statistics(model):
    x = {"inputs": 5 + pixels(4, 8)}
    before = np.asarray(model(x))
    alone = np.concatenate([np.asarray(model({"inputs": row[None]})) for row in x["inputs"]])
    np.testing.assert_allclose(alone, before, atol=1e-5)  # Whatever else is in the batch.
    for weight in model.weights:
        if "/moving_" in weight.path:
            weight.assign(weight + 1)
    assert np.abs(np.asarray(model(x)) - before).max() > 1e-3


def test_a_checkpoint_holds_the_statistics(model, tmp_path):
    checkpoints.save_weights(model, str(tmp_path), 3)
    other = again()
    assert not np.allclose(statistics(other)[0], statistics(model)[0])
    checkpoints.restore_weights(other, str(tmp_path))
    for found, expected in zip(statistics(other), statistics(model), strict=True):
        np.testing.assert_array_equal(found, expected)
    x = {"inputs": pixels(2, 8)}
    np.testing.assert_array_equal(np.asarray(other(x)), np.asarray(model(x)))


def test_statistics_of_checkpoints_are_averaged(model, tmp_path):
    first = statistics(model)
    one = checkpoints.save_weights(model, str(tmp_path / "one"), 1)
    model({"inputs": pixels(4, 8)}, training=True)
    second = statistics(model)
    two = checkpoints.save_weights(model, str(tmp_path / "two"), 2)
    other = again()
    averaging.average(other, [one, two], str(tmp_path / "mean"))
    for found, a, b in zip(statistics(other), first, second, strict=True):
        np.testing.assert_allclose(found, (a + b) / 2, rtol=1e-6)
    assert np.abs(first[0] - second[0]).max() > 1e-3


def test_the_moving_average_takes_the_statistics_in(model):
    average = MovingAverage(model.weights, 0.9)
    first = statistics(model)
    model({"inputs": pixels(4, 8)}, training=True)
    average.update(ONE_DEVICE, tf.constant(1000, tf.int64))
    second = statistics(model)
    with average.in_model():
        for found, a, b in zip(statistics(model), first, second, strict=True):
            np.testing.assert_allclose(found, 0.9 * a + 0.1 * b, rtol=1e-5, atol=1e-6)
