"""GNMT's scores: length and coverage penalty, against the released code's numbers."""

import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf
from contracts import random_batch

from t2t_lite import registry
from t2t_lite.decoding.beam_search import BeamSearch, length_penalty, log_coverage
from t2t_lite.decoding.ensemble import Ensemble
from t2t_lite.decoding.generation import Generator, WithCoverage, search_for
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.errors import T2TError
from t2t_lite.models.base import build_model
from t2t_lite.problems.base import ProblemHParams

# Run by the released code of tensorflow/nmt.
PENALTIES = {
    0.6: {1: 1, 2: 1.0969026, 5: 1.3586552, 10: 1.7328621, 50: 3.7785647},
    1.0: {1: 1, 2: 1.1666667, 5: 1.6666667, 10: 2.5, 50: 9.1666667},
}
SCORES = [[-0.89928436, -1.4191447, -1.5676763], [-1.5350567, -0.14876236, -1.7269388]]


@pytest.mark.parametrize("alpha", PENALTIES)
def test_length_penalty_is_gnmts(alpha):
    lengths = tf.constant(list(PENALTIES[alpha]))
    np.testing.assert_allclose(
        length_penalty(lengths, alpha), list(PENALTIES[alpha].values()), rtol=1e-6
    )


def test_coverage_penalty_is_gnmts():
    log_probs = np.log([[0.5, 0.25, 0.25], [0.1, 0.8, 0.1]])
    lengths, finished = np.array([[3, 3, 2], [4, 4, 3]]), np.array([[True], [False]])
    attention = tf.constant([[0.5, 1.2, 0.3], [0.2, 0.1, 0.0]])
    coverage = np.where(finished, 0.2 * log_coverage(attention)[:, None], 0.0)
    scores = log_probs / length_penalty(lengths, 1.0) + coverage
    np.testing.assert_allclose(scores, SCORES, rtol=1e-6)


def test_the_best_hypothesis_is_the_one_of_all_with_the_best_score():
    vocab, length, inputs, alpha, weight = 4, 4, 3, 0.6, 0.7
    rng = np.random.default_rng(5)
    table = rng.normal(size=(length, vocab, vocab)).astype("float32")  # [step, last, next]
    looks = rng.dirichlet(np.ones(inputs), size=(length, vocab)).astype("float32")

    def step(ids, position, cache):
        seen = cache["coverage"] + tf.gather(tf.gather(looks, position), ids)
        return tf.gather(tf.gather(table, position), ids), {"coverage": seen}

    search = BeamSearch(vocab**length, vocab, alpha, coverage_penalty=weight)
    cache = {"coverage": tf.zeros([search.beam_size, inputs])}
    state = search.run(step, search.start(tf.constant([0]), cache, length, length))
    ids, scores = search.result(state)

    log_p = table - np.log(np.exp(table).sum(axis=-1, keepdims=True))
    best = {}
    for n in range(1, length + 1):
        for words in itertools.product([0, 2, 3], repeat=n - 1):
            path = [0, *words, 1]
            total = sum(log_p[i, path[i], path[i + 1]] for i in range(n))
            coverage = sum(looks[i, path[i]] for i in range(n))
            missed = np.log(np.minimum(coverage, 1)).sum()
            best[tuple(path)] = total / ((5 + n) / 6) ** alpha + weight * missed
    winner = max(best, key=best.get)
    assert tuple(ids[0, 0].numpy()[: len(winner)]) == winner
    assert float(scores[0, 0]) == pytest.approx(best[winner], rel=1e-4)


@pytest.fixture(scope="module")
def model():
    keras.utils.set_random_seed(1)
    hparams = registry.hparams("transformer_tiny")
    hparams.parse("hidden_size=16,filter_size=32,num_heads=2,vocab_divisor=4")
    problem = ProblemHParams({"inputs": "symbol", "targets": "symbol"}, {"inputs": 9, "targets": 9})
    return build_model("transformer", hparams.freeze(), problem)


@pytest.mark.parametrize("how", ["alone", "ensemble"])
def test_attention_sums_to_one_over_the_words(model, how):
    features = random_batch(model.problem_hparams)
    inputs = {"inputs": features["inputs"]}
    rows = len(features["inputs"])
    decoded = WithCoverage(Ensemble([model, model]) if how == "ensemble" else model)
    encoded = decoded.encode(inputs)
    cache = decoded.init_cache(encoded, rows, 4)
    for position in range(3):
        _, cache = decoded.decode_step(tf.fill([rows], 2), tf.constant(position), cache, encoded)
    np.testing.assert_allclose(tf.reduce_sum(cache["coverage"], axis=1), 3.0, rtol=1e-5)
    is_padding = np.asarray(features["inputs"]) == 0
    assert is_padding.any() and not cache["coverage"].numpy()[is_padding].any()


def test_it_decodes_with_a_beam_only(model):
    with pytest.raises(T2TError, match="beam_size"):
        DecodeHParams(coverage_penalty=0.2, beam_size=1).check()
    hparams = DecodeHParams(coverage_penalty=0.2, beam_size=2)
    generator = Generator(WithCoverage(model), search_for(hparams, 9), 9)
    features = {"inputs": np.array([[3, 4, 5, 1]], "int32")}
    ids, scores = generator.generate(features=features, limits=np.array([20]))
    assert ids.shape[:2] == (1, 2) and scores[0, 0] >= scores[0, 1]
