"""Translation of talks: IWSLT 2015 (Cettolo et al.), as prepared by Stanford (Luong and Manning).

Names, files and vocabulary are Tensor2Tensor's (data_generators/translate_envi.py). "test" is
ours, the test set of 2013, on which results are published; Tensor2Tensor had none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from t2t_lite import registry
from t2t_lite.data.sources import Source
from t2t_lite.problems import translate
from t2t_lite.problems.base import DatasetSplit, splits
from t2t_lite.problems.translate import Corpus

_URL = "https://github.com/stefan-it/nmt-en-vi/raw/master/data/"

_CORPORA = {
    DatasetSplit.TRAIN: (Source(f"{_URL}train-en-vi.tgz"), ("train.en", "train.vi")),
    DatasetSplit.EVAL: (Source(f"{_URL}dev-2012-en-vi.tgz"), ("tst2012.en", "tst2012.vi")),
    DatasetSplit.TEST: (Source(f"{_URL}test-2013-en-vi.tgz"), ("tst2013.en", "tst2013.vi")),
}


@registry.register_problem
class TranslateEnviIwslt32k(translate.TranslateProblem):
    """English to Vietnamese talks (IWSLT 2015): 133,317 training pairs; dev 2012, test 2013."""

    target_language = "vi"
    approx_vocab_size = 2**15
    dataset_splits: Any = splits(train=100, test=1)

    def source_data_files(self, dataset_split: str) -> Sequence[Corpus]:
        return [_CORPORA[dataset_split]]
