"""Tensor2Tensor's subwords: its `.subwords` files, read and applied exactly as it did.

Text is split where letters and digits meet other characters (a single blank between two words is
implied); each token is escaped, gets a final "_" and is cut into the longest subwords from the
left. Vocabularies built here are SentencePiece's (`sentencepiece_encoder`).
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterable, Sequence

from t2t_lite.errors import T2TError
from t2t_lite.text.encoder import NUM_RESERVED, TextEncoder, utf8

_ESCAPE_CHARACTERS = set("\\_u;0123456789")
_ESCAPED = re.compile(r"\\u|\\\\|\\([0-9]+);")
_UNDEFINED_CHARACTER = "\u3013"
# A run of letters and digits (Unicode's categories L and N), or of others, unless these are a
# single blank between two of the former.
_TOKENS = re.compile(r"[^\W_]+|(?!(?<=[^\W_]) [^\W_])[\W_]+")


def tokenize(text: str) -> list[str]:
    """Runs of letters and digits, and runs of the rest; a single blank between is left out."""
    return _TOKENS.findall(text)


def join_tokens(tokens: Sequence[str]) -> str:
    """Undoes `tokenize`: a blank between two tokens of letters and digits."""
    parts = []
    was_alphanumeric = False
    for token in tokens:
        is_alphanumeric = token[0].isalnum()
        if was_alphanumeric and is_alphanumeric:
            parts.append(" ")
        parts.append(token)
        was_alphanumeric = is_alphanumeric
    return "".join(parts)


def _unescape(token: str) -> str:
    def replace(match: re.Match) -> str:
        if match.group(1) is None:
            return "_" if match.group(0) == "\\u" else "\\"
        try:
            return chr(int(match.group(1)))
        except (ValueError, OverflowError):
            return _UNDEFINED_CHARACTER

    return _ESCAPED.sub(replace, token)


class SubwordTextEncoder(TextEncoder):
    """Applies a list of subwords; any text survives."""

    def __init__(self, subwords: Sequence[str]):
        """`subwords` in the order of their ids; the first two are the reserved ids'."""
        self._subwords = list(subwords)
        self._ids = {subword: i for i, subword in enumerate(self._subwords) if subword}
        if missing := sorted(_ESCAPE_CHARACTERS - set(self._ids)):
            raise T2TError(
                f"it lacks the subword {missing[0]!r}, which each of Tensor2Tensor's has"
            )
        self._longest = max(map(len, self._subwords))
        self._alphabet = _ESCAPE_CHARACTERS.union(*self._subwords)
        # A corpus has few different words, so that most of the time their ids are known.
        self._token_ids = functools.lru_cache(maxsize=1 << 16)(self._encode_token)

    def __reduce__(self):
        return type(self), (self._subwords,)

    @classmethod
    def load(cls, path: str | os.PathLike) -> SubwordTextEncoder:
        """Reads a `.subwords` file: one subword a line, with or without quotes around it.

        Raises:
          T2TError: it is none, or is damaged.
        """
        with open(path, encoding="utf-8", newline="\n") as file:
            lines = [line.strip() for line in file]
        try:
            return cls([s[1:-1] if s[:1] in "'\"" and s[:1] == s[-1:] else s for s in lines])
        except T2TError as error:
            raise T2TError(
                f"{path} is not a Tensor2Tensor subword vocabulary, or is damaged: {error}."
            ) from error

    @property
    def vocab_size(self) -> int:
        return len(self._subwords)

    def encode(self, text: str) -> list[int]:
        text = utf8(text).decode("utf-8")
        return [i for token in tokenize(text) for i in self._token_ids(token)]

    def _encode_token(self, token: str) -> list[int]:
        escaped = self._escape(token)
        ids = []
        start = 0
        while start < len(escaped):
            for end in range(min(len(escaped), start + self._longest), start, -1):
                i = self._ids.get(escaped[start:end])
                if i is not None:
                    ids.append(i)
                    start = end
                    break
            else:  # a character of the alphabet that is no subword by itself
                ids += [self._ids[c] for c in f"\\{ord(escaped[start])};"]
                start += 1
        return ids

    def _escape(self, token: str) -> str:
        token = token.replace("\\", "\\\\").replace("_", "\\u")
        kept = self._alphabet
        return "".join(c if c in kept and c != "\n" else f"\\{ord(c)};" for c in token) + "_"

    def decode(self, ids: Iterable[int]) -> str:
        joined = "".join(self._subwords[i] for i in ids if NUM_RESERVED <= i < len(self._subwords))
        tokens = [_unescape(token) for token in joined.split("_")]
        return join_tokens([token for token in tokens if token])
