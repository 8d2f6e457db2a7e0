"""How fast pictures are decoded and augmented; writes image_input.md.

    python benchmarks/image_input.py

The project's input (`pipeline.training_batches`) beside a bare tf.data pipeline of the same
operations, written down plainly: random numbers from anywhere, nothing to resume, nothing checked.
Both read the same files; the rounds take turns.
"""

from __future__ import annotations

import argparse
import pathlib
import tempfile
import time
from collections.abc import Callable, Iterator

import measuring
import numpy as np
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.data import pipeline
from t2t_lite.problems.image import Image2ClassProblem

PAGE = """# Speed of the input of pictures

`python benchmarks/image_input.py` wrote this page. {setting}

Decoding, augmentation, normalisation and batches, without a model, on all cores. "bare" is a
tf.data pipeline of the same operations, with random numbers that nothing could resume. The ratio is
wanted to be 95 % or more; that of processor time does not depend on what else the machine does.
{rounds} rounds, by turns: median [least to greatest].

| pictures | augmentation | ours, pictures/s | bare, pictures/s | ratio, % | of processor time, % |
|---|---|---|---|---|---|
{rows}
"""
COUNT = 2000


class Made(Image2ClassProblem):
    """Smooth noise, as JPEG."""

    name = "made_pictures"
    num_classes = 10
    train_shards = 4
    stored: tuple[int, int] = (32, 32)

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        rng = np.random.default_rng(0)
        for i in range(COUNT if dataset_split == "train" else 1):
            coarse = rng.uniform(0, 255, (8, 8, 3))
            pixels = tf.cast(tf.image.resize(coarse, self.stored, "bicubic"), tf.uint8)
            yield {"image": tf.io.encode_jpeg(pixels).numpy(), "label": i % 10}


class Small(Made):
    """Of CIFAR's size."""

    name = "made_small"
    image_size = 32
    is_stored_in_size = True
    image_augmentation = "cifar"


class Large(Made):
    """Of a photograph's, for Inception."""

    name = "made_large"
    stored = (300, 400)
    image_size = 299
    image_augmentation = "inception"
    image_normalization = "unit"


def bare_cifar(image):
    """CIFAR's, by operations that draw for themselves."""
    padded = tf.pad(image, [(4, 4), (4, 4), (0, 0)])
    image = tf.image.random_flip_left_right(tf.image.random_crop(padded, (32, 32, 3)))
    return tf.image.per_image_standardization(image)


def bare_inception(image):
    """Inception's, by operations that draw for themselves."""
    begin, extent, _ = tf.image.sample_distorted_bounding_box(
        tf.shape(image),
        tf.constant([[[0.0, 0.0, 1.0, 1.0]]]),
        min_object_covered=0.1,
        aspect_ratio_range=(0.75, 1.33),
        area_range=(0.05, 1.0),
        max_attempts=100,
    )
    box = tf.ensure_shape(tf.slice(image, begin, extent), (None, None, 3)) / 255.0
    methods = [
        lambda m=m: tf.cast(tf.image.resize(box, (299, 299), m), tf.float32)
        for m in ("bilinear", "nearest", "bicubic", "area")
    ]
    draw = tf.random.uniform((), 0, 4, tf.int32)
    image = tf.image.random_flip_left_right(tf.switch_case(draw, methods))

    def first():
        x = tf.image.random_saturation(tf.image.random_brightness(image, 32 / 255), 0.5, 1.5)
        return tf.image.random_contrast(tf.image.random_hue(x, 0.2), 0.5, 1.5)

    def second():
        x = tf.image.random_contrast(tf.image.random_brightness(image, 32 / 255), 0.5, 1.5)
        return tf.image.random_hue(tf.image.random_saturation(x, 0.5, 1.5), 0.2)

    image = tf.cond(draw % 2 == 0, first, second)
    return tf.clip_by_value(image, 0.0, 1.0) * 2.0 - 1.0


def bare(problem, data_dir: str, augment: Callable, batch_size: int):
    """The same work as `training_batches`, in as few words as tf.data allows."""
    spec = {
        "image/encoded": tf.io.FixedLenFeature([], tf.string),
        "image/class/label": tf.io.FixedLenFeature([1], tf.int64),
    }

    def parse(record):
        example = tf.io.parse_single_example(record, spec)
        image = tf.io.decode_image(example["image/encoded"], channels=3, expand_animations=False)
        image.set_shape((None, None, 3))
        image = augment(tf.cast(image, tf.float32))
        return {"inputs": image, "targets": tf.cast(example["image/class/label"], tf.int32)}

    paths = problem.filepaths(data_dir, "train")
    files = tf.data.Dataset.from_tensor_slices(paths).shuffle(len(paths)).repeat()
    records = files.interleave(tf.data.TFRecordDataset, cycle_length=4, block_length=16)
    buffer = pipeline.examples_to_shuffle(paths[0])
    dataset = records.shuffle(buffer).map(parse, num_parallel_calls=tf.data.AUTOTUNE)
    return dataset.batch(batch_size, drop_remainder=True).prefetch(2)


def rates_of(iterator, batches: int, batch_size: int) -> np.ndarray:
    """Pictures per second, and per second of processor time."""
    start = np.array([time.perf_counter(), time.process_time()])
    for _ in range(batches):
        next(iterator)
    return batches * batch_size / (np.array([time.perf_counter(), time.process_time()]) - start)


def measure(problem, augment, batch_size: int, batches: int, rounds: int) -> list:
    """Rates of ours and of the bare one, and the ratios of both kinds of time, one per round."""
    with tempfile.TemporaryDirectory() as data_dir:
        problem.generate_data(data_dir, "", num_workers=1)
        hparams = registry.hparams("transformer_patches")
        hparams.batch_size = batch_size
        settings = problem, problem.get_hparams(hparams, data_dir), data_dir, hparams
        datasets = (
            pipeline.training_batches(*settings, replicas=1, seed=1),
            bare(problem, data_dir, augment, batch_size),
        )
        rates = np.zeros((rounds, 2, 2))  # [round, ours or bare, kind of time]
        for number in range(rounds):
            for which in (0, 1) if number % 2 else (1, 0):
                # One after the other: a pipeline that is not asked still works ahead.
                iterator = iter(datasets[which])
                rates_of(iterator, max(2, batches // 5), batch_size)
                rates[number, which] = rates_of(iterator, batches, batch_size)
                del iterator
    ratios = 100 * rates[:, 0] / rates[:, 1]
    return [rates[:, 0, 0], rates[:, 1, 0], ratios[:, 0], ratios[:, 1]]


def main() -> None:
    """Measures both sizes, and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    cases = [
        (Small(), bare_cifar, 128, 120),
        (Large(), bare_inception, 16, 12),
    ]
    rows = []
    for problem, augment, batch_size, batches in cases:
        results = measure(problem, augment, batch_size, batches, args.rounds)
        cells = [measuring.spread(values, "{:,.0f}") for values in results]
        height, width = problem.stored
        rows.append(f"| {height} x {width} | {problem.image_augmentation} | {' | '.join(cells)} |")
    page = PAGE.format(setting=measuring.setting(), rounds=args.rounds, rows="\n".join(rows))
    measuring.write_page(pathlib.Path(__file__), page)


if __name__ == "__main__":
    main()
