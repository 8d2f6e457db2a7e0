"""Bits per character, by which language models with different vocabularies compare."""

from __future__ import annotations

import math
from collections.abc import Sequence

from keras import ops

from t2t_lite.metrics import padded


def bits_per_character(logits, targets, weights=None, *, characters: Sequence[int] | None = None):
    """The negative log2 probability of all targets over the number of characters they stand for.

    The ends of sequences cost bits, too, but are no characters: the number says in how many bits
    a text can be told with where its rows end. Without label smoothing.

    Args:
      logits: `[batch, length, vocab]`.
      targets: `[batch, length]` ids, 0 is padding.
      weights: `[batch, length]`, how much each target counts; None: 1, and 0 at padding.
      characters: `[vocab]`, how many characters each id stands for
        (`TextEncoder.character_counts`); None: the end of sequence none, any other one.
    Returns:
      (bits, characters), float32 scalars whose sums over batches give the mean.
    """
    if characters is None:
        characters = [0, 0] + [1] * (logits.shape[-1] - 2)
    if weights is None:
        weights = ops.cast(targets != 0, "float32")
    nats, _ = padded.neg_log_perplexity(logits, targets, weights)
    counts = ops.take(ops.convert_to_tensor(characters, "float32"), targets, axis=0)
    return -nats / math.log(2), ops.sum(counts * ops.cast(weights, "float32"))
