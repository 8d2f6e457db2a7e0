"""Metrics of logits on padded sequences, given the true targets before each position.

Each function takes

  logits: `[batch, length, vocab]`;
  targets: `[batch, length]` ids, 0 is padding;
  weights: `[batch, length]`, how much each target counts; None: 1, and 0 at padding;

and returns (sum, weight), float32 scalars whose sums over batches give the mean.
"""

from __future__ import annotations

from keras import ops


def accuracy(logits, targets, weights=None):
    """The share of targets that are the most probable symbol."""
    return _weighted(_is_best(logits, targets), targets, weights)


def accuracy_top5(logits, targets, weights=None):
    """The share of targets that are among the five most probable symbols."""
    count = min(5, logits.shape[-1])
    _, best = ops.top_k(logits, count)  # [batch, length, count]
    is_among = ops.any(ops.cast(best, "int32") == _ids(targets)[..., None], axis=-1)
    return _weighted(is_among, targets, weights)


def accuracy_per_sequence(logits, targets, weights=None):
    """The share of sequences of which every target is the most probable symbol."""
    counts = _weights(targets, weights) > 0
    is_right = ops.all(_is_best(logits, targets) | ~counts, axis=-1)  # [batch]
    is_sequence = ops.any(counts, axis=-1)  # a row of padding alone is none
    is_right = ops.cast(is_right & is_sequence, "float32")
    return ops.sum(is_right), ops.sum(ops.cast(is_sequence, "float32"))


def neg_log_perplexity(logits, targets, weights=None):
    """The mean log probability of the targets, in nats; without label smoothing."""
    logits = ops.cast(logits, "float32")
    chosen = ops.take_along_axis(logits, _ids(targets)[..., None], axis=-1)[..., 0]
    return _weighted(chosen - ops.logsumexp(logits, axis=-1), targets, weights)


def _ids(targets):
    return ops.cast(targets, "int32")


def _is_best(logits, targets):
    return ops.cast(ops.argmax(logits, axis=-1), "int32") == _ids(targets)


def _weights(targets, weights):
    return ops.cast(targets != 0 if weights is None else weights, "float32")


def _weighted(values, targets, weights):
    weights = _weights(targets, weights)
    return ops.sum(ops.cast(values, "float32") * weights), ops.sum(weights)
