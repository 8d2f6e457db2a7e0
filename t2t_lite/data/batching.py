"""From a stream of examples to batches of a token budget with little padding.

`batch_size` means what Tensor2Tensor meant: tokens per replica, counting each example at the
padded length of its longest feature. A sound's length is its number of frames. TensorFlow is
imported inside functions only.
"""

from __future__ import annotations

import dataclasses
import functools

BATCH_SHUFFLE = 32
"""Shares of batches among which the next one is drawn, so that neighbours differ in length."""

LEFT_OUT_ROWS = 64
"""Examples of forbidden length that are gathered before they are dropped."""


def bucket_boundaries(max_length: int, min_length_bucket: int, length_bucket_step: float):
    """Padded lengths, growing by `length_bucket_step` (at least 1) from `min_length_bucket`."""
    boundaries, length = [], min_length_bucket
    while length < max_length:
        boundaries.append(length)
        length = max(length + 1, int(length * length_bucket_step))
    return [*boundaries, max_length]


@dataclasses.dataclass(frozen=True)
class Buckets:
    """Which padded lengths there are, and how many examples of each make a batch."""

    boundaries: list[int]
    rows: list[int]

    @classmethod
    def from_hparams(cls, hparams, longest: int, multiplier: int = 1) -> Buckets:
        """
        Args:
          longest: the greatest length.
          multiplier: a problem's batch_size_multiplier: how many more rows a batch has.
        """
        boundaries = bucket_boundaries(
            longest, min(hparams.min_length_bucket, longest), hparams.length_bucket_step
        )
        rows = [max(1, hparams.batch_size * multiplier // length) for length in boundaries]
        return cls(boundaries, rows)


def longest_length(example, names):
    """Length of the longest of the features `names`, each `[length, …]`."""
    import tensorflow as tf

    return functools.reduce(tf.maximum, [tf.shape(example[name])[0] for name in names])


def batch_by_length(
    dataset,
    names: list[str],
    buckets: Buckets,
    replicas: int,
    seed: int | None,
    limits: tuple[int, int] | None = None,
):
    """Batches examples of like length; each batch has `replicas` equal shares of rows.

    Args:
      dataset: dicts of `[length, …]` tensors.
      names: the sequence features, that are padded.
      buckets: lengths and rows per replica.
      replicas: a batch has rows * replicas examples; share i is for replica i.
      seed: shuffles batches; None keeps the order (and the last, smaller batches).
      limits: examples whose longest feature is shorter or longer than these are left out.
    Returns:
      A dataset of dicts of `[rows * replicas, length, …]` tensors.
    """
    import tensorflow as tf

    boundaries = tf.constant(buckets.boundaries, tf.int32)
    # One more bucket, of what is left out: cheaper than a filter.
    rows = tf.constant([*buckets.rows, LEFT_OUT_ROWS], tf.int64) * replicas
    left_out = len(buckets.boundaries)

    def bucket_of(example):
        length = longest_length(example, names)
        bucket = tf.minimum(tf.math.count_nonzero(boundaries < length), left_out - 1)
        if limits is None:
            return bucket
        is_kept = tf.logical_and(length >= limits[0], length <= limits[1])
        return tf.where(is_kept, bucket, left_out)

    def pad(bucket, window):
        examples = window.take(tf.where(bucket == left_out, tf.constant(0, tf.int64), -1))
        return examples.padded_batch(rows[bucket])

    dataset = dataset.group_by_window(bucket_of, pad, window_size_func=lambda bucket: rows[bucket])
    if seed is not None:
        dataset = dataset.shuffle(max(4, BATCH_SHUFFLE // replicas), seed=seed)
    return dataset


def batch_by_examples(dataset, examples_per_replica: int, replicas: int, is_training: bool):
    """Batches of a fixed number of examples, for features that are not sequences."""
    rows = examples_per_replica * replicas
    if all(spec.shape.is_fully_defined() for spec in dataset.element_spec.values()):
        return dataset.batch(rows, drop_remainder=is_training)
    return dataset.padded_batch(rows, drop_remainder=is_training)
