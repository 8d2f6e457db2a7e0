"""One id per word between blanks."""

from __future__ import annotations

import collections
import os
from collections.abc import Iterable, Sequence

from t2t_lite import files
from t2t_lite.errors import T2TError
from t2t_lite.text.encoder import NUM_RESERVED, TextEncoder

_RESERVED_TOKENS = ["<pad>", "<EOS>"]


class TokenTextEncoder(TextEncoder):
    """Words between white space; words outside the vocabulary become `replace_oov`.

    Reads and writes Tensor2Tensor's files: one token a line, the reserved ones first.
    """

    has_words = True

    def __init__(self, tokens: Sequence[str], replace_oov: str | None = "<unk>"):
        """`tokens` are all of them, in the order of their ids, "<pad>" and "<EOS>" first."""
        self._tokens = list(tokens)
        self._ids = {token: i for i, token in enumerate(self._tokens)}
        self.unknown_id = self._ids.get(replace_oov) if replace_oov else None

    @classmethod
    def train(
        cls, texts: Iterable[str], max_size: int | None = None, replace_oov: str | None = "<unk>"
    ) -> TokenTextEncoder:
        """The most frequent tokens of `texts`, at most `max_size` with the reserved ones."""
        counts: collections.Counter[str] = collections.Counter()
        for text in texts:
            counts.update(text.split())
        first = [*_RESERVED_TOKENS, *([replace_oov] if replace_oov else [])]
        for token in first:
            counts.pop(token, None)
        frequent_first = sorted(counts, key=lambda token: (-counts[token], token))
        return cls([*first, *frequent_first][:max_size], replace_oov)

    @classmethod
    def load(cls, path: str | os.PathLike, replace_oov: str | None = "<unk>") -> TokenTextEncoder:
        """Reads a file of one token a line."""
        with open(path, encoding="utf-8", newline="\n") as file:
            return cls([line.strip() for line in file], replace_oov)

    def store_to_file(self, path: str | os.PathLike) -> None:
        """Writes one token a line."""
        files.write_bytes(path, "".join(f"{token}\n" for token in self._tokens).encode())

    @property
    def vocab_size(self) -> int:
        return len(self._tokens)

    def encode(self, text: str) -> list[int]:
        ids = []
        for token in text.split():
            i = self._ids.get(token, self.unknown_id)
            if i is None:
                raise T2TError(
                    f"The token {token!r} is not in the vocabulary, and it has no token for "
                    "unknown ones: set the problem's oov_token to one that it has."
                )
            ids.append(i)
        return ids

    def decode(self, ids: Iterable[int]) -> str:
        return " ".join(self._tokens[i] for i in ids if NUM_RESERVED <= i < len(self._tokens))
