"""The problems of a run, each with its data, its view of the model, and its evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite.data import pipeline, records
from t2t_lite.hparams.base import HParams
from t2t_lite.models.views import views
from t2t_lite.problems.base import Problem, ProblemHParams
from t2t_lite.training import memory, mixing
from t2t_lite.training.evaluation import Evaluator
from t2t_lite.training.run_config import RunConfig

EXAMPLE_TOKENS = 8
"""For how many tokens an example without sequences counts among problems that have some: as much as
the shortest bucket of Tensor2Tensor's."""


class Task:
    """A problem among those that a run trains on; most often the only one."""

    def __init__(
        self, run: RunConfig, name: str, problem: Problem, hparams: HParams, index: int, count: int
    ):
        """`index`: the place among all `count` problems of the run."""
        self.run = run
        self.name = name
        self.problem = problem
        self.split = validation_split(run, problem)
        self.problem_hparams: ProblemHParams = problem.get_hparams(hparams, run.data_dir)
        self.hparams = self._own(hparams, index, count)
        self.loss_weight = self.problem_hparams.loss_multiplier
        if hparams.problem_loss_weights:
            mixing.check_length(hparams, "problem_loss_weights", count)
            self.loss_weight = hparams.problem_loss_weights[index]
        self.prefix = f"{name}/" if count > 1 else ""
        self.model: Any = None

    def _own(self, hparams: HParams, index: int, count: int) -> HParams:
        """The hparams, with this problem's batch size."""
        size = hparams.batch_size
        if hparams.problem_batch_sizes:
            mixing.check_length(hparams, "problem_batch_sizes", count)
            size = hparams.problem_batch_sizes[index]
        elif count > 1 and self.batch_unit == "examples":
            size = max(1, size // EXAMPLE_TOKENS)
        if size == hparams.batch_size:
            return hparams
        own = hparams.copy()
        own.batch_size = size
        return own.freeze()

    @property
    def batch_unit(self) -> str:
        """What `hparams.batch_size` counts."""
        return pipeline.batch_unit(self.problem_hparams)

    @property
    def batch(self) -> str:
        """How large a batch is, for people to read."""
        return f"{self.hparams.batch_size:,} {self.batch_unit}"

    def training_files(self) -> list[str]:
        """The shards of the training split."""
        return self.problem.filepaths(self.run.data_dir, "train")

    def count_examples(self) -> int:
        """Training examples, before any are left out for their length."""
        return sum(len(records.frame_offsets(path)) - 1 for path in self.training_files())

    def input_settings(self, shares: int) -> dict[str, Any]:
        """What the training batches depend on, besides the seed; JSON types."""
        return pipeline.settings(self.problem, self.run.data_dir, self.hparams, shares)

    def batches(self, shares: int, seed: int) -> Iterator:
        """The training batches, without end; see `pipeline.training_batches`."""
        dataset = pipeline.training_batches(
            self.problem, self.problem_hparams, self.run.data_dir, self.hparams, shares, seed
        )
        return iter(dataset)

    def naming_batch_size(self):
        """A block in which running out of memory tells to lower the batch size."""
        return memory.naming_batch_size(self.hparams.batch_size, self.batch_unit)

    def evaluator(self) -> Evaluator:
        """Of this problem, once it has its model."""
        return Evaluator.of_run(self.run, self.model, self.problem, self.hparams)


def validation_split(run: RunConfig, problem: Problem) -> str:
    """The split that is evaluated while training."""
    return "test" if run.eval_use_test_set else problem.validation_split


def check_data(run: RunConfig, problems: dict[str, Problem]) -> None:
    """T2TError if what the run will read is not there, before anything long begins."""
    for problem in problems.values():
        problem.filepaths(run.data_dir, "train")
        if run.schedule != "train":
            problem.filepaths(run.data_dir, validation_split(run, problem))


def make(run: RunConfig, problems: dict[str, Problem], hparams: HParams) -> list[Task]:
    """A task for each problem; they have no models yet."""
    named = enumerate(problems.items())
    return [Task(run, name, problem, hparams, i, len(problems)) for i, (name, problem) in named]


def share_out(model, tasks: list[Task]) -> None:
    """Gives each task its view of the model."""
    for task, view in zip(tasks, views(model), strict=True):
        task.model = view


def merge(values: list[tuple[Task, dict[str, float]]]) -> dict[str, float]:
    """The values of an evaluation of each task under PROBLEM/NAME, and their mean `loss`.

    Of one task its values as they are.
    """
    if len(values) == 1:
        return values[0][1]
    losses = [found["loss"] for _, found in values if "loss" in found]
    merged = {"loss": sum(losses) / len(losses)} if losses else {}
    for task, found in values:
        merged.update({f"{task.prefix}{name}": value for name, value in found.items()})
    return merged
