"""Names of classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.text.encoder import TextEncoder


class ClassLabelEncoder(TextEncoder):
    """A class' name to its number and back; here no id is reserved."""

    def __init__(self, class_labels: Sequence[str]):
        self._labels = list(class_labels)
        self._ids = {label: i for i, label in enumerate(self._labels)}

    @property
    def vocab_size(self) -> int:
        return len(self._labels)

    def encode(self, text: str) -> list[int]:
        if text not in self._ids:
            raise T2TError(f"There is no class {text!r}.{did_you_mean(text, self._ids)}")
        return [self._ids[text]]

    def decode(self, ids: Iterable[int]) -> str:
        return " ".join(self._labels[i] for i in ids if 0 <= i < len(self._labels))

    def decode_until_eos(self, ids: Iterable[int]) -> str:
        return self.decode(ids)
