"""Scores of constituency trees, written as lines of labels (`t2t_lite.text.trees`).

Labelled brackets are counted as the program evalb counts them with its parameters COLLINS.prm, by
which tables of the Penn Treebank are made (Sekine and Collins, 1997; Collins, 1997):

- the tags of words are no brackets, nor is the outer bracket TOP;
- punctuation (, : `` '' .) is taken out of both trees, and with it phrases that hold nothing
  else; so its place does not matter;
- PRT and ADVP are one label;
- of several equal brackets each counts, as often as it is in both trees;
- precision, recall and F1 are those of the brackets of all sentences together.

A predicted line has no words, so its tags stand for those of the reference, one by one from left
to right, whatever they say: what is punctuation, the reference's tags decide. A line that is no
tree is mended as `trees.from_linear` says. Words too many are left out at the end; those that lack
are added to the end of the last outermost phrase. evalb itself would leave such sentences out.
"""

from __future__ import annotations

import collections
import dataclasses
import itertools
from collections.abc import Sequence

from t2t_lite.metrics.bleu import Score, check_parallel
from t2t_lite.text import trees
from t2t_lite.text.trees import Tree

PUNCTUATION = frozenset([",", ":", "``", "''", "."])
_EQUAL = {"PRT": "ADVP"}
_SIGNATURE = "brackets:labelled|evalb:COLLINS|mended:yes|nrefs:1"

Bracket = tuple[str, int, int]
"""Label, first word, word after the last."""


@dataclasses.dataclass
class ParseCounts:
    """Brackets and sentences of a corpus."""

    matched: int = 0
    predicted: int = 0
    reference: int = 0
    sound: int = 0
    """Predicted trees that nothing had to be mended of."""
    sentences: int = 0

    @property
    def precision(self) -> float:
        """The share of predicted brackets that the references have."""
        return self.matched / max(self.predicted, 1)

    @property
    def recall(self) -> float:
        """The share of the references' brackets that were predicted."""
        return self.matched / max(self.reference, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.matched / max(self.predicted + self.reference, 1)


def parse_f1(hypotheses: Sequence[str], references: Sequence[str]) -> Score:
    """F1 of labelled brackets, from 0 to 100. T2TError: unequal numbers of lines, or none."""
    return Score(100 * count(hypotheses, references).f1, f"parse F1|{_SIGNATURE}")


def parse_sound(hypotheses: Sequence[str], references: Sequence[str]) -> Score:
    """The percentage of lines that are trees, and of as many words as the reference."""
    counts = count(hypotheses, references)
    return Score(100 * counts.sound / counts.sentences, "parse sound|nrefs:1")


def count(hypotheses: Sequence[str], references: Sequence[str]) -> ParseCounts:
    """Counts the brackets of predicted lines, of references, and of both.

    T2TError: unequal numbers of lines, or none.
    """
    check_parallel(hypotheses, references)
    phrases = trees.phrase_labels(references)
    counts = ParseCounts(sentences=len(references))
    for hypothesis, reference in zip(hypotheses, references, strict=True):
        gold, _ = trees.from_linear(reference, phrases)
        tags = [leaf.label for leaf in gold.leaves()]
        tree, is_sound = trees.from_linear(hypothesis, phrases)
        missing = len(tags) - sum(1 for _ in tree.leaves())
        _lengthen(tree, missing)
        found, expected = brackets(tree, tags), brackets(gold, tags)
        counts.matched += (found & expected).total()
        counts.predicted += found.total()
        counts.reference += expected.total()
        counts.sound += is_sound and missing == 0
    return counts


def brackets(tree: Tree, tags: Sequence[str]) -> collections.Counter[Bracket]:
    """The brackets of a tree that evalb counts, over the words that are no punctuation.

    Args:
      tree: with an outer bracket; its words after the last of `tags` are left out.
      tags: the tag of each word, in the reference.
    """
    counted = [0, *itertools.accumulate(tag not in PUNCTUATION for tag in tags)]
    places: list[Bracket] = []
    _collect(tree, 0, places)
    last = len(tags)
    found: collections.Counter[Bracket] = collections.Counter()
    for label, start, end in places:
        start, end = counted[min(start, last)], counted[min(end, last)]
        if start < end and label not in trees.OUTER:
            found[_EQUAL.get(label, label), start, end] += 1
    return found


def _collect(tree: Tree, start: int, places: list[Bracket]) -> int:
    """Adds the brackets of a tree whose first word is `start`; returns the word after it."""
    if tree.is_tag:
        return start + 1
    end = start
    for child in tree.children:
        end = _collect(child, end, places)
    places.append((tree.label, start, end))
    return end


def _lengthen(tree: Tree, missing: int) -> None:
    """Adds words without a known tag at the end of the last outermost phrase."""
    last = tree.children[-1] if tree.children else tree
    if missing > 0:
        (tree if last.is_tag else last).children += [Tree("", word="")] * missing
