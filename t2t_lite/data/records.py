"""Records on disk: TFRecord files of `tf.train.Example`, as Tensor2Tensor's."""

from __future__ import annotations

import contextlib
import math
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import numpy as np

from t2t_lite import files
from t2t_lite.errors import T2TError

# A frame is the content's length (uint64), a checksum of it, the content, a checksum (uint32).
_HEADER_BYTES = 12
_FRAME_BYTES = 16
_REMEDY = (
    "Run t2t-datagen again: it replaces damaged shards, those of Tensor2Tensor with --overwrite."
)


def serialize(example: Mapping[str, Any]) -> bytes:
    """A `tf.train.Example` of features that are lists or arrays of ints, floats or bytes.

    The features' order does not matter: equal examples give equal bytes.
    """
    import tensorflow as tf

    message = tf.train.Example()
    for name, values in example.items():
        feature = message.features.feature[name]
        values = np.ravel(values).tolist() if isinstance(values, np.ndarray) else list(values)
        first = values[0] if values else 0
        if isinstance(first, (bytes, str)):
            values = [v.encode() if isinstance(v, str) else v for v in values]
            feature.bytes_list.value.extend(values)
        elif isinstance(first, (float, np.floating)):
            feature.float_list.value.extend(values)
        else:
            feature.int64_list.SetInParent()
            feature.int64_list.value.extend(values)
    return message.SerializeToString(deterministic=True)


def parse(record: bytes) -> dict[str, list]:
    """Undoes `serialize`: feature -> list."""
    import tensorflow as tf

    features = tf.train.Example.FromString(record).features.feature
    return {
        name: list(getattr(feature, feature.WhichOneof("kind")).value)
        for name, feature in sorted(features.items())
    }


class RecordWriter:
    """Writes one file of records; a context manager. T2TError if the disk is full."""

    def __init__(self, path: str | os.PathLike):
        import tensorflow as tf

        self._path = path
        self._errors = tf.errors
        self._writer = self._guard(tf.io.TFRecordWriter, str(path))

    def write(self, record: bytes) -> None:
        self._guard(self._writer.write, record)

    def close(self) -> None:
        self._guard(self._writer.close)

    def __enter__(self) -> RecordWriter:
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def _guard(self, function, *args):
        try:
            return function(*args)
        except self._errors.OpError as error:
            raise files.write_error(self._path, _as_os_error(error)) from error


def _as_os_error(error) -> OSError:
    """TensorFlow tells the system's reason in words only, at the end of its message."""
    import errno

    numbers = {os.strerror(number): number for number in errno.errorcode}
    reason = error.message.rsplit("; ", 1)[-1]
    return OSError(numbers.get(reason, 0), reason)


def read_records(path: str | os.PathLike) -> Iterator[bytes]:
    """The records of a file, each checked; T2TError names the file and the first bad record."""
    import tensorflow as tf

    number = 0
    try:
        for record in tf.data.TFRecordDataset(str(path)).as_numpy_iterator():
            yield record
            number += 1
    except tf.errors.NotFoundError as error:
        raise T2TError(f"There is no shard {path}.") from error
    except tf.errors.DataLossError as error:
        raise T2TError(
            f"The shard {path} is damaged at record {number} (counted from 0): it was cut off or "
            f"its bytes have changed. {_REMEDY}"
        ) from error


def read_examples(path: str | os.PathLike) -> Iterator[dict[str, list]]:
    """The examples of a file: feature -> list."""
    return map(parse, read_records(path))


def verify(path: str | os.PathLike, expected: int | None = None) -> int:
    """Checks every record and returns how many there are; T2TError if not as expected."""
    count = sum(1 for _ in read_records(path))
    if expected is not None and count != expected:
        raise T2TError(
            f"The shard {path} is damaged: it ends after record {count - 1} (counted from 0), but "
            f"was made with {expected} records. {_REMEDY}"
        )
    return count


@contextlib.contextmanager
def naming_damaged(paths: Iterable[str | os.PathLike]) -> Iterator[None]:
    """Turns TensorFlow's errors about records of `paths` into a T2TError that says where and what.

    A damaged record is one, another an example that is not as the problem reads it.
    """
    import tensorflow as tf

    try:
        yield
    except tf.errors.InvalidArgumentError as error:
        if "IteratorGetNext" not in error.message:  # It is not the input's.
            raise
        names = [str(path) for path in paths]
        where = names[0] + " or a shard beside it" * (len(names) > 1)
        raise T2TError(
            f"An example of {where} is not as the problem reads it: {_reason(error.message)}. If "
            "it was made otherwise, or for another problem, run t2t-datagen --overwrite."
        ) from error
    except tf.errors.DataLossError as error:
        for path in paths:
            verify(path)
        raise T2TError(f"A record of the data is damaged: {error.message}") from error


def _reason(message: str) -> str:
    """What TensorFlow says is wrong, without its places."""
    line = message.split("\n\t [[", 1)[0].rsplit("\n", 1)[-1]
    return re.sub(r"{{.*?}}|\(\d+\) INVALID_ARGUMENT:", "", line).strip(" .")


def frame_offsets(path: str | os.PathLike, most: float = math.inf) -> np.ndarray:
    """Where the frames of a file begin, and where the last one ends. [records + 1]

    Args:
      most: so many frames are looked at. Of a damaged file they end where the file does.
    """
    offsets, size = [0], os.path.getsize(path)
    with open(path, "rb") as file:
        while len(offsets) <= most and (header := file.read(_HEADER_BYTES)):
            length = int.from_bytes(header[:8], "little")
            offsets.append(min(offsets[-1] + length + _FRAME_BYTES, size))
            file.seek(offsets[-1])
    return np.array(offsets, np.int64)
