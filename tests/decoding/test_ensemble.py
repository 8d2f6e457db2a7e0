"""Several models as one: the mean of their probabilities, by a closed form."""

import types

import numpy as np
import pytest
import tensorflow as tf

from t2t_lite.decoding.ensemble import Ensemble
from t2t_lite.decoding.generation import Generator, search_for
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import ProblemHParams

VOCAB = 5


class Fixed:
    """Says the same distribution after every symbol: a row of a table [VOCAB, VOCAB]."""

    is_autoregressive = True
    hparams = None
    problem_hparams = ProblemHParams({"targets": "symbol"}, {"targets": VOCAB})

    def __init__(self, table):
        self.table = tf.constant(table, tf.float32)

    def encode(self, features):
        return {}

    def init_cache(self, encoded, rows, max_length):
        return {"steps": tf.zeros([rows], tf.int32)}

    def decode_step(self, ids, position, cache, encoded):
        logits = tf.gather(self.table, ids)
        padded = tf.pad(logits, [[0, 0], [0, 3]], constant_values=9.0)  # beyond the vocabulary
        return padded, {"steps": cache["steps"] + 1}


def test_probabilities_are_averaged_and_caches_kept_apart():
    rng = np.random.default_rng(3)
    tables = rng.normal(size=(3, VOCAB, VOCAB), scale=2)
    ensemble = Ensemble([Fixed(table) for table in tables])
    cache = ensemble.init_cache(ensemble.encode({}), 2, 4)
    ids = tf.constant([1, 4])
    logits, cache = ensemble.decode_step(ids, 0, cache, {"0": {}, "1": {}, "2": {}})
    exp = np.exp(tables[:, [1, 4]])
    expected = (exp / exp.sum(axis=-1, keepdims=True)).mean(axis=0)
    np.testing.assert_allclose(np.exp(logits), expected, rtol=1e-5)
    assert [int(cache[name]["steps"][0]) for name in "012"] == [1, 1, 1]


def test_a_model_twice_decodes_as_once():
    model = Fixed(np.random.default_rng(4).normal(size=(VOCAB, VOCAB)))
    arguments = {"features": {"inputs": np.ones([2, 3], "int32")}, "limits": np.array([4, 6])}
    results = []
    for decoded in (model, Ensemble([model, model])):
        search = search_for(DecodeHParams(beam_size=3), VOCAB)
        results.append(Generator(decoded, search, VOCAB).generate(**arguments))
    np.testing.assert_array_equal(results[0][0], results[1][0])
    np.testing.assert_allclose(results[0][1], results[1][1], rtol=1e-5)


def test_classes_are_no_sequences():
    with pytest.raises(T2TError, match="sequences"):
        Ensemble([types.SimpleNamespace(is_autoregressive=False)])
