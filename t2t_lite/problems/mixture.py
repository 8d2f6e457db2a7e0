"""Several problems that one model learns together: `--problem=NAME,NAME,…`."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Sequence
from typing import Any

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import Problem, ProblemHParams
from t2t_lite.problems.text_problems import Text2TextProblem
from t2t_lite.text import vocabulary
from t2t_lite.text.encoder import TextEncoder
from t2t_lite.text.real_encoder import RealEncoder
from t2t_lite.text.vocabulary import VocabType


def names(text: str) -> list[str]:
    """`"a, b"` -> ["a", "b"]; T2TError if there is none, or one twice."""
    found = [name.strip() for name in text.split(",") if name.strip()]
    if not found:
        raise T2TError("--problem is missing; `t2t-list problem` shows the problems.")
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


def build_shared_vocabulary(
    members: dict[str, Problem], data_dir: str, tmp_dir: str, size: int
) -> None:
    """Builds one subword vocabulary for all problems of text, and writes it as that of each.

    Then a model of them all has one embedding. Each has as many training samples in it as it
    itself would take. A vocabulary that is there already stays, and becomes that of all.

    Raises:
      T2TError: no problem has subwords; or there are vocabularies that differ.
    """
    texts = [problem for problem in members.values() if isinstance(problem, Text2TextProblem)]
    each = [problem.subword_filenames() for problem in texts]
    filenames = list(dict.fromkeys(itertools.chain.from_iterable(each)))
    if not filenames:
        raise T2TError(f"None of {', '.join(members)} has subwords that could be shared.")
    found = vocabulary.contents(data_dir, filenames, VocabType.SUBWORD)
    if len(set(found.values())) > 1:
        raise T2TError(
            f"There are several vocabularies in {data_dir}: {', '.join(found)}. Give another "
            "--data_dir for data with a shared vocabulary."
        )
    first = next(iter(found), filenames[0])
    if not found:
        samples = (
            problem.vocabulary_texts(data_dir, tmp_dir, own)
            for problem, own in zip(texts, each, strict=True)
            if own
        )
        everything = itertools.chain.from_iterable(samples)
        vocabulary.build(data_dir, first, VocabType.SUBWORD, everything, size)
    for filename in filenames:
        if filename != first and filename not in found:
            vocabulary.copy(data_dir, first, filename, VocabType.SUBWORD)
            print(f"{filename} is {first}, the shared vocabulary.", flush=True)


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
        own.vocabulary = {
            name: identity(encoder)
            for name, encoder in encoders.items()
            if not isinstance(encoder, RealEncoder)  # It has no vocabulary.
        }
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
