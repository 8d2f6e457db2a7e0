"""One id per character of the training text."""

from __future__ import annotations

import collections
import json
import os
from collections.abc import Iterable

from t2t_lite import files
from t2t_lite.text.byte_encoder import ByteTextEncoder
from t2t_lite.text.encoder import NUM_RESERVED, TextEncoder, utf8

_FIRST_CHARACTER = NUM_RESERVED + 256


class CharacterTextEncoder(TextEncoder):
    """Unicode characters; one that was not in the training text is spelt in UTF-8 bytes.

    Ids: 2 to 257 are bytes, then come the characters. Any text survives.
    """

    def __init__(self, characters: Iterable[str]):
        self._characters = list(characters)
        self._ids = {c: i for i, c in enumerate(self._characters, _FIRST_CHARACTER)}

    @classmethod
    def train(cls, texts: Iterable[str], max_size: int | None = None) -> CharacterTextEncoder:
        """The most frequent characters of `texts`, so many that `vocab_size` <= `max_size`."""
        counts: collections.Counter[str] = collections.Counter()
        for text in texts:
            counts.update(text)
        frequent_first = sorted(counts, key=lambda c: (-counts[c], c))
        room = None if max_size is None else max(0, max_size - _FIRST_CHARACTER)
        return cls(frequent_first[:room])

    @classmethod
    def load(cls, path: str | os.PathLike) -> CharacterTextEncoder:
        """Reads what `store_to_file` wrote."""
        with open(path, encoding="utf-8") as file:
            return cls(json.load(file))

    def store_to_file(self, path: str | os.PathLike) -> None:
        """Writes the characters as a JSON list."""
        files.write_bytes(path, json.dumps(self._characters).encode())

    @property
    def vocab_size(self) -> int:
        return _FIRST_CHARACTER + len(self._characters)

    def character_counts(self) -> list[int]:
        return [*ByteTextEncoder().character_counts(), *[1] * len(self._characters)]

    def encode(self, text: str) -> list[int]:
        ids = []
        for character in text:
            if character in self._ids:
                ids.append(self._ids[character])
            else:
                ids += [byte + NUM_RESERVED for byte in utf8(character)]
        return ids

    def decode(self, ids: Iterable[int]) -> str:
        content = bytearray()
        for i in ids:
            if NUM_RESERVED <= i < _FIRST_CHARACTER:
                content.append(i - NUM_RESERVED)
            elif _FIRST_CHARACTER <= i < self.vocab_size:
                content += utf8(self._characters[i - _FIRST_CHARACTER])
        return content.decode("utf-8", errors="replace")
