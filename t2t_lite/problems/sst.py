"""Is a sentence of a film review positive? The Stanford Sentiment Treebank (Socher et al., 2013).

`sentiment_sst2` has the whole sentences of its two-class task, labels of the test set included:
6,920 for training, 872 "dev", 1,821 "test", as Kim (2014, arXiv:1408.5882) counts them.
`sentiment_sst_binary` is Tensor2Tensor's: the 67,349 phrases for training that GLUE has, and the
same 872 sentences. GLUE's test set has no labels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import download, text_files, tfds_source
from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError
from t2t_lite.problems import nli, text_problems
from t2t_lite.problems.base import DatasetSplit, splits
from t2t_lite.problems.text_problems import VocabType

_URL = (
    "https://raw.githubusercontent.com/clairett/pytorch-sentiment-classification/master/data/SST2/"
)
_SHA256 = {
    "train.tsv": "ec192f833a64da08f475488a77b0d0b47db47acd0f458bd18433fc793b569920",
    "dev.tsv": "eddea6b39e601dd4e7a672b53cc40fdf6019fa80522f351206c24340ca5d9359",
    "test.tsv": "831169c7e2e429d6026e1bdbb542f33b636e3e596caad9602ebc953c205928b7",
}
_GLUE = Source(  # checksum: tensorflow_datasets 4.9.10, glue
    "https://dl.fbaipublicfiles.com/glue/data/SST-2.zip",
    "d67e16fb55739c1b32cdce9877596db1c127dc322d93c082281f64057c16deaa",
)


class SentimentSST(text_problems.Text2ClassProblem):
    """A sentence or phrase, and whether it is positive; a subclass says where they are."""

    class_labels: Any = ("neg", "pos")

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for place, text, label in self.rows(tmp_dir, dataset_split):
            if label not in ("0", "1"):
                raise T2TError(f"{place}: the class is 0 or 1, not {label!r}.")
            yield {"inputs": text.strip(), "label": int(label)}

    def rows(self, tmp_dir: str, dataset_split: str) -> Iterator[tuple[str, str, str]]:
        """(place for errors, text, class) of a split."""
        raise NotImplementedError


@registry.register_problem
class SentimentSst2(SentimentSST):
    """Is a sentence of a film review positive? 6,920 for training (SST-2, whole sentences).

    `train.tsv`, `dev.tsv` and `test.tsv` are looked for in --tmp_dir and in `sst2` there, else
    downloaded. A line is a sentence, a tab, and 0 or 1.
    """

    approx_vocab_size = 2**13
    dataset_splits: Any = splits(train=1, test=1)

    def rows(self, tmp_dir: str, dataset_split: str) -> Iterator[tuple[str, str, str]]:
        name = f"{dataset_split}.tsv"
        path = download.find_or_download(tmp_dir, name, _URL + name, _SHA256[name], "sst2")
        for number, line in enumerate(text_files.lines(path), 1):
            place = f"{path}, line {number}"
            cells = line.split("\t")
            if len(cells) != 2:
                raise T2TError(
                    f"{place}: expected a sentence, a tab and its class, found "
                    f"{len(cells) - 1} tabs."
                )
            yield place, cells[0], cells[1].strip()


@registry.register_problem
class SentimentSst2Characters(SentimentSst2):
    """Is a sentence of a film review positive? In bytes (SST-2, whole sentences)."""

    vocab_type = VocabType.CHARACTER


@registry.register_problem
class SentimentSSTBinary(SentimentSST):
    """Is a phrase of a film review positive? 67,349 for training (SST-2 as in GLUE).

    Read from `SST-2.zip` or its folder `SST-2` in --tmp_dir, or what tensorflow_datasets has of
    `glue/sst2`, else downloaded.
    """

    approx_vocab_size = 2**14

    def rows(self, tmp_dir: str, dataset_split: str) -> Iterator[tuple[str, str, str]]:
        table = "SST-2/train.tsv" if dataset_split == DatasetSplit.TRAIN else "SST-2/dev.tsv"
        if not _GLUE.is_here(tmp_dir, table) and tfds_source.is_prepared("glue/sst2", tmp_dir):
            found = tfds_source.examples("glue/sst2", dataset_split, tmp_dir, _GLUE.filename)
            for example in found:
                yield "glue/sst2", example["sentence"], str(example["label"])
            return
        for number, cells in nli.rows(_GLUE, tmp_dir, table, ("sentence", "label")):
            yield f"{table}, line {number}", cells[0], cells[1]


@registry.register_problem
class SentimentSSTBinaryCharacters(SentimentSSTBinary):
    """Is a phrase of a film review positive? In bytes (SST-2 as in GLUE)."""

    vocab_type = VocabType.CHARACTER
