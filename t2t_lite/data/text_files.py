"""Reading text files: strict UTF-8, lines end at "\\n" only, `.gz` is unpacked."""

from __future__ import annotations

import gzip
import itertools
import os
import pathlib
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from t2t_lite.errors import T2TError

DAMAGED = (OSError, EOFError, zlib.error, tarfile.TarError, zipfile.BadZipFile)
"""What reading raises when a file or an archive is cut off, or is not what its name says."""


def lines(path: str | os.PathLike) -> Iterator[str]:
    """The lines of a file without "\\n" or "\\r\\n"; a byte order mark at its start is dropped.

    Raises:
      T2TError: missing, empty, damaged, or not UTF-8 (with the line's number).
    """
    try:
        with open(path, "rb") as file:
            yield from lines_of(file, str(path))
    except FileNotFoundError as error:
        raise T2TError(f"There is no file {path}.") from error
    except OSError as error:
        raise T2TError(f"Cannot read {path}: {error}.") from error


def lines_of(file: IO[bytes], name: str) -> Iterator[str]:
    """The lines of an open file, as `lines` reads them; `name` is for errors and may end in .gz.

    Raises:
      T2TError: empty, damaged, or not UTF-8 (with the line's number).
    """
    number = 0
    content = gzip.GzipFile(fileobj=file) if name.endswith(".gz") else file
    try:
        for number, line in enumerate(content, 1):
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            yield line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise T2TError(
            f"{name}, line {number}: this is not UTF-8 (byte {error.start + 1} of the line is "
            f"0x{error.object[error.start]:02x}). Convert the file, e.g. with iconv."
        ) from error
    except DAMAGED as error:
        raise T2TError(f"Cannot read {name} after line {number}: {error}.") from error
    if number == 0:
        raise T2TError(f"{name} is empty.")


def text_of(file: IO[bytes], name: str) -> str:
    """All text of an open file; T2TError if it is damaged or not UTF-8."""
    try:
        return file.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise T2TError(
            f"{name} is not UTF-8 (its byte {error.start + 1} is "
            f"0x{error.object[error.start]:02x}). Convert it, e.g. with iconv."
        ) from error
    except DAMAGED as error:
        raise T2TError(f"Cannot read {name}: {error}.") from error


def look_for(
    directory: str | os.PathLike, filename: str, subfolder: str = ""
) -> pathlib.Path | None:
    """The file, plain or with `.gz`, in `directory` or in `subfolder` of it; None if it is not."""
    for place in (pathlib.Path(directory), pathlib.Path(directory, subfolder)):
        for candidate in (place / filename, place / f"{filename}.gz"):
            if candidate.is_file():
                return candidate
    return None


def find(directory: str | os.PathLike, filename: str) -> pathlib.Path:
    """The file, plain or with `.gz`, in `directory`; T2TError if it is not there."""
    if path := look_for(directory, filename):
        return path
    raise T2TError(
        f"There is no file {filename} (or {filename}.gz) in {directory}. Is --tmp_dir right?"
    )


def parallel_lines(
    directory: str | os.PathLike, source: str, target: str
) -> Iterator[tuple[str, str]]:
    """Pairs of lines of two files in `directory`, each plain or with `.gz`.

    Raises:
      T2TError: as `lines`; or the files differ in length (it tells both).
    """
    paths = find(directory, source), find(directory, target)
    return pairs(lines(paths[0]), lines(paths[1]), (str(paths[0]), str(paths[1])))


def pairs(
    first: Iterator[str], second: Iterator[str], names: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    """Reads two files side by side; T2TError if they differ in length (it tells both)."""
    for count, (left, right) in enumerate(itertools.zip_longest(first, second)):
        if left is None or right is None:
            rest = 1 + max(sum(1 for _ in reader) for reader in (first, second))
            counts = [count + rest * (line is not None) for line in (left, right)]
            raise T2TError(
                f"Parallel files must have equally many lines: {names[0]} has {counts[0]}, "
                f"{names[1]} has {counts[1]}."
            )
        yield left, right
