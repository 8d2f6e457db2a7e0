"""Numbers written as text, as the algorithmic problems have them."""

from __future__ import annotations

from collections.abc import Iterable

from t2t_lite.errors import T2TError
from t2t_lite.text.encoder import NUM_RESERVED, TextEncoder


class IntegerEncoder(TextEncoder):
    """Integers between blanks: "0 5 3" is [2, 7, 5]. Tensor2Tensor's `TextEncoder`."""

    def __init__(self, num_symbols: int | None = None):
        """The integers are 0 … num_symbols − 1; None says that the problem knows, not we."""
        self._num_symbols = num_symbols

    @property
    def vocab_size(self) -> int:
        if self._num_symbols is None:
            raise T2TError(
                "The problem does not say how many symbols it has: in its `hparams`, set "
                "vocab_size, or in `feature_encoders` give IntegerEncoder(num_symbols)."
            )
        return self._num_symbols + NUM_RESERVED

    def encode(self, text: str) -> list[int]:
        try:
            symbols = [int(word) for word in text.split()]
        except ValueError as error:
            raise T2TError(f"Expected integers between blanks, not {text!r}.") from error
        wrong = [s for s in symbols if s < 0 or s >= (self._num_symbols or s + 1)]
        if wrong:
            raise T2TError(f"{wrong[0]} is not a symbol: they are 0 to {self._num_symbols} - 1.")
        return [symbol + NUM_RESERVED for symbol in symbols]

    def decode(self, ids: Iterable[int]) -> str:
        return " ".join(str(int(i) - NUM_RESERVED) for i in ids if i >= NUM_RESERVED)
