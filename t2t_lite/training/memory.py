"""Too little memory: told in a sentence, where the system would kill the process without one."""

from __future__ import annotations

import contextlib
import ctypes
import os
import pathlib
import re
import sys
from collections.abc import Iterator

import tensorflow as tf

from t2t_lite.errors import T2TError

_CGROUP = pathlib.Path("/sys/fs/cgroup")
_M_ARENA_MAX = -8
"""From glibc's malloc.h."""


@contextlib.contextmanager
def naming_batch_size(size: int, unit: str) -> Iterator[None]:
    """Turns running out of memory into a T2TError that names a smaller batch size."""
    sentence = (
        f"Out of memory with batch_size={size} ({unit}). Run the same command with "
        f"--hparams='batch_size={max(1, size // 2)}'; it goes on from the last checkpoint."
    )
    try:
        with _last_words(sentence):
            yield
    except (tf.errors.ResourceExhaustedError, tf.errors.AbortedError, MemoryError) as error:
        # oneDNN says "Status: 1" (out of memory), and TensorFlow calls that aborted.
        if isinstance(error, tf.errors.AbortedError) and "Status: 1," not in error.message:
            raise
        raise T2TError(sentence) from error


@contextlib.contextmanager
def _last_words(sentence: str) -> Iterator[None]:
    """Lets an uncaught C++ exception, std::bad_alloc as a rule, say this and exit with code 2.

    Python cannot catch it; the process would be aborted.
    """
    program = os.path.basename(sys.argv[0])

    @ctypes.CFUNCTYPE(None)
    def say_and_exit():
        os.write(2, f"\n{program}: {sentence}\n".encode())
        os._exit(2)

    try:
        set_terminate = ctypes.CDLL("libstdc++.so.6")._ZSt13set_terminatePFvvE
    except (OSError, AttributeError):  # another C++ library
        yield
        return
    set_terminate.argtypes, set_terminate.restype = [ctypes.c_void_p], ctypes.c_void_p
    previous = set_terminate(ctypes.cast(say_and_exit, ctypes.c_void_p))
    try:
        yield
    finally:
        set_terminate(previous)


def share_arenas() -> None:
    """Lets threads share what they freed: one heap per core, where glibc has eight.

    It saves most where there are many graphs, such as those of several problems. Does nothing with
    other libraries.
    """
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").mallopt(_M_ARENA_MAX, max(2, os.cpu_count() or 1))


def give_back() -> None:
    """Gives the system what the heaps hold and nobody uses. Does nothing with other libraries."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL("libc.so.6").malloc_trim(0)


@contextlib.contextmanager
def limited_to_available() -> Iterator[None]:
    """Lets allocations fail that the machine could not serve.

    Linux grants more memory than there is, and kills the process that then uses it. Does nothing
    on other systems, and with GPUs, whose drivers reserve far more addresses than memory.
    """
    try:
        import resource

        wanted = _kilobytes("/proc/self/status", "VmData") * 1024 + _available()
    except (ImportError, OSError, ValueError):
        yield
        return
    old = soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [limit for limit in (*old, wanted) if limit != resource.RLIM_INFINITY]
    if not tf.config.list_physical_devices("GPU"):
        resource.setrlimit(resource.RLIMIT_DATA, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


@contextlib.contextmanager
def unlimited() -> Iterator[None]:
    """Undoes `limited_to_available` meanwhile, for what takes little memory but cannot do without:
    where TensorFlow writes a checkpoint, an allocation that fails crashes the process."""
    try:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    except ImportError:
        yield
        return
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _available() -> int:
    """Bytes that can be allocated, as far as the system and the container's limit tell."""
    names = ("MemAvailable", "SwapFree")
    available = sum(_kilobytes("/proc/meminfo", name) for name in names) * 1024
    with contextlib.suppress(OSError, ValueError):  # no such limit
        limit = int((_CGROUP / "memory.max").read_text())
        used = int((_CGROUP / "memory.current").read_text())
        available = min(available, limit - used)
    return available


def _kilobytes(path: str, name: str) -> int:
    """The value of a line `name:  123 kB`."""
    match = re.search(rf"^{name}:\s+(\d+) kB", pathlib.Path(path).read_text(), re.MULTILINE)
    if match is None:
        raise ValueError(f"{path} does not give {name}")
    return int(match[1])
