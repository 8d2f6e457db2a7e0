"""Language models on the One Billion Word Benchmark (Chelba et al. 2013, arXiv:1312.3005).

Sentences of news in random order, already tokenised. As in Tensor2Tensor, "dev" is the part of
the held-out sentences that results are published on (159,658 words with the ends of sentences),
and words outside the benchmark's own vocabulary (793,471 words) become "UNK". Perplexity per word
is exp(loss per symbol × symbols per word); the manifest counts the symbols.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import text_files
from t2t_lite.data.sources import Source
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit, splits
from t2t_lite.problems.text_problems import VocabType

_NAME = "1-billion-word-language-modeling-benchmark-r13output"
_CORPUS = Source(  # checksum: tensorflow_datasets 4.9.10, lm1b
    f"http://www.statmt.org/lm-benchmark/{_NAME}.tar.gz",
    "01ba60381110baf7f189dfd2b8374de371e8c9a340835793f190bdae9e90a34e",
)
_WORDS = Source(
    "http://download.tensorflow.org/models/LM_LSTM_CNN/vocab-2016-09-10.txt",
    also=("vocab-2016-09-10.txt.en",),  # as Tensor2Tensor named it
)
_FILES = {  # pattern, and how many there are
    DatasetSplit.TRAIN: (f"{_NAME}/training-monolingual.tokenized.shuffled/news.en-*", 99),
    DatasetSplit.EVAL: (
        f"{_NAME}/heldout-monolingual.tokenized.shuffled/news.en.heldout-00000-of-00050",
        1,
    ),
}


@registry.register_problem
class LanguagemodelLm1b32k(text_problems.Text2SelfProblem):
    """Sentences of news (One Billion Word Benchmark): 30 million, 32,768 subwords."""

    approx_vocab_size = 2**15
    max_samples_for_vocab = 63_000
    dataset_splits: Any = splits(train=100)

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        known = {word.strip() for word in text_files.lines(_WORDS.path(tmp_dir))}
        for line in _CORPUS.lines(tmp_dir, *_FILES[dataset_split]):
            words = (word if word in known else "UNK" for word in line.split())
            yield {"targets": " ".join(words)}


@registry.register_problem
class LanguagemodelLm1b8k(LanguagemodelLm1b32k):
    """Sentences of news (One Billion Word Benchmark), 8,192 subwords."""

    approx_vocab_size = 2**13


@registry.register_problem
class LanguagemodelLm1bCharacters(LanguagemodelLm1b32k):
    """Sentences of news (One Billion Word Benchmark), in bytes."""

    vocab_type = VocabType.CHARACTER
