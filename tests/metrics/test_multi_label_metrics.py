"""Precision and recall of sets of labels, counted by hand."""

import numpy as np

from t2t_lite import metrics

TARGETS = np.array([[1, 0, 1, 0], [0, 0, 0, 0], [1, 1, 1, 1]])
LOGITS = np.array([[2.0, 1.0, -1.0, -3.0], [-1.0, -1.0, 4.0, -1.0], [0.5, 0.5, 0.5, -0.5]])


def mean(name):
    total, weight = metrics.TEACHER_FORCED[name](LOGITS, TARGETS)
    return float(total) / float(weight)


def test_labels():
    # Predicted: 2 of which 1 is right; 1 wrong; 3 right.
    assert mean("set_precision") == 4 / 6
    assert mean("set_recall") == 4 / 6
    assert mean("label_accuracy") == (2 + 3 + 3) / 12
