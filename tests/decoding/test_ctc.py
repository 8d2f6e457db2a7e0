"""Reading symbols off positions, against a sum over all paths."""

import collections
import itertools

import numpy as np
import pytest
import tensorflow as tf

from t2t_lite.decoding import ctc


def merged(path):
    """What a path means: repetitions are one symbol, and blanks (0) are nothing."""
    return tuple(k for k, _ in itertools.groupby(path) if k)


def all_sequences(logits):
    """P of each sequence: the sum over its paths."""
    probabilities = np.exp(logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True)))
    sums = collections.Counter()
    for path in itertools.product(range(logits.shape[1]), repeat=len(logits)):
        sums[merged(path)] += float(np.prod(probabilities[np.arange(len(path)), path]))
    return sums


@pytest.mark.parametrize("seed", range(4))
def test_a_wide_beam_finds_the_most_probable_sequences(seed):
    logits = np.random.default_rng(seed).normal(scale=2, size=(2, 5, 3)).astype(np.float32)
    ids, scores = ctc.prefix_search(tf.constant(logits), 40)
    for row in range(2):
        expected = all_sequences(logits[row].astype(float)).most_common(8)
        found = [tuple(i for i in own if i) for own in ids[row].tolist()]
        assert found[:8] == [sequence for sequence, _ in expected]
        np.testing.assert_allclose(scores[row, :8], np.log([p for _, p in expected]), atol=1e-4)


def test_greedy_is_the_best_path():
    logits = np.random.default_rng(5).normal(size=(30, 6, 4)).astype(np.float32)
    ids, scores = ctc.best_paths(tf.constant(logits))
    for row, own in enumerate(logits):
        path = own.argmax(axis=-1)
        assert tuple(i for i in ids[row, 0] if i) == merged(path)
        log_probs = own - np.log(np.exp(own).sum(axis=-1, keepdims=True))
        assert scores[row, 0] == pytest.approx(log_probs.max(axis=-1).sum(), abs=1e-4)


def test_many_short_paths_win_over_the_best_one():
    """P(nothing) = 0.6 · 0.6 is the best path, but P(2) = 1 - 0.36, by three paths."""
    logits = tf.math.log(tf.constant([[[0.6, 0.0, 0.4], [0.6, 0.0, 0.4]]]) + 1e-9)
    assert not ctc.best_paths(logits)[0].any()  # blank, blank: 0.36
    ids, scores = ctc.prefix_search(logits, 4)
    assert ids[0, 0, 0] == 2 and np.exp(scores[0, 0]) == pytest.approx(0.64, abs=1e-4)


def test_repeated_symbols_need_a_blank_between():
    certain = np.full((1, 5, 3), -20, np.float32)
    for position, symbol in enumerate([2, 2, 0, 2, 0]):
        certain[0, position, symbol] = 20
    for ids, _ in (
        ctc.best_paths(tf.constant(certain)),
        ctc.prefix_search(tf.constant(certain), 2),
    ):
        assert [i for i in ids[0, 0].tolist() if i] == [2, 2]
