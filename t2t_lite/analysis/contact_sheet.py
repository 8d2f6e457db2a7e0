"""A sheet of pictures as training sees them."""

from __future__ import annotations

import os

from t2t_lite import files
from t2t_lite.data import augmentation, pipeline, records
from t2t_lite.errors import T2TError

GAP = 2
"""White pixels between pictures."""
LEAST = 64
"""Smaller pictures are drawn with larger pixels, until they are as high as this."""


def write(
    path: str | os.PathLike,
    problem,
    data_dir: str,
    split: str,
    hparams,
    rows: int = 6,
    columns: int = 8,
    seed: int = 0,
) -> None:
    """Writes a PNG: a row per picture of the split, first as in evaluation, then augmented.

    Colours are shown as they are before they are normalised. With `mixup_alpha` each one is mixed
    with that above it, as with its neighbour in a batch.

    Raises:
      T2TError: the problem's inputs are no pictures, or its data is not there.
    """
    import tensorflow as tf

    problem_hparams = problem.get_hparams(hparams, data_dir)
    if problem_hparams.modality.get("inputs") != "image":
        raise T2TError(f"The inputs of {problem.name} are no pictures.")
    hparams = hparams.copy()
    hparams.image_normalization = "none"
    paths = problem.filepaths(data_dir, split)
    spec = problem.get_reading_spec()

    def shown(row, record):
        example = problem.decode_example(tf.io.parse_single_example(record, spec))
        cells = [problem.preprocess_example(dict(example), "eval", hparams)["inputs"]]
        for number in range(1, columns):
            own = tf.cast(row, tf.int32) * columns + number
            seeded = {**example, "random_seed": tf.stack([seed, own])}
            cells.append(problem.preprocess_example(seeded, "train", hparams)["inputs"])
        return tf.stack(cells)  # [columns, height, width, channels]

    with records.naming_damaged(paths):
        drawn = list(tf.data.TFRecordDataset(paths).take(rows).enumerate().map(shown))
    if not drawn:
        raise T2TError(f"The split '{split}' of {problem.name} in {data_dir} has no examples.")
    cells = tf.stack(drawn)
    if hparams.mixup_alpha:
        pipeline.check_mixup(problem_hparams)
        cells = _mixed(cells, hparams.mixup_alpha, seed)
    sheet = _arranged(cells)
    files.write_bytes(path, tf.io.encode_png(sheet).numpy())


def _mixed(cells, alpha: float, seed: int):
    """`[rows, columns, …]`: those of the augmented columns are mixed by `augmentation.mixup`."""
    import tensorflow as tf

    first, *others = tf.unstack(cells, axis=1)
    for number, pictures in enumerate(others):
        batch = {"inputs": pictures, "targets": tf.zeros(len(pictures), tf.int32)}
        others[number] = augmentation.mixup(batch, alpha, [~seed, number])["inputs"]
    return tf.stack([first, *others], axis=1)


def _arranged(cells):
    """`[rows, columns, height, width, channels]` -> one picture, uint8."""
    import tensorflow as tf

    cells = tf.cast(tf.clip_by_value(tf.round(cells), 0, 255), tf.uint8)
    scale = -(-LEAST // cells.shape[2])
    cells = tf.repeat(tf.repeat(cells, scale, axis=2), scale, axis=3)
    gaps = [(0, 0), (0, 0), (GAP, 0), (GAP, 0), (0, 0)]
    cells = tf.pad(cells, gaps, constant_values=255)
    rows, columns, height, width, channels = cells.shape
    cells = tf.transpose(cells, (0, 2, 1, 3, 4))
    sheet = tf.reshape(cells, (rows * height, columns * width, channels))
    return tf.pad(sheet, [(0, GAP), (0, GAP), (0, 0)], constant_values=255)
