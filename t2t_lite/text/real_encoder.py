"""Real numbers written as text."""

from __future__ import annotations

from collections.abc import Iterable

from t2t_lite.errors import T2TError
from t2t_lite.text.encoder import TextEncoder


class RealEncoder(TextEncoder):
    """Numbers between blanks; a vector after the other. There are no ids, and none is reserved."""

    def encode(self, text: str) -> list[float]:  # type: ignore[override]
        try:
            return [float(word) for word in text.split()]
        except ValueError as error:
            raise T2TError(f"Expected numbers between blanks, not {text!r}.") from error

    def decode(self, ids: Iterable[float]) -> str:
        return " ".join(f"{number:.6g}" for number in ids)

    def decode_until_eos(self, ids: Iterable[float]) -> str:
        return self.decode(ids)
