"""What translation problems share."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from t2t_lite.data import text_files
from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems

Corpus = Sequence[Any]
"""(source, files): a `Source` or a URL, and where the sentences are in it, which is either
(file of the source language, file of the target language), parallel lines or .sgm segments, or
("tsv", column of the source language, column of the target language, pattern of files)."""


class TranslateProblem(text_problems.Text2TextProblem):
    """From `source_language` to `target_language` (their codes, such as "en").

    A subclass defines `source_data_files`, as in Tensor2Tensor, or `generate_samples`.
    """

    source_language = "en"
    target_language = ""

    def source_data_files(self, dataset_split: str) -> Sequence[Corpus]:
        """The corpora of a split, one after the other; see `Corpus`."""
        raise NotImplementedError(
            f"{type(self).__name__} must define source_data_files or generate_samples"
        )

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        return samples_of_corpora(self.source_data_files(dataset_split), tmp_dir)

    def eval_metrics(self) -> list[str]:
        return [*super().eval_metrics(), "chrf"]


def samples_of_corpora(corpora: Iterable[Corpus], tmp_dir: str) -> Iterator[dict[str, str]]:
    """The sentence pairs of all corpora, without white space around them.

    Raises:
      T2TError: a file is missing, damaged, or has other lines than it should (with the line).
    """
    for source, files in corpora:
        source = source if isinstance(source, Source) else Source(source)
        read = tab_separated_pairs if files[0] == "tsv" else parallel_pairs
        for inputs, targets in read(source, files, tmp_dir):
            yield {"inputs": inputs.strip(), "targets": targets.strip()}


def is_here(corpus: Corpus, tmp_dir: str) -> bool:
    """Whether a corpus can be read without a download."""
    source, files = corpus
    return source.is_here(tmp_dir, files[-1])


def parallel_pairs(source: Source, files: Sequence[str], tmp_dir: str) -> Iterator[tuple[str, str]]:
    """Reads two files side by side; each has a stream of its own through their archive."""
    if files[0] == "tmx":
        raise T2TError(f"{files[1]}: TMX files are not read; convert it to two parallel files.")
    first, second = (sentences(source, tmp_dir, name) for name in files)
    names = [str(pathlib.PurePath(source.filename, name)) for name in files]
    return text_files.pairs(first, second, (names[0], names[1]))


def sentences(source: Source, tmp_dir: str, name: str) -> Iterator[str]:
    """The lines of a file, or the segments of an .sgm file."""
    lines = source.lines(tmp_dir, name)
    return segments(lines, name) if name.endswith(".sgm") else lines


def segments(lines: Iterable[str], name: str) -> Iterator[str]:
    """What stands between <seg …> and </seg>, as it is (no entity is replaced)."""
    for number, line in enumerate(lines, 1):
        if match := re.search("<seg[^>]*>(.*)</seg>", line):
            yield match[1]
        elif "<seg" in line:
            raise T2TError(f"{name}, line {number}: a <seg …> does not end on this line.")


def tab_separated_pairs(
    source: Source, files: Sequence[Any], tmp_dir: str
) -> Iterator[tuple[str, str]]:
    """Two columns (from 0) of the files that the pattern fits; empty lines are left out."""
    _, source_column, target_column, pattern = files
    needed = 1 + max(source_column, target_column)
    for name, file in source.files(tmp_dir, pattern):
        for number, line in enumerate(text_files.lines_of(file, name), 1):
            columns = line.split("\t")
            if not line.strip():
                continue
            if len(columns) < needed:
                raise T2TError(
                    f"{name}, line {number}: expected {needed} columns with tabs between, found "
                    f"{len(columns)}."
                )
            yield columns[source_column], columns[target_column]
