"""Labelled brackets: counted by hand, and by brute force over sets of words."""

import random

import pytest

from t2t_lite import metrics
from t2t_lite.errors import T2TError
from t2t_lite.metrics import parsing

GOLD = "S NP DT NN /NP VP VBZ PP IN NP NN /NP /PP /VP . /S"
"""The man walks in town . : S(0,5) NP(0,2) VP(2,5) PP(3,5) NP(4,5), without the period."""


def counts(hypothesis, reference=GOLD):
    found = parsing.count([hypothesis], [reference])
    return found.matched, found.predicted, found.reference


@pytest.mark.parametrize(
    ("hypothesis", "expected"),
    [
        (GOLD, (5, 5, 5)),
        # The PP hangs on the NP: NP(0,2), S, PP, NP(4,5) are right; NP(0,5) and VP(2,3) are not.
        ("S NP NP DT NN /NP VP VBZ /VP PP IN NP NN /NP /PP /NP . /S", (4, 6, 5)),
        # Other tags, and punctuation at another place.
        ("S NP XX XX /NP VP XX PP XX NP XX XX /NP /PP /VP /S", (5, 5, 5)),
        # Right spans, other labels: S and VP remain.
        ("S VP DT NN /VP VP VBZ NP IN PP NN /PP /NP /VP . /S", (2, 5, 5)),
        # Two equal brackets: one of them matches.
        ("S NP NP DT NN /NP /NP VP VBZ PP IN NP NN /NP /PP /VP . /S", (5, 6, 5)),
        # Nothing but the sentence.
        ("S DT NN VBZ IN NN . /S", (1, 1, 5)),
        # Not closed: S and VP go to the end, NP(0,2) as well.
        ("S NP DT NN /NP VP VBZ IN NN .", (3, 3, 5)),
        # Words that lack are added to S, so that only NP(0,2) and S are right.
        ("S NP DT NN /NP VP VBZ /VP /S", (2, 3, 5)),
        # A word too many is left out, and the phrase around it.
        ("S NP DT NN /NP VP VBZ PP IN NP NN /NP /PP /VP . NP NN /NP /S", (5, 5, 5)),
        ("", (0, 0, 5)),
        ("/S /NP", (0, 0, 5)),
    ],
)
def test_counted_by_hand(hypothesis, expected):
    assert counts(hypothesis) == expected


def test_particles_are_adverbs():
    gold = "S VP VB PRT RP /PRT /VP /S"
    assert counts("S VP VB ADVP RP /ADVP /VP /S", f"{gold}")[0] == 2  # ADVP is no known phrase
    assert parsing.count(["S VP VB ADVP RP /ADVP /VP /S"] * 2, [gold, "ADVP RB /ADVP"]).matched == 3


def test_phrases_of_punctuation_do_not_count():
    gold = "S NP NN /NP PRN , /PRN VP VB /VP /S"
    assert counts("S NP NN /NP , VP VB /VP /S", gold) == (3, 3, 3)


def test_a_corpus_counts_all_brackets_together():
    """F1 of the sums, not the mean of F1: matched 5 + 1, of 5 + 1 and 5 + 5."""
    hypotheses, references = [GOLD, "S DT NN VBZ IN NN . /S"], [GOLD, GOLD]
    score = metrics.DECODED["parse_f1"](hypotheses, references)
    assert score.value == pytest.approx(100 * 2 * 6 / (6 + 10))
    assert "evalb:COLLINS" in score.signature
    found = parsing.count(hypotheses, references)
    assert (found.precision, found.recall) == (1.0, 0.6)


def test_share_of_sound_trees():
    lines = [GOLD, "S DT NN /S", GOLD.removesuffix(" /S"), "S DT NN VBZ IN NN . /S"]
    assert metrics.DECODED["parse_sound"](lines, [GOLD] * 4).value == 50.0


def test_unequal_numbers_of_lines():
    with pytest.raises(T2TError, match="2 translations but 1 references"):
        parsing.parse_f1([GOLD, GOLD], [GOLD])


def random_tree(rng, words):
    """Nested lists over words, each with a label in front."""
    if len(words) == 1 and rng.random() < 0.6:
        return words[0]
    cuts = sorted(rng.sample(range(1, len(words)), min(len(words) - 1, rng.randint(0, 2))))
    parts = [words[a:b] for a, b in zip([0, *cuts], [*cuts, len(words)], strict=True)]
    if len(parts) == 1 and rng.random() < 0.7:
        return [rng.choice("ABC"), *words]
    return [rng.choice("ABC"), *(random_tree(rng, part) for part in parts)]


def line_of(tree, tags):
    if isinstance(tree, int):
        return tags[tree]
    label, *parts = tree
    return " ".join([label, *(line_of(part, tags) for part in parts), f"/{label}"])


def words_of(tree):
    return {tree} if isinstance(tree, int) else set().union(*map(words_of, tree[1:]))


def constituents(tree, left_out):
    """Every phrase as its label and set of words."""
    if isinstance(tree, int):
        return []
    inner = [c for part in tree[1:] for c in constituents(part, left_out)]
    spanned = words_of(tree) - left_out
    return [(tree[0], spanned), *inner] if spanned else inner


def test_brute_force():
    rng = random.Random(0)
    lines, total = ([], []), [0, 0, 0]
    for _ in range(200):
        length = rng.randint(1, 9)
        tags = [rng.choice(["NN", "VB", ",", ".", "``"]) for _ in range(length)]
        left_out = {i for i, tag in enumerate(tags) if tag in (",", ".", "``")}
        pair = [["A", random_tree(rng, list(range(length)))] for _ in range(2)]
        gold, found = (constituents(tree, left_out) for tree in pair)
        total[1] += len(found)
        total[2] += len(gold)
        for phrase in found:
            if phrase in gold:
                gold.remove(phrase)
                total[0] += 1
        lines[0].append(line_of(pair[1], ["XX"] * length))
        lines[1].append(line_of(pair[0], tags))
    counted = parsing.count(*lines)
    assert [counted.matched, counted.predicted, counted.reference] == total
    assert 0 < total[0] < min(total[1:])
    assert counted.sound == 200
