"""Anybody's sounds, with classes or with transcripts; no code is needed.

    t2t-trainer --generate_data --problem=speech_folder --tmp_dir=my/sounds --data_dir=… …

See `t2t_lite/data/sound_folders.py` for what --tmp_dir can be, and which sound is in which split.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data.sound_folders import SoundFolder, Transcripts
from t2t_lite.errors import T2TError
from t2t_lite.problems.audio import Audio2ClassProblem, SpeechRecognitionProblem
from t2t_lite.problems.base import splits
from t2t_lite.problems.class_folder import ClassFolder


@registry.register_problem
class SpeechFolder(ClassFolder, Audio2ClassProblem):
    """Your own sounds, in a directory or archive (--tmp_dir) with one folder per class.

    The names of the classes are kept beside the data; sounds are brought to 16 kHz.
    """

    folder_class = SoundFolder
    dataset_splits: Any = splits(train=10, dev=1, test=1)

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for member, content in SoundFolder(tmp_dir).read(dataset_split):
            yield {"sound": content, "label": member.label, "name": member.path}


@registry.register_problem
class SpeechTranscripts(SpeechRecognitionProblem):
    """Your own sounds with what is said in them: X.wav and X.txt, or a metadata.csv (--tmp_dir).

    The text is spelt in bytes; sounds are brought to 16 kHz.
    """

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        found = Transcripts(tmp_dir)
        counts = found.counts()
        if not counts[dataset_split]:
            raise T2TError(
                f"{found.path} has too few sounds ({sum(counts.values())}) to hold some out for "
                f"'{dataset_split}'. Make folders train/, dev/ and test/."
            )
        for names, what in (
            (found.lacking, "are in a table, but not there"),
            (found.ignored, "have no transcript, and are ignored"),
        ):
            if names and dataset_split == self.split_names()[0]:
                print(
                    f"{self.name}: {len(names)} sounds {what}, such as {names[0]}", file=sys.stderr
                )
        for utterance, content in found.read(dataset_split):
            yield {"sound": content, "transcript": utterance.text, "name": utterance.path}
