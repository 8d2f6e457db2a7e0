"""Scores of decoded text against references, by sacrebleu (Post 2018, arXiv:1804.08771).

Every score carries a signature that says how it was computed, without which numbers of different
papers cannot be compared. Tensor2Tensor's `t2t-bleu` is sacrebleu's tokenizer `intl`; published
tables use `13a`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from t2t_lite.errors import T2TError


class Score(NamedTuple):
    """A score from 0 to 100 (TER: 0 is best, and it can be more than 100)."""

    value: float
    signature: str


def bleu(
    hypotheses: Sequence[str],
    references: Sequence[str],
    *,
    tokenize: str = "13a",
    lowercase: bool = False,
) -> Score:
    """BLEU of a corpus (Papineni et al. 2002), up to 4-grams, one reference per hypothesis.

    Args:
      tokenize: "13a" as in published tables, "intl" as in Tensor2Tensor, or another tokenizer of
        sacrebleu.
      lowercase: ignore case ("uncased").
    Raises:
      T2TError: unequal numbers of lines, or none.
    """
    from sacrebleu.metrics import BLEU

    # `force` only silences sacrebleu's guess that the text were tokenized.
    metric = BLEU(tokenize=tokenize, lowercase=lowercase, force=True)
    return _score(metric, hypotheses, references)


def chrf(hypotheses: Sequence[str], references: Sequence[str]) -> Score:
    """chrF2 of a corpus (Popović 2015): F-score of character 6-grams; fit for any script."""
    from sacrebleu.metrics import CHRF

    return _score(CHRF(), hypotheses, references)


def ter(hypotheses: Sequence[str], references: Sequence[str]) -> Score:
    """Translation edit rate (Snover et al. 2006): edits per word of the reference; low is good."""
    from sacrebleu.metrics import TER

    return _score(TER(), hypotheses, references)


def exact_match(hypotheses: Sequence[str], references: Sequence[str]) -> Score:
    """The percentage of hypotheses that equal their reference, white space around them aside."""
    check_parallel(hypotheses, references)
    pairs = zip(hypotheses, references, strict=True)
    equal = sum(hypothesis.strip() == reference.strip() for hypothesis, reference in pairs)
    return Score(100 * equal / len(references), "exact match|nrefs:1")


def check_parallel(hypotheses: Sequence[str], references: Sequence[str]) -> None:
    """T2TError unless there are equally many, and some."""
    if len(hypotheses) != len(references):
        raise T2TError(
            f"There are {len(hypotheses)} translations but {len(references)} references; "
            "line N of one must belong to line N of the other."
        )
    if not references:
        raise T2TError("There is nothing to score: no translation and no reference.")


def _score(metric, hypotheses: Sequence[str], references: Sequence[str]) -> Score:
    check_parallel(hypotheses, references)
    score = metric.corpus_score(list(hypotheses), [list(references)])
    return Score(score.score, f"{score.name}|{metric.get_signature()}")
