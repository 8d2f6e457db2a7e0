"""Does a premise entail a hypothesis? SNLI (Bowman et al., 2015), MultiNLI (Williams et al., 2018).

Three classes in Tensor2Tensor's order. Inputs are the premise, "$" and the hypothesis. Pairs on
whose class people did not agree ("-") are left out. The splits that Tensor2Tensor lacked are ours:
"test" of SNLI and "dev_mismatched" of MultiNLI, whose genres are not those of its training data.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import tfds_source
from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit, splits
from t2t_lite.problems.text_problems import VocabType

_TFDS_LABELS = ("entailment", "neutral", "contradiction")
_COLUMNS = ("sentence1", "sentence2", "gold_label")


class NLIProblem(text_problems.TextConcat2ClassProblem):
    """Pairs of sentences from tables with a heading; a subclass says where they are."""

    approx_vocab_size = 2**15
    class_labels: Any = ("contradiction", "entailment", "neutral")
    source: Any = None
    """The archive."""
    tables: Any = {}
    """Split -> the name of its table in the archive."""
    tfds: Any = ""
    """Its name in tensorflow_datasets, which is asked if it has it and the archive is missing."""
    tfds_splits: Any = {}
    """Split -> its name there, if it is not ours."""

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        table = self.tables[dataset_split]
        if not self.source.is_here(tmp_dir, table) and tfds_source.is_prepared(self.tfds, tmp_dir):
            yield from self._prepared(tmp_dir, dataset_split)
            return
        for number, (premise, hypothesis, label) in rows(self.source, tmp_dir, table, _COLUMNS):
            if label not in (*self.class_labels, "-"):
                raise T2TError(f"{table}, line {number}: there is no class {label!r}.")
            if label != "-":
                yield {"inputs": [premise, hypothesis], "label": label}

    def _prepared(self, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        """What tensorflow_datasets has, for those who prepared it before."""
        split = self.tfds_splits.get(dataset_split, dataset_split)
        for pair in tfds_source.examples(self.tfds, split, tmp_dir, self.source.filename):
            if pair["label"] >= 0:  # -1 is "-"
                label = _TFDS_LABELS[pair["label"]]
                yield {"inputs": [pair["premise"], pair["hypothesis"]], "label": label}


def rows(
    source: Source, tmp_dir: str, table: str, names: tuple[str, ...]
) -> Iterator[tuple[int, list[str]]]:
    """(number of the line, named columns) of a table with tabs; its first line is a heading.

    Raises:
      T2TError: a column is missing from the heading, or from a line.
    """
    lines = source.lines(tmp_dir, table)
    heading = next(lines).split("\t")
    if missing := [name for name in names if name not in heading]:
        raise T2TError(f"{table}, line 1: the heading has no column {missing[0]!r}.")
    places = [heading.index(name) for name in names]
    for number, line in enumerate(lines, 2):
        cells = line.split("\t")
        if len(cells) <= max(places):
            raise T2TError(
                f"{table}, line {number}: expected at least {max(places) + 1} columns with tabs "
                f"between, found {len(cells)}."
            )
        yield number, [cells[place] for place in places]


@registry.register_problem
class StanfordNLI(NLIProblem):
    """Does a premise entail a hypothesis? 549,367 captions of pictures (SNLI)."""

    dataset_splits: Any = splits(train=100, test=1)
    tfds = "snli"
    source = Source(  # checksum: tensorflow_datasets 4.9.10, snli
        "https://nlp.stanford.edu/projects/snli/snli_1.0.zip",
        "afb3d70a5af5d8de0d9d81e2637e0fb8c22d1235c2749d83125ca43dab0dbd3e",
        also=("SNLI.zip",),  # as Tensor2Tensor named it
    )
    tables: Any = {
        DatasetSplit.TRAIN: "snli_1.0/snli_1.0_train.txt",
        DatasetSplit.EVAL: "snli_1.0/snli_1.0_dev.txt",
        DatasetSplit.TEST: "snli_1.0/snli_1.0_test.txt",
    }


@registry.register_problem
class StanfordNLICharacters(StanfordNLI):
    """Does a premise entail a hypothesis? In bytes (SNLI)."""

    vocab_type = VocabType.CHARACTER


@registry.register_problem
class MultiNLI(NLIProblem):
    """Does a premise entail a hypothesis? 392,702 pairs of ten genres (MultiNLI, as in GLUE)."""

    dataset_splits: Any = splits(train=100, dev_mismatched=1)
    tfds = "glue/mnli"
    tfds_splits: Any = {
        DatasetSplit.EVAL: "validation_matched",
        "dev_mismatched": "validation_mismatched",
    }
    # Tensor2Tensor's address is gone. Checksum: tensorflow_datasets 4.9.10, glue.
    source = Source(
        "https://dl.fbaipublicfiles.com/glue/data/MNLI.zip",
        "e7c1d896d26ed6caf700110645df426cc2d8ebf02a5ab743d5a5c68ac1c83633",
    )
    tables: Any = {
        DatasetSplit.TRAIN: "MNLI/train.tsv",
        DatasetSplit.EVAL: "MNLI/dev_matched.tsv",
        "dev_mismatched": "MNLI/dev_mismatched.tsv",
    }


@registry.register_problem
class MultiNLICharacters(MultiNLI):
    """Does a premise entail a hypothesis? In bytes (MultiNLI)."""

    vocab_type = VocabType.CHARACTER
