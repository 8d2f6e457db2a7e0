"""The files that are decoded and the files that result; no TensorFlow in here."""

from __future__ import annotations

import os
import pathlib
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from t2t_lite import files
from t2t_lite.data import text_files
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.errors import T2TError, UnreadableError

Content = TypeVar("Content")


class Hypothesis(NamedTuple):
    """One output for a sentence."""

    text: str
    score: float  # of the beam search; log P if the search did not finish, and of one beam


class Decoded(NamedTuple):
    """One decoded example of a dataset."""

    inputs: str | None  # None for a language model
    targets: str
    prediction: str


def shard_path(path: str | os.PathLike, hparams: DecodeHParams) -> str:
    """`path` with the number of the shard that `hparams` name, as Tensor2Tensor writes it."""
    path = os.fspath(path)
    if hparams.shards == 1:
        return path
    number = hparams.shard_id + hparams.shards_start_offset
    if hparams.shard_google_format:
        return f"{path}-{number:05d}-of-{hparams.shards:05d}"
    return f"{path}{number:03d}"


def output_path(
    path: str | os.PathLike, hparams: DecodeHParams, model: str, hparams_set: str, problem: str
) -> str:
    """Where outputs for `path` are written if nobody says where; Tensor2Tensor's name."""
    if hparams.decode_to_file:
        return shard_path(hparams.decode_to_file, hparams)
    search = f"beam{hparams.beam_size}.alpha{hparams.alpha}.decodes"
    path = shard_path(path, hparams)
    return path if search in path else f"{path}.{model}.{hparams_set}.{problem}.{search}"


def read_sentences(path: str | os.PathLike, delimiter: str = "\n") -> list[str]:
    """The sentences of a UTF-8 file, each followed by the delimiter; the last one need not be.

    Raises:
      T2TError: missing, damaged, or not UTF-8 (with the number of the line).
    """
    if os.path.isfile(path) and os.path.getsize(path) == 0:
        return []
    sentences = list(text_files.lines(path))
    if delimiter == "\n":
        return sentences
    sentences = "\n".join(sentences).split(delimiter)
    return sentences if sentences[-1].strip() else sentences[:-1]


def check_writable(path: str | os.PathLike) -> None:
    """Makes the directory of `path`; T2TError if a file cannot be written there."""
    if os.path.isdir(path):
        raise T2TError(f"Cannot write {path}: it is a directory. Choose another --decode_to_file.")
    directory = pathlib.Path(path).absolute().parent
    files.make_directory(directory)
    if not os.access(directory, os.W_OK):
        raise T2TError(f"No permission to write {path}. Choose another --decode_to_file.")


def write_sentences(path: str | os.PathLike, sentences: Iterable[str], delimiter: str) -> None:
    """Writes each sentence and the delimiter, whole or not at all."""
    text = "".join(sentence + delimiter for sentence in sentences)
    files.write_bytes(path, text.encode("utf-8", errors="replace"))


def write_dataset(
    path: str | os.PathLike, decoded: Sequence[Decoded], hparams: DecodeHParams
) -> list[str]:
    """Writes predictions to `path`, and targets and inputs beside it, under Tensor2Tensor's names.

    These have `.targets` and `.inputs` for the last part of the name. Returns the paths.
    """
    stem = os.path.splitext(path)[0]
    columns = {
        os.fspath(path): [one_line(d.prediction, hparams.delimiter) for d in decoded],
        f"{stem}.targets": [one_line(d.targets, hparams.delimiter) for d in decoded],
    }
    if any(d.inputs is not None for d in decoded):
        inputs = [one_line(d.inputs or "", hparams.delimiter) for d in decoded]
        columns[f"{stem}.inputs"] = inputs
    for name, sentences in columns.items():
        write_sentences(name, sentences, hparams.delimiter)
    return list(columns)


def format_hypotheses(hypotheses: Sequence[Hypothesis], hparams: DecodeHParams) -> str:
    """What is written for a sentence: the best text, or all with tabs between; maybe scores."""
    fields = []
    for text, score in hypotheses if hparams.return_beams else hypotheses[:1]:
        text = one_line(text, hparams.delimiter)
        if hparams.return_beams or hparams.write_beam_scores:
            text = text.replace("\t", " ")
        fields += [text, f"{score:.2f}"] if hparams.write_beam_scores else [text]
    return "\t".join(fields)


def one_line(text: str, delimiter: str = "\n") -> str:
    """`text` without line ends and delimiters, so that N sentences stay N lines."""
    for end in ("\r", "\n", delimiter):
        text = text.replace(end, " ")
    return text


def readable(
    place: str | os.PathLike, what: str, endings: Collection[str], read: Callable[[bytes], Content]
) -> Iterator[tuple[str, Content]]:
    """Name and content of a file, or of all in a folder in the order of their names.

    Files that cannot be read are named on stderr and left out.

    Args:
      what: such as "picture"; for messages.
      endings: of the names of files to look for in a folder, in small letters.
      read: makes the content of the bytes, or raises an `UnreadableError`.
    Raises:
      T2TError: there is no such place, or no such file in it.
    """
    place = pathlib.Path(place)
    paths = [place]
    if place.is_dir():
        paths = sorted(p for p in place.rglob("*") if p.is_file() and not p.name.startswith("."))
        paths = [path for path in paths if path.suffix.lower() in endings]
    elif not place.is_file():
        raise T2TError(f"There is no {what} and no folder {place}.")
    count = 0
    for path in paths:
        try:
            content = read(path.read_bytes())
        except UnreadableError as error:
            print(f"{path} is left out, for {error}.", file=sys.stderr)
            continue
        count += 1
        yield str(path), content
    if not count:
        raise T2TError(f"{place} holds no {what} that can be read.")
