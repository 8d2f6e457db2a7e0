"""Trainable parameters equal Tensor2Tensor's at a vocabulary of 32,000 on both sides."""

import math

import keras
import pytest

from t2t_lite import registry
from t2t_lite.models.base import build_model
from t2t_lite.problems.base import ProblemHParams

COUNTS = {
    "transformer_tiny": 5_023_232,
    "transformer_small": 11_881_472,
    "transformer_base": 60_504_064,
    "transformer_big": 209_088_512,
}


@pytest.mark.parametrize("hparams_set", COUNTS)
def test_parameter_counts(hparams_set):
    sizes = {"inputs": 32000, "targets": 32000}
    problem_hparams = ProblemHParams(dict.fromkeys(sizes, "symbol"), sizes)
    hparams = registry.hparams(hparams_set).freeze()
    model = build_model("transformer", hparams, problem_hparams)
    assert sum(math.prod(v.shape) for v in model.trainable_variables) == COUNTS[hparams_set]


RECURRENT = [
    ("lstm_seq2seq", "lstm_seq2seq", "", 32000, 32000, 12_814_336),
    ("lstm_seq2seq_attention", "lstm_attention", "", 32000, 32000, 12_945_536),
    ("nmt", "nmt_iwslt15", "", 17191, 7709, 27_451_905),
    ("nmt", "nmt_iwslt15", "", 10000, 10000, 26_116_097),
    ("nmt", "nmt_wmt16", "", 10000, 10000, 108_349_441),
    ("nmt", "nmt_gnmt_4_layer", "", 10000, 10000, 129_325_057),
    ("nmt", "nmt_gnmt_8_layer", "", 10000, 10000, 213_243_905),
    (
        "nmt",
        "nmt_iwslt15",
        "hidden_size=128,encoder_type=uni,attention_mechanism=none",
        10000,
        10000,
        4_366_336,
    ),
]


@pytest.mark.parametrize(
    ("model", "hparams_set", "overrides", "source", "target", "count"), RECURRENT
)
def test_recurrent_models(model, hparams_set, overrides, source, target, count):
    """Tensor2Tensor's, and those of the seq2seq tutorial's own code; only shapes are made."""
    sizes = {"inputs": source, "targets": target}
    problem_hparams = ProblemHParams(dict.fromkeys(sizes, "symbol"), sizes)
    hparams = registry.hparams(hparams_set)
    hparams.parse(overrides)
    with keras.StatelessScope(initialize_variables=False):
        made = registry.model(model)(hparams.freeze(), problem_hparams)
    assert sum(math.prod(v.shape) for v in made.trainable_variables) == count
