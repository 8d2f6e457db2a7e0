"""Source files: found in --tmp_dir, else downloaded and checked."""

from __future__ import annotations

import contextlib
import http.client
import os
import pathlib
import queue
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Collection

from t2t_lite import files
from t2t_lite.errors import T2TError

_TIMEOUT_SECONDS = 60
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; t2t_lite)"}  # some refuse Python's own


def find_or_download(
    tmp_dir: str | os.PathLike,
    filename: str,
    url: str,
    sha256: str | None = None,
    subfolder: str = "",
) -> pathlib.Path:
    """The path of a source file.

    It is looked for in `tmp_dir` and in `subfolder` of it, also without its `.gz`, and else
    downloaded to `tmp_dir/subfolder`. A file that is found is taken as it is.

    Raises:
      T2TError: it cannot be downloaded, or what comes has another SHA-256.
    """
    names = (filename, filename.removesuffix(".gz"))
    for directory in (pathlib.Path(tmp_dir), pathlib.Path(tmp_dir, subfolder)):
        for name in names:
            if (directory / name).is_file():
                return directory / name
    path = pathlib.Path(tmp_dir, subfolder, filename)
    download(url, path, sha256)
    return path


def maybe_download(directory: str | os.PathLike, filename: str, uri: str) -> str:
    """Tensor2Tensor's name for `find_or_download`, and its kind of path."""
    return str(find_or_download(directory, filename, uri))


def download(url: str, path: str | os.PathLike, sha256: str | None = None) -> None:
    """Writes what is at `url` to `path`, whole or not at all; checks its SHA-256 if given."""
    path = pathlib.Path(path)
    files.make_directory(path.parent)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    print(f"Downloading {url}", flush=True)
    try:
        _fetch(url, temporary)
        found = files.sha256(temporary)
        if sha256 is None:
            print(f"No checksum is known for it; its SHA-256 is {found}", flush=True)
        elif found != sha256:
            raise T2TError(
                f"{url} has SHA-256 {found} where {sha256} was expected: the download was "
                f"damaged or the file has changed. Try again, or lay the right file at {path}."
            )
        os.replace(temporary, path)
    finally:
        with contextlib.suppress(OSError):
            os.remove(temporary)


def _fetch(url: str, path: pathlib.Path) -> None:
    request = urllib.request.Request(url, headers=_HEADERS)
    try:
        with (
            urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS) as response,
            files.writing(path),
            open(path, "wb") as file,
        ):
            while block := response.read(1 << 20):
                file.write(block)
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", error)
        raise T2TError(
            f"Cannot download {url}: {reason}. Lay the file in --tmp_dir and run the command again."
        ) from error


def is_any_there(servers: Collection[str], seconds: float = 10.0) -> bool:
    """Whether one of the addresses answers in time, be it with an error. All are asked at once."""
    answers: queue.SimpleQueue[bool] = queue.SimpleQueue()
    for server in servers:
        # A thread that cannot be stopped, since looking up a name knows no time limit.
        arguments = (server, seconds, answers)
        threading.Thread(target=_ask, args=arguments, daemon=True).start()
    end = time.monotonic() + seconds
    with contextlib.suppress(queue.Empty):
        return any(answers.get(timeout=max(0.0, end - time.monotonic())) for _ in servers)
    return False


def _ask(server: str, seconds: float, answers: queue.SimpleQueue[bool]) -> None:
    request = urllib.request.Request(server, headers=_HEADERS, method="HEAD")
    try:
        urllib.request.urlopen(request, timeout=seconds).close()
        answers.put(True)
    except urllib.error.HTTPError:
        answers.put(True)
    except (OSError, http.client.HTTPException):
        answers.put(False)
