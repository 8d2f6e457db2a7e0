"""The files that data sets are published in: found in --tmp_dir, else downloaded; then streamed.

An archive is never unpacked to disk, and no more of it than one block is in memory. What
somebody (such as Tensor2Tensor) unpacked in --tmp_dir is read where the archive is missing.
"""

from __future__ import annotations

import dataclasses
import fnmatch
import os
import pathlib
import tarfile
import zipfile
from collections.abc import Iterator
from typing import IO

from t2t_lite.data import download, text_files
from t2t_lite.errors import T2TError

_WILDCARDS = frozenset("*?[")


@dataclasses.dataclass(frozen=True)
class Source:
    """A published file: an archive (.tar, .tgz, .tar.gz, .zip), or a single file.

    Without a scheme (`cwmt.tgz`), `url` is the name of a file that people must lay in --tmp_dir
    themselves. `sha256` is None where none is known. `also` are other names that it goes by.
    """

    url: str
    sha256: str | None = None
    also: tuple[str, ...] = ()

    @property
    def filename(self) -> str:
        """Its name in --tmp_dir."""
        return self.url.rsplit("/", 1)[-1]

    def find(self, tmp_dir: str | os.PathLike) -> pathlib.Path | None:
        """Where it is in `tmp_dir`, if it is."""
        for name in (self.filename, *self.also):
            path = pathlib.Path(tmp_dir, name)
            if name and path.is_file():
                return path
        return None

    def path(self, tmp_dir: str | os.PathLike) -> pathlib.Path:
        """Where it is; downloaded if need be, T2TError if that cannot be done."""
        found = self.find(tmp_dir)
        if found is None and "://" not in self.url:
            raise T2TError(f"There is no file {self.filename} in {tmp_dir}. Is --tmp_dir right?")
        return found or download.find_or_download(tmp_dir, self.filename, self.url, self.sha256)

    def is_here(self, tmp_dir: str | os.PathLike, pattern: str) -> bool:
        """Whether its files of that name can be read without a download."""
        return self.find(tmp_dir) is not None or bool(_unpacked(tmp_dir, pattern))

    def files(
        self, tmp_dir: str | os.PathLike, pattern: str, count: int | None = None
    ) -> Iterator[tuple[str, IO[bytes]]]:
        """The archive's files of that name: (name for messages, open file until the next one).

        Args:
          pattern: such as "cnn/stories/*.story"; one file if it has no wildcard.
          count: how many there must be; None is one or more.

        Raises:
          T2TError: no such files, or not `count` of them; a damaged archive.
        """
        number = 0
        try:
            for found in self._files(tmp_dir, pattern):
                number += 1
                yield found
                if not _has_wildcard(pattern):
                    return
        except text_files.DAMAGED as error:
            raise T2TError(f"Cannot read {self._place(tmp_dir)}: {error}.") from error
        if not number or number != (count or number):
            wanted = f", not {count}" if count else ""
            raise T2TError(
                f"{self._place(tmp_dir)} holds {number or 'no'} files {pattern}{wanted}: it is "
                f"not complete, or not the file that is published at {self.url}."
            )

    def lines(
        self, tmp_dir: str | os.PathLike, pattern: str, count: int | None = None
    ) -> Iterator[str]:
        """The lines of the archive's files of that name; T2TError as `files` and `lines_of`."""
        for name, file in self.files(tmp_dir, pattern, count):
            yield from text_files.lines_of(file, name)

    def _files(self, tmp_dir: str | os.PathLike, pattern: str) -> Iterator[tuple[str, IO[bytes]]]:
        unpacked = [] if self.find(tmp_dir) else _unpacked(tmp_dir, pattern)
        for path in unpacked:
            with open(path, "rb") as plain:
                yield str(path), plain
        if not unpacked:
            archive = self.path(tmp_dir)
            members = _zip_members if archive.suffix == ".zip" else _tar_members
            for name, file in members(archive, pattern):
                yield f"{archive}/{name}", file

    def _place(self, tmp_dir: str | os.PathLike) -> str:
        return str(self.find(tmp_dir) or tmp_dir)


def _has_wildcard(pattern: str) -> bool:
    return not _WILDCARDS.isdisjoint(pattern)


def _unpacked(tmp_dir: str | os.PathLike, pattern: str) -> list[pathlib.Path]:
    directory = pathlib.Path(tmp_dir)
    paths = directory.glob(pattern) if _has_wildcard(pattern) else [directory / pattern]
    return sorted(path for path in paths if path.is_file())


def _zip_members(path: pathlib.Path, pattern: str) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if fnmatch.fnmatchcase(name, pattern):
                with archive.open(name) as file:
                    yield name, file


def _tar_members(path: pathlib.Path, pattern: str) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(path, "r|*") as archive:
        while (member := archive.next()) is not None:
            # Else it keeps every header, and some archives have 300,000 files.
            archive.members = []  # type: ignore[attr-defined]
            name = member.name.removeprefix("./")
            if member.isfile() and fnmatch.fnmatchcase(name, pattern):
                file = archive.extractfile(member)
                assert file is not None  # as it is a file
                yield name, file
