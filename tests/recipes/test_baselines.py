"""The baselines beside which models stand: probabilities, and trees by rule."""

import importlib.util
import math
import pathlib
import random

import pytest

from t2t_lite.metrics import parsing

RECIPES = pathlib.Path(__file__).parents[2] / "recipes"


def recipe(name):
    """A recipe as a module."""
    spec = importlib.util.spec_from_file_location(name, RECIPES / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


ngrams = recipe("shakespeare_ngrams")
baselines = recipe("parsing_baselines")
TEXT = "the cat sat on the mat; the hat was flat and that was that. " * 3 + "a rat!"


@pytest.mark.parametrize("order", [1, 2, 3, 5])
def test_probabilities_sum_to_one(order):
    alphabet = sorted({*TEXT, "Z", "Q"})
    model = ngrams.KneserNey(TEXT, order, len(alphabet))
    rng = random.Random(0)
    unknown = ["", "Z", "tZ", "Zt", "never before"]
    known = [TEXT[: rng.randrange(len(TEXT))] for _ in range(30)]
    for context in unknown + known:
        probabilities = [model.probability(context, c) for c in alphabet]
        assert min(probabilities) > 0
        assert sum(probabilities) == pytest.approx(1, abs=1e-12)


def test_bigrams_by_hand():
    """Of "ababac", with its bigrams ab 2, ba 2, ac 1, and a before nothing at its beginning.

    One of the bigrams has count 1, two have 2: D = 1/5. Followed by different characters: a stands
    after b and after nothing (2), b after a (1), c after a (1); n1 = 2, n2 = 1: D = 2/4.
    """
    model = ngrams.KneserNey("ababac", 2)
    uniform = (0.5 * 3 / 4) * (1 / 3)
    single = {"a": 1.5 / 4 + uniform, "b": 0.5 / 4 + uniform, "c": 0.5 / 4 + uniform}
    assert sum(single.values()) == pytest.approx(1)
    assert model.probability("", "b") == pytest.approx(single["b"])
    assert model.probability("c", "b") == pytest.approx(single["b"])  # c is never followed
    expected = {"b": (2 - 0.2) / 3, "c": (1 - 0.2) / 3, "a": 0.0}
    for character, mass in expected.items():
        interpolated = mass + 0.2 * 2 / 3 * single[character]
        assert model.probability("xa", character) == pytest.approx(interpolated)
    bits = -math.log2(single["a"]) - math.log2((2 - 0.2) / 3 + 0.2 * 2 / 3 * single["b"])
    assert model.bits_per_character("ab") == pytest.approx(bits / 2)


def test_longer_contexts_help_on_what_was_counted():
    bits = [value for _, value in ngrams.table(TEXT, TEXT, range(1, 5))]
    assert bits == sorted(bits, reverse=True)


TAGS = ["DT", "NN", "VBZ", "RB", "."]


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("one bracket", "S DT NN VBZ RB . /S"),
        ("right-branching", "S DT X NN X VBZ RB /X /X . /S"),
        ("left-branching", "S X X DT NN /X VBZ /X RB . /S"),
    ],
)
def test_trees_by_rule(rule, line):
    assert baselines.RULES[rule](TAGS, "X") == line


@pytest.mark.parametrize("rule", list(baselines.RULES))
@pytest.mark.parametrize("tags", [["."], ["NN"], ["NN", "."], ["NN", "VB"], ["NN", "VB", "."]])
def test_short_sentences_have_one_bracket(rule, tags):
    assert baselines.RULES[rule](tags, "X") == f"S {' '.join(tags)} /S"


def test_counts_of_a_right_branching_tree():
    gold = "S NP DT /NP X NN X VBZ RB /X /X . /S"
    found = baselines.score(baselines.right_branching, "X", [gold])
    assert found == parsing.ParseCounts(matched=3, predicted=3, reference=4, sound=1, sentences=1)
