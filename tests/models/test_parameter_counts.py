"""Trainable parameters equal Tensor2Tensor's at a vocabulary of 32,000 on both sides."""

import math

import keras
import pytest

from t2t_lite import registry
from t2t_lite.models.base import build_model
from t2t_lite.problems.base import ProblemHParams

COUNTS = {
    ("transformer", "transformer_tiny"): 5_023_232,
    ("transformer", "transformer_small"): 11_881_472,
    ("transformer", "transformer_base"): 60_504_064,
    ("transformer", "transformer_big"): 209_088_512,
    ("byte_net", "bytenet_base"): 133_953_024,
    ("slice_net", "slicenet_1"): 62_503_680,
    ("slice_net", "slicenet_1tiny"): 5_006_976,
}


@pytest.fixture
def quick_weights(monkeypatch):
    """All weights are zeros: to draw them would take longer than all else."""
    original = keras.layers.Layer.add_weight

    def add_weight(layer, *args, **kwargs):
        return original(layer, *args, **{**kwargs, "initializer": "zeros"})

    monkeypatch.setattr(keras.layers.Layer, "add_weight", add_weight)


@pytest.mark.usefixtures("quick_weights")
@pytest.mark.parametrize(("model", "hparams_set"), COUNTS)
def test_parameter_counts(model, hparams_set):
    sizes = {"inputs": 32000, "targets": 32000}
    problem_hparams = ProblemHParams(dict.fromkeys(sizes, "symbol"), sizes)
    hparams = registry.hparams(hparams_set).freeze()
    built = build_model(model, hparams, problem_hparams)
    count = sum(math.prod(v.shape) for v in built.trainable_variables)
    assert count == COUNTS[model, hparams_set]
