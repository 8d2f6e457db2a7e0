"""Questions about paragraphs of Wikipedia: SQuAD 1.1 (Rajpurkar et al. 2016, arXiv:1606.05250).

As in Tensor2Tensor, the files hold the question (`inputs`), the paragraph (`context`) and the first
of the answers (`targets`) that people gave.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import text_files
from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit, splits

_URL = "https://rajpurkar.github.io/SQuAD-explorer/dataset/"
_SOURCES = {  # checksums: tensorflow_datasets 4.9.10, squad
    DatasetSplit.TRAIN: Source(
        f"{_URL}train-v1.1.json",
        "3527663986b8295af4f7fcdff1ba1ff3f72d07d61a20f487cb238a6ef92fd955",
    ),
    DatasetSplit.EVAL: Source(
        f"{_URL}dev-v1.1.json",
        "95aa6a52d5d6a735563366753ca50492a658031da74f301ac5238b03966972c9",
    ),
}


@registry.register_problem
class Squad(text_problems.QuestionAndContext2TextProblem):
    """Answer a question about a paragraph by a part of it: 87,599 for training (SQuAD 1.1)."""

    approx_vocab_size = 2**15

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for question, context, answer in questions(_SOURCES[dataset_split], tmp_dir):
            yield {"inputs": question, "context": context, "targets": answer}


@registry.register_problem
class SquadConcat(Squad):
    """The same as squad, whose data it uses; for Tensor2Tensor, whose squad hid the paragraph."""

    def dataset_filename(self) -> str:
        return "squad"


@registry.register_problem
class SquadText2text(text_problems.Text2TextProblem):
    """Answer a question about a paragraph, "squad context: … question: …" (SQuAD 1.1)."""

    approx_vocab_size = 2**15
    dataset_splits: Any = splits(train=100)

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for question, context, answer in questions(_SOURCES[dataset_split], tmp_dir):
            inputs = f"squad context: {context} question: {question}"
            yield {"inputs": inputs, "targets": answer}


def questions(source: Source, tmp_dir: str) -> Iterator[tuple[str, str, str]]:
    """(question, paragraph, first answer) in the file's order.

    Raises:
      T2TError: the file is not JSON, or not made as SQuAD 1.1 is.
    """
    path = source.path(tmp_dir)
    try:
        with open(path, "rb") as file:
            articles = json.loads(text_files.text_of(file, str(path)))["data"]
        for paragraph in (p for article in articles for p in article["paragraphs"]):
            for question in paragraph["qas"]:
                answer = question["answers"][0]["text"]
                text = question["question"].strip()
                yield text, paragraph["context"].strip(), answer.strip()
    except json.JSONDecodeError as error:
        raise T2TError(f"{path}, line {error.lineno}: this is not JSON ({error.msg}).") from error
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise T2TError(
            f"{path} is not made as the files of SQuAD 1.1 are ({type(error).__name__}: {error}). "
            "Those of SQuAD 2.0 have questions without answers."
        ) from error
