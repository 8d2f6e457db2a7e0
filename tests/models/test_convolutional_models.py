"""The convolutional models keep the contract; their sets have Tensor2Tensor's values."""

import pytest
from contracts import run_model_test

from t2t_lite import registry
from t2t_lite.problems.base import ProblemHParams

TRANSLATION = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"}, {"inputs": 23, "targets": 31}
)
LANGUAGE = ProblemHParams({"targets": "symbol"}, {"targets": 23})


def small(hparams_set, overrides):
    hparams = registry.hparams(hparams_set)
    hparams.parse(overrides)
    return hparams


@pytest.mark.parametrize("problem_hparams", [TRANSLATION, LANGUAGE])
def test_byte_net(problem_hparams):
    hparams = small("bytenet_base", "hidden_size=16,num_hidden_layers=2,num_block_repeat=2")
    run_model_test("byte_net", hparams, problem_hparams)


SLICE_NET = "hidden_size=12,num_hidden_layers=2,num_heads=2"


@pytest.mark.parametrize(
    "overrides",
    [
        SLICE_NET,
        f"{SLICE_NET},separability=1,kernel_scheme=3.5.7,dilation_scheme=1.2.3",
    ],
)
def test_slice_net(overrides):
    run_model_test("slice_net", small("slicenet_1", overrides), TRANSLATION)


def test_slice_net_on_classes():
    classes = ProblemHParams(
        {"inputs": "symbol", "targets": "class_label"}, {"inputs": 23, "targets": 5}
    )
    run_model_test("slice_net", small("slicenet_1tiny", SLICE_NET), classes)
