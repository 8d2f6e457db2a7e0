"""Summaries of news: CNN and Daily Mail (Hermann et al., 2015; See et al. 2017, arXiv:1704.04368).

As in Tensor2Tensor: the input is a story's sentences, the target its highlights, each joined by
blanks; a line that does not end like a sentence gets a full stop; lists of addresses say which
story belongs to which split, and a story is the file that is named by its address' SHA-1.

The archives `cnn_stories.tgz` and `dailymail_stories.tgz` are looked for in --tmp_dir (or the
folders `cnn` and `dailymail`). They lie on Google Drive, which gives files of their size to no
program that just asks: if neither is there, tensorflow_datasets' `cnn_dailymail` is the source,
which has the same texts.
"""

from __future__ import annotations

import hashlib
import itertools
import pathlib
from collections.abc import Iterable, Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import text_files, tfds_source
from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit, splits

_ARCHIVES = {
    Source("cnn_stories.tgz"): "cnn/stories/*.story",
    Source("dailymail_stories.tgz"): "dailymail/stories/*.story",
}
_LISTS_URL = "https://raw.githubusercontent.com/abisee/cnn-dailymail/master/url_lists/"
_LISTS = {  # checksums: tensorflow_datasets 4.9.10, cnn_dailymail
    DatasetSplit.TRAIN: Source(
        f"{_LISTS_URL}all_train.txt",
        "a5cee49f3a6c862c26ce29308236d2a99625ab6c86a43be22d5206b2790d8029",
    ),
    DatasetSplit.EVAL: Source(
        f"{_LISTS_URL}all_val.txt",
        "81887e982b045083409c6ee838aede8ff4b97291605bcfb21bffc456a16991db",
    ),
    DatasetSplit.TEST: Source(
        f"{_LISTS_URL}all_test.txt",
        "c4f5efb5ec2126430a5c156efbd13d0e9c4cb490169e552c38b4a51981a009bd",
    ),
}
_HIGHLIGHT = "@highlight"
_ENDS = (".", "!", "?", "'", "`", '"', "\u2019", "\u201d", ")")  # how a sentence may end


@registry.register_problem
class SummarizeCnnDailymail32k(text_problems.Text2TextProblem):
    """Summarise articles of CNN and Daily Mail by their highlights: 287,113 for training."""

    approx_vocab_size = 2**15
    dataset_splits: Any = splits(train=100, dev=10, test=10)

    def generate_text_for_vocab(self, data_dir: str, tmp_dir: str) -> Iterator[str]:
        # Articles have 4,000 characters: one in eleven is enough, and fits into memory. Articles
        # and highlights come in turn, and an odd step takes both.
        return itertools.islice(super().generate_text_for_vocab(data_dir, tmp_dir), 0, None, 11)

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        if any(source.is_here(tmp_dir, pattern) for source, pattern in _ARCHIVES.items()):
            return _samples_of_stories(tmp_dir, _LISTS[dataset_split])
        return _samples_of_tfds(tmp_dir, dataset_split)


def _samples_of_tfds(tmp_dir: str, dataset_split: str) -> Iterator[dict]:
    instead = " and ".join(source.filename for source in _ARCHIVES)
    for example in tfds_source.examples("cnn_dailymail", dataset_split, tmp_dir, instead):
        yield {
            "inputs": example["article"],
            "targets": example["highlights"].replace("\n", " "),
        }


def _samples_of_stories(tmp_dir: str, addresses: Source) -> Iterator[dict]:
    """The stories of a list of addresses, in the archives' order."""
    missing = {story_id(line) for line in text_files.lines(addresses.path(tmp_dir))}
    for source, pattern in _ARCHIVES.items():
        for name, file in source.files(tmp_dir, pattern):
            identifier = pathlib.PurePath(name).stem
            if identifier not in missing:
                continue
            missing.remove(identifier)
            article, highlights = parse_story(text_files.text_of(file, name).split("\n"))
            if article and highlights:  # some have only one of them
                yield {"inputs": article, "targets": highlights}
    if missing:
        archives = " and ".join(source.filename for source in _ARCHIVES)
        raise T2TError(
            f"{len(missing):,} stories of {addresses.filename} are not in {archives}, such as "
            f"{min(missing)}.story: is one of them incomplete?"
        )


def story_id(address: str) -> str:
    """What the file of a story is named by."""
    return hashlib.sha1(address.strip().encode()).hexdigest()


def parse_story(lines: Iterable[str]) -> tuple[str, str]:
    """The article and the highlights, which come after lines "@highlight" at the end."""
    article: list[str] = []
    highlights: list[str] = []
    current = article
    for line in map(str.strip, lines):
        if line.startswith(_HIGHLIGHT):
            current = highlights
        elif line:
            is_complete = line.endswith(_ENDS) or _HIGHLIGHT in line
            current.append(line if is_complete else f"{line}.")
    return " ".join(article), " ".join(highlights)
