"""Sounds made by a test: WAV files of tones, by Python's own module or byte by byte."""

from __future__ import annotations

import io
import struct
import wave

import numpy as np


def tone(hertz: float, seconds: float = 0.2, rate: int = 8000, loud: float = 0.5) -> np.ndarray:
    """`[samples]` from -1 to 1."""
    return loud * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)


def pcm(samples: np.ndarray, rate: int = 8000, width: int = 2) -> bytes:
    """A WAV file of `[samples]` or `[samples, channels]` with `width` bytes a sample."""
    samples = np.atleast_2d(np.asarray(samples).T).T
    whole = np.round(samples * (2 ** (8 * width - 1) - 1)).astype(np.int64)
    if width == 1:
        whole = whole + 128
    raw = b"".join(int(n).to_bytes(width, "little", signed=width > 1) for n in whole.reshape(-1))
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(samples.shape[1])
        writer.setsampwidth(width)
        writer.setframerate(rate)
        writer.writeframes(raw)
    return file.getvalue()


def by_hand(data: bytes, kind: int, bits: int, rate: int = 8000, more: bytes = b"") -> bytes:
    """A WAV file with a header as the format's description has it."""
    layout = struct.pack("<HHIIHH", kind, 1, rate, rate * bits // 8, bits // 8, bits) + more
    chunks = b"fmt " + struct.pack("<I", len(layout)) + layout
    chunks += b"LIST" + struct.pack("<I", 3) + b"abc\0"  # odd, so one byte fills up
    chunks += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


DAMAGED = {
    "empty.wav": b"",
    "text.wav": b"This is no sound at all.",
    "cut.wav": pcm(tone(440))[:500],
    "header.wav": pcm(tone(440))[:30],
    "silent.wav": pcm(np.zeros(800)),
    "nothing.wav": pcm(np.zeros(0)),
    "law.wav": by_hand(b"\x55" * 800, 6, 8),
    "odd.wav": by_hand(b"\x55" * 800, 1, 12),
    "nan.wav": by_hand(np.full(80, np.nan, "<f4").tobytes(), 3, 32),
}
"""Files of which nothing can be made."""
