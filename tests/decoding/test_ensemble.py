"""Several models as one: the mean of their probabilities, by a closed form."""

import types

import numpy as np
import pytest
import tensorflow as tf

from t2t_lite.decoding.ensemble import Ensemble, ensemble_of
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


class Classes:
    """Gives the same logits `[1, 1, classes]`, or `[1, labels]`, for whatever comes."""

    is_autoregressive = False

    def __init__(self, logits, kind, **hparams):
        self.logits = tf.constant(logits, tf.float32)
        self.problem_hparams = types.SimpleNamespace(modality={"inputs": "image", "targets": kind})
        self.hparams = hparams

    def __call__(self, features, training=False):
        return self.logits


def test_probabilities_of_classes_and_of_labels_are_averaged():
    logits = np.random.default_rng(5).normal(size=(3, 1, VOCAB), scale=2)
    mean = ensemble_of([Classes(x[None], "class_label") for x in logits])({})
    exp = np.exp(logits)
    expected = (exp / exp.sum(axis=-1, keepdims=True)).mean(axis=0)
    np.testing.assert_allclose(tf.nn.softmax(mean)[0], expected, rtol=1e-5)
    mean = ensemble_of([Classes(x, "multi_label") for x in logits])({})
    np.testing.assert_allclose(tf.sigmoid(mean), (1 / (1 + np.exp(-logits))).mean(0), rtol=1e-5)


def test_models_of_an_ensemble_see_the_same_pictures():
    members = [Classes([[0.0]], "class_label", image_size=size) for size in (32, 64)]
    with pytest.raises(T2TError, match="but image_size is 32 and 64"):
        ensemble_of(members)


def test_classes_are_no_sequences():
    with pytest.raises(T2TError, match="sequences"):
        Ensemble([types.SimpleNamespace(is_autoregressive=False)])
