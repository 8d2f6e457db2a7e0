"""A problem whose examples a test writes down."""

from __future__ import annotations

import pathlib

from t2t_lite.data import records
from t2t_lite.problems.base import Problem, ProblemHParams
from t2t_lite.text.integer_encoder import IntegerEncoder

VOCAB = 32


class ToyProblem(Problem):
    """Sequences of symbols below VOCAB; their files are made by `write_split`."""

    name = "toy_problem"
    features = ("inputs", "targets")

    def feature_encoders(self, data_dir):
        return dict.fromkeys(self.features, IntegerEncoder(VOCAB - 2))

    def example_reading_spec(self):
        spec = super().example_reading_spec()
        return {name: spec[name] for name in self.features}


class ToyLanguage(ToyProblem):
    """Targets alone."""

    name = "toy_language"
    features = ("targets",)


def write_split(
    problem: type[Problem],
    data_dir: pathlib.Path,
    split: str,
    examples: list[dict],
    shards: int = 1,
) -> None:
    """Writes the shards of a split: example i goes to shard i modulo `shards`."""
    for shard in range(shards):
        path = data_dir / f"{problem.name}-{split}-{shard:05d}-of-{shards:05d}"
        with records.RecordWriter(path) as writer:
            for example in examples[shard::shards]:
                writer.write(records.serialize(example))


def hparams_of(problem: type[ToyProblem]) -> ProblemHParams:
    """What a model must know of the problem."""
    names = problem.features
    return ProblemHParams(dict.fromkeys(names, "symbol"), dict.fromkeys(names, VOCAB))
