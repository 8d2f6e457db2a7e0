"""Encodes samples in several processes, in order and with bounded memory."""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import copy
import multiprocessing
import os
import pathlib
import pickle
import sys
import time
from collections.abc import Iterable, Iterator
from typing import Any

from absl import logging

from t2t_lite import silence
from t2t_lite.errors import T2TError

CHUNK = 256
"""Samples that travel to a process together."""

CHUNK_BYTES = 1 << 22
"""Or fewer, if they are as large as this together."""

ALONE_SECONDS = 2.0
"""So long this process works alone: starting others takes about a second."""

_CHUNKS_AHEAD = 4
"""Chunks per process that are read ahead of the one that is waited for."""

_problem = None  # in a worker process: the problem whose samples it encodes

Indexed = tuple[int, Any]


def encode_samples(
    problem, data_dir: str, samples: Iterable[Indexed], num_workers: int | None = None
) -> Iterator[Indexed]:
    """(index, sample) -> (index, `problem.encode_sample(sample)`), in the same order.

    Args:
      num_workers: processes; None is one per core, 1 none but this one.
    """
    problem.get_feature_encoders(data_dir)
    num_workers = num_workers or os.cpu_count() or 1
    chunks = _chunks(samples)
    start = time.monotonic()
    while num_workers == 1 or time.monotonic() - start < ALONE_SECONDS:
        chunk = next(chunks, None)
        if chunk is None:
            return
        yield from _encode_chunk(problem, chunk)
    pickled = _pickle(problem)
    if pickled is None:
        yield from (row for chunk in chunks for row in _encode_chunk(problem, chunk))
    else:
        start_up = (_import_root(problem), pickled, data_dir)
        yield from _encode_in_processes(start_up, chunks, num_workers)


def _chunks(samples: Iterable[Indexed]) -> Iterator[list[Indexed]]:
    chunk: list[Indexed] = []
    size = 0
    for index, sample in samples:
        chunk.append((index, sample))
        size += _bytes_of(sample)
        if len(chunk) == CHUNK or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def _bytes_of(sample: Any) -> int:
    """About how large the files in a sample are; texts do not count."""
    values = sample.values() if isinstance(sample, dict) else ()
    return sum(len(value) for value in values if isinstance(value, bytes))


def _encode_chunk(problem, chunk: list[Indexed]) -> list[Indexed]:
    return [(index, problem.encode_sample(sample)) for index, sample in chunk]


def _pickle(problem) -> bytes | None:
    """The problem without its encoders, which each process loads by itself."""
    problem = copy.copy(problem)
    problem.forget_encoders()
    try:
        return pickle.dumps(problem)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        logging.warning("%s is encoded by one process only: %s.", problem.name, error)
        return None


def _import_root(problem) -> str:
    """Where a new process finds the problem's code: that of a plug-in is not on sys.path."""
    package = sys.modules[type(problem).__module__.partition(".")[0]]
    path = pathlib.Path(getattr(package, "__file__", None) or ".")
    return str(path.parents[1] if path.name == "__init__.py" else path.parent)


def _encode_in_processes(
    start_up: tuple[str, bytes, str], chunks: Iterator[list[Indexed]], num_workers: int
) -> Iterator[Indexed]:
    # Processes are spawned, not forked: TensorFlow's threads do not survive a fork.
    executor = concurrent.futures.ProcessPoolExecutor(
        num_workers,
        multiprocessing.get_context("spawn"),
        initializer=_start_worker,
        initargs=start_up,
    )
    with contextlib.ExitStack() as stack:
        stack.callback(executor.shutdown, cancel_futures=True)
        waiting: collections.deque[concurrent.futures.Future] = collections.deque()
        try:
            for chunk in chunks:
                waiting.append(executor.submit(_encode_in_worker, chunk))
                if len(waiting) > _CHUNKS_AHEAD * num_workers:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        except concurrent.futures.process.BrokenProcessPool as error:
            raise T2TError(
                "A process that encodes samples died: too little memory, or a script without "
                '`if __name__ == "__main__":`. Use one process (--num_concurrent_processes=1).'
            ) from error


def _start_worker(import_root: str, pickled: bytes, data_dir: str) -> None:
    global _problem
    silence.silence_tensorflow()  # Pictures are decoded with it.
    sys.path.append(import_root)
    _problem = pickle.loads(pickled)
    _problem.get_feature_encoders(data_dir)


def _encode_in_worker(chunk: list[Indexed]) -> list[Indexed]:
    return _encode_chunk(_problem, chunk)
