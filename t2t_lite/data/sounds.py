"""Sounds: what is in a WAV file, mixed down to one channel, at another rate."""

from __future__ import annotations

import math
import struct
from typing import NamedTuple

import numpy as np

from t2t_lite.errors import UnreadableError

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_ZEROS = 16
"""Half the width of the resampling filter, in periods of the lower rate."""


class Sound(NamedTuple):
    """One channel of sound."""

    samples: np.ndarray  # [samples] float32 from -1 to 1
    rate: int  # samples per second
    remark: str = ""  # what was odd about the file; "" if nothing

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate

    def encoded(self) -> bytes:
        """The samples as int16, little end first, as our files have them."""
        scaled = np.round(self.samples.astype(np.float64) * 32767.0)
        return np.clip(scaled, -32768, 32767).astype("<i2").tobytes()

    def at_rate(self, rate: int) -> Sound:
        """The same sound with so many samples per second."""
        if rate == self.rate:
            return self
        return self._replace(samples=resample(self.samples, self.rate, rate), rate=rate)


def of_array(samples: np.ndarray, rate: int) -> Sound:
    """A sound of an array, `[samples]` or `[samples, channels]`.

    Whole numbers are as loud as int16 has them; others lie between -1 and 1.

    Raises:
      UnreadableError: empty, silent, or not all numbers.
    """
    samples = np.asarray(samples)
    if samples.dtype.kind in "iu":
        samples = samples / 32768.0
    return _checked(samples, rate, "")


def of_file(content: bytes) -> Sound:
    """What a WAV file holds: PCM of 8, 16, 24 or 32 bits, or floats; channels are averaged.

    Raises:
      UnreadableError: empty, silent, cut off, damaged, or of a format that is not known.
    """
    if not content:
        raise UnreadableError("the file is empty")
    if content[:4] not in (b"RIFF", b"RF64") or content[8:12] != b"WAVE":
        raise UnreadableError("it is no WAV file")
    layout, data = _chunks(content)
    kind, channels, rate, _, frame_bytes, bits = struct.unpack("<HHIIHH", layout[:16])
    if kind == _EXTENSIBLE and len(layout) >= 26:
        kind = struct.unpack("<H", layout[24:26])[0]
    if not channels or not rate or frame_bytes != channels * ((bits + 7) // 8):
        raise UnreadableError("its header contradicts itself")
    whole = len(data) // frame_bytes * frame_bytes
    samples = _numbers(data[:whole], kind, bits).reshape(-1, channels)
    return _checked(samples, rate, f"{channels} channels, averaged" if channels > 1 else "")


def _chunks(content: bytes) -> tuple[bytes, bytes]:
    """The chunks "fmt " and "data" (Microsoft and IBM 1991, Multimedia Programming Interface)."""
    layout, position = b"", 12
    while position + 8 <= len(content):
        name, size = content[position : position + 4], content[position + 4 : position + 8]
        length = int.from_bytes(size, "little")
        body = content[position + 8 : position + 8 + length]
        if name == b"fmt ":
            layout = body
        elif name == b"data":
            # A recorder that wrote to a pipe did not know the length.
            if len(body) < length < 0xFFFFFF00:
                raise UnreadableError("it is cut off")
            if len(layout) < 16:
                raise UnreadableError("it does not say how its samples are written")
            return layout, body if length else content[position + 8 :]
        position += 8 + length + length % 2
    raise UnreadableError("it holds no samples")


def _numbers(data: bytes, kind: int, bits: int) -> np.ndarray:
    """Samples as floats from -1 to 1."""
    if kind == _PCM and bits == 8:  # the only one without a sign
        return (np.frombuffer(data, np.uint8) - 128.0) / 128.0
    if kind == _PCM and bits == 24:
        three = np.frombuffer(data, np.uint8).reshape(-1, 3)
        four = np.concatenate([np.zeros_like(three[:, :1]), three], axis=1)
        return four.reshape(-1).view("<i4") / 2.0**31
    if kind == _PCM and bits in (16, 32):
        return np.frombuffer(data, f"<i{bits // 8}") / 2.0 ** (bits - 1)
    if kind == _FLOAT and bits in (32, 64):
        return np.frombuffer(data, f"<f{bits // 8}").astype(np.float64)
    raise UnreadableError(
        f"its samples are of format {kind} with {bits} bits; save it as WAV with 16 bits"
    )


def _checked(samples: np.ndarray, rate: int, remark: str) -> Sound:
    if samples.ndim > 1:
        samples = samples.mean(axis=1)
    if not samples.size:
        raise UnreadableError("it holds no samples")
    if not np.isfinite(samples).all():
        raise UnreadableError("its samples are not all numbers")
    if not np.abs(samples).max() > 1 / 65536:
        raise UnreadableError("it is silent")
    return Sound(samples.astype(np.float32), rate, remark)


def resample(samples: np.ndarray, old: int, new: int) -> np.ndarray:
    """Samples at another rate: `[samples]` -> `[ceil(samples * new / old)]`.

    Each is a sum over its neighbours, weighted by a sinc under a Hann window, that lets pass what
    lies below half of the lower rate (J. O. Smith, Digital Audio Resampling, 2002).
    """
    divisor = math.gcd(old, new)
    up, down = new // divisor, old // divisor
    count = -(-len(samples) * up // down)
    cutoff = min(1.0, new / old)
    reach = math.ceil(_ZEROS / cutoff)
    padded = np.pad(samples.astype(np.float64), (reach, reach + down + 1))
    offsets = np.arange(-reach, reach + 1)
    result = np.zeros(count)
    for phase in range(min(up, count)):  # New samples of one phase have the same weights.
        first, part = phase * down // up, phase * down % up / up
        distances = offsets - part
        window = 0.5 + 0.5 * np.cos(np.pi * np.clip(distances / reach, -1, 1))
        weights = cutoff * np.sinc(cutoff * distances) * window
        number = len(result[phase::up])
        for tap, weight in enumerate(weights, first):
            result[phase::up] += weight * padded[tap::down][:number]
    return result.astype(np.float32)
