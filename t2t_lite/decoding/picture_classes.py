"""Which classes a trained model sees in pictures: in files, or in a split of its problem."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from t2t_lite.data import image_folders, pictures, pipeline, records
from t2t_lite.decoding import decode_files, splits
from t2t_lite.errors import T2TError

BATCH_SIZE = 32

CHUNK = 128
"""So many files are held in memory, unless a batch is larger."""


class Prediction(NamedTuple):
    """What a model says of one picture."""

    name: str  # of the file, or the number in the split, from 0
    target: np.ndarray | None  # what the problem says; None for a file
    probabilities: np.ndarray  # [classes] float32


def is_for(model) -> bool:
    """Whether a model finds classes in pictures."""
    modality = model.problem_hparams.modality
    return modality.get("inputs") == "image" and modality["targets"] in _ACTIVATIONS


class PictureClasses:
    """A model of a problem whose inputs are pictures and whose targets are classes or labels."""

    def __init__(self, model, problem, labels: Sequence[str]):
        self.problem = problem
        self.labels = list(labels)
        self._model = model
        self._activation = _ACTIVATIONS[model.problem_hparams.modality["targets"]]

    def of_files(self, place: str | os.PathLike) -> Iterator[Prediction]:
        """Of a picture, or of all in a folder, in the order of their names.

        Files that cannot be read are named on stderr and left out.

        Raises:
          T2TError: there is no such place, or no picture in it.
        """
        for names, dataset in self._files(place):
            found = self._probabilities(dataset)
            for name, (probabilities, _) in zip(names, found, strict=True):
                yield Prediction(name, None, probabilities)

    def of_split(self, data_dir: str, split: str) -> Iterator[Prediction]:
        """Of all examples of a split; T2TError if there are none."""
        number = -1
        with records.naming_damaged(self.problem.filepaths(data_dir, split)):
            examples = pipeline.read_examples(
                self.problem, data_dir, split, self._model.hparams, "eval"
            )
            found = self._probabilities(examples.padded_batch(BATCH_SIZE))
            for number, (probabilities, target) in enumerate(found):
                yield Prediction(str(number), target, probabilities)
        if number < 0:
            raise splits.nothing_in(split, self.problem, data_dir)

    def line(self, prediction: Prediction, count: int) -> str:
        """Tab-separated: name, right classes if known, then the best classes and probabilities."""
        fields = [prediction.name]
        if prediction.target is not None:
            fields.append(",".join(self.labels[i] for i in self.right(prediction)))
        best = np.argsort(-prediction.probabilities, kind="stable")[:count]
        for i in best:
            fields += [self.labels[i], f"{prediction.probabilities[i]:.4f}"]
        return "\t".join(fields)

    def right(self, prediction: Prediction) -> list[int]:
        """Numbers of the classes that a picture of a split belongs to."""
        if prediction.target is None:
            raise T2TError(f"It is not known what {prediction.name} shows.")
        if self._activation is _ACTIVATIONS["multi_label"]:
            return np.flatnonzero(prediction.target).tolist()
        return prediction.target.tolist()

    def _files(self, place: str | os.PathLike) -> Iterator[tuple[list[str], tf.data.Dataset]]:
        """Names, and batches of what the model gets of each file; of some files at a time."""
        return picture_batches(place, self.problem, self._model.hparams, BATCH_SIZE)

    def _probabilities(self, batches) -> Iterator[tuple[np.ndarray, np.ndarray | None]]:
        """`[classes]` and the targets of each example."""
        for batch in batches.prefetch(2):
            rows = len(batch["inputs"])
            targets = batch["targets"].numpy() if "targets" in batch else [None] * rows
            # The body may want to know of targets; it must not see what they are.
            found = self._run({"inputs": batch["inputs"], "targets": self._no_targets(rows)})
            yield from zip(found.numpy(), targets, strict=True)

    def _no_targets(self, rows: int):
        shape = self._model.problem_hparams.shape.get("targets", (1,))
        return tf.zeros((rows, *shape), tf.int32)

    @tf.function(reduce_retracing=True)
    def _run(self, features):
        logits = tf.cast(self._model(features, training=False), tf.float32)
        return tf.reshape(self._activation(logits), (-1, logits.shape[-1]))[:, : len(self.labels)]


_ACTIVATIONS = {"class_label": tf.nn.softmax, "multi_label": tf.nn.sigmoid}


def in_chunks(found: Iterator, batch_size: int) -> Iterator[list]:
    """Whole batches of what is found, so that memory need not hold everything."""
    count = batch_size * max(1, CHUNK // batch_size)
    while chunk := list(itertools.islice(found, count)):
        yield chunk


def picture_batches(
    place: str | os.PathLike, problem, hparams, batch_size: int
) -> Iterator[tuple[list[str], tf.data.Dataset]]:
    """The names of a picture, or of all in a folder in their order, and batches of `inputs`.

    They come some at a time. Files that cannot be read are named on stderr and left out.

    Raises:
      T2TError: there is no such place, or no picture in it.
    """

    def prepare(encoded):
        example = {"inputs": problem.decode_image(encoded)}
        return {"inputs": problem.preprocess_example(example, "eval", hparams)["inputs"]}

    rows = batch_size or BATCH_SIZE
    found = decode_files.readable(place, "picture", image_folders.PICTURES, pictures.of_file)
    for chunk in in_chunks(found, rows):
        dataset = tf.data.Dataset.from_tensor_slices([picture.encoded for _, picture in chunk])
        dataset = dataset.map(prepare, num_parallel_calls=tf.data.AUTOTUNE)
        yield [name for name, _ in chunk], dataset.batch(rows)
