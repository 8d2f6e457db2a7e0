"""Sentiment of film reviews (Maas et al., 2011): 25,000 for training, 25,000 for evaluation.

"dev" is the data set's test part, as in Tensor2Tensor. The reviews are read from
`aclImdb_v1.tar.gz`, or from the folder `aclImdb` in --tmp_dir.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import text_files
from t2t_lite.data.sources import Source
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit
from t2t_lite.problems.text_problems import VocabType

_CORPUS = Source(  # checksum: tensorflow_datasets 4.9.10, imdb_reviews
    "http://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
    "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
)


@registry.register_problem
class SentimentIMDB(text_problems.Text2ClassProblem):
    """Is a film review negative or positive? 25,000 for training (IMDB)."""

    approx_vocab_size = 2**13
    class_labels: Any = ("neg", "pos")
    reviews_per_class: Any = 12_500
    """How many there must be of each class in each part."""

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        part = "train" if dataset_split == DatasetSplit.TRAIN else "test"
        for label in self.class_labels:
            pattern = f"aclImdb/{part}/{label}/*.txt"
            for name, file in _CORPUS.files(tmp_dir, pattern, self.reviews_per_class):
                yield {"inputs": text_files.text_of(file, name).strip(), "label": label}


@registry.register_problem
class SentimentIMDBCharacters(SentimentIMDB):
    """Is a film review negative or positive? In bytes (IMDB)."""

    vocab_type = VocabType.CHARACTER
