"""A split of a problem: decoded, written to files, and scored."""

from __future__ import annotations

import os
from typing import NamedTuple

from t2t_lite import metrics
from t2t_lite.data import pipeline, records
from t2t_lite.decoding import decode_files
from t2t_lite.decoding.decode_files import Decoded
from t2t_lite.decoding.speech import AnyDecoder
from t2t_lite.errors import T2TError
from t2t_lite.metrics.bleu import Score


class DecodedSplit(NamedTuple):
    """What came of decoding a split."""

    paths: list[str]  # of predictions, targets and inputs
    scores: dict[str, Score]  # the problem's metrics of decoded text


def decode(decoder: AnyDecoder, problem, data_dir: str, split: str, hparams) -> list[Decoded]:
    """Inputs, targets and prediction, as text, of the first `num_samples` examples of a split.

    `hparams` are the model's. T2TError if a shard is missing or damaged, or there are no examples.
    """
    examples = pipeline.examples_in_order(problem, data_dir, split, hparams)
    with records.naming_damaged(problem.filepaths(data_dir, split)):
        decoded = decoder.decode_dataset(examples)
    if not decoded:
        raise nothing_in(split, problem, data_dir)
    return decoded


def nothing_in(split: str, problem, data_dir: str) -> T2TError:
    """What to tell about a split without examples."""
    return T2TError(
        f"The split '{split}' of {problem.name} in {data_dir} has no examples that can be used: "
        "its files are empty, or all examples are too long and eval_drop_long_sequences is set."
    )


def score(problem, decoded: list[Decoded]) -> dict[str, Score]:
    """The scores of predictions that the problem asks for."""
    predictions = [example.prediction for example in decoded]
    references = [example.targets for example in decoded]
    names = [name for name in problem.eval_metrics() if name in metrics.DECODED]
    return {name: metrics.DECODED[name](predictions, references) for name in names}


def decode_to_file(
    decoder: AnyDecoder, problem, data_dir: str, split: str, hparams, path: str | os.PathLike
) -> DecodedSplit:
    """Decodes a split, writes it to `path` and beside it, and scores it."""
    decode_files.check_writable(path)
    decoded = decode(decoder, problem, data_dir, split, hparams)
    paths = decode_files.write_dataset(path, decoded, decoder.hparams)
    return DecodedSplit(paths, score(problem, decoded))


def file_name(name: str, decoder: AnyDecoder) -> str:
    """What outputs for a split or a file of that name are called."""
    return f"{name}.beam{decoder.hparams.beam_size}.alpha{decoder.hparams.alpha}.decodes"
