"""Metrics of vectors of real numbers.

Each function takes

  logits: `[batch, length, depth]`, the predicted numbers;
  targets: `[batch, length, depth]`;
  weights: the same shape, how much each counts; None: 1;

and returns (sum, weight), float32 scalars whose sums over batches give the mean.
"""

from __future__ import annotations

from keras import ops


def mean_squared_error(logits, targets, weights=None):
    """The mean square of the difference; its root is Tensor2Tensor's `rmse`."""
    errors = ops.square(ops.cast(logits, "float32") - targets)
    weights = ops.ones_like(errors) if weights is None else weights
    return ops.sum(errors * weights), ops.sum(weights)
