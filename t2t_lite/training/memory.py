"""Too little memory: told in a sentence, where the system would kill the process without one."""

from __future__ import annotations

import contextlib
import pathlib
import re
from collections.abc import Iterator

import tensorflow as tf

from t2t_lite.errors import T2TError

_CGROUP = pathlib.Path("/sys/fs/cgroup")


@contextlib.contextmanager
def naming_batch_size(size: int, unit: str) -> Iterator[None]:
    """Turns running out of memory into a T2TError that names a smaller batch size."""
    try:
        yield
    except (tf.errors.ResourceExhaustedError, tf.errors.AbortedError, MemoryError) as error:
        # oneDNN says "Status: 1" (out of memory), and TensorFlow calls that aborted.
        if isinstance(error, tf.errors.AbortedError) and "Status: 1," not in error.message:
            raise
        raise T2TError(
            f"Out of memory with batch_size={size} ({unit}). Run the same command with "
            f"--hparams='batch_size={max(1, size // 2)}'; it goes on from the last checkpoint."
        ) from error


def limit_to_available() -> None:
    """Lets allocations fail that the machine could not serve.

    Linux grants more memory than there is, and kills the process that then uses it. Does nothing
    on other systems, and with GPUs, whose drivers reserve far more addresses than memory.
    """
    try:
        import resource

        in_use = _kilobytes("/proc/self/status", "VmData") * 1024
        available = _available()
    except (ImportError, OSError, ValueError):
        return
    if tf.config.list_physical_devices("GPU"):
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = in_use + available
    if hard == resource.RLIM_INFINITY or wanted < hard:
        resource.setrlimit(resource.RLIMIT_DATA, (wanted, hard))


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
