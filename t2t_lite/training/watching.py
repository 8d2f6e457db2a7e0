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

from t2t_lite.decoding import picture_classes, scoring, splits
from t2t_lite.decoding.decoders import decoder_for
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.decoding.speech import AnyDecoder
from t2t_lite.errors import T2TError
from t2t_lite.models.base import build_model
from t2t_lite.problems import mixture
from t2t_lite.training import checkpoints, tasks
from t2t_lite.training.reporting import MetricsLog, Progress, TensorBoard, format_values
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder, resolve_hparams
from t2t_lite.training.tasks import Task

POLL_SECONDS = 2.0
"""How often the run folder is looked at for another checkpoint."""


@dataclasses.dataclass(frozen=True)
class Work:
    """What a schedule does."""

    kind: str  # "eval" or "decode": so it is called in the lines that are written
    data: str  # "validation", "train", or "file"
    is_watching: bool = True


SCHEDULES = {
    "evaluate": Work("eval", "validation", is_watching=False),
    "evaluate_on_train_data": Work("eval", "train", is_watching=False),
    "decode": Work("decode", "validation", is_watching=False),
    "continuous_eval": Work("eval", "validation"),
    "continuous_eval_on_train_data": Work("eval", "train"),
    "continuous_decode": Work("decode", "validation"),
    "continuous_decode_on_eval_data": Work("decode", "validation"),
    "continuous_decode_on_train_data": Work("decode", "train"),
    "continuous_decode_from_file": Work("decode", "file"),
}
"""Tensor2Tensor's names of schedules -> what they do."""


def work(run: RunConfig, overrides: dict) -> dict[str, float]:
    """Runs one of SCHEDULES; returns the values of the last checkpoint.

    `overrides`: of hparams, as in `train`. T2TError if there is no checkpoint and it is not to wait
    for any, or if what is read is not there.
    """
    asked = SCHEDULES[run.schedule]
    _check_data(run, asked)
    progress = Progress(run.train_steps)
    if asked.is_watching:
        return watch(run, overrides, progress.say)
    path = checkpoints.find(run.output_dir)
    return Worker(run, overrides, progress.say).process(path)


def _check_data(run: RunConfig, asked: Work) -> None:
    """What will be read is there, before it is waited for checkpoints."""
    if asked.data != "file":
        for problem in mixture.problems(run.problem).values():
            problem.filepaths(run.data_dir, split_of(run, problem))
    elif not run.decode_from_file:
        raise T2TError(f"--decode_from_file is missing: --schedule={run.schedule} decodes it.")
    elif not os.path.isfile(run.decode_from_file):
        raise T2TError(f"There is no file {run.decode_from_file}.")


def split_of(run: RunConfig, problem) -> str:
    """The split that a schedule evaluates or decodes."""
    if SCHEDULES[run.schedule].data == "train":
        return "train"
    return tasks.validation_split(run, problem)


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
        log.append(worker.work.kind, step, values)
        board.scalars(worker.work.kind, step, values)
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
        self.work = SCHEDULES[run.schedule]
        self._say = say
        problems = mixture.problems(run.problem)
        vocabularies = mixture.vocab_filepaths(problems, run.data_dir)
        before = RunFolder(run.output_dir).starting_hparams(run, vocabularies)
        hparams = resolve_hparams(run, before, overrides, say)
        problem_hparams = mixture.hparams(problems, hparams, run.data_dir)
        self.model = build_model(run.model, hparams, problem_hparams)
        self._tasks = tasks.make(run, problems, hparams)
        tasks.share_out(self.model, self._tasks)
        for task in self._tasks:
            task.split = split_of(run, task.problem)
            if self.work.kind == "decode":
                _refuse_pictures(task.model, self.work, run.schedule)
        if self.work.kind == "eval":
            self._evaluators = [task.evaluator() for task in self._tasks]
        elif self.work.data == "file":
            self._file = FileDecoding(run, self._tasks)
        else:
            self._decodings = [SplitDecoding(run, task) for task in self._tasks]

    def process(self, path: str) -> dict[str, float]:
        """Evaluates a checkpoint, or decodes with it; says and returns what came of it."""
        checkpoints.restore_weights(self.model, path)
        step = checkpoints.step_of(path)
        if self.work.data == "file":
            path, values = self._file.write(step)
            self._say(f"Wrote {path}")
            self._tell(step, self.run.decode_from_file, values)
            return values
        found = []
        for index, task in enumerate(self._tasks):
            with task.naming_batch_size():
                values = (
                    self._evaluate(index) if self.work.kind == "eval" else self._decode(index, step)
                )
            self._tell(step, f"{task.prefix}{task.split}", values)
            found.append((task, values))
        return tasks.merge(found)

    def _tell(self, step: int, source: str, values: dict[str, float]) -> None:
        if values:
            self._say(f"step {step} {source}: {format_values(values)}")

    def _evaluate(self, index: int) -> dict[str, float]:
        split, evaluator = self._tasks[index].split, self._evaluators[index]
        return {**evaluator.run(split, self.run.eval_steps), **evaluator.decode(split)}

    def _decode(self, index: int, step: int) -> dict[str, float]:
        decoded = self._decodings[index].write(step)
        self._say(f"Wrote {decoded.paths[0]}")
        return {name: score.value for name, score in decoded.scores.items()}


def _refuse_pictures(model, work: Work, schedule: str) -> None:
    """T2TError for what only t2t-decoder does: classes of pictures, and pictures in files."""
    has_pictures = model.problem_hparams.modality.get("inputs") == "image"
    if picture_classes.is_for(model) or (has_pictures and work.data == "file"):
        raise T2TError(
            f"--schedule={schedule} decodes text; of pictures, t2t-decoder --output_dir=RUN tells "
            "what a checkpoint sees, and --schedule=continuous_eval how good each one is."
        )


class SplitDecoding:
    """Decodes a task's split as `--decode_hparams` say, into the run folder's decodes/."""

    def __init__(self, run: RunConfig, task: Task):
        self._run = run
        self._task = task
        self._decoder = _decoder(run, task)

    def write(self, step: int) -> splits.DecodedSplit:
        """Writes what the model now makes of the split."""
        run, task = self._run, self._task
        name = task.prefix + splits.file_name(task.split, self._decoder)
        return splits.decode_to_file(
            self._decoder,
            task.problem,
            run.data_dir,
            task.split,
            task.hparams,
            _output_path(run, name, step),
        )


class FileDecoding:
    """Decodes `--decode_from_file`, and scores the output if there is a `--decode_reference`."""

    def __init__(self, run: RunConfig, tasks: list[Task]):
        """T2TError if there are several."""
        if len(tasks) > 1:
            raise T2TError(
                f"--schedule={run.schedule} needs a run of one problem, not of {run.problem}; "
                "t2t-decoder decodes a file with the problem that --problem names."
            )
        self._run = run
        self._decoder = _decoder(run, tasks[0])

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


def _decoder(run: RunConfig, task: Task) -> AnyDecoder:
    decode_hparams = DecodeHParams.of_model(task.hparams, task.problem)
    for notice in decode_hparams.parse(run.decode_hparams):
        print(notice, file=sys.stderr)
    encoders = task.problem.get_feature_encoders(run.data_dir)
    return decoder_for(task.model, encoders, decode_hparams)


def _output_path(run: RunConfig, name: str, step: int) -> pathlib.Path:
    """In a folder of the schedule's own, but for `decode`, which does what t2t-decoder does."""
    folder = RunFolder(run.output_dir).decodes
    return folder / name if run.schedule == "decode" else folder / run.schedule / f"{name}-{step}"
