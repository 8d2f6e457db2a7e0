"""Teacher-forced metrics against loops in NumPy, and their behaviour under padding."""

import numpy as np
import pytest

from t2t_lite.metrics import TEACHER_FORCED

PADDED = [name for name in TEACHER_FORCED if TEACHER_FORCED[name].__module__.endswith("padded")]

RNG = np.random.default_rng(0)
TARGETS = np.array([[3, 7, 1, 0, 0], [2, 2, 5, 4, 1], [9, 1, 0, 0, 0], [0, 0, 0, 0, 0]])
LOGITS = RNG.normal(size=[4, 5, 12]).astype("float32")
for _row, _column in ((0, 0), (0, 1), (0, 2), (1, 1), (1, 4)):  # row 0 is right as a whole
    LOGITS[_row, _column, TARGETS[_row, _column]] = 9.0


def reference(name, logits, targets, weights):
    """(sum, weight) by loops."""
    total = weight = 0.0
    for row in range(len(targets)):
        right = []
        for t in np.flatnonzero(weights[row]):
            scores, target = logits[row, t], targets[row, t]
            rank = (scores > scores[target]).sum()
            log_prob = scores[target] - np.log(np.exp(scores).sum())
            value = {
                "accuracy": rank == 0,
                "accuracy_top5": rank < 5,
                "accuracy_per_sequence": 0.0,
                "neg_log_perplexity": log_prob,
            }[name]
            right.append(rank == 0)
            if name != "accuracy_per_sequence":
                total, weight = total + value * weights[row, t], weight + weights[row, t]
        if name == "accuracy_per_sequence" and right:
            total, weight = total + all(right), weight + 1
    return total, weight


@pytest.mark.parametrize("name", PADDED)
def test_equals_a_loop(name):
    metric = TEACHER_FORCED[name]
    expected = reference(name, LOGITS, TARGETS, (TARGETS != 0).astype(float))
    assert expected[1] > 0
    np.testing.assert_allclose(
        [float(x) for x in metric(LOGITS, TARGETS)], expected, rtol=1e-5, atol=1e-5
    )
    weights = np.array([[0, 1, 1, 0, 0], [0, 2, 0, 0, 0.5], [0] * 5, [0] * 5], "float32")
    expected = reference(name, LOGITS, TARGETS, weights)
    given = metric(LOGITS, TARGETS, weights)
    np.testing.assert_allclose([float(x) for x in given], expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("name", PADDED)
def test_sums_add_up_whatever_the_padding(name):
    metric = TEACHER_FORCED[name]
    whole = np.array([float(x) for x in metric(LOGITS, TARGETS)])
    parts = [metric(LOGITS[i : i + 1, :n], TARGETS[i : i + 1, :n]) for i, n in enumerate([3, 5, 2])]
    np.testing.assert_allclose(np.sum(parts, axis=0), whole, rtol=1e-5)


def test_few_symbols():
    total, weight = TEACHER_FORCED["accuracy_top5"](LOGITS[:, :, :4], TARGETS % 4)
    assert total == weight
