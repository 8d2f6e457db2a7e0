"""One id per byte."""

from __future__ import annotations

from collections.abc import Iterable

from t2t_lite.text.encoder import NUM_RESERVED, TextEncoder, utf8


class ByteTextEncoder(TextEncoder):
    """UTF-8 bytes: id = byte + 2, as Tensor2Tensor's. Needs no vocabulary; any text survives."""

    @property
    def vocab_size(self) -> int:
        return NUM_RESERVED + 256

    def character_counts(self) -> list[int]:
        # The bytes 10xxxxxx only continue a character.
        return [0] * NUM_RESERVED + [byte & 0xC0 != 0x80 for byte in range(256)]

    def encode(self, text: str) -> list[int]:
        return [byte + NUM_RESERVED for byte in utf8(text)]

    def decode(self, ids: Iterable[int]) -> str:
        codes = (int(i) - NUM_RESERVED for i in ids)
        return bytes(c for c in codes if 0 <= c < 256).decode("utf-8", errors="replace")
