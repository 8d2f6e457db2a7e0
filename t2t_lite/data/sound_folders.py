"""Sounds that people have: in one folder per class, or with what is said in them."""

from __future__ import annotations

import collections
import csv
import io
import os
from collections.abc import Iterator
from typing import NamedTuple

from t2t_lite.data import places, text_files
from t2t_lite.data.image_folders import SPLITS, Folder, held_out
from t2t_lite.errors import T2TError

SOUNDS = (".wav", ".wave")

_TABLES = (".csv", ".tsv")
_TEXT_COLUMNS = ("sentence", "transcript", "transcription", "text", "normalized_text")
_PATH_COLUMNS = ("path", "file", "file_name", "filename", "audio", "wav", "id")
_SUBFOLDERS = ("", "wavs/", "wav/", "clips/", "audio/")


class SoundFolder(Folder):
    """WAV files in one folder per class; places and splits are those of `Folder`."""

    endings = SOUNDS
    kind = "sounds"


class Utterance(NamedTuple):
    """A sound's file, its split, and what is said in it."""

    path: str  # within the directory or archive
    split: str
    text: str


class Transcripts:
    """The sounds of a place, and what is said in them.

    That stands in X.txt beside X.wav, or in tables (.csv, .tsv) with a line for each sound: its
    file and the text, in columns called such as "path" and "sentence", or else in the first and the
    last one. Files are looked for beside the table, also in wavs/ or clips/ there; .wav may be
    missing. Folders or tables called train, dev, test are splits; where there are no dev or test,
    a tenth of the others is each, by a hash of their names.
    """

    def __init__(self, place: str | os.PathLike):
        """T2TError: there are no such sounds."""
        self.path = places.directory_or_archive(place)
        with places.naming(self.path):
            names = sorted(places.names(self.path))
        self._sounds = {name for name in names if places.ending(name) in SOUNDS}
        tables = [name for name in names if places.ending(name) in _TABLES]
        texts = [name for name in names if places.ending(name) == ".txt"]
        self.lacking: list[str] = []
        """Files in tables that are not there."""
        found = self._of_tables(tables) if tables else self._of_texts(texts)
        self.utterances = list({u.path: u for u in found}.values())
        if not self.utterances:
            raise T2TError(
                f"{place} holds no WAV files with transcripts: X.wav with X.txt beside it, or a "
                "metadata.csv or .tsv with a line for each file. Is --tmp_dir right?"
            )
        self.ignored = sorted(self._sounds - {u.path for u in self.utterances})
        """Sounds without a transcript."""
        self._hold_out()

    def read(self, split: str) -> Iterator[tuple[Utterance, bytes]]:
        """The sounds of a split and their files' contents; T2TError if damaged."""
        wanted = {u.path: u for u in self.utterances if u.split == split}
        with places.naming(self.path):
            for path, content in places.contents(self.path, wanted):
                yield wanted[path], content

    def counts(self) -> collections.Counter[str]:
        """How many sounds each split has."""
        return collections.Counter(u.split for u in self.utterances)

    def _texts(self, names: list[str]) -> Iterator[tuple[str, str]]:
        with places.naming(self.path):
            for name, content in places.contents(self.path, set(names)):
                lines = text_files.lines_of(io.BytesIO(content), f"{self.path}/{name}")
                yield name, "\n".join(lines)

    def _of_texts(self, names: list[str]) -> Iterator[Utterance]:
        sounds = {os.path.splitext(name)[0]: name for name in self._sounds}
        wanted = [name for name in names if os.path.splitext(name)[0] in sounds]
        for name, text in sorted(self._texts(wanted)):
            path = sounds[os.path.splitext(name)[0]]
            yield Utterance(path, _split_of(path), text)

    def _of_tables(self, names: list[str]) -> Iterator[Utterance]:
        for name, content in sorted(self._texts(names)):
            table = os.path.splitext(name)[0]
            for file, text in _rows(content, places.ending(name)):
                path = self._find(os.path.dirname(name), file)
                if path is None:
                    self.lacking.append(file)
                else:
                    yield Utterance(path, _split_of(f"{table}/{file}"), text)

    def _find(self, folder: str, file: str) -> str | None:
        """The sound that a table in `folder` calls `file`."""
        start = f"{folder}/" if folder else ""
        stem = os.path.splitext(file)[0] if places.ending(file) in (*SOUNDS, ".mp3") else file
        for subfolder in _SUBFOLDERS:
            for ending in ("", ".wav", ".WAV"):
                name = f"{start}{subfolder}{stem if ending else file}{ending}"
                if name in self._sounds:
                    return name
        return None

    def _hold_out(self) -> None:
        present = self.counts()
        lacking = [split for split in ("dev", "test") if not present[split]]
        for i, utterance in enumerate(self.utterances):
            if utterance.split == "train":
                split = held_out(os.path.basename(utterance.path), lacking)
                self.utterances[i] = utterance._replace(split=split)


def _split_of(path: str) -> str:
    """What the folders say; "train" if nothing."""
    parts = path.lower().split("/")[:-1]
    return next((SPLITS[part] for part in parts if part in SPLITS), "train")


def _rows(content: str, ending: str) -> Iterator[tuple[str, str]]:
    """(file, text) of each line of a table, of whichever kind."""
    first = content.split("\n", 1)[0]
    mark = "\t" if ending == ".tsv" or "\t" in first else "|" if "|" in first else ","
    if mark == ",":
        read = csv.reader(io.StringIO(content))
    else:
        read = csv.reader(io.StringIO(content), delimiter=mark, quoting=csv.QUOTE_NONE)
    rows = [row for row in read if row]
    heading = [cell.strip().lower() for cell in rows[0]] if rows else []
    text = next((heading.index(name) for name in _TEXT_COLUMNS if name in heading), -1)
    file = next((heading.index(name) for name in _PATH_COLUMNS if name in heading), 0)
    for row in rows[1:] if text >= 0 else rows:
        if len(row) > max(file, text, 1 if text < 0 else 0):
            yield row[file].strip(), row[text].strip()
