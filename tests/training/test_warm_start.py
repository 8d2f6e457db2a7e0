"""Going on from other weights: with another head, from Keras' file, at other rates."""

import gc
import re

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf
from image_problem import build, pixels, randomize
from keras.src.legacy.saving import legacy_h5_format

from t2t_lite.errors import T2TError
from t2t_lite.hparams.base import HParams
from t2t_lite.training import checkpoints, warm_start
from t2t_lite.training.layer_rates import LayerRates
from t2t_lite.training.optimizers import optimizer as make_optimizer

SMALL = "layer_sizes=[1,1],filter_sizes=[4,4,6]"


def network(classes, seed=0):
    keras.utils.set_random_seed(seed)
    return build("resnet", "resnet_cifar_15", SMALL, classes=classes, size=8)


@pytest.fixture
def trained(tmp_path):
    """A network of 5 classes with weights of its own, and its checkpoint."""
    model = network(5)
    randomize(model)
    return model, checkpoints.save_weights(model, str(tmp_path / "trained"), 9)


def test_with_another_head_the_features_are_the_same_to_the_bit(trained):
    source, path = trained
    model = network(3, seed=1)
    head = [np.asarray(w) for w in model.modalities["targets"].weights]
    assert warm_start.restore(model, path, "logits/") == path
    x = {"inputs": pixels(4, 8)}
    for training in (False, True):
        ours, theirs = (m(x, training=training, with_top=False) for m in (model, source))
        np.testing.assert_array_equal(ours, theirs)
    for weight, value in zip(model.modalities["targets"].weights, head, strict=True):
        np.testing.assert_array_equal(weight, value)


def test_another_head_must_be_left_out(trained, caplog):
    _, path = trained
    words = r"logits/kernel has the shape \(6, 5\) there and \(6, 3\) here.*exclude='logits/'"
    with pytest.raises(T2TError, match=words):
        warm_start.restore(network(3), path)
    gc.collect()
    assert not caplog.records  # TensorFlow has no list of what it left out.


@pytest.mark.parametrize(
    ("exclude", "reason"), [("logits/,head", "'head', which is found in no"), ("(", "regular")]
)
def test_what_excludes_nothing_is_an_error(trained, exclude, reason):
    with pytest.raises(T2TError, match=reason):
        warm_start.restore(network(5), trained[1], exclude)


@pytest.fixture(scope="module")
def of_keras():
    """Keras' smallest MobileNet."""
    theirs = keras.applications.MobileNet((224, 224, 3), alpha=0.25, weights=None)
    randomize(theirs)
    return theirs


@pytest.mark.parametrize("has_top", [True, False])
def test_a_file_of_keras(of_keras, has_top, tmp_path):
    path = str(tmp_path / "mobilenet.weights.h5")
    body = keras.Model(of_keras.input, of_keras.get_layer("conv_pw_13_relu").output)
    if not has_top:
        keras_body = keras.applications.MobileNet(
            (224, 224, 3), alpha=0.25, weights=None, include_top=False
        )
        keras_body.set_weights(body.get_weights())
        keras_body.save_weights(path)
    else:
        of_keras.save_weights(path)
    model = build("mobilenet_v1", "mobilenet_v1_025_224", classes=7, size=224)
    warm_start.restore(model, path, "logits/")
    x = pixels(1, 224)
    expected = np.asarray(body(x)).mean(axis=(1, 2))
    np.testing.assert_allclose(model({"inputs": x}, with_top=False)[:, 0], expected, atol=1e-4)
    if has_top:
        with pytest.raises(T2TError, match="--warm_start_exclude, such as 'logits/'"):
            warm_start.restore(model, path)


def test_a_file_of_keras_inception(tmp_path):
    """In the older format, that of what Keras downloads; the auxiliary head stays as it is."""
    theirs = keras.applications.InceptionV3(input_shape=(80, 80, 3), weights=None)
    randomize(theirs)
    path = str(tmp_path / "inception.h5")
    with h5py.File(path, "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, theirs)
    model = build("inception_v3", "inception_v3_finetune", classes=7, size=80)
    left = [w for w in model.weights if re.search("logits/|auxiliary/", w.path)]
    before = [np.asarray(w) for w in left]
    warm_start.restore(model, path, "logits/")
    x = pixels(2, 80)
    body = keras.Model(theirs.input, theirs.get_layer("avg_pool").output)
    np.testing.assert_allclose(model({"inputs": x}, with_top=False)[:, 0], body(x), atol=1e-4)
    assert np.std(body(x)) > 0.01 and len(left) > 4
    for weight, value in zip(left, before, strict=True):
        np.testing.assert_array_equal(weight, value)
    with pytest.raises(T2TError, match="--warm_start_exclude, such as 'logits/'"):
        warm_start.restore(model, path)


def test_a_file_that_cannot_be_meant_is_an_error(tmp_path):
    with pytest.raises(T2TError, match="no file"):
        warm_start.restore(network(5), str(tmp_path / "a.weights.h5"))
    path = tmp_path / "b.weights.h5"
    path.write_bytes(b"none")
    with pytest.raises(T2TError, match="mobilenet_v1 and inception_v3, not to resnet"):
        warm_start.restore(network(5), str(path))
    model = build("mobilenet_v1", "mobilenet_v1_025_224", classes=7, size=32)
    with pytest.raises(T2TError, match="holds no weights of mobilenet_v1"):
        warm_start.restore(model, str(path))


def updated(text: str, optimizer: str = "sgd"):
    """A network after one update at these rates: {path: (before, after)} of all weights."""
    model = network(5)
    hparams = HParams()
    hparams.optimizer = optimizer
    rates = LayerRates(text)
    rates.freeze(model)
    opt = make_optimizer(0.1, hparams)
    opt.build(model.trainable_variables)
    rates.slow_down(opt, model)
    before = {weight.path: np.asarray(weight) for weight in model.weights}
    batch = {"inputs": pixels(4, 8), "targets": np.array([[0], [1], [2], [3]], np.int32)}
    with tf.GradientTape() as tape:
        loss = model.training_loss(batch)
    opt.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return {weight.path: (before[weight.path], np.asarray(weight)) for weight in model.weights}


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_layers_learn_at_rates_of_their_own(optimizer):
    """The first expression that is found counts; the gradient is the same, as is its step."""
    plain = updated("", optimizer)
    found = updated("logits/:10; group_1:0.5; .*:1", optimizer)
    moved = set()
    for path, (before, after) in found.items():
        if "/moving_" in path:
            continue
        factor = 10 if "logits/" in path else 0.5 if "group_1" in path else 1
        step = plain[path][1] - plain[path][0]
        np.testing.assert_allclose(after - before, factor * step, rtol=1e-4, atol=1e-6)
        if np.abs(step).max() > 1e-5:  # Shifts before a normalisation have no gradient.
            moved.add(factor)
    assert moved == {10, 0.5, 1}


def test_frozen_layers_stay_as_they_are():
    """Their statistics, too; those of others move."""
    for path, (before, after) in updated("/first/|group_1:0").items():
        is_frozen = "/first/" in path or "group_1" in path
        assert np.array_equal(before, after) == is_frozen, path


@pytest.mark.parametrize("text", ["logits", "logits:x", "logits:-1", "(:1", ":1"])
def test_rates_that_cannot_be_read_are_an_error(text):
    with pytest.raises(T2TError, match="REGEX:FACTOR"):
        LayerRates(text)


def test_rates_of_no_weight_are_an_error():
    with pytest.raises(T2TError, match="'head', which is found in no weight's path"):
        LayerRates("head:2").freeze(network(5))
