"""Which classes a trained model hears in sounds: in files, or in a split of its problem."""

from __future__ import annotations

import os

import tensorflow as tf

from t2t_lite.decoding import speech
from t2t_lite.decoding.picture_classes import BATCH_SIZE, PictureClasses


def is_for(model) -> bool:
    """Whether a model finds classes in sounds."""
    return speech.hears(model) and model.problem_hparams.modality["targets"] == "class_label"


class SoundClasses(PictureClasses):
    """A model of a problem whose inputs are sounds and whose targets are classes."""

    def _files(self, place: str | os.PathLike) -> tuple[list[str], tf.data.Dataset]:
        readable = list(speech.read(place))
        hparams = self._model.hparams
        inputs = [speech.prepared(sound, self.problem, hparams) for _, sound in readable]
        spec = tf.TensorSpec([None, *inputs[0].shape[1:]], tf.float32)
        dataset = tf.data.Dataset.from_generator(lambda: iter(inputs), output_signature=spec)
        dataset = dataset.map(lambda x: {"inputs": x}).padded_batch(BATCH_SIZE)
        return [name for name, _ in readable], dataset
