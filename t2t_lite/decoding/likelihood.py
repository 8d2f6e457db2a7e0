"""How likely a model finds given outputs: Tensor2Tensor's `--score_file`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

import numpy as np
import tensorflow as tf

from t2t_lite.data import text_files
from t2t_lite.decoding import batches
from t2t_lite.decoding.ensemble import Ensemble
from t2t_lite.errors import T2TError
from t2t_lite.layers.loss import smoothed_cross_entropy
from t2t_lite.text.encoder import EOS, PAD, TextEncoder


class Likelihood:
    """Scores outputs that are given, instead of making some."""

    def __init__(self, model, source_encoder: TextEncoder | None, target_encoder: TextEncoder):
        """
        Args:
          model: a `T2TModel` with weights.
          source_encoder: of its inputs; None for a language model.
          target_encoder: of its targets.
        Raises:
          T2TError: the model's targets are classes, or it is an ensemble.
        """
        if isinstance(model, Ensemble):
            raise T2TError(
                "Outputs are scored by one model; give --checkpoint_path one checkpoint."
            )
        if not model.is_autoregressive:
            raise T2TError("Outputs can be scored of models that make sequences, not classes.")
        self._model = model
        self._source_encoder = source_encoder
        self._target_encoder = target_encoder
        self._prepends = source_encoder is not None and model.hparams.prepend_mode != "none"
        self._batch_losses = tf.function(self._losses, reduce_retracing=True, autograph=False)

    def score_file(self, path: str | os.PathLike) -> list[float]:
        """The `losses` of each line of a file: "input TAB output", or only an output.

        Raises:
          T2TError: a line has too many tabs, or none although the model has inputs.
        """
        pairs = []
        for number, line in enumerate(text_files.lines(path), start=1):
            fields = line.split("\t")
            if len(fields) != 2 and (self._source_encoder is not None or len(fields) > 2):
                raise T2TError(
                    f"{path}, line {number}: there are {len(fields) - 1} tabs. A line is an input, "
                    "a tab and an output (of a language model also an output alone)."
                )
            pairs.append((fields[0].strip(), fields[-1].strip()))
        return self.losses(pairs)

    def losses(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """-log P of each (input, output), divided by the output's number of ids, in nats.

        The end of the output counts as one of its ids. A language model reads no inputs.
        """
        examples = {i: self._example(*pair) for i, pair in enumerate(pairs)}
        lengths = {i: max(map(len, example.values())) for i, example in examples.items()}
        result = np.zeros(len(pairs))
        for rows, numbers in batches.plan_batches(lengths, batch_size=0):
            batch = [examples[number] for number in numbers]
            features = {
                name: batches.padded([example[name] for example in batch], rows, [EOS], PAD)
                for name in batch[0]
            }
            losses = self._batch_losses({name: tf.constant(x) for name, x in features.items()})
            result[numbers] = losses.numpy()[: len(numbers)]
        return result.tolist()

    def _example(self, source: str, target: str) -> Mapping[str, list[int]]:
        targets = [*self._target_encoder.encode(target), EOS]
        if self._source_encoder is None:
            return {"targets": targets}
        inputs = [*self._source_encoder.encode(source), EOS]
        if self._prepends:
            return {"targets": [*inputs, PAD, *targets]}
        return {"inputs": inputs, "targets": targets}

    def _losses(self, features):
        """`[batch]` mean losses of the targets that count."""
        logits = self._model(features, training=False)
        losses = smoothed_cross_entropy(logits, features["targets"], label_smoothing=0.0)
        weights = self._model.loss_weights(features)
        total = tf.reduce_sum(losses * weights, axis=1)
        return total / tf.maximum(tf.reduce_sum(weights, axis=1), 1.0)
