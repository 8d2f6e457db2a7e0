"""Symbols out of a model's logits at each position of its inputs (Graves et al. 2006)."""

from __future__ import annotations

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

    (Graves 2012, Supervised Sequence Labelling, section 7.5.3, with a beam.)

    Args:
      logits: `[batch, positions, vocab]` float32; symbol 0 is the blank.
      beam_size: how many beginnings are followed, and sequences returned.
    Returns:
      ids `[batch, beam, length]`, 0 after the last; and log P `[batch, beam]`, best first.
    """
    blank_last = tf.concat([logits[..., 1:], logits[..., :1]], axis=-1)
    batch, positions = logits.shape[:2]
    found, scores = tf.nn.ctc_beam_search_decoder(
        tf.transpose(blank_last, (1, 0, 2)),
        tf.fill([batch], positions),
        beam_width=beam_size,
        top_paths=beam_size,
    )
    dense = [tf.sparse.to_dense(ids, default_value=-1).numpy() + 1 for ids in found]
    length = max(ids.shape[1] for ids in dense)
    ids = np.stack([np.pad(ids, [(0, 0), (0, length - ids.shape[1])]) for ids in dense], axis=1)
    return ids.astype("int32"), scores.numpy()


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
