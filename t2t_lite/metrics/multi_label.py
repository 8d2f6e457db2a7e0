"""Metrics of examples with any number of labels; a label is predicted where its logit is above 0.

Each function takes

  logits: `[batch, labels]`;
  targets: `[batch, labels]`, 1 for each label that the example has, else 0;
  weights: `[batch, labels]`, how much each counts; None: 1;

and returns (sum, weight), float32 scalars whose sums over batches give the mean.
"""

from __future__ import annotations

from keras import ops


def label_accuracy(logits, targets, weights=None):
    """The share of labels of which it is rightly said that an example has them, or has not."""
    predicted, present, weights = _floats(logits, targets, weights)
    return ops.sum(ops.cast(predicted == present, "float32") * weights), ops.sum(weights)


def set_precision(logits, targets, weights=None):
    """The share of predicted labels that are right."""
    predicted, present, weights = _floats(logits, targets, weights)
    return ops.sum(predicted * present * weights), ops.sum(predicted * weights)


def set_recall(logits, targets, weights=None):
    """The share of right labels that are predicted."""
    predicted, present, weights = _floats(logits, targets, weights)
    return ops.sum(predicted * present * weights), ops.sum(present * weights)


def _floats(logits, targets, weights):
    predicted = ops.cast(logits > 0, "float32")
    present = ops.cast(targets, "float32")
    return predicted, present, ops.ones_like(present) if weights is None else weights
