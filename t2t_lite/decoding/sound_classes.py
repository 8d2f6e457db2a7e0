"""Which classes a trained model hears in sounds: in files, or in a split of its problem."""

from __future__ import annotations

import os
from collections.abc import Iterator

import tensorflow as tf

from t2t_lite.decoding import speech
from t2t_lite.decoding.picture_classes import BATCH_SIZE, PictureClasses, in_chunks


def is_for(model) -> bool:
    """Whether a model finds classes in sounds."""
    return speech.hears(model) and model.problem_hparams.modality["targets"] == "class_label"


class SoundClasses(PictureClasses):
    """A model of a problem whose inputs are sounds and whose targets are classes."""

    def _files(self, place: str | os.PathLike) -> Iterator[tuple[list[str], tf.data.Dataset]]:
        hparams = self._model.hparams
        for chunk in in_chunks(speech.read(place), BATCH_SIZE):
            inputs = [speech.prepared(sound, self.problem, hparams) for _, sound in chunk]
            spec = tf.TensorSpec([None, *inputs[0].shape[1:]], tf.float32)
            dataset = tf.data.Dataset.from_generator(inputs.__iter__, output_signature=spec)
            dataset = dataset.map(lambda x: {"inputs": x}).padded_batch(BATCH_SIZE)
            yield [name for name, _ in chunk], dataset
