"""ResNet and shake-shake against counts that others published, or that add up."""

import keras
import pytest
from image_problem import count, image_hparams

from t2t_lite import registry


def parameters(model: str, hparams_set: str, classes: int, size: int) -> int:
    """Trainable ones; only shapes are made."""
    hparams = registry.hparams(hparams_set).freeze()
    with keras.StatelessScope(initialize_variables=False):
        made = registry.model(model)(hparams, image_hparams(classes, size))
        made.compute_output_spec(
            {
                "inputs": keras.KerasTensor((1, size, size, 3)),
                "targets": keras.KerasTensor((1, 1), "int32"),
            }
        )
    return count(made.trainable_variables)


def residual(before: int, width: int, is_first: bool) -> int:
    """Kernels of 3x3, two normalisations; a shortcut, normalised."""
    shortcut = before * width + 2 * width if is_first else 0
    return 2 * before + 9 * before * width + 2 * width + 9 * width * width + shortcut


def of_residual_blocks(sizes, widths, classes):
    first, *widths = widths
    total, before = 49 * 3 * first + 2 * first, first
    for size, width in zip(sizes, widths, strict=True):
        for i in range(size):
            total += residual(before, width, i == 0)
            before = width
    return total + before * classes + classes


BASIC = [64, 64, 128, 256, 512]
COUNTS = {
    # As torchvision, Keras and others count them.
    "resnet_50": 25_557_032,
    "resnet_101": 44_549_160,
    "resnet_152": 60_192_808,
    "resnet_18": of_residual_blocks([2, 2, 2, 2], BASIC, 1000),
    "resnet_34": of_residual_blocks([3, 4, 6, 3], BASIC, 1000),
}


@pytest.mark.parametrize("hparams_set", COUNTS)
def test_imagenet(hparams_set):
    assert parameters("resnet", hparams_set, 1000, 64) == COUNTS[hparams_set]


@pytest.mark.parametrize(("hparams_set", "sizes"), [("15", [2, 2, 2]), ("32", [5, 5, 5])])
def test_cifar(hparams_set, sizes):
    expected = of_residual_blocks(sizes, [16, 32, 64, 128], 10)
    assert parameters("resnet", f"resnet_cifar_{hparams_set}", 10, 32) == expected


def test_shake_shake():
    """The paper's 26 2x32d and 2x96d have 2.9 and 26.2 million."""

    def expected(width):
        total, before = 27 * 16 + 16 + 2 * 16, 16
        for group in range(3):
            for _ in range(4):
                after = width * 2**group
                branch = 9 * before * after + 9 * after * after + 2 * after + 4 * after
                skip = before * after + after + 2 * after if before != after else 0
                total += 2 * branch + skip
                before = after
        return total + before * 10 + 10

    assert parameters("shake_shake", "shakeshake_small", 10, 32) == expected(32)
    assert round(expected(32) / 1e6, 1) == 2.9 and round(expected(96) / 1e6, 1) == 26.2


def test_xception():
    """Tensor2Tensor's tiny one, added up: separable convolutions without biases, normalised."""
    w = 64

    def separable(before, after):
        return 9 * before + before * after + 2 * after

    def dense(before, after, size):
        return size * size * before * after + 2 * after

    middle = 2 * (3 * separable(w, w) + 2 * w)
    wide = int(1.25 * w)
    leave = dense(w, wide, 3) + separable(w, w) + separable(w, wide)
    leave += separable(wide, 2 * w) + separable(2 * w, int(2.5 * w))
    expected = dense(3, w, 3) + middle + leave + int(2.5 * w) * 10 + 10
    assert parameters("xception", "xception_tiny", 10, 32) == expected
