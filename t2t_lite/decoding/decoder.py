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

from t2t_lite.decoding import batches, decode_files
from t2t_lite.decoding.decode_files import Decoded, Hypothesis
from t2t_lite.decoding.generation import generator_for
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.decoding.unknowns import UnknownWords
from t2t_lite.errors import T2TError
from t2t_lite.text.encoder import EOS, PAD, TextEncoder, until_eos


class Decoder:
    """Decodes text with a trained model.

    A model with inputs is given each sentence; a language model (no `source_encoder`) continues
    it; a model of classes names one. What comes out for a sentence does not depend on the others.
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
        self._is_sequence = model.is_autoregressive
        has_source = source_encoder is not None and not self._prepends
        if self.hparams.force_prefix and not (has_source and self._is_sequence):
            raise T2TError(
                "force_prefix needs a model of inputs and a sequence of outputs; a language model "
                "continues each line as it is."
            )
        self._unknowns = None
        if self.hparams.replace_unknowns:
            self._unknowns = UnknownWords(
                model, source_encoder if has_source else None, target_encoder
            )
        self._generator = generator_for(model, self.hparams, jit_compile)

    def decode_lines(self, lines: Sequence[str]) -> list[str]:
        """The best output for each line."""
        return [hypotheses[0].text for hypotheses in self.hypotheses(lines)]

    def hypotheses(self, lines: Sequence[str]) -> list[list[Hypothesis]]:
        """The outputs for each line, best first: `beam_size` of them if `return_beams`, else one.

        The output for an empty line is empty.
        """
        if self._source_encoder is None:
            return self._decode([self._target_encoder.encode(line) for line in lines])
        prefixes = None
        if self.hparams.force_prefix:
            pairs = [line.partition("\t")[::2] for line in lines]
            lines = [source for source, _ in pairs]
            prefixes = [self._target_encoder.encode(prefix.strip()) for _, prefix in pairs]
        lines = [line.strip() for line in lines]
        return self._decode(
            [[*self._source_encoder.encode(line), EOS] if line else None for line in lines],
            prefixes,
            [line.split() for line in lines],
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

    def decode_dataset(self, dataset: Iterable[Mapping[str, Any]]) -> list[Decoded]:
        """Decodes examples of a dataset, at most `num_samples` of them if that is not -1.

        `dataset` yields dicts of id arrays [batch, length]: `targets`, and `inputs` unless the
        model is a language model, whose prediction then is what it says by itself. Rows of padding
        alone are left out.
        """
        limit = self.hparams.num_samples
        examples = list(itertools.islice(self._examples(dataset), limit if limit >= 0 else None))
        predictions = self._decode([[] if inputs is None else inputs for inputs, _ in examples])
        source = self._source_encoder
        return [
            Decoded(
                inputs=None if source is None or inputs is None else self._text(source, inputs),
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

    def _examples(self, dataset) -> Iterator[tuple[list[int] | None, list[int]]]:
        """The (inputs or None, targets) of each example, without padding."""
        for batch in dataset:
            columns = {
                name: np.asarray(batch[name]) for name in ("inputs", "targets") if name in batch
            }
            for row, padded in enumerate(columns["targets"]):
                targets = batches.without_padding(padded) if self._is_sequence else padded.tolist()
                inputs = None
                if self._prepends and targets:  # inputs, one padding, targets
                    end = targets.index(PAD)
                    inputs, targets = targets[:end], targets[end + 1 :]
                elif self._source_encoder is not None:
                    inputs = batches.without_padding(columns["inputs"][row])
                if inputs or targets:
                    yield inputs, targets

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

    def _decode(
        self,
        sources: Sequence[list[int] | None],
        prefixes: Sequence[list[int]] | None = None,
        words: Sequence[list[str]] | None = None,
    ) -> list[list[Hypothesis]]:
        """The hypotheses for each source's ids; empty ones for None.

        `words` are the sources' own; None: what their ids stand for.
        """
        results = [[Hypothesis("", 0.0)] * self._count for _ in sources]
        cut = {i: self._cut(ids) for i, ids in enumerate(sources) if ids is not None}
        num_cut = sum(cut[i] != sources[i] for i in cut)
        if num_cut:
            print(
                f"{num_cut} of {len(sources)} inputs are longer than max_input_size="
                f"{self.hparams.max_input_size} and were cut.",
                file=sys.stderr,
            )
        progress = tqdm.tqdm(
            total=len(cut),
            desc="decoding",
            unit=" sentences",
            disable=None if self._show_progress else True,
        )
        lengths = {number: len(ids) for number, ids in cut.items()}
        with progress:
            for rows, numbers in batches.plan_batches(lengths, self.hparams.batch_size):
                batch = {number: cut[number] for number in numbers}
                given = {n: prefixes[n] for n in numbers} if prefixes else None
                for number, hypotheses in self._decode_batch(batch, rows, given, words):
                    results[number] = hypotheses
                progress.update(len(numbers))
        return results

    @property
    def _count(self) -> int:
        """How many hypotheses of a sentence are wanted."""
        return self.hparams.beam_size if self.hparams.return_beams else 1

    def _decode_batch(
        self,
        sources: Mapping[int, list[int]],
        rows: int,
        prefixes: Mapping[int, list[int]] | None,
        words: Sequence[list[str]] | None,
    ):
        """Yields the number and the hypotheses of each source of a batch with so many rows."""
        if self._prepends:
            sources = {number: [*ids, PAD] for number, ids in sources.items()}
        is_prefix = self._prepends or self._source_encoder is None
        arguments = batches.arrange(sources, rows, self.hparams, is_prefix, prefixes)
        outputs, scores = self._generator.generate(**arguments)
        outputs, attention = outputs[:, : self._count], None
        if self._unknowns is not None:
            attention = self._unknowns.attention(arguments["features"]["inputs"], outputs)
        for row, (number, ids) in enumerate(sources.items()):
            generated = outputs[row, :, len(ids) * is_prefix : arguments["limits"][row]].tolist()
            if self._unknowns is None or attention is None:
                texts = [self._text(self._target_encoder, hypothesis) for hypothesis in generated]
            else:
                own = self._unknowns.words(ids, words[number] if words else None)
                texts = [
                    self._unknowns.replaced(*pair, own)
                    for pair in zip(generated, attention[row], strict=True)
                ]
            pairs = zip(texts, scores[row, : self._count].tolist(), strict=True)
            yield number, [Hypothesis(*pair) for pair in pairs]
