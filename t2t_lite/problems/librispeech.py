"""LibriSpeech: 960 hours of read books in English (Panayotov et al. 2015), 16 kHz.

By tensorflow_datasets, which downloads it. Names, splits and targets (bytes of capital letters) are
Tensor2Tensor's; a directory that it made is read as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import tfds_source
from t2t_lite.problems import audio
from t2t_lite.problems.base import DatasetSplit


@registry.register_problem
class Librispeech(audio.SpeechRecognitionProblem):
    """LibriSpeech, all of it: 960 hours; dev and test have clean and other speech."""

    train_shards = 100
    parts: Any = {
        DatasetSplit.TRAIN: ("train_clean100", "train_clean360", "train_other500"),
        DatasetSplit.EVAL: ("dev_clean", "dev_other"),
        DatasetSplit.TEST: ("test_clean", "test_other"),
    }
    """Parts of each split, as tensorflow_datasets calls them."""

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for part in self.parts[dataset_split]:
            for example in tfds_source.examples(
                "librispeech", part, tmp_dir, "a prepared librispeech/ of tensorflow_datasets"
            ):
                yield {
                    "sound": example["speech"],
                    "transcript": example["text"],
                    "name": example["id"],
                }


@registry.register_problem
class LibrispeechClean(Librispeech):
    """LibriSpeech's clean speech: 460 hours."""

    parts: Any = {
        DatasetSplit.TRAIN: ("train_clean100", "train_clean360"),
        DatasetSplit.EVAL: ("dev_clean",),
        DatasetSplit.TEST: ("test_clean",),
    }


@registry.register_problem
class LibrispeechCleanSmall(LibrispeechClean):
    """LibriSpeech's clean speech: 100 hours."""

    parts: Any = LibrispeechClean.parts | {DatasetSplit.TRAIN: ("train_clean100",)}


@registry.register_problem
class LibrispeechNoisy(Librispeech):
    """LibriSpeech's other, more difficult speech: 500 hours."""

    parts: Any = {
        DatasetSplit.TRAIN: ("train_other500",),
        DatasetSplit.EVAL: ("dev_other",),
        DatasetSplit.TEST: ("test_other",),
    }


@registry.register_problem
class LibrispeechTrainFullTestClean(audio.TrainedOnAll):
    """LibriSpeech: trained on all 960 hours, evaluated on clean speech."""

    train_problem = "librispeech"
    eval_problem = "librispeech_clean"


@registry.register_problem
class LibrispeechTrainFullTestOther(audio.TrainedOnAll):
    """LibriSpeech: trained on all 960 hours, evaluated on other, more difficult speech."""

    train_problem = "librispeech"
    eval_problem = "librispeech_noisy"
