"""How far what was recognised is from what was said: edits per word, and per character."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from t2t_lite.metrics.bleu import Score, check_parallel


def wer(hypotheses: Sequence[str], references: Sequence[str]) -> Score:
    """Word error rate: 100 × insertions, deletions and substitutions per word of the references.

    Words are what white space parts; case counts. It can be more than 100; low is good.
    """
    check_parallel(hypotheses, references)
    pairs = [(h.split(), r.split()) for h, r in zip(hypotheses, references, strict=True)]
    return _rate(pairs, "WER|tok:none|case:mixed")


def cer(hypotheses: Sequence[str], references: Sequence[str]) -> Score:
    """Character error rate: the same per character, a run of white space being one character."""
    check_parallel(hypotheses, references)
    pairs = [
        (" ".join(h.split()), " ".join(r.split()))
        for h, r in zip(hypotheses, references, strict=True)
    ]
    return _rate(pairs, "CER|case:mixed")


def _rate(pairs: Sequence[tuple[Sequence, Sequence]], signature: str) -> Score:
    edits = sum(distance(hypothesis, reference) for hypothesis, reference in pairs)
    length = sum(len(reference) for _, reference in pairs)
    return Score(100.0 * edits / max(length, 1), signature)


def distance(left: Sequence[Any], right: Sequence[Any]) -> int:
    """The least number of insertions, deletions and substitutions (Levenshtein 1966)."""
    numbers: dict[Any, int] = {}
    right_ids = np.array([numbers.setdefault(item, len(numbers)) for item in right], int)
    steps = np.arange(len(right) + 1)
    row = steps  # row[j]: between what was read of `left` and the first j of `right`
    for i, item in enumerate(left, 1):
        differs = right_ids != numbers.get(item, -1)
        best = np.minimum(row[1:] + 1, row[:-1] + differs)
        best = np.concatenate([[i], best])
        # Insertions: row[j] = min over k <= j of best[k] + (j - k).
        row = np.minimum.accumulate(best - steps) + steps
    return int(row[-1])
