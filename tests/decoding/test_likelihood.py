"""Scores of given outputs: sums of log P that the model says, whatever stands beside a line."""

import types

import keras
import numpy as np
import pytest
import tensorflow as tf
from toy_problem import VOCAB, ToyLanguage, ToyProblem, hparams_of

from t2t_lite import registry
from t2t_lite.decoding.likelihood import Likelihood
from t2t_lite.errors import T2TError
from t2t_lite.models.base import build_model
from t2t_lite.text.encoder import EOS
from t2t_lite.text.integer_encoder import IntegerEncoder

ENCODER = IntegerEncoder(VOCAB - 2)
PAIRS = [("3 5 7", "1 2"), ("4", "9 9 9 9 9 9 9 9 9 9 9"), ("1 " * 40, "0"), ("3 5 7", "1 2")]


def tiny_model(problem, overrides=""):
    hparams = registry.hparams("transformer_tiny")
    hparams.parse("hidden_size=16,filter_size=16,num_heads=2,num_hidden_layers=1")
    hparams.parse(overrides)
    keras.utils.set_random_seed(1)
    return build_model("transformer", hparams.freeze(), hparams_of(problem))


def step_by_step(model, source, target):
    """Mean of -log P over the target's ids and EOS, by the model's decoding steps."""
    features = {}
    if source is not None:
        features["inputs"] = tf.constant([[*ENCODER.encode(source), EOS]])
    ids = [*ENCODER.encode(target), EOS]
    encoded = model.encode(features)
    cache = model.init_cache(encoded, 1, len(ids))
    last, total = 0, 0.0
    for position, wanted in enumerate(ids):
        logits, cache = model.decode_step(
            tf.constant([last]), tf.constant(position), cache, encoded
        )
        total -= float(tf.nn.log_softmax(logits)[0, wanted])
        last = wanted
    return total / len(ids)


def test_of_a_translator():
    model = tiny_model(ToyProblem)
    losses = Likelihood(model, ENCODER, ENCODER).losses(PAIRS)
    expected = [step_by_step(model, *pair) for pair in PAIRS]
    np.testing.assert_allclose(losses, expected, rtol=1e-4)


def test_of_a_language_model():
    model = tiny_model(ToyLanguage)
    losses = Likelihood(model, None, ENCODER).losses([*PAIRS, ("", "")])
    expected = [step_by_step(model, None, target) for _, target in [*PAIRS, ("", "")]]
    np.testing.assert_allclose(losses, expected, rtol=1e-4)


def test_of_inputs_put_before_the_targets():
    """Only the target counts: given the same model, it is what a language model says after the
    inputs."""
    model = tiny_model(ToyLanguage, "prepend_mode=prepend_inputs_masked_attention")
    losses = Likelihood(model, ENCODER, ENCODER).losses(PAIRS)
    for loss, (source, target) in zip(losses, PAIRS, strict=True):
        start = [*ENCODER.encode(source), EOS, 0]
        ids = [*ENCODER.encode(target), EOS]
        logits = model({"targets": tf.constant([[*start, *ids]])})
        log_probs = tf.nn.log_softmax(logits)[0].numpy()
        expected = -np.mean([log_probs[len(start) + i, wanted] for i, wanted in enumerate(ids)])
        assert loss == pytest.approx(expected, rel=1e-4)


def test_of_a_file(tmp_path):
    model = tiny_model(ToyProblem)
    likelihood = Likelihood(model, ENCODER, ENCODER)
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f" {source}\t{target}\r\n" for source, target in PAIRS))
    assert likelihood.score_file(path) == likelihood.losses(PAIRS)
    for bad in ("1 2", "1\t2\t3"):
        path.write_text(f"1\t2\n{bad}\n")
        with pytest.raises(T2TError, match="line 2"):
            likelihood.score_file(path)


def test_classes_are_refused():
    with pytest.raises(T2TError, match="classes"):
        Likelihood(types.SimpleNamespace(is_autoregressive=False), ENCODER, ENCODER)
