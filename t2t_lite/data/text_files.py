"""Reading text files: strict UTF-8, lines end at "\\n" only, `.gz` is unpacked."""

from __future__ import annotations

import gzip
import itertools
import os
import pathlib
import zlib
from collections.abc import Iterator

from t2t_lite.errors import T2TError


def lines(path: str | os.PathLike) -> Iterator[str]:
    """The lines of a file without "\\n" or "\\r\\n"; a byte order mark at its start is dropped.

    Raises:
      T2TError: missing, empty, damaged, or not UTF-8 (with the line's number).
    """
    opener = gzip.open if str(path).endswith(".gz") else open
    number = 0
    try:
        with opener(path, "rb") as file:
            for number, line in enumerate(file, 1):
                if number == 1:
                    line = line.removeprefix(b"\xef\xbb\xbf")
                yield line.removesuffix(b"\n").removesuffix(b"\r").decode("utf-8")
    except UnicodeDecodeError as error:
        raise T2TError(
            f"{path}, line {number}: this is not UTF-8 (byte {error.start + 1} of the line is "
            f"0x{error.object[error.start]:02x}). Convert the file, e.g. with iconv."
        ) from error
    except FileNotFoundError as error:
        raise T2TError(f"There is no file {path}.") from error
    except (OSError, EOFError, zlib.error) as error:
        raise T2TError(f"Cannot read {path} after line {number}: {error}.") from error
    if number == 0:
        raise T2TError(f"{path} is empty.")


def find(directory: str | os.PathLike, filename: str) -> pathlib.Path:
    """The file, plain or with `.gz`, in `directory`; T2TError if it is not there."""
    path = pathlib.Path(directory, filename)
    for candidate in (path, path.with_name(path.name + ".gz")):
        if candidate.is_file():
            return candidate
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
    readers = [lines(path) for path in paths]
    for count, (first, second) in enumerate(itertools.zip_longest(*readers)):
        if first is None or second is None:
            rest = 1 + max(sum(1 for _ in reader) for reader in readers)
            counts = [count + rest * (line is not None) for line in (first, second)]
            raise T2TError(
                f"Parallel files must have equally many lines: {paths[0]} has {counts[0]}, "
                f"{paths[1]} has {counts[1]}."
            )
        yield first, second
