"""Scores of files of translations: one, or each checkpoint's in a directory; no TensorFlow."""

from __future__ import annotations

import os
import pathlib
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from t2t_lite import files
from t2t_lite.data import text_files
from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.metrics import bleu
from t2t_lite.metrics.bleu import Score

METRICS = ("intl", "13a", "chrf", "ter")
VARIANTS = {"uncased": (True,), "cased": (False,), "both": (True, False)}
LAST_STEP_FILE = "last_evaluated_step.txt"
POLL_SECONDS = 10.0


class StepFile(NamedTuple):
    """The translations that the checkpoint of one step made."""

    step: int
    path: pathlib.Path
    modified: float  # seconds since 1970


def read_parallel(translation: str, reference: str) -> tuple[list[str], list[str]]:
    """The lines of both files; T2TError if they are not equally many."""
    hypotheses, references = list(text_files.lines(translation)), list(text_files.lines(reference))
    if len(hypotheses) != len(references):
        raise T2TError(
            f"{translation} has {len(hypotheses)} lines but {reference} has {len(references)}; "
            "line N of one must belong to line N of the other."
        )
    return hypotheses, references


def score_file(
    translation: str, reference: str, metrics: Sequence[str] = ("intl",), variant: str = "both"
) -> dict[str, Score]:
    """Scores a file against another.

    Args:
      translation: path of the system's output.
      reference: path of the reference, with as many lines.
      metrics: of METRICS; "intl" is BLEU as Tensor2Tensor computes it, "13a" as tables have it.
      variant: "cased", "uncased" or "both": which BLEU.

    Returns:
      Label -> score. Tensor2Tensor's labels are BLEU_uncased and BLEU_cased; the others are
      BLEU_13a_uncased, BLEU_13a_cased, chrF, TER.
    """
    _check("metrics", metrics, METRICS)
    _check("bleu_variant", [variant], list(VARIANTS))
    hypotheses, references = read_parallel(translation, reference)
    scores = {}
    for metric in metrics:
        if metric == "chrf":
            scores["chrF"] = bleu.chrf(hypotheses, references)
        elif metric == "ter":
            scores["TER"] = bleu.ter(hypotheses, references)
        else:
            for lowercase in VARIANTS[variant]:
                label = "BLEU" + "_13a" * (metric == "13a") + "_uncased" * lowercase
                label += "_cased" * (not lowercase)
                scores[label] = bleu.bleu(
                    hypotheses, references, tokenize=metric, lowercase=lowercase
                )
    return scores


def format_score(label: str, score: Score) -> str:
    """A line that begins as Tensor2Tensor's: `BLEU_cased =  27.30`, then the signature."""
    return f"{label} = {score.value:6.2f}  {score.signature}"


def step_files(directory: str, min_step: int = 0, wait_minutes: float = 0) -> Iterator[StepFile]:
    """The files NAME-STEP of a directory with at least that step, by step.

    When there are no more, waits so many minutes for a new one. T2TError if the directory does
    not come to be.
    """
    deadline = time.monotonic() + 60 * wait_minutes
    next_step = min_step
    while True:
        found = sorted(f for f in _step_files(directory) if f.step >= next_step)
        for file in found:
            yield file
            next_step = file.step + 1
        if found:
            deadline = time.monotonic() + 60 * wait_minutes
        elif time.monotonic() >= deadline:
            break
        else:
            time.sleep(min(POLL_SECONDS, max(0, deadline - time.monotonic())))
    if not os.path.isdir(directory):
        raise T2TError(f"There is no directory {directory}; t2t-translate-all makes it.")


def _step_files(directory: str) -> Iterator[StepFile]:
    for path in pathlib.Path(directory).glob("*-*"):
        step = path.name.rpartition("-")[2]
        if step.isdecimal() and path.is_file():
            yield StepFile(int(step), path, path.stat().st_mtime)


class ScoreEvents:
    """Writes scores for TensorBoard, at the time of the translation, as Tensor2Tensor does.

    `directory` also gets the last step, where the next run begins.
    """

    def __init__(self, directory: str):
        from tensorboard.summary.writer.event_file_writer import EventFileWriter

        files.make_directory(directory)
        self._directory = directory
        self._writer = EventFileWriter(directory)

    def last_step(self) -> int | None:
        """The step that was scored last; None if none was."""
        path = pathlib.Path(self._directory, LAST_STEP_FILE)
        text = path.read_text().strip() if path.exists() else ""
        return int(text) if text.isdecimal() else None

    def write(self, values: dict[str, float], step: int, wall_time: float) -> None:
        """Writes label -> value at a step and a time (seconds since 1970)."""
        from tensorboard.compat.proto import event_pb2, summary_pb2

        scalars = [summary_pb2.Summary.Value(tag=k, simple_value=v) for k, v in values.items()]
        self._writer.add_event(
            event_pb2.Event(
                wall_time=wall_time, step=step, summary=summary_pb2.Summary(value=scalars)
            )
        )
        self._writer.flush()
        files.write_bytes(pathlib.Path(self._directory, LAST_STEP_FILE), f"{step}\n".encode())


def score_directory(
    directory: str,
    reference: str,
    metrics: Sequence[str] = ("intl",),
    variant: str = "both",
    *,
    event_dir: str = "",
    tag_suffix: str = "",
    min_steps: int = -1,
    wait_minutes: float = 0,
    report_zero: bool = True,
) -> Iterator[tuple[StepFile, dict[str, Score]]]:
    """Scores each translation of a directory, by step, as `score_file` does.

    Args:
      directory: with files NAME-STEP.
      reference: path.
      metrics: see `score_file`.
      variant: see `score_file`.
      event_dir: if not empty, the scores are written there for TensorBoard.
      tag_suffix: stands after the labels there.
      min_steps: the first step to score; -1: the one after the last that `event_dir` knows.
      wait_minutes: how long to wait for another file.
      report_zero: if no step was left out, begin the curve with 0 at the oldest file's time.
    Yields:
      The file and its scores.
    """
    events = ScoreEvents(event_dir) if event_dir else None
    if min_steps < 0:
        last = events.last_step() if events else None
        min_steps = 0 if last is None else last + 1
    for file in step_files(directory, min_steps, wait_minutes):
        scores = score_file(str(file.path), reference, metrics, variant)
        if events:
            values = {label + tag_suffix: score.value for label, score in scores.items()}
            if report_zero and min_steps == 0:
                oldest = min(other.modified for other in _step_files(directory))
                events.write(dict.fromkeys(values, 0.0), 0, oldest)
                report_zero = False
            events.write(values, file.step, file.modified)
        yield file, scores


def _check(what: str, names: Sequence[str], known: Sequence[str]) -> None:
    for name in names:
        if name not in known:
            raise T2TError(
                f"--{what}={name} is not known.{did_you_mean(name, known)} It can be "
                f"{', '.join(known)}."
            )
