"""Archives as data sets are published in, made by a test."""

from __future__ import annotations

import io
import pathlib
import tarfile
import zipfile
from collections.abc import Mapping

Contents = Mapping[str, str | bytes]


def write_archive(path: pathlib.Path, members: Contents) -> pathlib.Path:
    """A .zip, .tar, .tgz or .tar.gz with these members, in this order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    contents = {name: as_bytes(content) for name, content in members.items()}
    if path.suffix == ".zip":
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
        return path
    with tarfile.open(path, "w" if path.suffix == ".tar" else "w:gz") as archive:
        for name, content in contents.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def write_files(directory: pathlib.Path, files: Contents) -> pathlib.Path:
    """The same, unpacked."""
    for name, content in files.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_bytes(content))
    return directory


def as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
