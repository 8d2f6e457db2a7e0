"""Which evaluation was the best one, and when to stop."""

from __future__ import annotations

import math

from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder

LOWER_IS_BETTER = (
    "loss",
    "perplexity",
    "ter",
    "wer",
    "cer",
    "bits_per_character",
    "mean_squared_error",
    "rmse",
)
PREFERRED = ("bleu", "parse_f1", "exact_match", "loss")
"""What chooses the best checkpoint where `--best_metric` is not given: the first there is."""


class Best:
    """Reads the run's evaluations, so a resumed run decides as one that was never killed."""

    def __init__(self, folder: RunFolder, run: RunConfig, names: list[str]):
        """`names`: the metrics of an evaluation; T2TError if the run wants another one."""
        self._folder = folder
        self._run = run
        flags = ["best_metric"]
        if run.eval_early_stopping_steps:
            flags.append("eval_early_stopping_metric")
        for flag in flags:
            name = getattr(run, flag)
            if name and name not in names:
                raise T2TError(
                    f"--{flag}={name} is not evaluated here.{did_you_mean(name, names)} There are "
                    f"{', '.join(names)}."
                )

    def _evaluations(self) -> list[dict]:
        return [line for line in self._folder.metrics.read() if line["kind"] == "eval"]

    def _metric(self, evaluations: list[dict]) -> str:
        present = (metric for metric in PREFERRED if metric in evaluations[-1])
        return self._run.best_metric or next(present)

    @property
    def step(self) -> int:
        """Step of the best evaluation; 0 if there is none. The loss decides between equals."""
        evaluations = self._evaluations()
        if not evaluations:
            return 0
        metric = self._metric(evaluations)
        sign = -1 if metric.rpartition("/")[-1] in LOWER_IS_BETTER else 1
        measured = [e for e in evaluations if metric in e and not math.isnan(e[metric])]
        if not measured:
            return 0
        return max(measured, key=lambda e: (sign * e[metric], -e.get("loss", 0.0)))["step"]

    def is_best(self, step: int) -> bool:
        """Whether the evaluation of `step` is the best one so far."""
        return self.step == step

    def has_stalled(self) -> bool:
        """Whether early stopping is on, and its metric has not improved for long enough."""
        run, evaluations = self._run, self._evaluations()
        if not run.eval_early_stopping_steps or not evaluations:
            return False
        metric = run.eval_early_stopping_metric
        sign = 1 if run.eval_early_stopping_metric_minimize else -1
        best, improved = float("inf"), 0
        for line in evaluations:
            if metric in line and sign * line[metric] < best - run.eval_early_stopping_metric_delta:
                best, improved = sign * line[metric], line["step"]
        return evaluations[-1]["step"] - improved >= run.eval_early_stopping_steps
