"""Where a token stands: sinusoid timing signals, shifts, relative distances."""

from __future__ import annotations

import math

from keras import ops


def timing_signal(positions, hidden: int, min_timescale=1.0, max_timescale=1.0e4):
    """Sinusoids of geometrically spaced wavelengths (Vaswani 2017, section 3.5).

    Tensor2Tensor's order: all sines, then all cosines.

    Args:
      positions: `[...]` numbers.
      hidden: the signal's width; an odd width ends in a zero.
    Returns:
      `[..., hidden]` float32.
    """
    timescales = hidden // 2
    step = math.log(max_timescale / min_timescale) / max(timescales - 1, 1)
    inverse = min_timescale * ops.exp(ops.arange(timescales, dtype="float32") * -step)
    angle = ops.expand_dims(ops.cast(positions, "float32"), -1) * inverse  # [..., hidden / 2]
    signal = ops.concatenate([ops.sin(angle), ops.cos(angle)], axis=-1)
    if hidden % 2:
        signal = ops.concatenate([signal, ops.zeros_like(signal[..., :1])], axis=-1)
    return signal


def shift_right(x):
    """`[batch, length, hidden]`: each position sees what stood before it, the first sees zeros."""
    batch, length, hidden = ops.shape(x)
    # Not x[:, :-1], whose gradient is slow in TensorFlow.
    return ops.pad(ops.slice(x, (0, 0, 0), (batch, length - 1, hidden)), [[0, 0], [1, 0], [0, 0]])


def fit_length(x, length):
    """`[batch, any, hidden]` -> `[batch, length, hidden]`: cut, or zeros are set to its end."""
    batch, _, hidden = ops.shape(x)
    longer = ops.concatenate([x, ops.zeros((batch, length, hidden), x.dtype)], axis=1)
    return ops.slice(longer, (0, 0, 0), (batch, length, hidden))


def at_position(x, position):
    """`[batch, length, hidden]` -> `[batch, 1, hidden]`: zeros where position >= length."""
    last = ops.shape(x)[1] - 1
    here = ops.take(x, ops.minimum(position, last), axis=1)[:, None]
    return here * ops.cast(position <= last, x.dtype)


def relative_positions(queries, memories, max_distance: int):
    """Clipped distances memory - query, shifted to 0 … 2 * max_distance (Shaw 2018, eq. 4).

    Args:
      queries: `[query]` integer positions.
      memories: `[memory]` integer positions.
    Returns:
      `[query, memory]` integers.
    """
    distance = ops.expand_dims(memories, 0) - ops.expand_dims(queries, 1)
    return ops.clip(distance, -max_distance, max_distance) + max_distance
