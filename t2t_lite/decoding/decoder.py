"""Decoding of text: sentences, files, datasets, and a dialogue."""

from __future__ import annotations

import dataclasses
import itertools
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import tqdm

from t2t_lite.decoding import decode_files
from t2t_lite.decoding.decode_files import Decoded, Hypothesis
from t2t_lite.decoding.generation import Generator, search_for
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.text.encoder import EOS, PAD, TextEncoder, until_eos

DEFAULT_BATCH_SIZE = 32  # As in Tensor2Tensor.
MEAN_LENGTH = 128  # A batch has at most this many ids per sentence of batch_size, padding included.
LENGTH_STEP = 8  # Batches are padded to a multiple of this, so that few shapes occur.


class Decoder:
    """Decodes text with a trained model.

    A model with inputs is given each sentence; a language model (no `source_encoder`) continues
    it. What comes out for a sentence does not depend on the others.
    """

    def __init__(
        self,
        model,
        source_encoder: TextEncoder | None,
        target_encoder: TextEncoder,
        hparams: DecodeHParams | None = None,
        *,
        show_progress: bool = False,
        jit_compile: bool = False,
    ):
        """
        Args:
          model: a `T2TModel` with weights.
          source_encoder: of its inputs; None for a language model.
          target_encoder: of its targets.
          hparams: how to decode.
          show_progress: one line on stderr while decoding.
          jit_compile: see `Generator`.
        """
        self.hparams = dataclasses.replace(hparams or DecodeHParams())
        self.hparams.check()
        self._source_encoder = source_encoder
        self._target_encoder = target_encoder
        self._show_progress = show_progress
        self._prepends = source_encoder is not None and model.hparams.prepend_mode != "none"
        vocab_size = model.problem_hparams.vocab_size["targets"]
        search = search_for(self.hparams, vocab_size)
        self._generator = Generator(model, search, vocab_size, jit_compile)

    def decode_lines(self, lines: Sequence[str]) -> list[str]:
        """The best output for each line."""
        return [hypotheses[0].text for hypotheses in self.hypotheses(lines)]

    def hypotheses(self, lines: Sequence[str]) -> list[list[Hypothesis]]:
        """The outputs for each line, best first: `beam_size` of them if `return_beams`, else one.

        The output for an empty line is empty.
        """
        if self._source_encoder is None:
            return self._decode([self._target_encoder.encode(line) for line in lines])
        lines = [line.strip() for line in lines]
        return self._decode(
            [self._source_encoder.encode(line) + [EOS] if line else None for line in lines]
        )

    def decode_file(self, path_in: str | os.PathLike, path_out: str | os.PathLike) -> None:
        """Decodes each line of a file; `path_out` is written whole, at the end, or not at all.

        With `return_beams` a line holds all hypotheses, with tabs between, and with
        `write_beam_scores` a tab and the score after each.
        """
        path_in = decode_files.shard_path(path_in, self.hparams)
        lines = decode_files.read_sentences(path_in, self.hparams.delimiter)
        decode_files.check_writable(path_out)
        outputs = [
            decode_files.format_hypotheses(hypotheses, self.hparams)
            for hypotheses in self.hypotheses(lines)
        ]
        decode_files.write_sentences(path_out, outputs, self.hparams.delimiter)

    def decode_dataset(self, batches: Iterable[Mapping[str, Any]]) -> list[Decoded]:
        """Decodes examples of a dataset, at most `num_samples` of them if that is not -1.

        `batches` are dicts of id arrays [batch, length]: `targets`, and `inputs` unless the model
        is a language model, whose prediction then is what it says by itself. Rows of padding alone
        are left out.
        """
        examples = list(itertools.islice(self._examples(batches), self._num_samples()))
        predictions = self._decode([[] if inputs is None else inputs for inputs, _ in examples])
        return [
            Decoded(
                inputs=None if inputs is None else self._text(self._source_encoder, inputs),
                targets=self._text(self._target_encoder, targets),
                prediction=hypotheses[0].text,
            )
            for (inputs, targets), hypotheses in zip(examples, predictions, strict=True)
        ]

    def interactive(self, read=input, show=print) -> None:
        """Decodes what a person types, line by line, until `q` or the end of input.

        `dl=N` changes `extra_length`, and `ns=N` how often a line is decoded, for sampling.
        """
        num_samples = max(1, self.hparams.num_samples)
        what = "target prefix" if self._source_encoder is None else "source sentence"
        while True:
            show(f"ns={num_samples} dl={self.hparams.extra_length}; q quits")
            try:
                line = read(f"{what}> ")
            except EOFError:
                return
            command, _, value = line.partition("=")
            if line == "q":
                return
            if command == "ns" and value.isdigit():
                num_samples = max(1, int(value))
            elif command == "dl" and value.isdigit():
                self.hparams.extra_length = int(value)
            else:
                for hypotheses in self.hypotheses([line] * num_samples):
                    for text, score in hypotheses:
                        show(f"{text}\t{score:.2f}")

    def _num_samples(self) -> int | None:
        return None if self.hparams.num_samples < 0 else self.hparams.num_samples

    def _examples(self, batches) -> Iterator[tuple[list[int] | None, list[int]]]:
        """The (inputs or None, targets) of each example, without padding."""
        for batch in batches:
            inputs = batch.get("inputs") if self._source_encoder is not None else None
            for row, targets in enumerate(np.asarray(batch["targets"])):
                targets = _without_padding(targets)
                if inputs is not None:
                    yield _without_padding(inputs[row]), targets
                elif self._prepends:
                    end = targets.index(PAD)
                    yield targets[:end], targets[end + 1 :]
                elif targets:
                    yield None, targets

    def _text(self, encoder: TextEncoder, ids: Sequence[int]) -> str:
        if self.hparams.identity_output:
            return " ".join(map(str, until_eos(ids)))
        return encoder.decode_until_eos(ids)

    def _cut(self, source: list[int]) -> list[int]:
        """`source` with at most `max_input_size` ids; what ended in EOS still does."""
        limit = self.hparams.max_input_size
        if limit <= 0 or len(source) <= limit:
            return source
        end = [EOS] if source[-1] == EOS else []
        return source[: limit - len(end)] + end

    def _decode(self, sources: Sequence[list[int] | None]) -> list[list[Hypothesis]]:
        """The hypotheses for each source's ids; empty ones for None."""
        count = self.hparams.beam_size if self.hparams.return_beams else 1
        results = [[Hypothesis("", 0.0)] * count for _ in sources]
        cut = {i: self._cut(source) for i, source in enumerate(sources) if source is not None}
        num_cut = sum(len(cut[i]) < len(sources[i]) for i in cut)
        if num_cut:
            print(
                f"{num_cut} of {len(sources)} inputs are longer than max_input_size="
                f"{self.hparams.max_input_size} and were cut.",
                file=sys.stderr,
            )
        batch_size = self.hparams.batch_size or DEFAULT_BATCH_SIZE
        progress = tqdm.tqdm(
            total=len(cut), desc="decoding", unit=" sentences", disable=not self._show_progress
        )
        with progress:
            for rows, numbers in plan_batches({i: len(ids) for i, ids in cut.items()}, batch_size):
                batch = self._decode_batch({i: cut[i] for i in numbers}, rows)
                for number, hypotheses in batch.items():
                    results[number] = hypotheses[:count]
                progress.update(len(numbers))
        return results

    def _decode_batch(self, sources: dict[int, list[int]], rows: int) -> dict[int, list]:
        """Decodes sources with their numbers, as a batch of `rows` rows, of which some may be over."""
        ids = list(sources.values())
        lengths = np.array([len(source) for source in ids])
        limits = np.maximum(lengths + self.hparams.extra_length, 1)
        given = np.zeros_like(lengths)
        arguments = {"features": {}}
        if self._prepends or self._source_encoder is None:
            prefix = [source + [PAD] if self._prepends else source for source in ids]
            arguments["prefix"] = _padded(prefix, rows, filler=[], padding=-1)
            given = np.array([len(part) for part in prefix])
            limits = limits + self._prepends
        else:
            arguments["features"]["inputs"] = _padded(ids, rows, filler=[EOS], padding=PAD)
        arguments["limits"] = np.pad(limits, (0, rows - len(ids)))  # The rest is not decoded.
        if self.hparams.force_decode_length or self.hparams.min_length_ratio > 0:
            eos_from = given + np.ceil(self.hparams.min_length_ratio * (lengths - 1))
            if self.hparams.force_decode_length:
                eos_from = limits
            arguments["eos_from"] = np.pad(eos_from, (0, rows - len(ids))).astype("int32")
        if self.hparams.sampling_method == "random":
            arguments["draws"] = self._draws(list(sources), rows, limits.max())
        outputs, scores = self._generator.generate(**arguments)
        return {
            number: [
                Hypothesis(self._text(self._target_encoder, output[start:].tolist()), float(score))
                for output, score in zip(outputs[row], scores[row], strict=True)
            ]
            for row, (number, start) in enumerate(zip(sources, given, strict=True))
        }

    def _draws(self, numbers: list[int], rows: int, length: int) -> np.ndarray:
        """Random numbers [rows, >= length], those of a sentence by its number and the seed."""
        length = LENGTH_STEP * -(-length // LENGTH_STEP)
        draws = np.zeros([rows, length], "float32")
        for row, number in enumerate(numbers):
            generator = np.random.default_rng([self.hparams.random_seed, number])
            draws[row] = generator.random(length, dtype="float32")
        return draws


def plan_batches(lengths: Mapping[int, int], batch_size: int) -> Iterator[tuple[int, list[int]]]:
    """Deals sentences of like length to batches, the longest first.

    Args:
      lengths: number of a sentence -> how many ids it has.
      batch_size: the most sentences per batch; the longest get fewer.
    Yields:
      The number of rows, of which there are few different ones, and the sentences' numbers.
    """
    longest_first = sorted(lengths, key=lambda number: -lengths[number])
    full = min(batch_size, 1 << max(len(lengths) - 1, 0).bit_length())
    start = 0
    while start < len(longest_first):
        rows, longest = full, lengths[longest_first[start]]
        while rows > 1 and rows * longest > batch_size * MEAN_LENGTH:
            rows = (rows + 1) // 2
        yield rows, longest_first[start : start + rows]
        start += rows


def _padded(ids: Sequence[list[int]], rows: int, filler: list[int], padding: int) -> np.ndarray:
    """`ids` as an array [rows, length]; rows beyond them hold `filler`."""
    longest = max(map(len, ids))
    array = np.full([rows, LENGTH_STEP * -(-longest // LENGTH_STEP)], padding, "int32")
    for row in range(rows):
        values = ids[row] if row < len(ids) else filler
        array[row, : len(values)] = values
    return array


def _without_padding(ids: np.ndarray) -> list[int]:
    """The ids up to the last that is not padding."""
    present = np.flatnonzero(ids)
    return np.asarray(ids)[: present[-1] + 1].tolist() if len(present) else []
