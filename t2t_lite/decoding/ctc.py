"""Symbols out of a model's logits at each position of its inputs (Graves et al. 2006)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import tensorflow as tf

from t2t_lite.text.encoder import EOS


def best_paths(logits) -> tuple[np.ndarray, np.ndarray]:
    """The most probable symbol of each position, repetitions merged, blanks (0) left out.

    Args:
      logits: `[batch, positions, vocab]` float32.
    Returns:
      ids `[batch, 1, length]`, 0 after the last; and log P of the paths `[batch, 1]`.
    """
    log_probs = tf.nn.log_softmax(logits)
    best = tf.argmax(log_probs, axis=-1, output_type=tf.int32)
    scores = tf.reduce_sum(tf.reduce_max(log_probs, axis=-1), axis=1)
    is_new = tf.concat([tf.ones_like(best[:, :1], tf.bool), best[:, 1:] != best[:, :-1]], axis=1)
    is_symbol = (best != 0) & is_new
    ids = tf.ragged.boolean_mask(best, is_symbol).to_tensor(0)
    return ids.numpy()[:, None], scores.numpy()[:, None]


def prefix_search(logits, beam_size: int) -> tuple[np.ndarray, np.ndarray]:
    """The sequences of highest probability, summed over all their paths, as far as a beam finds.

    (Graves 2012, Supervised Sequence Labelling with Recurrent Neural Networks, section 7.5.3, with
    a beam; TensorFlow's own refuses inputs that have fewer sequences than the beam has places.)

    Args:
      logits: `[batch, positions, vocab]` float32; symbol 0 is the blank.
      beam_size: how many beginnings are followed, and sequences returned.
    Returns:
      ids `[batch, beam, length]`, 0 after the last; and log P `[batch, beam]`, best first.
    """
    rows = [_sequences(own, beam_size) for own in tf.nn.log_softmax(logits).numpy()]
    length = max(1, max(len(ids) for row in rows for ids, _ in row))
    ids = np.zeros((len(rows), beam_size, length), np.int32)
    scores = np.full((len(rows), beam_size), -np.inf, np.float32)
    for i, row in enumerate(rows):
        for j, (sequence, score) in enumerate(row):
            ids[i, j, : len(sequence)] = sequence
            scores[i, j] = score
    return ids, scores


def _sequences(log_probs: np.ndarray, beam_size: int) -> list[tuple[tuple[int, ...], float]]:
    """The best sequences and their log P, of `[positions, vocab]`; only a position's best
    2 * beam_size symbols are tried."""
    never = -math.inf
    # Beginning -> log P of its paths that end in a blank, and of those that end in its last symbol.
    beam: dict[tuple[int, ...], tuple[float, float]] = {(): (0.0, never)}
    for frame in log_probs:
        best = np.argsort(-frame[1:], kind="stable")[: 2 * beam_size] + 1
        symbols = [(int(k), float(frame[k])) for k in best]
        blank = float(frame[0])
        known: dict[tuple[int, ...], tuple[float, float]] = {}
        for beginning, (in_blank, in_symbol) in beam.items():
            total = _log_sum(in_blank, in_symbol)
            old = known.get(beginning, (never, never))
            again = in_symbol + float(frame[beginning[-1]]) if beginning else never
            known[beginning] = total + blank, _log_sum(old[1], again)
            for symbol, log_p in symbols:
                longer = (*beginning, symbol)
                is_repeat = bool(beginning) and symbol == beginning[-1]
                before = in_blank if is_repeat else total
                old = known.get(longer, (never, never))
                known[longer] = old[0], _log_sum(old[1], before + log_p)
        ranked = sorted(known.items(), key=lambda item: -_log_sum(*item[1]))
        beam = dict(ranked[:beam_size])
    return [(sequence, _log_sum(*parts)) for sequence, parts in beam.items()]


def _log_sum(left: float, right: float) -> float:
    """log(exp(left) + exp(right))."""
    high, low = max(left, right), min(left, right)
    return high if low == -math.inf else high + math.log1p(math.exp(low - high))


class CtcReader:
    """Reads a model's symbols; a `Generator` for models of sequence_loss=ctc."""

    def __init__(self, model, beam_size: int):
        """`beam_size`: of the `prefix_search`; 1: `best_paths`."""
        self._beam_size = beam_size
        self._logits = tf.function(model, reduce_retracing=True, autograph=False)

    def generate(self, features: dict[str, np.ndarray], **_: Any) -> tuple[np.ndarray, np.ndarray]:
        """(ids [batch, hypotheses, length], log P [batch, hypotheses]), best first."""
        logits = tf.cast(self._logits({k: tf.constant(v) for k, v in features.items()}), tf.float32)
        is_end = tf.range(logits.shape[-1]) == EOS  # which is not learned
        logits = tf.where(is_end, -1e9, logits)
        if self._beam_size == 1:
            return best_paths(logits)
        return prefix_search(logits, self._beam_size)
