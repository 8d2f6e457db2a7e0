"""Common Voice: sentences that volunteers read (Ardila et al. 2020, arXiv:1912.06670), in English.

By tensorflow_datasets where it is prepared (for which that needs apache-beam and ffmpeg). Of a
download of one's own, convert the clips to WAV and take `speech_transcripts`. Names are
Tensor2Tensor's, whose version 1 of the data is no longer published.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import tfds_source
from t2t_lite.problems import audio
from t2t_lite.problems.base import DatasetSplit

_INSTEAD = "a prepared common_voice/en of tensorflow_datasets"
RATE = 48000
"""Of the published clips; tensorflow_datasets does not keep it."""


@registry.register_problem
class CommonVoice(audio.SpeechRecognitionProblem):
    """Common Voice in English: what others have checked."""

    train_shards = 100
    parts: Any = {
        DatasetSplit.TRAIN: "train",
        DatasetSplit.EVAL: "validation",
        DatasetSplit.TEST: "test",
    }

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        part = self.parts[dataset_split]
        found = tfds_source.examples("common_voice/en", part, tmp_dir, _INSTEAD)
        for number, example in enumerate(found):
            yield {
                "sound": example["voice"],
                "rate": RATE,
                "transcript": example["sentence"],
                "name": f"{part} {number}",
            }


@registry.register_problem
class CommonVoiceClean(CommonVoice):
    """The same as common_voice, as in Tensor2Tensor."""


@registry.register_problem
class CommonVoiceNoisy(CommonVoice):
    """Common Voice in English: trained on what nobody has checked yet."""

    parts: Any = CommonVoice.parts | {DatasetSplit.TRAIN: "other"}


@registry.register_problem
class CommonVoiceTrainFullTestClean(audio.TrainedOnAll):
    """Common Voice in English: trained on common_voice, evaluated on common_voice_clean."""

    train_problem = "common_voice"
    eval_problem = "common_voice_clean"
