"""MobileNet against the counts of its announcement, and against Keras' own."""

import keras
import numpy as np
import pytest
from image_problem import build, count, image_hparams, pixels, randomize

from t2t_lite import registry
from t2t_lite.models.mobilenet import MobileNetV1
from t2t_lite.models.multiply_adds import multiply_adds
from t2t_lite.training.keras_weights import copy_weights

# Counted from the release's code, with 1001 classes.
MULTIPLY_ADDS = {
    "100": {224: 568_741_376, 192: 418_122_752, 160: 290_676_224, 128: 186_401_792},
    "075": {224: 325_401_216, 192: 239_274_240, 160: 166_397_568, 128: 106_771_200},
    "050": {224: 149_497_600, 192: 109_970_944, 160: 76_525_312, 128: 49_160_704},
    "025": {224: 41_030_528, 192: 30_212_864, 160: 21_059_456, 128: 13_570_304},
}
# Announced; they count three numbers per normalised channel, of which two are trained.
PARAMETERS = {"100": 4_243_945, "075": 2_594_537, "050": 1_337_577, "025": 473_065}
# keras.applications.MobileNet with 1000 classes: trainable and all.
OF_KERAS = {
    "100": (4_231_976, 4_253_864),
    "075": (2_585_560, 2_601_976),
    "050": (1_331_592, 1_342_536),
    "025": (470_072, 475_544),
}


@pytest.mark.parametrize("width", PARAMETERS)
def test_counts(width):
    hparams = registry.hparams(f"mobilenet_v1_{width}_128").freeze()
    with keras.StatelessScope(initialize_variables=False):
        problem_hparams = image_hparams(1001, 32)
        model = MobileNetV1(hparams, problem_hparams)
        for size, expected in MULTIPLY_ADDS[width].items():
            same = registry.hparams(f"mobilenet_v1_{width}_{size}")
            assert same.diff(hparams) == ({"image_size": (size, 128)} if size != 128 else {})
            problem_hparams.shape = image_hparams(1001, size).shape
            assert sum(multiply_adds(model).values()) == expected
    weights, trained = count(model.weights), count(model.trainable_variables)
    assert trained + (weights - trained) // 2 == PARAMETERS[width]
    one_class = model.modalities["targets"].logits.kernel.shape[0] + 1
    assert (trained - one_class, weights - one_class) == OF_KERAS[width]


def test_equals_keras():
    """On copied weights, at an odd number of pixels of the last maps, with 1000 classes."""
    theirs = keras.applications.MobileNet((96, 96, 3), alpha=0.25, weights=None)
    randomize(theirs)
    model = build("mobilenet_v1", "mobilenet_v1_025_128", classes=1000, size=96)
    copy_weights(theirs, model)
    x = pixels(2, 96)
    logits = model({"inputs": x, "targets": np.zeros((2, 1), np.int32)})[:, 0]
    np.testing.assert_allclose(keras.ops.softmax(logits), theirs(x), atol=1e-4)
    assert np.std(logits) > 0.1
