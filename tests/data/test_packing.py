"""Packing loses nothing, keeps examples apart, and changes no loss."""

import collections
import math

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import example, given, settings
from hypothesis import strategies as st
from toy_problem import VOCAB, ToyLanguage, ToyProblem, hparams_of

from t2t_lite import registry
from t2t_lite.data import packing
from t2t_lite.models.base import build_model

lengths = st.lists(st.tuples(st.integers(1, 25), st.integers(1, 25)), min_size=1, max_size=60)


def examples_of(lengths, names, seed=0):
    """Random ids, each sequence ending in EOS."""
    rng = np.random.default_rng(seed)
    return [
        {
            name: [*rng.integers(2, VOCAB, length - 1).tolist(), 1]
            for name, length in zip(names, pair, strict=False)
        }
        for pair in lengths
    ]


def packed_rows(examples, names, row_length):
    """The rows that `pack_dataset` makes."""
    dataset = tf.data.Dataset.from_generator(
        lambda: iter(examples),
        output_signature={name: tf.TensorSpec([None], tf.int32) for name in names},
    )
    return list(packing.pack_dataset(dataset, names, row_length).as_numpy_iterator())


def unpacked(row, names):
    """The examples of a row; checks that segments and positions say where they are."""
    count = row[f"{names[0]}_segmentation"].max()
    examples = [{} for _ in range(count)]
    for name in names:
        ids, segment = row[name], row[f"{name}_segmentation"]
        np.testing.assert_array_equal(ids != 0, segment != 0)
        used = np.count_nonzero(segment)
        np.testing.assert_array_equal(segment[used:], 0)  # All padding is at the end.
        assert (np.diff(segment[:used]) >= 0).all()
        for number in range(1, count + 1):
            place = segment == number
            assert place.any()
            np.testing.assert_array_equal(
                row[f"{name}_position"][place], np.arange(np.count_nonzero(place))
            )
            examples[number - 1][name] = tuple(ids[place].tolist())
    return examples


def frozen(example, row_length):
    """Something to be counted: the example cut to `row_length`."""
    return tuple((name, tuple(ids)[:row_length]) for name, ids in sorted(example.items()))


@given(lengths=lengths, row_length=st.integers(2, 30), features=st.integers(1, 2))
@settings(max_examples=150, deadline=None)
def test_every_example_has_one_place_and_no_row_is_overfull(lengths, row_length, features):
    array = np.array(lengths)[:, :features]
    rows = packing.pack(array, row_length)
    assert sorted(index for row in rows for index in row) == list(range(len(lengths)))
    cut = np.minimum(array, row_length)
    for row in rows:
        assert row == sorted(row)
        assert (cut[row].sum(axis=0) <= row_length).all()
    if features == 1:  # First fit: at most one row is not half full.
        assert len(rows) <= 1 + math.ceil(2 * cut.sum() / row_length)


@given(
    lengths=lengths,
    row_length=st.integers(2, 30),
    names=st.sampled_from([["targets"], ["inputs", "targets"]]),
)
@example(lengths=[(3, 2), (4, 5), (2, 2), (9, 9)], row_length=10, names=["inputs", "targets"])
@settings(max_examples=12, deadline=None)
def test_packed_rows_hold_the_examples(lengths, row_length, names):
    examples = examples_of(lengths, names)
    found = collections.Counter(
        frozen(example, row_length)
        for row in packed_rows(examples, names, row_length)
        for example in unpacked(row, names)
    )
    assert found == collections.Counter(frozen(example, row_length) for example in examples)


def padded(examples, names):
    """One row per example."""
    width = {name: max(len(example[name]) for example in examples) for name in names}
    return {
        name: np.array([e[name] + [0] * (width[name] - len(e[name])) for e in examples], np.int32)
        for name in names
    }


@pytest.mark.parametrize("problem", [ToyLanguage, ToyProblem])
def test_the_loss_of_packed_examples_is_that_of_single_ones(problem):
    names = list(problem.features)
    hparams = registry.hparams("transformer_tiny")
    hparams.parse("hidden_size=16,filter_size=32,num_heads=2,num_hidden_layers=2")
    keras.utils.set_random_seed(3)
    model = build_model("transformer", hparams.freeze(), hparams_of(problem))
    lengths = np.random.default_rng(2).integers(1, 12, (30, 2))
    examples = examples_of(lengths, names)
    rows = packed_rows(examples, names, 24)
    assert len(rows) < len(examples) / 2
    packed = {name: np.stack([row[name] for row in rows]) for name in rows[0]}
    sums = []
    for batch in (padded(examples, names), packed):
        loss = model.loss_sum(model(batch), batch)
        sums.append([float(loss), float(tf.reduce_sum(model.loss_weights(batch)))])
    np.testing.assert_allclose(sums[1], sums[0], rtol=1e-5)
