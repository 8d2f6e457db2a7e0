"""Operations that TensorFlow has in one kernel where `keras.ops` needs a dozen passes over memory.

Layers ask here first. With another backend of Keras, or other types, there is no such kernel, and a
layer does what Keras' own does.
"""

from __future__ import annotations


def has_batch_norm(x) -> bool:
    """Whether `batch_norm` can be had for `x`: float32 or bfloat16 of four dimensions."""
    import keras

    is_tensorflow = keras.backend.backend() == "tensorflow"
    return is_tensorflow and len(x.shape) == 4 and x.dtype in ("float32", "bfloat16")


def batch_norm(x, scale, offset, epsilon: float):
    """Batch normalisation over all but the last dimension (Ioffe and Szegedy 2015, algorithm 1).

    Args:
      x: `[batch, height, width, channels]`.
      scale, offset: `[channels]`, float32.
    Returns:
      what comes of `x`, of its type, and its mean and variance `[channels]`, float32.
    """
    import tensorflow as tf

    y, mean, variance, *_ = tf.raw_ops.FusedBatchNormV3(
        x=x, scale=scale, offset=offset, mean=[], variance=[], epsilon=epsilon, is_training=True
    )
    count = tf.cast(tf.size(x) // tf.shape(x)[-1], tf.float32)
    # The kernel tells the estimate for the population, count / (count - 1) times as much.
    return y, mean, variance * (tf.maximum(count - 1.0, 1.0) / count)
