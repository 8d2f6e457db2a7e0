"""Files are written whole or not at all, and a failure is told in one sentence."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import pathlib
from collections.abc import Iterator

from t2t_lite.errors import T2TError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


def write_error(path: str | os.PathLike, error: OSError) -> T2TError:
    """What to tell somebody when `path` could not be written."""
    if error.errno in _FULL:
        return T2TError(
            f"No room left to write {path}. Free some space and run the same command again, "
            "or choose another directory."
        )
    if error.errno in _FORBIDDEN:
        return T2TError(f"No permission to write {path}. Choose a directory that you may write to.")
    if isinstance(error, FileExistsError | NotADirectoryError):
        return T2TError(f"Cannot write {path}: a part of that path is a file, not a directory.")
    return T2TError(f"Cannot write {path}: {error.strerror or error}.")


@contextlib.contextmanager
def writing(path: str | os.PathLike) -> Iterator[None]:
    """Turns an OSError of the block into a T2TError about writing `path`."""
    try:
        yield
    except OSError as error:
        raise write_error(path, error) from error


def make_directory(path: str | os.PathLike) -> None:
    """Makes a directory and its parents; T2TError if that cannot be done."""
    with writing(path):
        pathlib.Path(path).mkdir(parents=True, exist_ok=True)


def write_bytes(path: str | os.PathLike, content: bytes) -> None:
    """Writes a file under a temporary name, then renames it; T2TError on failure."""
    temporary = f"{path}.{os.getpid()}.tmp"
    with writing(path):
        try:
            with open(temporary, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        finally:
            with contextlib.suppress(OSError):
                os.remove(temporary)


def sha256(path: str | os.PathLike) -> str:
    """Hexadecimal SHA-256 of a file's content."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
