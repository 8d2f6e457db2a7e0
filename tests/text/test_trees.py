"""Trees of brackets and trees of labels."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from t2t_lite.errors import T2TError
from t2t_lite.text import trees

SLEEPS = "(TOP (S (NP-SBJ-1 (DT the) (NN cat)) (VP (VBZ sleeps) (S=2 (NP (-NONE- *-1)))) (. .)))"
PHRASES = {"S", "NP", "VP", "PP"}


def read(text):
    return [str(tree) for tree in trees.read(text.split("\n"), "file.mrg")]


def test_tensor2tensors_line():
    """As words_and_tags_from_wsj_tree there: the outer label is stripped, tags stay."""
    (tree,) = trees.read([SLEEPS], "file.mrg")
    kept = trees.without_traces(tree)
    assert trees.words(kept) == "the cat sleeps ."
    assert trees.linear(kept) == "S NP DT NN /NP VP VBZ /VP . /S"


def test_trees_over_several_lines_with_and_without_an_outer_label():
    text = "\n( (S \n  (NP (NN a) )\n (VP (-LRB- -LRB-))) )\n(S\n(X (SYM *)))(NP (NN b))"
    assert read(text) == [
        "( (S (NP (NN a)) (VP (-LRB- -LRB-))))",
        "( (S (X (SYM *))))",
        "( (NP (NN b)))",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("( (S (NN a))\n\n( (S (NN b)))", ["file.mrg", "begins on line 1", "not closed"]),
        ("( (S (NN a)))\n)", ["line 2", "closes, but none is open"]),
        ("( (S (NN a)))\nword", ["line 2", "'word' stands outside"]),
        ("( (S (NN a b)))", ["line 1", "'b' has no tag"]),
        ("( (S (NN a) b))", ["line 1", "'b' has no tag"]),
        ("( (S\n()))", ["line 2", "nothing in it"]),
        ("( (S (NP )))", ["line 1", "'NP' has nothing in it"]),
        ("( (S (NP a (NN b))))", ["line 1", "'a' and a bracket"]),
    ],
)
def test_mistakes(text, words):
    with pytest.raises(T2TError) as error:
        read(text)
    for word in words:
        assert word in str(error.value)


def test_a_tree_of_traces_alone():
    (tree,) = trees.read(["( (S (NP (-NONE- *)) (VP (-NONE- *?*))))"], "file.mrg")
    assert trees.without_traces(tree) is None


def labels(tree):
    label, children = tree
    if children is None:
        return label
    return " ".join([label, *map(labels, children), f"/{label}"])


def bracketed(tree):
    label, children = tree
    if children is None:
        return f"({label} )"
    return f"({label} {' '.join(map(bracketed, children))})"


TAGS = st.tuples(st.sampled_from(["NN", "DT", ",", "-LRB-", "PRP$"]), st.none())
TREES = st.recursive(
    TAGS,
    lambda inner: st.tuples(
        st.sampled_from(sorted(PHRASES)), st.lists(inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=50, deadline=None)
@given(st.lists(TREES, min_size=1, max_size=2))
def test_there_and_back(forest):
    line = " ".join(map(labels, forest))
    tree, is_sound = trees.from_linear(line, PHRASES)
    assert is_sound
    assert trees.linear(tree) == line
    assert str(tree) == f"( {' '.join(map(bracketed, forest))})"


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ("S NP NN /NP", "S NP NN /NP /S"),  # what is open at the end ends there
        ("S NP NN /VP /NP /S", "S NP NN /NP /S"),  # ends what was never begun
        ("S NP NN VP VB /S", "S NP NN VP VB /VP /NP /S"),  # ends what is outside of what is open
        ("S NP /NP VP VB /VP /S", "S VP VB /VP /S"),  # a phrase without words
        ("/S NN", "NN"),
        ("S NP", ""),
        ("", ""),
    ],
)
def test_what_is_no_tree_is_mended(line, mended):
    tree, is_sound = trees.from_linear(line, PHRASES)
    assert not is_sound
    assert trees.linear(tree) == mended


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from(["S", "NP", "/S", "/NP", "NN", ","]), max_size=12))
def test_any_line_becomes_a_tree_with_its_words(line):
    tree, is_sound = trees.from_linear(" ".join(line), PHRASES)
    again = trees.linear(tree)
    assert [leaf.label for leaf in tree.leaves()] == [x for x in line if x in ("NN", ",")]
    assert is_sound == (again == " ".join(line) and bool(line))
    assert not line or not again or trees.from_linear(again, PHRASES)[1]


def test_labels_of_phrases():
    assert trees.phrase_labels(["S NP NN /NP / /S", "X /X"]) == {"S", "NP", "X"}
