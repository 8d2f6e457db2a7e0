"""Pictures in one folder per class: a directory, or an archive of one."""

from __future__ import annotations

import collections
import hashlib
import itertools
import os
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from t2t_lite.data import places
from t2t_lite.errors import T2TError

PICTURES = (".jpg", ".jpeg", ".jpe", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff", "")
"""Endings of files that are looked into; the others are ignored."""

SPLITS = {
    "train": "train",
    "training": "train",
    "val": "dev",
    "valid": "dev",
    "validation": "dev",
    "dev": "dev",
    "eval": "dev",
    "test": "test",
    "testing": "test",
}
"""Names of subfolders that hold a split -> its name here."""

HELD_OUT = 0.1
"""Share of the pictures that a split gets that has no folder of its own."""


class Member(NamedTuple):
    """A picture's file, and what its place says of it."""

    path: str  # within the directory or archive
    split: str
    label: str


class Folder:
    """The pictures of a place that people name.

    The place is a directory, an archive, or a directory that holds nothing but an archive. In it
    lie folders, one per class, or train/, val/ and test/ with such folders. Where there are no
    folders for "dev" or "test", a tenth of the training pictures is each, by a hash of class and
    name: so what a picture is does not depend on the others.
    """

    endings: tuple[str, ...] = PICTURES
    kind = "pictures"  # for messages

    def __init__(self, place: str | os.PathLike):
        """T2TError: there are no such pictures."""
        self.path = places.directory_or_archive(place)
        with places.naming(self.path):
            names = sorted(places.names(self.path))
        paths = [name for name in names if places.ending(name) in self.endings]
        self.ignored = [name for name in names if places.ending(name) not in self.endings]
        depth = _depth_of_classes(paths)
        has_splits = _has_splits(paths, depth, place)
        self._depth = depth + has_splits  # where the classes are
        self.members: list[Member] = []
        for path in paths:
            parts = path.split("/")
            if len(parts) < self._depth + 2:  # a picture outside all classes
                self.ignored.append(path)
                continue
            split = SPLITS[parts[depth].lower()] if has_splits else "train"
            self.members.append(Member(path, split, parts[self._depth]))
        if not self.members:
            raise T2TError(
                f"{place} holds no {self.kind} in folders, one per class. Is --tmp_dir right? It "
                f"can be a directory or an archive ({', '.join(places.ARCHIVES)})."
            )
        self._hold_out()

    @property
    def labels(self) -> list[str]:
        """Names of the classes, sorted."""
        return sorted({member.label for member in self.members})

    def read(self, split: str) -> Iterator[tuple[Member, bytes]]:
        """The pictures of a split and their files' contents, in order; T2TError if damaged."""
        wanted = {member.path: member for member in self.members if member.split == split}
        with places.naming(self.path):
            for path, content in places.contents(self.path, wanted):
                yield wanted[path], content

    def counts(self) -> dict[str, collections.Counter[str]]:
        """Class -> how many pictures each split has."""
        found: dict[str, collections.Counter[str]] = {}
        for member in self.members:
            found.setdefault(member.label, collections.Counter())[member.split] += 1
        return found

    def _hold_out(self) -> None:
        """Gives some training pictures to those splits that have none."""
        present = {member.split for member in self.members}
        lacking = [split for split in ("dev", "test") if split not in present]
        for i, member in enumerate(self.members):
            if member.split == "train":
                name = member.path.split("/", self._depth)[-1]
                self.members[i] = member._replace(split=held_out(name, lacking))


def held_out(name: str, splits: Sequence[str]) -> str:
    """Which of the splits a training example is given to, by a hash of its name, or "train"."""
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") / 2**64
    which = int(number / HELD_OUT)
    return splits[which] if which < len(splits) else "train"


def _depth_of_classes(paths: list[str]) -> int:
    """How many folders lie around all those that hold no other folder."""
    folders = {tuple(path.split("/")[:-1]) for path in paths if "/" in path}
    outer = {folder[:depth] for folder in folders for depth in range(len(folder))}
    around = [folder[:-1] for folder in folders - outer]
    is_common = (len(set(names)) == 1 for names in zip(*around, strict=False))
    return sum(itertools.takewhile(bool, is_common))


def _has_splits(paths: list[str], depth: int, place: str | os.PathLike) -> bool:
    """Whether the first folders are splits, with classes in them; T2TError if only some are."""
    inner = [parts for path in paths if len(parts := path.split("/")[depth:]) > 1]
    if not any(parts[0].lower() in SPLITS and len(parts) > 2 for parts in inner):
        return False
    names = sorted({parts[0] for parts in inner})
    others = [name for name in names if name.lower() not in SPLITS]
    if others:
        of_splits = ", ".join(name for name in names if name not in others)
        raise T2TError(
            f"{place} has {of_splits}, which are names of splits, and other folders beside them: "
            f"{', '.join(others[:9])}. Take these away, or call them train, dev or test if they "
            f"are splits, too; if all are classes, rename {of_splits}."
        )
    return True
