"""Several short examples in one row, so that language models waste no computation on padding."""

from __future__ import annotations

import numpy as np

EXAMPLES_AT_ONCE = 1024
"""Examples that are packed together: more fill the rows better and need more memory."""


def pack(lengths: np.ndarray, row_length: int) -> list[list[int]]:
    """Which examples share a row: first fit, in order.

    Args:
      lengths: `[examples, features]`; every feature has `row_length` room in a row.
    Returns:
      For each row the indices of its examples.
    """
    rows: list[list[int]] = []
    room: list[np.ndarray] = []
    first_open = 0
    for index, length in enumerate(np.minimum(lengths, row_length)):
        for row in range(first_open, len(rows)):
            if (room[row] >= length).all():
                break
        else:
            row = len(rows)
            rows.append([])
            room.append(np.full(length.shape, row_length))
        rows[row].append(index)
        room[row] = room[row] - length
        while first_open < len(rows) and (room[first_open] < 2).any():
            first_open += 1
    return rows


def pack_dataset(dataset, names: list[str], row_length: int):
    """Packs examples; adds `NAME_segmentation` (1, 2, … per row, 0 padding) and `NAME_position`.

    Args:
      dataset: dicts of `[length]` int32 tensors; longer ones are cut to `row_length`.
    Returns:
      A dataset of dicts of `[row_length]` int32 tensors.
    """
    import tensorflow as tf

    names = sorted(names)
    keys = [name + suffix for name in names for suffix in ("", "_segmentation", "_position")]

    def pack_arrays(*padded):
        lengths = np.stack([np.count_nonzero(ids, axis=1) for ids in padded], axis=1)
        rows = pack(lengths, row_length)
        packed = {key: np.zeros((len(rows), row_length), np.int32) for key in keys}
        for row, members in enumerate(rows):
            start = np.zeros(len(names), int)
            for segment, index in enumerate(members, 1):
                for i, name in enumerate(names):
                    length = min(lengths[index, i], row_length)
                    place = slice(start[i], start[i] + length)
                    packed[name][row, place] = padded[i][index, :length]
                    packed[f"{name}_segmentation"][row, place] = segment
                    packed[f"{name}_position"][row, place] = np.arange(length)
                    start[i] += length
        return [packed[key] for key in keys]

    def pack_batch(batch):
        arrays = tf.numpy_function(
            pack_arrays, [batch[name] for name in names], [tf.int32] * len(keys), stateful=False
        )
        for array in arrays:
            array.set_shape([None, row_length])
        return dict(zip(keys, arrays, strict=True))

    dataset = dataset.map(lambda example: {name: example[name] for name in names})
    return dataset.padded_batch(EXAMPLES_AT_ONCE).map(pack_batch).unbatch()
