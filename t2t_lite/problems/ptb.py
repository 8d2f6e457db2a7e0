"""Language models on the Penn Treebank, as Mikolov et al. (2010) prepared it.

Sentences of the Wall Street Journal, in lower case, with 9,999 words; "<unk>" stands for the
rest, "N" for numbers. "test" is ours; Tensor2Tensor had "train" and "dev" alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data.sources import Source
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit, splits
from t2t_lite.problems.text_problems import VocabType

_CORPUS = Source("http://www.fit.vutbr.cz/~imikolov/rnnlm/simple-examples.tgz")
_PARTS = {DatasetSplit.TRAIN: "train", DatasetSplit.EVAL: "valid", DatasetSplit.TEST: "test"}


@registry.register_problem
class LanguagemodelPtb10k(text_problems.Text2SelfProblem):
    """Penn Treebank: 42,068 training sentences, 10,000 words with the end of a sentence.

    Tensor2Tensor wrote its vocabulary without the reserved symbols, so that id 0, its padding,
    was "the", and 1, its end of sequence, "<unk>"; and it ended each sentence twice, by "<EOS>" and
    by id 1. Such data is read as it is; what is made here has the reserved ids and one end.
    """

    vocab_type = VocabType.TOKEN
    vocab_filename = "vocab.lmptb.10000"
    approx_vocab_size = None  # all words of the training data
    dataset_splits: Any = splits(test=1)
    member = "simple-examples/data/ptb.{}.txt"

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for line in _CORPUS.lines(tmp_dir, self.member.format(_PARTS[dataset_split])):
            yield {"targets": self.sentence(line.split())}

    def sentence(self, symbols: list[str]) -> str:
        """The text of a line's symbols."""
        return " ".join(symbols)


@registry.register_problem
class LanguagemodelPtbCharacters(LanguagemodelPtb10k):
    """Penn Treebank, character by character.

    Tensor2Tensor also encoded the blanks that the file has between characters, and the letters of
    "<EOS>"; here a sentence is its characters and the end of sequence, so that bits per character
    compare with what is published.
    """

    vocab_type = VocabType.CHARACTER
    member = "simple-examples/data/ptb.char.{}.txt"

    def sentence(self, symbols: list[str]) -> str:
        return "".join(symbols).replace("_", " ").strip()
