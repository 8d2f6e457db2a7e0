"""What a problem generated, read back as text."""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.data import records


def examples(problem, data_dir, split: str) -> list[dict[str, list[int]]]:
    """All examples of a split, as the files have them."""
    paths = problem.filepaths(str(data_dir), split)
    return [example for path in paths for example in records.read_examples(path)]


def decoded(problem, data_dir, split: str) -> list[tuple[str, ...]]:
    """The texts of each example, features in alphabetical order; sorted."""
    encoders = problem.get_feature_encoders(str(data_dir))
    return sorted(
        tuple(encoders[name].decode_until_eos(example[name]) for name in sorted(encoders))
        for example in examples(problem, data_dir, split)
    )


def few_shards(monkeypatch, name: str) -> type:
    """The problem's class, meanwhile with two training shards: a hundred take seconds."""
    problem_class = registry.problems.get(name)
    splits = [dict(split, shards=min(split["shards"], 2)) for split in problem_class.dataset_splits]
    monkeypatch.setattr(problem_class, "dataset_splits", splits)
    return problem_class
