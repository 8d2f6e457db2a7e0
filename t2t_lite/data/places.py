"""Places that people name: a directory, an archive, or a directory that holds one archive."""

from __future__ import annotations

import contextlib
import os
import pathlib
import tarfile
import zipfile
from collections.abc import Collection, Iterable, Iterator

from t2t_lite.data import text_files
from t2t_lite.errors import T2TError

ARCHIVES = (".zip", ".tar", ".tar.gz", ".tgz")


def directory_or_archive(place: str | os.PathLike) -> pathlib.Path:
    """Where the files are that a place holds; T2TError if there is no such place."""
    place = pathlib.Path(place)
    if not place.is_dir():
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
def naming(path: pathlib.Path) -> Iterator[None]:
    """Within the block, damage to a directory or an archive is a T2TError with its path."""
    try:
        yield
    except text_files.DAMAGED as error:
        raise T2TError(f"Cannot read {path}: {error}.") from error


def _is_zip(path: pathlib.Path) -> bool:
    return path.name.lower().endswith(".zip")


def names(path: pathlib.Path) -> Iterator[str]:
    """The files of a directory or an archive, but hidden ones, with / between the parts."""
    found: Iterable[str]
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


def contents(path: pathlib.Path, wanted: Collection[str]) -> Iterator[tuple[str, bytes]]:
    """Name and content of each of the `wanted` files."""
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


def ending(name: str) -> str:
    """Such as ".wav"; in small letters."""
    return os.path.splitext(name)[1].lower()
