"""Inception-v3 against the counts of its release, and against Keras' own."""

import keras
import numpy as np
from image_problem import build, count, image_hparams, pixels, randomize

from t2t_lite import registry
from t2t_lite.models.inception import InceptionV3
from t2t_lite.models.multiply_adds import multiply_adds
from t2t_lite.training.keras_weights import copy_weights

SHAPES = {
    "Conv2d_1a_3x3": (149, 32),
    "Conv2d_2a_3x3": (147, 32),
    "Conv2d_2b_3x3": (147, 64),
    "MaxPool_3a_3x3": (73, 64),
    "Conv2d_3b_1x1": (73, 80),
    "Conv2d_4a_3x3": (71, 192),
    "MaxPool_5a_3x3": (35, 192),
    "Mixed_5b": (35, 256),
    "Mixed_5c": (35, 288),
    "Mixed_5d": (35, 288),
    "Mixed_6a": (17, 768),
    "Mixed_6b": (17, 768),
    "Mixed_6c": (17, 768),
    "Mixed_6d": (17, 768),
    "Mixed_6e": (17, 768),
    "Mixed_7a": (8, 1280),
    "Mixed_7b": (8, 2048),
    "Mixed_7c": (8, 2048),
}
PRODUCTS, AUXILIARY_PRODUCTS = 5_713_216_096, 5_683_200  # The former with the logits.
MAIN, AUXILIARY = 23_817_352, 3_325_800  # Trainable, with 1000 classes.
WITH_CLASSES = {1000: MAIN + AUXILIARY, 1001: 27_145_970, 6: 24_342_060}
ALL_OF_KERAS = 23_851_784  # Without auxiliary head, with means and variances.


def test_counts_and_shapes():
    """Nothing is computed here but shapes."""
    with keras.StatelessScope(initialize_variables=False):
        model = InceptionV3(registry.hparams("inception_v3").freeze(), image_hparams(1000, 299))
        found = {}
        endpoints = model.endpoints

        def observed(*args):
            outputs = endpoints(*args)
            found.update({name: tuple(x.shape) for name, x in outputs.items()})
            return outputs

        model.endpoints = observed
        counts = multiply_adds(model, training=True)
    assert found == {name: (1, size, size, width) for name, (size, width) in SHAPES.items()}
    auxiliary = {path: number for path, number in counts.items() if "/auxiliary/" in path}
    assert sum(auxiliary.values()) == AUXILIARY_PRODUCTS
    logits = model.modalities["targets"].logits
    main = sum(counts.values()) - AUXILIARY_PRODUCTS
    assert main == PRODUCTS
    assert count(model.auxiliary.weights) - 2 * (128 + 768) == AUXILIARY
    assert count(model.trainable_variables) == MAIN + AUXILIARY == WITH_CLASSES[1000]
    assert count(model.weights) - count(model.auxiliary.weights) == ALL_OF_KERAS
    per_class = logits.kernel.shape[0] + model.auxiliary.logits.kernel.shape[0] + 2
    for classes, expected in WITH_CLASSES.items():
        assert MAIN + AUXILIARY + (classes - 1000) * per_class == expected


def test_equals_keras():
    """On copied weights, with 1000 classes; the auxiliary head stays as it is."""
    theirs = keras.applications.InceptionV3(input_shape=(80, 80, 3), weights=None)
    randomize(theirs)
    overrides = "auxiliary_loss_weight=0"
    model = build("inception_v3", "inception_v3", overrides, classes=1000, size=80)
    copy_weights(theirs, model)
    x = pixels(2, 80)
    logits = model({"inputs": x})[:, 0]
    np.testing.assert_allclose(keras.ops.softmax(logits), theirs(x), atol=1e-4)
    assert np.std(logits) > 0.1


def test_auxiliary_loss_is_added_while_training():
    """By its weight: the mean cross entropy of its logits."""
    losses = {}
    for weight in (0.4, 0.8):
        overrides = f"depth_multiplier=0.05,auxiliary_loss_weight={weight}"
        keras.utils.set_random_seed(0)
        model = build("inception_v3", "inception_v3_small", overrides, size=16)
        batch = {"inputs": pixels(3, 16), "targets": np.array([[0], [2], [4]], np.int32)}
        model(batch, training=False)
        assert not model.losses
        model(batch, training=True)
        (losses[weight],) = model.losses
        head = model.auxiliary
        logits = np.asarray(
            head(model.endpoints(batch["inputs"], training=True)["Mixed_6e"], training=True)
        )[:, 0].astype(np.float64)
        log_sum = np.log(np.exp(logits).sum(axis=-1))
        probabilities = np.full((3, 5), 0.1 / 4)
        probabilities[np.arange(3), [0, 2, 4]] = 0.9
        entropy = -(probabilities[0] * np.log(probabilities[0])).sum()
        expected = (log_sum - (probabilities * logits).sum(axis=-1)).mean() - entropy
        np.testing.assert_allclose(losses[weight], weight * expected, rtol=1e-4)
