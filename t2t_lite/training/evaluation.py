"""Loss and scores of a model on a split."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable

import numpy as np
import tensorflow as tf

from t2t_lite import from_t2t, metrics
from t2t_lite.data import pipeline, records
from t2t_lite.decoding import splits
from t2t_lite.decoding.decode_files import Decoded
from t2t_lite.decoding.decoders import decoder_for
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.decoding.speech import AnyDecoder
from t2t_lite.layers import experts
from t2t_lite.training.run_config import RunConfig

PARTS = 8
"""A batch is evaluated part by part: unlike training, evaluation needs the logits of all rows."""

EXTRA_LENGTH = 50
"""Outputs have at most this many ids more than their inputs, unless problem or run say otherwise:
fewer than elsewhere, as a model that has learnt little finds no end."""


class Evaluator:
    """Metrics of a model in training: teacher-forced ones, and scores of what it decodes."""

    def __init__(self, model, problem, data_dir: str, hparams, decode_hparams: DecodeHParams):
        """`decode_hparams`: how `decode` decodes, and how many examples (`num_samples`).

        T2TError if the problem asks for a metric that there is not.
        """
        self.model = model
        self.problem = problem
        self.data_dir = data_dir
        self.hparams = hparams
        with from_t2t.naming_the_new_way(f"{type(problem).__name__}.eval_metrics"):
            names = problem.eval_metrics()
        metrics.check_names(names)
        self._metrics = names
        self.decoded = [name for name in names if name in metrics.DECODED]
        self.decode_hparams = decode_hparams
        self._decoder: AnyDecoder | None = None
        self._sums._omit_frequent_tracing_warning = True  # As in `TrainStep`.
        self.expert_shares: dict[str, np.ndarray] = {}
        """Of each mixture of experts, by its path: how much each was used in the last `run`."""

    @functools.cached_property
    def teacher_forced(self) -> dict[str, Callable]:
        """The metrics of logits, by name; none where a model has no logits for each target."""
        if not self.model.modalities["targets"].has_logits_of_targets:
            return {}
        encoders = self.problem.get_feature_encoders(self.data_dir)
        return metrics.teacher_forced(self._metrics, encoders)

    @classmethod
    def of_run(cls, run: RunConfig, model, problem, hparams) -> Evaluator:
        """The evaluator that a run's settings ask for."""
        decode_hparams = DecodeHParams.of_model(hparams, problem, EXTRA_LENGTH)
        decode_hparams.num_samples = run.eval_decode_samples
        decode_hparams.parse(run.eval_decode_hparams)
        return cls(model, problem, run.data_dir, hparams, decode_hparams)

    @property
    def names(self) -> list[str]:
        """The metrics that `run` and `decode` give."""
        perplexity = ["perplexity"] * ("neg_log_perplexity" in self.teacher_forced)
        rmse = ["rmse"] * ("mean_squared_error" in self.teacher_forced)
        decoded = self.decoded if self.decode_hparams.num_samples else []
        return ["loss", *self.teacher_forced, *perplexity, *rmse, *decoded]

    def run(self, split: str, max_batches: int = 0) -> dict[str, float]:
        """`loss` (mean per token, with label smoothing), `perplexity`, and the problem's metrics.

        For each mixture of experts also, as `experts/PATH`, how many are used: the exponential of
        the entropy of their shares.

        `max_batches`: 0 means the whole split. T2TError if there are no examples.
        """
        sums: dict[str, tuple[float, float]] = {}
        used: dict[str, np.ndarray] = {}
        batches = self._batches(split)
        # Traced for batches of any shape, before it sees one: else there would be a graph for the
        # shape of the first, one for that of the second, and only then one for all.
        sums_of = self._sums.get_concrete_function(batches.element_spec)
        for batch in self._naming_damaged(batches.take(max_batches or -1), split):
            for part in _parts(batch):
                found, gates = sums_of(part)
                for path, of_part in gates.items():
                    used[path] = used.get(path, 0.0) + of_part.numpy()
                for name, (total, weight) in found.items():
                    old = sums.get(name, (0.0, 0.0))
                    sums[name] = (old[0] + float(total), old[1] + float(weight))
        if not sums:
            raise splits.nothing_in(split, self.problem, self.data_dir)
        means = {name: total / max(weight, 1e-9) for name, (total, weight) in sums.items()}
        if "neg_log_perplexity" in means:
            means["perplexity"] = math.exp(min(-means["neg_log_perplexity"], 80.0))
        if "mean_squared_error" in means:
            means["rmse"] = math.sqrt(means["mean_squared_error"])
        self.expert_shares = {path: gates / gates.sum() for path, gates in used.items()}
        for path, shares in self.expert_shares.items():
            means[f"experts/{path}"] = effective_number(shares)
        return means

    def decode(self, split: str) -> dict[str, float]:
        """Scores of decoded examples; nothing if the problem has none."""
        if not self.decoded or not self.decode_hparams.num_samples:
            return {}
        scores = splits.score(self.problem, self.decode_examples(split))
        return {name: score.value for name, score in scores.items()}

    def decode_examples(self, split: str) -> list[Decoded]:
        """Inputs, targets and prediction, as text, of the first examples of a split."""
        if self._decoder is None:
            encoders = self.problem.get_feature_encoders(self.data_dir)
            self._decoder = decoder_for(self.model, encoders, self.decode_hparams)
        return splits.decode(self._decoder, self.problem, self.data_dir, split, self.hparams)

    def _batches(self, split: str) -> tf.data.Dataset:
        return pipeline.evaluation_batches(
            self.problem, self.model.problem_hparams, self.data_dir, split, self.hparams
        )

    def _naming_damaged(self, batches: tf.data.Dataset, split: str):
        with records.naming_damaged(self.problem.filepaths(self.data_dir, split)):
            yield from batches

    @tf.function
    def _sums(self, batch):
        with experts.recording() as gates:
            logits = self.model(batch, training=False)
        weights = self.model.loss_weights(batch)
        result = {"loss": (self.model.loss_sum(logits, batch), tf.reduce_sum(weights))}
        for name, metric in self.teacher_forced.items():
            result[name] = metric(logits, batch["targets"], weights)
        return result, gates


def effective_number(shares: np.ndarray) -> float:
    """How many equal shares would have the same entropy as these, whose sum is 1."""
    shares = shares[shares > 0]
    return float(np.exp(-(shares * np.log(shares)).sum()))


def _parts(batch):
    """A batch of any number of rows in up to PARTS batches."""
    rows = len(next(iter(batch.values())))
    size = -(-rows // PARTS)
    for start in range(0, rows, size):
        yield {name: value[start : start + size] for name, value in batch.items()}
