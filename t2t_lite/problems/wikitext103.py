"""Language models on WikiText-103 (Merity et al. 2016, arXiv:1609.07843): articles of Wikipedia.

As in Tensor2Tensor a sample is a line of the files, that is a heading or a paragraph; empty lines
are left out, and runs of white space are one blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data.sources import Source
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit, splits
from t2t_lite.problems.text_problems import VocabType

# The files' first address (s3.amazonaws.com/research.metamind.io) is gone.
_URL = "https://wikitext.smerity.com/"
_PARTS = {DatasetSplit.TRAIN: "train", DatasetSplit.EVAL: "valid", DatasetSplit.TEST: "test"}


@registry.register_problem
class LanguagemodelWikitext103(text_problems.Text2SelfProblem):
    """Paragraphs of Wikipedia (WikiText-103): 103 million words, a vocabulary of 267,735."""

    vocab_type = VocabType.TOKEN
    approx_vocab_size = None  # all words of the training data
    dataset_splits: Any = splits(test=1)
    source = Source(
        f"{_URL}wikitext-103-v1.zip",
        "242ba0f20b329cfdf1ccc61e9e9e5b59becf189db7f7a81cd2a0e2fc31539590",
    )
    member = "wikitext-103/wiki.{}.tokens"

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for line in self.source.lines(tmp_dir, self.member.format(_PARTS[dataset_split])):
            if words := line.split():
                yield {"targets": " ".join(words)}


@registry.register_problem
class LanguagemodelWikitext103Characters(LanguagemodelWikitext103):
    """Paragraphs of Wikipedia (WikiText-103 raw, nothing replaced by "<unk>"), in bytes."""

    vocab_type = VocabType.CHARACTER
    source = Source(
        f"{_URL}wikitext-103-raw-v1.zip",
        "91c00ae287f0d699e18605c84afc9e45c192bc6b7797ff8837e5474655a33794",
    )
    member = "wikitext-103-raw/wiki.{}.raw"
