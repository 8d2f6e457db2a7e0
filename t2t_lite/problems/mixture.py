"""Several problems that one model learns together: `--problem=NAME,NAME,…`."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from typing import Any

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import Problem, ProblemHParams
from t2t_lite.text.encoder import TextEncoder


def names(text: str) -> list[str]:
    """`"a, b"` -> ["a", "b"]; T2TError if one stands there twice."""
    found = [name.strip() for name in text.split(",") if name.strip()]
    for name in found:
        if found.count(name) > 1:
            raise T2TError(f"--problem names {name} more than once.")
    return found


def problems(text: str) -> dict[str, Problem]:
    """The problems that `--problem` names, in its order; one is a mixture of one."""
    return {name: registry.problem(name) for name in names(text)}


def vocab_filepaths(members: dict[str, Problem], data_dir: str) -> list[str]:
    """The vocabulary files of all the problems."""
    paths = [problem.vocab_filepaths(data_dir) for problem in members.values()]
    return list(dict.fromkeys(itertools.chain.from_iterable(paths)))


def hparams(
    members: dict[str, Problem], model_hparams: Any = None, data_dir: str = ""
) -> ProblemHParams:
    """What a model of all these problems must know.

    Of one problem its own hparams. Of several: `members` are theirs, in order, each with the
    `vocabulary` of its features; the rest says what there is in all of them together, by which a
    model is built that can do the most: inputs, if any problem has some; sequences of symbols
    rather than classes, if any problem's targets are such.
    """
    each = [problem.get_hparams(model_hparams, data_dir) for problem in members.values()]
    if len(each) == 1:
        return each[0]
    for problem, own in zip(members.values(), each, strict=True):
        encoders = problem.get_feature_encoders(data_dir)
        own.vocabulary = {name: identity(encoder) for name, encoder in encoders.items()}
    return union(each)


def union(members: Sequence[ProblemHParams]) -> ProblemHParams:
    """The hparams of a mixture, from those of its problems."""
    result = ProblemHParams()
    in_order = sorted(members, key=lambda own: own.modality["targets"] != "symbol")
    for own in in_order:  # What comes later only adds to what came before.
        for part in ("modality", "vocab_size", "shape"):
            setattr(result, part, getattr(own, part) | getattr(result, part))
    result.members = list(members)
    return result


def identity(encoder: TextEncoder) -> str:
    """What two vocabularies have in common if they are the same one."""
    texts = repr(encoder.decode_list(range(encoder.vocab_size)))
    return f"{type(encoder).__name__} {hashlib.sha256(texts.encode()).hexdigest()}"
