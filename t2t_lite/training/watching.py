"""Schedules for checkpoints: the newest one, or each as another process writes it.

They change nothing of what the training process writes. One that watches writes a line for each
checkpoint to RUN/SCHEDULE.jsonl, the same for TensorBoard to RUN/SCHEDULE/, and what it decodes to
RUN/decodes/SCHEDULE/, in files that end in -STEP.
"""

from __future__ import annotations

import dataclasses
import os
import pathlib
import sys
import time
from collections.abc import Callable, Iterator

from t2t_lite import registry
from t2t_lite.data import pipeline
from t2t_lite.decoding import picture_classes, scoring, splits
from t2t_lite.decoding.decoder import Decoder
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.decoding.picture_captions import decoder_for
from t2t_lite.errors import T2TError
from t2t_lite.models.base import build_model
from t2t_lite.training import checkpoints, memory
from t2t_lite.training.evaluation import Evaluator
from t2t_lite.training.reporting import MetricsLog, Progress, TensorBoard, format_values
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder, resolve_hparams

POLL_SECONDS = 2.0
"""How often the run folder is looked at for another checkpoint."""


@dataclasses.dataclass(frozen=True)
class Task:
    """What a schedule does."""

    kind: str  # "eval" or "decode": so it is called in the lines that are written
    data: str  # "validation", "train", or "file"
    is_watching: bool = True


SCHEDULES = {
    "evaluate": Task("eval", "validation", is_watching=False),
    "evaluate_on_train_data": Task("eval", "train", is_watching=False),
    "decode": Task("decode", "validation", is_watching=False),
    "continuous_eval": Task("eval", "validation"),
    "continuous_eval_on_train_data": Task("eval", "train"),
    "continuous_decode": Task("decode", "validation"),
    "continuous_decode_on_eval_data": Task("decode", "validation"),
    "continuous_decode_on_train_data": Task("decode", "train"),
    "continuous_decode_from_file": Task("decode", "file"),
}
"""Tensor2Tensor's names of schedules -> what they do."""


def work(run: RunConfig, overrides: dict) -> dict[str, float]:
    """Runs one of SCHEDULES; returns the values of the last checkpoint.

    `overrides`: of hparams, as in `train`. T2TError if there is no checkpoint and it is not to wait
    for any, or if what is read is not there.
    """
    task = SCHEDULES[run.schedule]
    _check_data(run, task)
    progress = Progress(run.train_steps)
    if task.is_watching:
        return watch(run, overrides, progress.say)
    path = checkpoints.find(run.output_dir)
    return Worker(run, overrides, progress.say).process(path)


def _check_data(run: RunConfig, task: Task) -> None:
    """What will be read is there, before it is waited for checkpoints."""
    if task.data != "file":
        problem = registry.problem(run.problem)
        problem.filepaths(run.data_dir, split_of(run, problem))
    elif not run.decode_from_file:
        raise T2TError(f"--decode_from_file is missing: --schedule={run.schedule} decodes it.")
    elif not os.path.isfile(run.decode_from_file):
        raise T2TError(f"There is no file {run.decode_from_file}.")


def split_of(run: RunConfig, problem) -> str:
    """The split that a schedule evaluates or decodes."""
    if SCHEDULES[run.schedule].data == "train":
        return "train"
    return "test" if run.eval_use_test_set else problem.validation_split


def watch(run: RunConfig, overrides: dict, say: Callable[[str], None]) -> dict[str, float]:
    """Processes each checkpoint that comes and is not in RUN/SCHEDULE.jsonl yet."""
    folder = RunFolder(run.output_dir)
    log = MetricsLog(folder.path / f"{run.schedule}.jsonl")
    step = max((line["step"] for line in log.read()), default=0)
    say(f"Waiting for checkpoints after step {step} in {folder.path}.")
    worker: Worker | None = None
    values: dict[str, float] = {}
    for path in new_checkpoints(run.output_dir, step, run.train_steps, run.eval_timeout_mins):
        if worker is None:  # Only now it is sure that there is a run.
            worker = Worker(run, overrides, say)
            board = TensorBoard(folder.path / run.schedule)
            log.rewind(step)  # A line may have been cut short.
        try:
            values = worker.process(path)
        except T2TError:
            if os.path.exists(f"{path}.index"):
                raise
            say(f"{path} was deleted before it could be read.")
            continue
        step = checkpoints.step_of(path)
        log.append(worker.task.kind, step, values)
        board.scalars(worker.task.kind, step, values)
    if step < run.train_steps:
        say(f"No other checkpoint came for {run.eval_timeout_mins} minutes.")
    return values


def new_checkpoints(directory: str, after: int, last: int, timeout_mins: float) -> Iterator[str]:
    """Paths of the checkpoints after step `after`, oldest first, as they come, up to step `last`.

    Ends, too, if none has come for so many minutes (-1: waits for ever).
    """
    since = time.monotonic()
    while after < last:
        steps = {checkpoints.step_of(path): path for path in checkpoints.complete_in(directory)}
        step = min((step for step in steps if step > after), default=None)
        if step is not None:
            yield steps[step]
            after, since = step, time.monotonic()
        elif 0 <= timeout_mins * 60 <= time.monotonic() - since:
            return
        else:
            time.sleep(POLL_SECONDS)


class Worker:
    """A run's model, and what the schedule does with the weights of a checkpoint."""

    def __init__(self, run: RunConfig, overrides: dict, say: Callable[[str], None]):
        self.run = run
        self.task = SCHEDULES[run.schedule]
        self._say = say
        problem = registry.problem(run.problem)
        self._split = split_of(run, problem)
        self._source = run.decode_from_file if self.task.data == "file" else self._split
        vocabularies = problem.vocab_filepaths(run.data_dir)
        before = RunFolder(run.output_dir).starting_hparams(run, vocabularies)
        self._hparams = resolve_hparams(run, before, overrides, say)
        problem_hparams = problem.get_hparams(self._hparams, run.data_dir)
        self._unit = pipeline.batch_unit(problem_hparams)
        self.model = build_model(run.model, self._hparams, problem_hparams)
        if self.task.kind == "decode":
            _refuse_pictures(self.model, self.task, run.schedule)
        if self.task.kind == "eval":
            self._evaluator = Evaluator.of_run(run, self.model, problem, self._hparams)
        elif self.task.data == "file":
            self._file = FileDecoding(run, self.model, problem)
        else:
            self._decoding = SplitDecoding(run, self.model, problem, self._split)

    def process(self, path: str) -> dict[str, float]:
        """Evaluates a checkpoint, or decodes with it; says and returns what came of it."""
        checkpoints.restore_weights(self.model, path)
        step = checkpoints.step_of(path)
        with memory.naming_batch_size(self._hparams.batch_size, self._unit):
            values = self._evaluate() if self.task.kind == "eval" else self._decode(step)
        if values:
            self._say(f"step {step} {self._source}: {format_values(values)}")
        return values

    def _evaluate(self) -> dict[str, float]:
        values = self._evaluator.run(self._split, self.run.eval_steps)
        return {**values, **self._evaluator.decode(self._split)}

    def _decode(self, step: int) -> dict[str, float]:
        if self.task.data == "file":
            path, values = self._file.write(step)
        else:
            decoded = self._decoding.write(step)
            path = decoded.paths[0]
            values = {name: score.value for name, score in decoded.scores.items()}
        self._say(f"Wrote {path}")
        return values


def _refuse_pictures(model, task: Task, schedule: str) -> None:
    """T2TError for what only t2t-decoder does: classes of pictures, and pictures in files."""
    has_pictures = model.problem_hparams.modality.get("inputs") == "image"
    if picture_classes.is_for(model) or (has_pictures and task.data == "file"):
        raise T2TError(
            f"--schedule={schedule} decodes text; of pictures, t2t-decoder --output_dir=RUN tells "
            "what a checkpoint sees, and --schedule=continuous_eval how good each one is."
        )


class SplitDecoding:
    """Decodes a split as `--decode_hparams` say, into the run folder's decodes/."""

    def __init__(self, run: RunConfig, model, problem, split: str):
        self._run = run
        self._model = model
        self._problem = problem
        self._split = split
        self._decoder = _decoder(run, model, problem)

    def write(self, step: int) -> splits.DecodedSplit:
        """Writes what the model now makes of the split."""
        run = self._run
        path = _output_path(run, splits.file_name(self._split, self._decoder), step)
        return splits.decode_to_file(
            self._decoder, self._problem, run.data_dir, self._split, self._model.hparams, path
        )


class FileDecoding:
    """Decodes `--decode_from_file`, and scores the output if there is a `--decode_reference`."""

    def __init__(self, run: RunConfig, model, problem):
        self._run = run
        self._decoder = _decoder(run, model, problem)

    def write(self, step: int) -> tuple[str, dict[str, float]]:
        """Writes what the model now makes of the file; returns the path, and BLEU or nothing."""
        run = self._run
        name = splits.file_name(os.path.basename(run.decode_from_file), self._decoder)
        to_file = f"{run.decode_to_file}-{step}" if run.decode_to_file else ""
        path = to_file or str(_output_path(run, name, step))
        self._decoder.decode_file(run.decode_from_file, path)
        if not run.decode_reference:
            return path, {}
        (score,) = scoring.score_file(path, run.decode_reference, ["13a"], "cased").values()
        return path, {"bleu": score.value}


def _decoder(run: RunConfig, model, problem) -> Decoder:
    decode_hparams = DecodeHParams.of_model(model.hparams)
    for notice in decode_hparams.parse(run.decode_hparams):
        print(notice, file=sys.stderr)
    encoders = problem.get_feature_encoders(run.data_dir)
    return decoder_for(model, encoders, decode_hparams)


def _output_path(run: RunConfig, name: str, step: int) -> pathlib.Path:
    """In a folder of the schedule's own, but for `decode`, which does what t2t-decoder does."""
    folder = RunFolder(run.output_dir).decodes
    return folder / name if run.schedule == "decode" else folder / run.schedule / f"{name}-{step}"
