"""Losses on logits."""

from __future__ import annotations

import math

from keras import ops


def smoothed_cross_entropy(logits, targets, label_smoothing: float):
    """Cross entropy against softened targets, less the least value it can take.

    The target has probability c = 1 - label_smoothing, every other symbol
    low = label_smoothing / (vocab - 1), and the entropy of that distribution is subtracted,
    so that a perfect model scores 0 (Tensor2Tensor's `padded_cross_entropy`; Szegedy et al.
    2015, section 7). Written with the log-partition, so that no second `[..., vocab]` array
    of soft targets is made.

    Args:
      logits: `[..., vocab]`.
      targets: `[...]` ids.
    Returns:
      `[...]` float32, in nats.
    """
    vocab = logits.shape[-1]
    logits = ops.cast(logits, "float32")
    confidence = 1.0 - label_smoothing
    low = label_smoothing / (vocab - 1)
    partition = ops.logsumexp(logits, axis=-1)
    chosen = ops.take_along_axis(logits, ops.cast(targets, "int32")[..., None], axis=-1)[..., 0]
    loss = partition - (confidence - low) * chosen
    if not label_smoothing:
        return loss
    return loss - low * ops.sum(logits, axis=-1) - target_entropy(label_smoothing, vocab)


def target_entropy(label_smoothing: float, vocab: int) -> float:
    """The entropy of the softened targets (with Tensor2Tensor's 1e-20), in nats."""
    confidence, low = 1.0 - label_smoothing, label_smoothing / (vocab - 1)
    return -(confidence * math.log(confidence) + (vocab - 1) * low * math.log(low + 1e-20))
