"""Constituency parsing as translation: from words to a line of labels (`t2t_lite.text.trees`).

Empty elements and what holds nothing else, functions and indices of labels ("NP-SBJ-1") and the
outer bracket are taken away, as is usual before trees are scored. Words are made of subwords,
labels are words of a vocabulary of their own; Tensor2Tensor made subwords of both.

`parse_f1` scores what is decoded, `parse_sound` says how much of it are trees.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import text_files
from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit, SpaceID, splits
from t2t_lite.problems.text_problems import VocabType
from t2t_lite.text import trees
from t2t_lite.text.trees import Tree


class ParsingProblem(text_problems.Text2TextProblem):
    """Words to a line of labels; a subclass yields {"inputs": words, "targets": labels}."""

    joint_vocab = False
    extra_length = 200  # a line of labels is some 2.5 times as long as the words
    spaces: Any = (SpaceID.EN_TOK, SpaceID.PARSE_TOK)
    """What kind of symbols words and labels are."""

    def vocab_filenames(self) -> dict[str, str]:
        labels = f"vocab.{self.dataset_filename()}.labels"
        return {"inputs": self.vocab_filename, "targets": labels}

    def vocab_type_of(self, filename: str) -> str:
        return VocabType.TOKEN if filename.endswith(".labels") else self.vocab_type

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        defaults.input_space_id, defaults.target_space_id = self.spaces

    def eval_metrics(self) -> list[str]:
        if self.was_reversed or self.was_copy:
            return super().eval_metrics()
        others = [name for name in super().eval_metrics() if name != "bleu"]
        return [*others, "parse_f1", "parse_sound", "exact_match"]


def sample_of(tree: Tree, place: str) -> dict[str, str]:
    """The words and labels of a tree; T2TError if it has no words."""
    kept = trees.without_traces(tree)
    if kept is None:
        raise T2TError(f"{place} holds nothing but empty elements.")
    return {"inputs": trees.words(kept), "targets": trees.linear(kept)}


@registry.register_problem
class ParsingWsjSample(ParsingProblem):
    """Parse sentences of the Wall Street Journal: 3,914 trees of the Penn Treebank (its sample).

    The trees are those that NLTK distributes (wsj_0001 to wsj_0199, not for commercial use). In
    their order the first 3,114 are for training, the next 400 "dev", the last 400 "test", so that
    hardly an article is in two of them. They are read from `wsj_sample.mrg`, also with `.gz` and in
    `treebank/`, else from NLTK's `treebank.zip`.
    """

    approx_vocab_size = 2**12
    dataset_splits: Any = splits(train=1, test=1)
    sizes: Any = {DatasetSplit.TRAIN: 3114, DatasetSplit.EVAL: 400, DatasetSplit.TEST: 400}
    """How many trees each split has, in the order of the file."""
    source = Source(
        "https://raw.githubusercontent.com/nltk/nltk_data/gh-pages/packages/corpora/treebank.zip"
    )
    members: Any = ("treebank/combined/wsj_*.mrg", 199)

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        start = 0
        for split, size in self.sizes.items():
            if split == dataset_split:
                break
            start += size
        found = list(itertools.islice(self.trees(tmp_dir), sum(self.sizes.values()) + 1))
        if len(found) != sum(self.sizes.values()):
            raise T2TError(
                f"The sample of the Penn Treebank in {tmp_dir} has {len(found):,} trees or more, "
                f"not {sum(self.sizes.values()):,}: it is cut off, or another one."
            )
        for number, tree in enumerate(found[start : start + size], start + 1):
            yield sample_of(tree, f"Tree {number} of the sample")

    def trees(self, tmp_dir: str) -> Iterator[Tree]:
        """All trees in order."""
        if path := text_files.look_for(tmp_dir, "wsj_sample.mrg", "treebank"):
            yield from trees.read(text_files.lines(path), str(path))
            return
        # An archive's files may be in any order.
        files = self.source.files(tmp_dir, *self.members)
        texts = sorted((name, text_files.text_of(file, name)) for name, file in files)
        for name, text in texts:
            yield from trees.read(text.split("\n"), name)


class ParsingTreeFiles(ParsingProblem):
    """Trees in a file for each split, in brackets; any number of lines to a tree."""

    files: Any = {
        DatasetSplit.TRAIN: "parsing_train.trees",
        DatasetSplit.EVAL: "parsing_dev.trees",
    }

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        path = text_files.find(tmp_dir, self.files[dataset_split])
        for number, tree in enumerate(trees.read(text_files.lines(path), str(path)), 1):
            yield sample_of(tree, f"{path}: tree {number}")


@registry.register_problem
class ParsingEnglishPtb8k(ParsingTreeFiles):
    """Parse sentences of the Penn Treebank: your `parsing_train.trees`, 8,192 subwords.

    And `parsing_dev.trees`, both in --tmp_dir, from the corpus that the LDC sells (usually sections
    2 to 21, and 22).
    """

    approx_vocab_size = 2**13


@registry.register_problem
class ParsingEnglishPtb16k(ParsingTreeFiles):
    """Parse sentences of the Penn Treebank: your `parsing_train.trees`, 16,384 subwords."""

    approx_vocab_size = 2**14


@registry.register_problem
class WsjParsing(ParsingTreeFiles):
    """Parse sentences of the Wall Street Journal: your `wsjTrain.trees` and `wsjEval.trees`.

    Tensor2Tensor wanted the texts for its vocabulary in two more files; here they are the trees'.
    """

    files: Any = {DatasetSplit.TRAIN: "wsjTrain.trees", DatasetSplit.EVAL: "wsjEval.trees"}


@registry.register_problem
class ParsingIcelandic16k(ParsingProblem):
    """Parse Icelandic: your `parsing_train.pairs` and `parsing_dev.pairs` in --tmp_dir.

    A line has a sentence, a tab, and its line of labels.
    """

    approx_vocab_size = 2**14
    spaces: Any = (SpaceID.ICE_TOK, SpaceID.ICE_PARSE_TOK)

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        path = text_files.find(tmp_dir, f"parsing_{dataset_split}.pairs")
        return text_problems.text2text_txt_tab_iterator(path)
