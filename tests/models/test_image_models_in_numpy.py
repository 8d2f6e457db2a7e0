"""ResNet, shake-shake and Xception against Tensor2Tensor's source, transcribed in NumPy."""

import image_numpy
import numpy as np
import pytest
from image_problem import build, pixels, randomize

from t2t_lite.models import xception

# Odd sizes on the way tell how convolutions with strides pad.
CASES = {
    "residual": ("resnet", "resnet_18", "layer_sizes=[2,1],filter_sizes=[4,4,6]", 18),
    "residual, cifar": ("resnet", "resnet_cifar_15", "layer_sizes=[1,2],filter_sizes=[3,4,6]", 8),
    "bottleneck": (
        "resnet",
        "resnet_50",
        "layer_sizes=[2,1],filter_sizes=[4,3,5],bottleneck_ratios=[2,3]",
        18,
    ),
    "shake-shake": ("shake_shake", "shakeshake_small", "hidden_size=16,num_hidden_layers=14", 7),
    "shake-shake, merged": (
        "shake_shake",
        "shakeshake_small",
        "hidden_size=32,num_hidden_layers=8,shake_shake_concat=1,shake_shake_num_branches=3",
        8,
    ),
    "xception": ("xception", "xception_tiny", "hidden_size=4,kernel_width=1", 8),
}


def check(model, size):
    x = pixels(2, size) + 0.3  # not standardised
    model({"inputs": x}, with_top=False)
    randomize(model)
    found = np.asarray(model({"inputs": x}, with_top=False))
    expected = getattr(image_numpy, type(model).name)(model, x.astype(np.float64))
    assert found.shape == expected.shape
    assert expected.std() > 1e-3
    np.testing.assert_allclose(found, expected, rtol=1e-3, atol=1e-4 * np.abs(expected).max())


@pytest.mark.parametrize("case", CASES)
def test_forward(case):
    model, hparams_set, overrides, size = CASES[case]
    check(build(model, hparams_set, overrides, size=size), size)


def test_xception_of_large_pictures(monkeypatch):
    monkeypatch.setattr(xception, "LARGE", 8)
    check(build("xception", "xception_tiny", "hidden_size=4,num_hidden_layers=1", size=37), 37)
