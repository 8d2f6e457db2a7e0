"""What is said in sounds: in files, or in a split of a problem."""

from __future__ import annotations

import dataclasses
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import tensorflow as tf
import tqdm

from t2t_lite.data import pipeline, sounds
from t2t_lite.data.sound_folders import SOUNDS
from t2t_lite.decoding import batches, decode_files
from t2t_lite.decoding.decode_files import Decoded, Hypothesis
from t2t_lite.decoding.decoder import Decoder
from t2t_lite.decoding.generation import generator_for
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.errors import T2TError
from t2t_lite.text.encoder import TextEncoder, until_eos

FRAMES_PER_POSITION = 4
"""How many frames count as one symbol, where outputs may be longer than inputs by so many."""


def hears(model) -> bool:
    """Whether a model's inputs are sounds."""
    return model.problem_hparams.modality.get("inputs") in pipeline.SOUNDS


def is_for(model) -> bool:
    """Whether a model says what is said in sounds."""
    return hears(model) and model.problem_hparams.modality["targets"] in ("symbol", "ctc_symbol")


class SpeechDecoder:
    """Decodes sounds with a trained model; what comes out does not depend on the other sounds."""

    def __init__(
        self,
        model,
        target_encoder: TextEncoder,
        hparams: DecodeHParams | None = None,
        *,
        show_progress: bool = False,
    ):
        """As `Decoder`."""
        self.hparams = dataclasses.replace(hparams or DecodeHParams())
        self.hparams.check()
        if self.hparams.force_prefix or self.hparams.replace_unknowns:
            raise T2TError("force_prefix and replace_unknowns are for text, not for sounds.")
        self._target_encoder = target_encoder
        self._show_progress = show_progress
        self._generator = generator_for(model, self.hparams)

    def hypotheses(self, inputs: Sequence[np.ndarray]) -> list[list[Hypothesis]]:
        """The outputs for each sound, best first: `beam_size` of them if `return_beams`, else one.

        Args:
          inputs: `[frames, …]` each, as the problem prepares them for the model.
        """
        results: list[list[Hypothesis]] = [[] for _ in inputs]
        lengths = {i: -(-len(x) // FRAMES_PER_POSITION) for i, x in enumerate(inputs)}
        for rows, numbers in batches.plan_batches(lengths, self.hparams.batch_size):
            sources = {number: range(lengths[number]) for number in numbers}
            arguments = batches.arrange(sources, rows, self.hparams, is_prefix=False)
            arguments["features"] = {"inputs": _padded([inputs[n] for n in numbers], rows)}
            ids, scores = self._generator.generate(**arguments)
            count = self.hparams.beam_size if self.hparams.return_beams else 1
            for row, number in enumerate(numbers):
                results[number] = [
                    Hypothesis(self._text(own), float(score))
                    for own, score in zip(ids[row, :count], scores[row, :count], strict=True)
                ]
        return results

    def _text(self, ids) -> str:
        if self.hparams.identity_output:
            return " ".join(str(i) for i in until_eos(ids) if i)
        return self._target_encoder.decode_until_eos(ids)

    def decode_dataset(self, dataset: Iterable[Mapping[str, Any]]) -> list[Decoded]:
        """Decodes examples of a dataset, at most `num_samples` of them if that is not -1.

        `dataset` yields dicts of `inputs` [batch, frames, …] and ids `targets` [batch, length].
        """
        decoded: list[Decoded] = []
        left = self.hparams.num_samples if self.hparams.num_samples >= 0 else None
        rows = itertools.islice(_rows(dataset), left)
        progress = tqdm.tqdm(
            desc="decoding", unit=" sounds", disable=None if self._show_progress else True
        )
        with progress:
            while part := list(itertools.islice(rows, 256)):
                found = self.hypotheses([inputs for inputs, _ in part])
                for (_, targets), hypotheses in zip(part, found, strict=True):
                    text = self._target_encoder.decode_until_eos(targets)
                    decoded.append(Decoded(None, text, hypotheses[0].text))
                progress.update(len(part))
        return decoded

    def of_files(self, place: str | os.PathLike, problem, hparams) -> Iterator[tuple[str, list]]:
        """Name and hypotheses of a WAV file, or of all in a folder, in the order of their names.

        Args:
          problem: of the model; prepares the sounds.
          hparams: the model's.
        Raises:
          T2TError: there is no such place, or no sound in it.
        """
        readable = list(read(place))
        inputs = [prepared(sound, problem, hparams) for _, sound in readable]
        for (name, _), hypotheses in zip(readable, self.hypotheses(inputs), strict=True):
            yield name, hypotheses

    def interactive(self) -> None:
        """T2TError: nobody can type a sound."""
        self.decode_lines([])

    def decode_file(self, path_in: str | os.PathLike, path_out: str | os.PathLike) -> None:
        """T2TError: there is no text to decode."""
        self.decode_lines([])

    def decode_lines(self, lines: Sequence[str]) -> list[str]:
        """T2TError: there is no text to decode."""
        raise T2TError("This model hears sounds, not text; give t2t-decoder a WAV file.")


def read(place: str | os.PathLike) -> Iterator[tuple[str, sounds.Sound]]:
    """Name and sound of a WAV file, or of all in a folder; see `decode_files.readable`."""
    return decode_files.readable(place, "WAV file", SOUNDS, sounds.of_file)


def prepared(sound: sounds.Sound, problem, hparams) -> np.ndarray:
    """A sound as a model gets it, `[frames, …]`: as if it were read from the problem's files."""
    encoded = sound.at_rate(problem.sample_rate).encoded()
    example = {"audio/samples": tf.constant(encoded), "waveforms": tf.zeros(0)}
    return problem.preprocess_example(problem.decode_example(example), "eval", hparams)[
        "inputs"
    ].numpy()


def _rows(dataset) -> Iterator[tuple[np.ndarray, list[int]]]:
    """Inputs and targets of each example, without padding."""
    for batch in dataset:
        inputs, targets = np.asarray(batch["inputs"]), np.asarray(batch["targets"])
        for row, ids in zip(inputs, targets, strict=True):
            present = np.flatnonzero(row.reshape(len(row), -1).any(axis=1))
            end = present[-1] + 1 if len(present) else 1
            yield row[:end], batches.without_padding(ids)


def _padded(inputs: Sequence[np.ndarray], rows: int) -> np.ndarray:
    """Sounds `[frames, …]`, then nothing, in an array `[rows, frames, …]`."""
    longest = max(map(len, inputs))
    array = np.zeros((rows, longest, *inputs[0].shape[1:]), np.float32)
    for row, x in zip(array, inputs, strict=False):
        row[: len(x)] = x
    return array


AnyDecoder = Decoder | SpeechDecoder
