"""Pictures in one folder per class: a directory, or an archive of one."""

from __future__ import annotations

import collections
import contextlib
import hashlib
import os
import pathlib
import tarfile
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from t2t_lite.data import text_files
from t2t_lite.errors import T2TError

PICTURES = (".jpg", ".jpeg", ".jpe", ".png", ".gif", ".bmp", ".webp", ".tif", ".tiff", "")
"""Endings of files that are looked into; the others are ignored."""

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")

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
    folders for "dev" or "test", a tenth of the training pictures is each, by a hash of their paths:
    so what a picture is does not depend on the others.
    """

    def __init__(self, place: str | os.PathLike):
        """T2TError: there are no such pictures."""
        self.path = _directory_or_archive(pathlib.Path(place))
        with _naming(self.path):
            names = sorted(_names(self.path))
        paths = [name for name in names if _ending(name) in PICTURES]
        self.ignored = [name for name in names if _ending(name) not in PICTURES]
        depth = _depth_of_classes(paths)
        self._depth = depth
        self.members: list[Member] = []
        has_splits = _has_splits(paths, depth)
        for path in paths:
            parts = path.split("/")[depth:]
            if len(parts) < 2 + has_splits:  # a picture outside all classes
                self.ignored.append(path)
                continue
            split = SPLITS[parts[0].lower()] if has_splits else "train"
            self.members.append(Member(path, split, parts[int(has_splits)]))
        if not self.members:
            raise T2TError(
                f"{place} holds no pictures in folders, one per class. Is --tmp_dir right? It can "
                f"be a directory or an archive ({', '.join(ARCHIVES)})."
            )
        self._hold_out()

    @property
    def labels(self) -> list[str]:
        """Names of the classes, sorted."""
        return sorted({member.label for member in self.members})

    def read(self, split: str) -> Iterator[tuple[Member, bytes]]:
        """The pictures of a split and their files' contents, in order; T2TError if damaged."""
        wanted = {member.path: member for member in self.members if member.split == split}
        with _naming(self.path):
            for path, content in _contents(self.path, wanted):
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
                number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") / 2**64
                which = int(number / HELD_OUT)
                split = lacking[which] if which < len(lacking) else "train"
                self.members[i] = member._replace(split=split)


def _directory_or_archive(place: pathlib.Path) -> pathlib.Path:
    if place.is_file() or not place.is_dir():
        if not place.is_file() or not place.name.lower().endswith(ARCHIVES):
            raise T2TError(
                f"{place} is no directory and no archive ({', '.join(ARCHIVES)}). Is --tmp_dir "
                "right?"
            )
        return place
    visible = [path for path in sorted(place.iterdir()) if not path.name.startswith(".")]
    archives = [path for path in visible if path.name.lower().endswith(ARCHIVES)]
    if any(path.is_dir() for path in visible) or not archives:
        return place
    if len(archives) > 1:
        raise T2TError(
            f"{place} holds several archives, such as {archives[0].name} and {archives[1].name}. "
            "Give the path of one of them as --tmp_dir."
        )
    return archives[0]


@contextlib.contextmanager
def _naming(path: pathlib.Path) -> Iterator[None]:
    try:
        yield
    except text_files.DAMAGED as error:
        raise T2TError(f"Cannot read {path}: {error}.") from error


def _is_zip(path: pathlib.Path) -> bool:
    return path.name.lower().endswith(".zip")


def _names(path: pathlib.Path) -> Iterator[str]:
    """The files of a directory or an archive, but hidden ones, with / between the parts."""
    if path.is_dir():
        found = [
            os.path.relpath(os.path.join(root, name), path).replace(os.sep, "/")
            for root, _, names in os.walk(path, followlinks=True)
            for name in names
        ]
    elif _is_zip(path):
        with zipfile.ZipFile(path) as archive:
            found = [info.filename for info in archive.infolist() if not info.is_dir()]
    else:
        with tarfile.open(path, "r|*") as tar:
            found = [member.name for member in tar if member.isfile()]
    for name in found:
        name = name.removeprefix("./")
        if not any(part.startswith((".", "__MACOSX")) for part in name.split("/")):
            yield name


def _contents(path: pathlib.Path, wanted) -> Iterator[tuple[str, bytes]]:
    """The files of those names."""
    if path.is_dir():
        for name in wanted:
            yield name, (path / name).read_bytes()
    elif _is_zip(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.removeprefix("./") in wanted:
                    yield name.removeprefix("./"), archive.read(name)
    else:
        with tarfile.open(path, "r|*") as tar:
            for member in tar:
                name = member.name.removeprefix("./")
                if member.isfile() and name in wanted:
                    file = tar.extractfile(member)
                    assert file is not None  # as it is a file
                    yield name, file.read()


def _ending(name: str) -> str:
    return os.path.splitext(name)[1].lower()


def _depth_of_classes(paths: list[str]) -> int:
    """How many folders lie around all others."""
    folders = [path.split("/")[:-1] for path in paths if "/" in path]
    depth = 0
    while folders and all(len(f) > depth + 1 and f[depth] == folders[0][depth] for f in folders):
        depth += 1
    return depth


def _has_splits(paths: list[str], depth: int) -> bool:
    """Whether the first folders are splits, with classes in them."""
    folders = [parts for path in paths if len(parts := path.split("/")[depth:]) > 1]
    return bool(folders) and all(len(f) > 2 and f[0].lower() in SPLITS for f in folders)
