"""The moving average of weights: its formula, and that it is what is evaluated and decoded."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from t2t_lite.training import checkpoints
from t2t_lite.training.moving_average import MovingAverage


def new_model():
    model = keras.Sequential([keras.layers.Dense(3)])
    model.build((None, 2))
    return model


def new_checkpoints(directory, model, average):
    iterator = iter(tf.data.Dataset.range(9))
    optimizer = keras.optimizers.SGD()
    optimizer.build(model.trainable_variables)
    optimizer.iterations.assign(7)
    return checkpoints.Checkpoints(str(directory), model, optimizer, iterator, {}, 0, average)


@pytest.mark.parametrize("decay", [0.3, 0.999])
def test_is_the_mean_with_the_weights_of_its_formula(decay):
    weight = keras.Variable(np.zeros(2, "float32"))
    average = MovingAverage([weight], decay)
    values = np.random.default_rng(0).normal(size=(40, 2))
    for step, value in enumerate(values, start=1):
        weight.assign(value)
        average.update(tf.distribute.get_strategy(), tf.constant(step, tf.int64))
    d = np.minimum(decay, np.arange(2, 42) / np.arange(11, 51))
    # The share of step t's value: what it got, times what all later steps left of it.
    left = np.append(np.cumprod(d[::-1])[::-1][1:], 1.0)
    expected = ((1 - d) * left) @ values
    np.testing.assert_allclose(average.averages[0], expected, rtol=1e-5, atol=1e-6)


def test_stands_in_for_the_weights_and_gives_way_again():
    model = new_model()
    average = MovingAverage(model.weights, 0.9)
    old = [np.asarray(weight) for weight in model.weights]
    for weight in model.weights:
        weight.assign(weight + 1)
    with pytest.raises(ValueError, match="inside"), average.in_model():
        for weight, value in zip(model.weights, old, strict=True):
            np.testing.assert_array_equal(weight, value)
        raise ValueError("inside")
    for weight, value in zip(model.weights, old, strict=True):
        np.testing.assert_array_equal(weight, value + 1)


def test_is_what_is_loaded_from_a_checkpoint(tmp_path):
    model = new_model()
    average = MovingAverage(model.weights, 0.9)
    expected = [np.asarray(weight) for weight in model.weights]
    for weight in model.weights:
        weight.assign(weight + 1)
    path = new_checkpoints(tmp_path, model, average).save()
    other = new_model()
    checkpoints.restore_weights(other, path)
    for weight, value in zip(other.weights, expected, strict=True):
        np.testing.assert_array_equal(weight, value)


def test_may_begin_in_the_middle_of_a_run(tmp_path):
    model = new_model()
    path = new_checkpoints(tmp_path, model, None).save()
    assert path.endswith("-7")
    other = new_model()
    average = MovingAverage(other.weights, 0.9)
    assert new_checkpoints(tmp_path, other, average).restore_latest() == 7
    for weight, value in zip(model.weights, average.averages, strict=True):
        np.testing.assert_array_equal(value, weight)
