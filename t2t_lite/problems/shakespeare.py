"""Language models on 1.1 million characters of Shakespeare's plays (Karpathy, char-rnn, 2015).

The text is cut at fixed places: the first 90 % are for training, the next 5 % "dev", the last 5 %
"test". Each split is cut into rows, between which nothing is lost: joined they are the text. A
model sees no further back than the beginning of its row.

`bits_per_character` compares models whatever their symbols are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import download, text_files
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit, splits
from t2t_lite.problems.text_problems import VocabType

_URL = "https://raw.githubusercontent.com/karpathy/char-rnn/master/data/tinyshakespeare/input.txt"
_SHA256 = "86c4e6aa9db7c042ec79f339dcb96d42b0075e16b8fc2e86bf0ca57e2dc565ed"


@registry.register_problem
class LanguagemodelShakespeare(text_problems.Text2SelfProblem):
    """Characters of Shakespeare's plays, in rows of 256: 1,003,854 for training."""

    vocab_type = VocabType.CHARACTER
    dataset_splits: Any = splits(train=1, test=1)
    row_length: Any = 256
    """Characters in a row."""
    size: Any = 1_115_394
    """Characters of the whole text."""
    shares: Any = {DatasetSplit.TRAIN: (0, 90), DatasetSplit.EVAL: (90, 95), "test": (95, 100)}
    """From and to what per cent of the text a split goes."""

    def text(self, tmp_dir: str, dataset_split: str) -> str:
        """The whole text of a split; T2TError if the file is not the published one."""
        path = text_files.look_for(tmp_dir, "input.txt", "shakespeare")
        if path is None:
            path = download.find_or_download(tmp_dir, "input.txt", _URL, _SHA256, "shakespeare")
        text = "".join(f"{line}\n" for line in text_files.lines(path))
        if len(text) != self.size:
            raise T2TError(
                f"{path} has {len(text):,} characters, not {self.size:,}: it is not the file at "
                f"{_URL}."
            )
        start, end = (len(text) * share // 100 for share in self.shares[dataset_split])
        return text[start:end]

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for row in self.rows(self.text(tmp_dir, dataset_split)):
            yield {"targets": row}

    def rows(self, text: str) -> Iterator[str]:
        """A text in rows."""
        for start in range(0, len(text), self.row_length):
            yield text[start : start + self.row_length]


@registry.register_problem
class LanguagemodelShakespeare2k(LanguagemodelShakespeare):
    """Shakespeare's plays in 2,048 subwords, in rows of whole lines of up to 768 characters."""

    vocab_type = VocabType.SUBWORD
    approx_vocab_size = 2**11
    row_length = 768

    def rows(self, text: str) -> Iterator[str]:
        row = ""
        for line in text.splitlines(keepends=True):
            if row and len(row) + len(line) > self.row_length:
                yield row
                row = ""
            row += line
        yield row

    def eval_metrics(self) -> list[str]:
        return [*super().eval_metrics(), "bits_per_character"]
