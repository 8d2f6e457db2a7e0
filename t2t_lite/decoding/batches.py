"""From sentences as ids to the arrays that a `Generator` takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.text.encoder import EOS, PAD

DEFAULT_BATCH_SIZE = 32  # As in Tensor2Tensor.
MEAN_LENGTH = 128  # A batch has at most this many ids per sentence of batch_size, padding included.
LENGTH_STEP = 8  # Arrays are as long as a multiple of this, so that few shapes occur.


def plan_batches(lengths: Mapping[int, int], batch_size: int) -> Iterator[tuple[int, list[int]]]:
    """Deals sentences of like length to batches, the longest first.

    Args:
      lengths: number of a sentence -> how many ids it has.
      batch_size: the most sentences per batch; 0: 32. Very long ones come fewer at a time.
    Yields:
      The number of rows, of which few different ones occur, and the sentences' numbers.
    """
    batch_size = batch_size or DEFAULT_BATCH_SIZE
    longest_first = sorted(lengths, key=lambda number: -lengths[number])
    full = min(batch_size, 1 << max(len(lengths) - 1, 0).bit_length())
    start = 0
    while start < len(longest_first):
        rows, longest = full, lengths[longest_first[start]]
        while rows > 1 and rows * longest > batch_size * MEAN_LENGTH:
            rows = (rows + 1) // 2
        yield rows, longest_first[start : start + rows]
        start += rows


def arrange(
    sources: Mapping[int, Sequence[int]],
    rows: int,
    hparams: DecodeHParams,
    is_prefix: bool,
    prefixes: Mapping[int, Sequence[int]] | None = None,
) -> dict[str, Any]:
    """The arguments of `Generator.generate` for a batch.

    Args:
      sources: number of a sentence -> its ids; the number seeds its samples.
      rows: of the batch; those after the sentences only fill up.
      hparams: how to decode.
      is_prefix: the outputs begin with the ids; else these are the inputs.
      prefixes: number of a sentence -> what its output begins with, beside the inputs.
    """
    lengths = np.array([len(ids) for ids in sources.values()])
    if is_prefix:
        prefixes = sources
    beginnings = [prefixes[number] for number in sources] if prefixes is not None else []
    given = np.array([len(ids) for ids in beginnings]) if beginnings else 0
    most = lengths + hparams.extra_length
    if hparams.max_length_ratio > 0:
        most = np.minimum(most, np.floor(hparams.max_length_ratio * lengths).astype(int))
    limits = given + np.maximum(most, 1)
    fill = (0, rows - len(sources))
    arguments: dict[str, Any] = {"features": {}, "limits": np.pad(limits, fill)}
    if beginnings:
        arguments["prefix"] = padded(beginnings, rows, filler=[], padding=-1)
    if not is_prefix:
        inputs = padded(sources.values(), rows, filler=[EOS], padding=PAD)
        arguments["features"] = {"inputs": inputs}
    if hparams.force_decode_length:
        arguments["eos_from"] = arguments["limits"]
    elif hparams.min_length_ratio > 0:
        eos_from = given + np.ceil(hparams.min_length_ratio * lengths)
        arguments["eos_from"] = np.pad(eos_from, fill)
    if hparams.sampling_method == "random":
        draws = [_draws(hparams.random_seed, number, limits.max()) for number in sources]
        arguments["draws"] = np.pad(draws, [fill, (0, 0)])
    return arguments


def without_padding(ids: np.ndarray) -> list[int]:
    """The ids up to the last that is not padding."""
    present = np.flatnonzero(ids)
    return np.asarray(ids)[: present[-1] + 1].tolist() if len(present) else []


def padded(sources, rows: int, filler: list[int], padding: int) -> np.ndarray:
    """The sources, then as many fillers as it takes: [rows, length]."""
    sources = [*sources, *[filler] * (rows - len(sources))]
    array = np.full([rows, _round_up(max(map(len, sources)))], padding, "int32")
    for row, ids in enumerate(sources):
        array[row, : len(ids)] = ids
    return array


def _draws(seed: int, number: int, length: int) -> np.ndarray:
    """Random numbers [>= length] of one sentence; a power of two of them, for few shapes."""
    count = 1 << (int(length) - 1).bit_length()
    return np.random.default_rng([seed, number]).random(count, dtype="float32")


def _round_up(length: int) -> int:
    return LENGTH_STEP * -(-length // LENGTH_STEP)
