"""IDX, the format of MNIST's files (http://yann.lecun.com/exdb/mnist)."""

from __future__ import annotations

import gzip
import math
import os

import numpy as np

from t2t_lite.data import text_files
from t2t_lite.errors import T2TError

_TYPES = {8: ">u1", 9: ">i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}


def read(path: str | os.PathLike) -> np.ndarray:
    """The array that a file holds, compressed by gzip or not.

    Raises:
      T2TError: missing, cut off, or not in this format.
    """
    try:
        with open(path, "rb") as file:
            content = file.read()
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
    except FileNotFoundError as error:
        raise T2TError(f"There is no file {path}.") from error
    except text_files.DAMAGED as error:
        raise T2TError(f"Cannot read {path}: {error}.") from error
    if len(content) < 4 or content[:2] != b"\0\0" or content[2] not in _TYPES:
        raise T2TError(f"{path} is not in the format IDX of MNIST's files.")
    kind, rank = np.dtype(_TYPES[content[2]]), content[3]
    start = 4 + 4 * rank
    shape = [int(n) for n in np.frombuffer(content[4:start], ">u4")]
    if len(shape) != rank or len(content) != start + math.prod(shape) * kind.itemsize:
        raise T2TError(
            f"{path} has {len(content)} bytes, not those of an array of shape {shape}: it is cut "
            "off or damaged. Delete it, and run the command again with an intact one."
        )
    array = np.frombuffer(content, kind, offset=start).reshape(shape)
    return array.astype(kind.newbyteorder("="))
