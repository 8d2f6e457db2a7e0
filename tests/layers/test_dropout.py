"""Dropout keeps the share of values that its rate says, scaled so that the mean stays."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from t2t_lite.layers.dropout import Dropout


@pytest.mark.parametrize("shape", [(500, 401), (40, 50, 100)])
@pytest.mark.parametrize("rate", [0.1, 0.5, 0.77])
def test_share_and_mean(rate, shape):
    keras.utils.set_random_seed(1)
    layer = Dropout(rate)

    @tf.function(input_signature=[tf.TensorSpec([None] * len(shape))])
    def drop(x):  # Of unknown shape, as attention's weights are.
        return layer(x, training=True)

    calls = 40  # The share of one call is rounded to a multiple of 1/256.
    many = np.stack([drop(np.full(shape, 3.0, "float32")).numpy() for _ in range(calls)])
    deviation = np.sqrt(rate * (1 - rate) / many.size + 0.25 / 256**2 / calls)
    assert abs((many != 0).mean() - (1 - rate)) < 4 * deviation
    np.testing.assert_allclose(many[many != 0], 3 / (1 - rate), rtol=1e-4)
    kept = many[0] != 0
    again = drop(np.ones(shape, "float32")).numpy() != 0
    independent = (1 - rate) ** 2 + rate**2
    assert abs((kept == again).mean() - independent) < 0.01
    neighbours = (kept[..., 1:] == kept[..., :-1]).mean()  # Four come from one random number.
    assert abs(neighbours - independent) < 0.01


def test_ends_of_the_range_and_shared_masks():
    x = np.ones((30, 40, 50), "float32")
    assert not Dropout(1.0)(x, training=True).numpy().any()
    np.testing.assert_array_equal(Dropout(0.0)(x, training=True), x)
    np.testing.assert_array_equal(Dropout(0.4)(x), x)
    y = Dropout(0.4, broadcast_dims="1")(x, training=True).numpy()
    np.testing.assert_array_equal(y, np.repeat(y[:, :1], 40, axis=1))
    assert 0.5 < (y != 0).mean() < 0.7
