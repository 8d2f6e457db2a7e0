"""Trainable parameters equal Tensor2Tensor's at a vocabulary of 32,000 on both sides."""

import math

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
