"""Multi30k: descriptions of images in four languages (Elliott et al., 2016; Barrault et al., 2018).

Task 1, not tokenised: 29,000 training pairs, 1,014 for development, and the tests "test" (2016,
1,000) and "test_2017" (1,000; not in Czech). The files `train.en.gz` and so on are looked for in
--tmp_dir and in `multi30k` there, with or without `.gz`, else they are downloaded.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import download
from t2t_lite.problems import text_problems, translate
from t2t_lite.problems.base import DatasetSplit, splits

_URL = "https://raw.githubusercontent.com/multi30k/dataset/master/data/task1/raw/"

_FILES = {
    DatasetSplit.TRAIN: "train",
    DatasetSplit.EVAL: "val",
    DatasetSplit.TEST: "test_2016_flickr",
    "test_2017": "test_2017_flickr",
}

_SHA256 = {
    "test_2016_flickr.cs.gz": "200a4a74cc9560f051924abb9803be008d1908d77f747e9141aeb86dfd2797f1",
    "test_2016_flickr.de.gz": "9204244e408ccb38d2a55cfcd344df15005fc42a07a6e55ca6c52b6ababb8cc8",
    "test_2016_flickr.en.gz": "611d361c6334bc7246101d48097c13cf5c4413c5befc793cc629934359d532d9",
    "test_2016_flickr.fr.gz": "6d326e188d259fb1d04ac19eae3af956559b3a0b93d7635e56c90987c40c8b90",
    "test_2017_flickr.de.gz": "a2c89666db00c495cd8513b9d708d5a3acc205d7de312ef2bf5fb7ebc1540aee",
    "test_2017_flickr.en.gz": "76a444ee25172e72695cddb13ae4a3bda59430617be88e0bb46b60504f054074",
    "test_2017_flickr.fr.gz": "3ba671ceb2299f3304ffafefea7a833d08632fbaf0ba18546f8a2ec2391af496",
    "train.cs.gz": "a65adb8b32e3bc664f21ecba7a6e7f6950fd1f405e135f7c312faabdb6255077",
    "train.de.gz": "726e39b2fa9eb9ffb6dc763fb35a179f80fae06ffc5d28b6ace5faa883de28a6",
    "train.en.gz": "d79cfa999dd4c51d2cb42499b6796d5a882c3a8a961923c25a898c90f8bbd56f",
    "train.fr.gz": "622e75069e9f4c577425c4f277116ce66e63a2401c0a2312d90073cb12379a3c",
    "val.cs.gz": "b63226e05c4bd5dd6a42897d74b86a1b9d2c31498252c572b1ea7f7996927fcc",
    "val.de.gz": "f0cba2f995189cf5770f29a8a9a537a3ad3f51657ad873405082ff6863a5e75a",
    "val.en.gz": "14f7d25ddd868909a9213e361768460edcacdd6ab9d1e77b92560dc10c10dc28",
    "val.fr.gz": "ca3106f1a72390591d25f6c45cb4cd39dec4cd3f123e099748a3ce5256c160e9",
}


class TranslateMulti30k(translate.TranslateProblem):
    """Image descriptions; a subclass names the target language."""

    approx_vocab_size = 2**13
    dataset_splits: Any = splits(test=1, test_2017=1)

    def source_file(self, tmp_dir: str, dataset_split: str, language: str) -> pathlib.Path:
        """The file of a split's lines in one language, downloaded if need be."""
        name = f"{_FILES[dataset_split]}.{language}.gz"
        return download.find_or_download(tmp_dir, name, _URL + name, _SHA256[name], "multi30k")

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        source, target = (
            self.source_file(tmp_dir, dataset_split, language)
            for language in (self.source_language, self.target_language)
        )
        return text_problems.text2text_txt_iterator(source, target)

    def manifest_extras(self) -> dict[str, Any]:
        return {"source": _URL}


@registry.register_problem
class TranslateEndeMulti30k(TranslateMulti30k):
    """English to German image descriptions (Multi30k): 29,000 training pairs."""

    target_language = "de"


@registry.register_problem
class TranslateEnfrMulti30k(TranslateMulti30k):
    """English to French image descriptions (Multi30k): 29,000 training pairs."""

    target_language = "fr"


@registry.register_problem
class TranslateEncsMulti30k(TranslateMulti30k):
    """English to Czech image descriptions (Multi30k): 29,000 training pairs; no test of 2017."""

    target_language = "cs"
    dataset_splits = TranslateMulti30k.dataset_splits[:3]
