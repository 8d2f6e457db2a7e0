"""The networks on pictures keep the contract of a model."""

import keras
import numpy as np
import pytest
from contracts import run_model_test
from image_problem import build, image_hparams, pixels

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.models.shake_shake import _shaken

CASES = [
    ("mobilenet_v1", "mobilenet_v1_025_128", "", 40, 1),
    ("inception_v3", "inception_v3_small", "depth_multiplier=0.05", 24, 3),
    ("resnet", "resnet_18", "layer_sizes=[1,2],filter_sizes=[4,8,12]", 33, 3),
    (
        "resnet",
        "resnet_50",
        "layer_sizes=[2,2],filter_sizes=[4,4,6],bottleneck_ratios=[2,3]",
        32,
        3,
    ),
    ("resnet", "resnet_cifar_15", "layer_sizes=[1,1],filter_sizes=[4,8,12]", 16, 3),
    ("shake_shake", "shake_shake_quick", "hidden_size=16,num_hidden_layers=8", 16, 1),
    (
        "shake_shake",
        "shakeshake_small",
        "hidden_size=16,num_hidden_layers=8,shake_shake_concat=1,shake_shake_num_branches=3",
        8,
        3,
    ),
    ("xception", "xception_tiny", "hidden_size=12", 12, 3),
]


@pytest.mark.parametrize(("model", "hparams_set", "overrides", "size", "channels"), CASES)
def test_contract(model, hparams_set, overrides, size, channels):
    hparams = registry.hparams(hparams_set)
    hparams.parse(overrides)
    hparams.parse("initializer=normal_unit_scaling,initializer_gain=1.0")
    run_model_test(model, hparams, image_hparams(5, size, channels))


def test_xception_makes_large_pictures_smaller():
    """A stride of 2, three poolings; the exit halves once more."""
    model = build("xception", "xception_tiny", "hidden_size=8", size=208)
    body = model({"inputs": pixels(1, 208)}, with_top=False)
    assert body.shape == (1, 7, 7, 20)
    assert len(model.entry) == 5


def test_shares_of_branches_are_drawn_for_each_example_and_direction():
    block = build("shake_shake", "shakeshake_small", "num_hidden_layers=8", size=8).blocks[0]
    shares = np.stack([np.asarray(share) for share in block._shares(np.zeros((50, 4, 4, 3)))])
    assert shares.shape == (2, 50, 1, 1, 1)
    np.testing.assert_allclose(shares.sum(axis=0), 1, rtol=1e-5)
    assert shares[0].std() > 0.1 and shares.min() >= 0


def test_a_branch_goes_forward_and_backward_by_its_shares():
    import tensorflow as tf

    y = tf.constant([3.0])
    with tf.GradientTape() as tape:
        tape.watch(y)
        found = _shaken(y, 0.2, 0.7)
    np.testing.assert_allclose(found, [0.6], rtol=1e-6)
    np.testing.assert_allclose(tape.gradient(found, y), [0.7], rtol=1e-6)


def test_what_does_not_fit_is_an_error():
    from t2t_lite.models.base import build_model
    from t2t_lite.problems.base import ProblemHParams

    words = ProblemHParams(
        {"inputs": "symbol", "targets": "class_label"}, {"inputs": 9, "targets": 5}
    )
    with pytest.raises(T2TError, match="image_mnist"):
        build_model("resnet", registry.hparams("resnet_cifar_15").freeze(), words)
    with pytest.raises(T2TError, match="6n \\+ 2"):
        build("shake_shake", "shakeshake_small", "num_hidden_layers=9")
    with pytest.raises(T2TError, match="one element more"):
        build("resnet", "resnet_18", "layer_sizes=[1,1]")


def test_classes_are_those_of_the_mean_over_all_places():
    """The top averages whatever places there are, then multiplies, then adds a bias."""
    model = build("resnet", "resnet_cifar_15", "layer_sizes=[1],filter_sizes=[4,6]", size=8)
    logits = model.modalities["targets"].logits
    logits.bias.assign(np.arange(5))
    x = pixels(2, 8)
    body = np.asarray(model({"inputs": x}, with_top=False))
    expected = body.mean(axis=(1, 2)) @ np.asarray(logits.kernel) + np.arange(5)
    np.testing.assert_allclose(model({"inputs": x})[:, 0], expected, atol=1e-5)
    assert keras.ops.shape(body) == (2, 8, 8, 6)
