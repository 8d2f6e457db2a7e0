"""Scores of decoded text against their definitions."""

import collections
import math

import pytest

from t2t_lite import metrics
from t2t_lite.errors import T2TError
from t2t_lite.metrics import bleu

HYPOTHESES = ["the cat is on the mat there", "a b c d e", "we are here now"]
REFERENCES = ["the cat is on the mat", "a b x d e f", "we were here now then"]


def ngrams(words, order):
    return collections.Counter(zip(*(words[i:] for i in range(order)), strict=False))


def test_bleu_is_papinenis_formula():
    pairs = [(h.split(), r.split()) for h, r in zip(HYPOTHESES, REFERENCES, strict=True)]
    log_precision = 0.0
    for order in range(1, 5):
        matches = sum((ngrams(h, order) & ngrams(r, order)).total() for h, r in pairs)
        log_precision += math.log(matches / sum(ngrams(h, order).total() for h, _ in pairs)) / 4
    lengths = [sum(len(pair[side]) for pair in pairs) for side in (0, 1)]
    brevity = min(0.0, 1 - lengths[1] / lengths[0])
    expected = 100 * math.exp(log_precision + brevity)
    for tokenize in ("13a", "intl"):
        score = bleu.bleu(HYPOTHESES, REFERENCES, tokenize=tokenize)
        assert score.value == pytest.approx(expected, abs=1e-6)
        assert f"|tok:{tokenize}|" in score.signature


def test_case_counts_unless_told_otherwise():
    upper = [h.upper() for h in HYPOTHESES]
    assert bleu.bleu(upper, REFERENCES).value < 5
    lowercase = bleu.bleu(upper, REFERENCES, lowercase=True)
    assert lowercase.value == pytest.approx(bleu.bleu(HYPOTHESES, REFERENCES).value)
    assert "|case:lc|" in lowercase.signature


@pytest.mark.parametrize("name", [name for name in metrics.DECODED if "parse" not in name])
def test_perfect_and_hopeless(name):
    score = metrics.DECODED[name]
    best, worst = (0, 100) if name in ("ter", "wer", "cer") else (100, 0)
    assert score(REFERENCES, REFERENCES).value == pytest.approx(best)
    hopeless = score(["ZZ " * len(r.split()) for r in REFERENCES], REFERENCES)
    # BLEU is smoothed; and of the characters, blanks are right.
    assert hopeless.value == pytest.approx(worst, abs=20 if name == "cer" else 4)
    assert hopeless.signature


def test_ter_counts_edits():
    edits, words = 1 + 2 + 2, 6 + 6 + 5
    assert bleu.ter(HYPOTHESES, REFERENCES).value == pytest.approx(100 * edits / words)


def test_exact_match():
    assert bleu.exact_match(["a", "b ", "c", "d"], ["a", "b", "x", "y"]).value == 50


@pytest.mark.parametrize("name", list(metrics.DECODED))
def test_unequal_or_no_lines_are_refused(name):
    with pytest.raises(T2TError, match="2 translations but 3 references"):
        metrics.DECODED[name](HYPOTHESES[:2], REFERENCES)
    with pytest.raises(T2TError, match="nothing to score"):
        metrics.DECODED[name]([], [])


def test_names():
    metrics.check_names(["accuracy", "bleu"])
    with pytest.raises(T2TError, match=r"no metric 'acuracy'\. Did you mean 'accuracy'"):
        metrics.check_names(["acuracy"])
    assert "bleu" not in metrics.TEACHER_FORCED and "accuracy" not in metrics.DECODED
