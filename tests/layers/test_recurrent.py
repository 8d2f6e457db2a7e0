"""Recurrent cells and layers against their equations in NumPy."""

import keras
import numpy as np
import pytest
import recurrent_numpy as by_hand
import tensorflow as tf

from t2t_lite.errors import T2TError
from t2t_lite.hparams.lstm import LSTMHParams
from t2t_lite.layers import recurrent
from t2t_lite.layers.precision import set_matmul_operands

LENGTH, BATCH, WIDTH, UNITS = 6, 3, 5, 4
LENGTHS = [6, 4, 1]


def hparams(**values):
    hp = LSTMHParams()
    hp.override_from_dict({"dropout": 0.0, "initializer": "uniform", "initializer_gain": 5.0})
    hp.override_from_dict(values)
    return hp


def random_weights(layer, seed=0):
    rng = np.random.default_rng(seed)
    for weight in layer.weights:
        weight.assign(rng.normal(scale=0.5, size=weight.shape))


def a_sequence(width=WIDTH):
    """x `[length, batch, width]`, and where there are words."""
    x = np.random.default_rng(1).normal(size=(LENGTH, BATCH, width)).astype(np.float32)
    is_word = np.arange(LENGTH)[:, None] < np.array(LENGTHS)
    return x, is_word[..., None]


@pytest.mark.parametrize("name", recurrent.CELLS)
@pytest.mark.parametrize("known", [WIDTH, 2, 0])
def test_cell_is_its_equation(name, known):
    """However much of the input is known before the loop."""
    cell = recurrent.make_cell(known, WIDTH - known, UNITS, hparams(recurrent_cell=name))
    random_weights(cell)
    rng = np.random.default_rng(2)
    x = rng.normal(size=(BATCH, WIDTH)).astype(np.float32)
    state = {key: rng.normal(size=(BATCH, UNITS)).astype("f") for key in cell.state_names}
    products = cell.products(x[:, :known] if known else None)
    found = cell.step(products, [x[:, known:]] if known < WIDTH else [], state)
    for row in range(BATCH):
        one = {key: value[row] for key, value in state.items()}
        expected = by_hand.CELLS[name](cell, x[row], one)
        assert set(found) == set(expected)
        for key, value in expected.items():
            np.testing.assert_allclose(found[key][row], value, atol=1e-5)


@pytest.mark.parametrize("name", recurrent.CELLS)
@pytest.mark.parametrize("backwards", [False, True])
def test_layer_runs_its_cell_along_each_sentence(name, backwards):
    layer = recurrent.RecurrentLayer(WIDTH, UNITS, hparams(recurrent_cell=name), backwards)
    random_weights(layer)
    x, is_word = a_sequence()
    outputs, last = layer(x, None, is_word)
    for row, length in enumerate(LENGTHS):
        expected, state = by_hand.layer(
            by_hand.CELLS[name], layer.cell, x[:length, row], backwards=backwards
        )
        np.testing.assert_allclose(np.asarray(outputs)[:length, row], expected, atol=1e-5)
        for key, value in state.items():
            np.testing.assert_allclose(last[key][row], value, atol=1e-5)


def test_steps_are_the_layer_and_a_first_state_is_taken():
    stack = recurrent.RecurrentStack(3, UNITS, UNITS, hparams(), num_residual=2)
    random_weights(stack)
    x, _ = a_sequence(UNITS)
    rng = np.random.default_rng(3)
    first = [
        {key: rng.normal(size=(BATCH, UNITS)).astype(np.float32) for key in "ch"} for _ in range(3)
    ]
    outputs, last = stack(x, first)
    states = stack.by_layer(first, BATCH)
    for t in range(LENGTH):
        output, states = stack.step(x[t], states)
        np.testing.assert_allclose(output, outputs[t], atol=1e-6)
    np.testing.assert_allclose(states["layer_2"]["c"], last[2]["c"], atol=1e-6)
    sentence = x[:, 1]
    for i, layer in enumerate(stack.layers):  # The upper two add their input.
        one = {key: value[1] for key, value in first[i].items()}
        sentence, _ = by_hand.layer(by_hand.lstm, layer.cell, sentence, one, is_residual=i > 0)
    np.testing.assert_allclose(np.asarray(outputs)[:, 1], sentence, atol=1e-5)


@pytest.mark.parametrize("name", recurrent.CELLS)
def test_gradient_of_a_masked_layer_is_that_of_unrolled_steps(name):
    layer = recurrent.RecurrentLayer(WIDTH, UNITS, hparams(recurrent_cell=name))
    random_weights(layer)
    x, is_word = a_sequence()
    upstream = np.random.default_rng(4).normal(size=(LENGTH, BATCH, UNITS)).astype(np.float32)
    x = tf.constant(x)

    def unrolled():
        total, state = 0.0, layer.cell.zero_state(BATCH)
        for t in range(LENGTH):
            new = layer.cell.step(layer.cell.products(x[t]), [], state)
            state = {key: tf.where(is_word[t], new[key], state[key]) for key in new}
            total += tf.reduce_sum(state["h"] * upstream[t])
        return total

    gradients = []

    @tf.function(autograph=False)
    def in_a_loop():
        return tf.reduce_sum(layer(x, None, is_word)[0] * upstream)

    for function in (in_a_loop, unrolled):
        with tf.GradientTape() as tape:
            tape.watch(x)
            loss = function()
        gradients.append(tape.gradient(loss, [x, *layer.trainable_variables]))
    for found, expected in zip(*gradients, strict=True):
        np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-5)


def test_input_is_dropped_only_while_training():
    keras.utils.set_random_seed(0)
    layer = recurrent.RecurrentLayer(WIDTH, UNITS, hparams(dropout=0.5))
    x, _ = a_sequence()
    still = [np.asarray(layer(x)[0]) for _ in range(2)]
    np.testing.assert_array_equal(*still)
    drawn = [np.asarray(layer(x, training=True)[0]) for _ in range(2)]
    assert np.abs(drawn[0] - drawn[1]).max() > 1e-3


def test_a_kernel_in_two_parts_starts_as_a_whole_one_would():
    """Glorot's limit for [input; state] -> gates: sqrt(6 / (fan_in + fan_out))."""
    keras.utils.set_random_seed(0)
    hp = hparams(initializer="uniform_unit_scaling", initializer_gain=1.0)
    cell = recurrent.LSTMCell(96, 32, 64, hp)
    limit = np.sqrt(6 / (96 + 32 + 64 + 4 * 64))
    parts = [np.asarray(kernel) for kernel in (cell.kernel_known, cell.kernel_later)]
    assert [len(part) for part in parts] == [96, 96]
    for part in parts:
        assert 0.98 * limit < np.abs(part).max() <= limit
    assert not np.allclose(*parts)


def test_the_gradient_of_weights_adds_up_in_float32_when_products_are_rounded():
    """Over 300 steps, sums in bfloat16 would be off by several per cent."""
    layer = recurrent.RecurrentLayer(1, 1, hparams())
    for weight in layer.weights:
        weight.assign(np.zeros(weight.shape))
    x = tf.ones((300, 1, 1))
    gradients = []
    for operands in (None, "bfloat16"):
        set_matmul_operands(operands)
        try:
            with tf.GradientTape() as tape:
                loss = tf.reduce_sum(tf.function(layer)(x)[0])
            gradients.append(np.asarray(tape.gradient(loss, layer.cell.bias.value)))
        finally:
            set_matmul_operands(None)
    np.testing.assert_allclose(gradients[1], gradients[0], rtol=0.01)


def test_an_unknown_cell_is_an_error():
    hp = hparams()
    object.__setattr__(hp, "recurrent_cell", "lstmm")
    with pytest.raises(T2TError, match="'lstm'"):
        recurrent.make_cell(1, 0, 1, hp)
