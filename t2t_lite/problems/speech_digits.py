"""Spoken digits, alone and in strings (Free Spoken Digit Dataset, Jackson et al., CC BY-SA 4.0).

In --tmp_dir is looked for `recordings.tar.gz`, then the data set's own archive, then a folder
`recordings`, with files `recordings/DIGIT_SPEAKER_TAKE.wav`, 8 kHz. As its authors say, takes 0
to 4 are for testing; of the others 5 and 6 are "dev", and all from 7 on are for training.
"""

from __future__ import annotations

import collections
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from t2t_lite import registry
from t2t_lite.data import sounds
from t2t_lite.data.sources import Source
from t2t_lite.problems.audio import Audio2ClassProblem, SpeechRecognitionProblem
from t2t_lite.problems.base import DatasetSplit, SpaceID, splits
from t2t_lite.text.encoder import TextEncoder
from t2t_lite.text.token_encoder import TokenTextEncoder

RATE = 8000
_SOURCE = Source(
    "https://codeload.github.com/Jakobovski/free-spoken-digit-dataset/tar.gz/refs/tags/v1.0.10",
    also=("recordings.tar.gz", "free-spoken-digit-dataset-1.0.10.tar.gz"),
)
_TAKES = {
    DatasetSplit.TEST: range(5),
    DatasetSplit.EVAL: range(5, 7),
    DatasetSplit.TRAIN: range(7, 10**9),
}
_NAME = re.compile(r"(\d)_(\w+)_(\d+)\.wav$")


def recordings(tmp_dir: str, split: str) -> Iterator[tuple[str, str, bytes, str]]:
    """(digit, speaker, content of the file, its name) of a split's recordings."""
    for name, file in _SOURCE.files(tmp_dir, "*recordings/*.wav"):
        match = _NAME.search(name)
        if match and int(match[3]) in _TAKES[split]:
            yield match[1], match[2], file.read(), name


@registry.register_problem
class SpeechDigits(Audio2ClassProblem):
    """Which digit is said, by 6 speakers: takes 7 and up for training, 5 and 6 dev, 0 to 4 test."""

    sample_rate = RATE
    source_folder = "fsdd"
    num_classes = 10
    dataset_splits: Any = splits(train=1, dev=1, test=1)

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for digit, _, content, name in recordings(tmp_dir, dataset_split):
            yield {"sound": content, "label": digit, "name": name}


@registry.register_problem
class SpeechDigitStrings(SpeechRecognitionProblem):
    """Strings of 1 to 5 spoken digits, put together from the recordings of one speaker.

    Each of a split's strings is of that split's takes. Between digits are up to a quarter of a
    second of silence. The targets are the digits, one id each, so the word error rate is that of
    digits.
    """

    sample_rate = RATE
    source_folder = "fsdd"
    train_shards = 4
    longest: Any = 5
    """Digits of a string, at most."""
    longest_silence: Any = 0.25
    """Seconds between two digits, at most."""
    sizes: Any = {DatasetSplit.TRAIN: 3000, DatasetSplit.EVAL: 200, DatasetSplit.TEST: 300}
    """Strings of each split."""

    def feature_encoders(self, data_dir: str) -> dict[str, TextEncoder]:
        return {"targets": TokenTextEncoder(["<pad>", "<EOS>", *"0123456789"], replace_oov=None)}

    def hparams(self, defaults, model_hparams) -> None:
        super().hparams(defaults, model_hparams)
        defaults.target_space_id = SpaceID.DIGIT_0

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        spoken = self._spoken(tmp_dir, dataset_split)
        speakers = sorted(spoken)
        for number in range(self.sizes[dataset_split]):
            rng = np.random.default_rng([self.seed, len(dataset_split), number])
            own = spoken[speakers[rng.integers(len(speakers))]]
            parts: list[np.ndarray] = []
            digits: list[str] = []
            for _ in range(rng.integers(1, self.longest + 1)):
                digit, samples = own[rng.integers(len(own))]
                if parts:
                    silence = rng.integers(int(self.longest_silence * RATE) + 1)
                    parts.append(np.zeros(silence, np.float32))
                parts.append(samples)
                digits.append(digit)
            sound = sounds.Sound(np.concatenate(parts), RATE)
            yield {"sound": sound, "transcript": " ".join(digits), "name": f"string {number}"}

    def _spoken(self, tmp_dir: str, split: str) -> dict[str, list[tuple[str, np.ndarray]]]:
        """Speaker -> digits and samples of the split's recordings, by their files' names."""
        spoken: dict[str, list] = collections.defaultdict(list)
        found = sorted(recordings(tmp_dir, split), key=lambda row: row[3].rsplit("/", 1)[-1])
        for digit, speaker, content, name in found:
            try:
                sound = sounds.of_file(content).at_rate(RATE)
            except sounds.UnreadableError as error:
                self._report({"name": name}, f"left out, for {error}")
                continue
            spoken[speaker].append((digit, sound.samples))
        return spoken
