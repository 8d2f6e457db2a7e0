"""Word and character error rates: counted by hand, and against the recursion of the definition."""

import functools

import numpy as np
import pytest

from t2t_lite import metrics
from t2t_lite.errors import T2TError
from t2t_lite.metrics.edit_distance import cer, distance, wer


def by_definition(left, right):
    @functools.cache
    def least(i, j):
        if not i or not j:
            return i + j
        same = left[i - 1] == right[j - 1]
        return min(least(i - 1, j) + 1, least(i, j - 1) + 1, least(i - 1, j - 1) + (not same))

    return least(len(left), len(right))


def test_distance_is_the_recursion():
    rng = np.random.default_rng(0)
    for _ in range(200):
        left, right = ("".join(rng.choice(list("abc"), rng.integers(0, 9))) for _ in range(2))
        assert distance(left, right) == by_definition(left, right), (left, right)


def test_known_distances():
    assert distance("kitten", "sitting") == 3
    assert distance("", "abc") == distance("abc", "") == 3
    assert distance("x", "x") == 0


def test_rates_over_a_corpus():
    hypotheses = ["the cat  sat", "a dog", ""]
    references = ["the cat sat down", "the dog", "yes"]
    # Words: 1 deletion of 4, 1 substitution of 2, 1 deletion of 1.
    assert wer(hypotheses, references).value == pytest.approx(100 * 3 / 7)
    # Characters: " down" of 16; a -> the: 3 of 7; 3 of 3.
    assert cer(hypotheses, references).value == pytest.approx(100 * (5 + 3 + 3) / 26)
    assert wer(["a b c"], ["x"]).value == 300
    assert metrics.DECODED["wer"] is wer and metrics.DECODED["cer"] is cer
    with pytest.raises(T2TError, match="2 translations but 1"):
        wer(["a", "b"], ["a"])
