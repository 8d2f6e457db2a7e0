"""What all encoders share: two reserved ids, and the way from text to ids and back."""

from __future__ import annotations

from collections.abc import Iterable

from t2t_lite.errors import T2TError

PAD = 0
EOS = 1
NUM_RESERVED = 2


class TextEncoder:
    """Base class: text to ids and back. Ids 0 (padding) and 1 (end of sequence) are reserved."""

    has_words = False  # Whether each id is one of the words between blanks.
    unknown_id: int | None = None  # That of all words outside the vocabulary, if there is one.

    @property
    def vocab_size(self) -> int:
        """Number of ids, the reserved ones included."""
        raise NotImplementedError

    def encode(self, text: str) -> list[int]:
        """The ids of a text, without the end of sequence."""
        raise NotImplementedError

    def decode(self, ids: Iterable[int]) -> str:
        """The text of all the ids; reserved ids and ids outside the vocabulary are left out."""
        raise NotImplementedError

    def character_counts(self) -> list[int]:
        """How many characters each id stands for, so that for any text but an empty one those of
        its ids, and of the end of sequence, add up to its length.

        T2TError if the encoder's ids have no such numbers.
        """
        raise T2TError(
            f"A {type(self).__name__} does not tell how many characters an id stands for; bits per "
            "character need bytes, characters or SentencePiece."
        )

    def decode_until_eos(self, ids: Iterable[int]) -> str:
        """The text before the first end of sequence."""
        return self.decode(until_eos(ids))

    def decode_list(self, ids: Iterable[int]) -> list[str]:
        """The text of each id by itself, for people to read."""
        return [self.decode([i]) for i in ids]


def until_eos(ids: Iterable[int]) -> list[int]:
    """The ids before the first end of sequence."""
    kept = []
    for i in ids:
        if i == EOS:
            break
        kept.append(int(i))
    return kept


def utf8(text: str) -> bytes:
    """UTF-8; a lone surrogate, which is not a character, becomes '?'."""
    return text.encode("utf-8", errors="replace")
