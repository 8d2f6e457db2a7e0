"""The mean of checkpoints, against NumPy's."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from t2t_lite.errors import T2TError
from t2t_lite.training import averaging, checkpoints


def new_model():
    """Two weights, and the seed of a dropout."""
    model = keras.Sequential([keras.layers.Dense(3), keras.layers.Dropout(0.5)])
    model.build((None, 2))
    return model


def values_of(model):
    return [np.asarray(variable) for variable in model.trainable_variables]


@pytest.fixture
def saved(tmp_path):
    """Paths of three checkpoints of a training run, and the weights in each."""
    model, optimizer = new_model(), keras.optimizers.Adam()
    optimizer.build(model.trainable_variables)
    iterator = iter(tf.data.Dataset.range(9))
    run = checkpoints.Checkpoints(str(tmp_path / "run"), model, optimizer, iterator, {}, keep=0)
    rng = np.random.default_rng(0)
    values = []
    for step in (7, 8, 12):
        optimizer.iterations.assign(step)
        for variable in model.trainable_variables:
            variable.assign(rng.normal(size=variable.shape))
        run.save()
        values.append(values_of(model))
    return checkpoints.all_in(str(tmp_path / "run")), values


def test_the_average_is_the_mean(saved, tmp_path):
    paths, values = saved
    assert [checkpoints.step_of(path) for path in paths] == [7, 8, 12]
    model = new_model()
    result = averaging.average(model, paths, str(tmp_path / "averaged"))
    assert checkpoints.step_of(result) == 12
    again = new_model()
    checkpoints.restore_weights(again, str(tmp_path / "averaged"))
    for expected, left, found in zip(
        zip(*values, strict=True), values_of(model), values_of(again), strict=True
    ):
        np.testing.assert_array_equal(found, left)
        np.testing.assert_allclose(found, np.mean(np.float64(expected), axis=0), rtol=1e-6)


def test_the_order_of_the_checkpoints_does_not_matter(saved, tmp_path):
    paths, _ = saved
    one, other = new_model(), new_model()
    averaging.average(one, paths, str(tmp_path / "one"))
    averaging.average(other, paths[::-1], str(tmp_path / "other"))
    for left, right in zip(values_of(one), values_of(other), strict=True):
        np.testing.assert_array_equal(left, right)


def test_the_average_of_one_checkpoint_taken_twice_is_itself(saved, tmp_path):
    paths, values = saved
    model = new_model()
    averaging.average(model, [paths[1], paths[1]], str(tmp_path / "averaged"))
    for left, right in zip(values_of(model), values[1], strict=True):
        np.testing.assert_array_equal(left, right)


def test_a_new_average_replaces_the_old_one(saved, tmp_path):
    paths, _ = saved
    directory = str(tmp_path / "averaged")
    for chosen in (paths[:2], paths[1:], paths):  # of steps 8, 12 and 12 again
        averaging.average(new_model(), chosen, directory)
    (left,) = checkpoints.all_in(directory)
    assert checkpoints.find(directory) == left
    assert checkpoints.step_of(left) == 12


def test_nothing_to_average_is_an_error(tmp_path):
    with pytest.raises(T2TError, match="no checkpoints"):
        averaging.average(new_model(), [], str(tmp_path))


def test_a_checkpoint_of_another_model_is_an_error(saved, tmp_path):
    other = keras.Sequential([keras.layers.Dense(4)])
    other.build((None, 2))
    with pytest.raises(T2TError, match="another model"):
        averaging.average(other, saved[0], str(tmp_path / "averaged"))
