"""Vocabulary files: which encoder a vocabulary type means, and how it is built and found."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Iterable

from t2t_lite import files
from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.text.byte_encoder import ByteTextEncoder
from t2t_lite.text.character_encoder import CharacterTextEncoder
from t2t_lite.text.encoder import TextEncoder
from t2t_lite.text.sentencepiece_encoder import SentencePieceEncoder
from t2t_lite.text.subword_encoder import SubwordTextEncoder
from t2t_lite.text.token_encoder import TokenTextEncoder


class VocabType:
    """Kinds of vocabulary, under Tensor2Tensor's names where it had them."""

    SUBWORD = "subwords"
    """SentencePiece; or Tensor2Tensor's subwords, if its file is in the data directory."""
    TOKEN = "tokens"
    """Words between blanks."""
    CHARACTER = "character"
    """UTF-8 bytes, as it means in Tensor2Tensor; needs no file."""
    BYTE = CHARACTER
    UNICODE = "unicode"
    """The characters of the training text; others in UTF-8 bytes."""


_ALL_TYPES = (VocabType.SUBWORD, VocabType.TOKEN, VocabType.CHARACTER, VocabType.UNICODE)


def path_of(data_dir: str | os.PathLike, filename: str, vocab_type: str) -> pathlib.Path | None:
    """Where the vocabulary is, or is to be written; None if there is no file.

    `filename` is Tensor2Tensor's, such as "vocab.NAME.8192.subwords". Where that file does not
    exist, subwords are in "vocab.NAME.8192.model", as SentencePiece names its files.
    """
    if vocab_type not in _ALL_TYPES:
        raise T2TError(
            f"There is no vocab_type {vocab_type!r}.{did_you_mean(str(vocab_type), _ALL_TYPES)} "
            f"There are {', '.join(_ALL_TYPES)}."
        )
    if vocab_type == VocabType.CHARACTER:
        return None
    path = pathlib.Path(data_dir) / filename
    if vocab_type == VocabType.SUBWORD and not path.exists():
        return path.with_name(filename.replace(f".{VocabType.SUBWORD}", "") + ".model")
    return path


def load(
    data_dir: str | os.PathLike, filename: str, vocab_type: str, oov_token: str | None = None
) -> TextEncoder:
    """The encoder of a vocabulary in `data_dir`; T2TError if it is missing or damaged."""
    path = path_of(data_dir, filename, vocab_type)
    if path is None:
        return ByteTextEncoder()
    try:
        if vocab_type == VocabType.TOKEN:
            return TokenTextEncoder.load(path, oov_token)
        if vocab_type == VocabType.UNICODE:
            return CharacterTextEncoder.load(path)
        if path.suffix == ".model":
            return SentencePieceEncoder.load(path)
        return SubwordTextEncoder.load(path)
    except OSError as error:
        also = f" (nor Tensor2Tensor's {filename})" if path.name != filename else ""
        raise T2TError(
            f"The vocabulary {path} cannot be read{also}: {error.strerror}. `t2t-datagen` writes "
            "it together with the data; is --data_dir right?"
        ) from error
    except ValueError as error:  # not UTF-8, not JSON
        raise T2TError(f"The vocabulary {path} is damaged: {error}.") from error


def copy(data_dir: str | os.PathLike, filename: str, to: str, vocab_type: str) -> None:
    """Writes a vocabulary once more, under the name `to`."""
    path = path_of(data_dir, filename, vocab_type)
    target = path_of(data_dir, to, vocab_type)
    if path and target:
        is_t2t = path.name == filename  # Then the copy is no SentencePiece model either.
        files.write_bytes(target.with_name(to) if is_t2t else target, path.read_bytes())


def contents(
    data_dir: str | os.PathLike, filenames: Iterable[str], vocab_type: str
) -> dict[str, bytes]:
    """What is in those of the vocabularies that are there."""
    paths = {filename: path_of(data_dir, filename, vocab_type) for filename in filenames}
    return {name: path.read_bytes() for name, path in paths.items() if path and path.exists()}


def build(
    data_dir: str | os.PathLike,
    filename: str,
    vocab_type: str,
    texts: Iterable[str],
    size: int | None,
    oov_token: str | None = None,
) -> None:
    """Builds a vocabulary of about `size` ids from texts and writes its file, if it has one.

    `size` None sets no limit; subwords need one.
    """
    path = path_of(data_dir, filename, vocab_type)
    if path is None:
        return
    if vocab_type == VocabType.TOKEN:
        TokenTextEncoder.train(texts, size, oov_token).store_to_file(path)
    elif vocab_type == VocabType.UNICODE:
        CharacterTextEncoder.train(texts, size).store_to_file(path)
    elif size is None:
        raise T2TError(f"{filename}: set approx_vocab_size, subwords need it.")
    else:
        SentencePieceEncoder.train(texts, size).store_to_file(path)
