"""The order of a sum, whose last bits show in it, depends on the graph alone."""

import itertools

import pytest
import tensorflow as tf

from t2t_lite.training import summation

TERMS = (1.0, 1e8, -1e8)
"""From the left to the right they give 0; from the right to the left, 1."""


@pytest.fixture(autouse=True)
def fixed_order():
    summation.fix_order()


def add_n(terms):
    terms = list(map(tf.round, terms))
    return tf.add_n(terms), terms


def plus(terms):
    a, b, c = terms = list(map(tf.round, terms))
    return a + b + c, terms


def gradient(terms):
    """Of something that is used three times; what each use brings is needed elsewhere, too."""
    x, *others = sources = [tf.zeros_like(terms[0]) for _ in range(4)]
    with tf.GradientTape() as tape:
        tape.watch(sources)
        uses = [(x + other) * t for other, t in zip(others, terms, strict=True)]
        loss = tf.add_n(list(map(tf.reduce_sum, uses)))
    total, *parts = tape.gradient(loss, sources)
    return total, parts


@pytest.mark.parametrize("length", [None, 64])  # The optimizer rewrites more of known shapes.
@pytest.mark.parametrize("function", [add_n, plus, gradient])
def test_it_does_not_matter_what_else_needs_the_terms(function, length):
    found = set()
    for kept in itertools.product([False, True], repeat=3):

        @tf.function(input_signature=[[tf.TensorSpec([length])] * 3])
        def of_graph(terms, kept=kept):
            total, parts = function(terms)
            return total, list(itertools.compress(parts, kept))

        found.add(of_graph([tf.fill([64], term) for term in TERMS])[0].numpy()[0])
    assert found == {0.0}
