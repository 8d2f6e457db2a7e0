"""What augmentation does to pictures, against statements in NumPy."""

import collections

import numpy as np
import pytest
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.data import augmentation
from t2t_lite.data.augmentation import prepare

RUN = 11
MANY = 300


def seeds(count=MANY):
    return [np.array([RUN, number], np.int32) for number in range(count)]


def applied(function, image, count=MANY):
    """`function(image, seed)` for many seeds, in one graph: [count, …]."""
    image = tf.constant(image, tf.float32)
    mapped = tf.data.Dataset.from_tensor_slices(seeds(count)).map(lambda s: function(image, s))
    return list(mapped.as_numpy_iterator())


def ramp(height, width, channels=3):
    """Every pixel differs: its place can be read from its value."""
    values = np.arange(height * width * channels, dtype=np.float32)
    return values.reshape(height, width, channels) * (255 / values.size)


def close(a, b, atol=1e-3):
    return a.shape == b.shape and np.abs(a - b).max() < atol


def test_hparams_know_all_choices():
    hparams = registry.hparams("transformer_patches")
    for name in augmentation.CHOICES:
        hparams.image_augmentation = name
    for name in augmentation.NORMALIZATIONS:
        hparams.image_normalization = name
    kinds = type(hparams)._kinds
    assert set(kinds["image_augmentation"].choices) == {"problem", *augmentation.CHOICES}
    assert set(kinds["image_normalization"].choices) == {"problem", *augmentation.NORMALIZATIONS}


@pytest.mark.parametrize("augmentation_name", augmentation.CHOICES)
@pytest.mark.parametrize("shape", [(20, 30, 3), (24, 24, 1), (3, 5, 3)])
def test_size_range_and_repeatability(augmentation_name, shape):
    def train(image, seed):
        return prepare(image, 16, augmentation_name, "none", 0.5, seed)

    first, again = (applied(train, ramp(*shape), 12) for _ in range(2))
    for one, same in zip(first, again, strict=True):
        assert one.shape == (16, 16, shape[-1])
        slack = 40 if augmentation_name == "resnet" else 0.01  # Bicubic overshoots.
        assert one.min() >= -slack and one.max() <= 255 + slack
        np.testing.assert_array_equal(one, same)
    if augmentation_name != "none":
        assert len({one.tobytes() for one in first}) > 6
    plain = prepare(tf.constant(ramp(*shape)), 16, augmentation_name, "none", 0.5, None)
    assert plain.shape == (16, 16, shape[-1])


def test_cifar_is_a_shift_and_a_mirror():
    image = ramp(32, 32)
    padded = np.pad(image, [(4, 4), (4, 4), (0, 0)])
    places = {}
    for y in range(9):
        for x in range(9):
            crop = padded[y : y + 32, x : x + 32]
            places[crop.tobytes()] = (y, x, False)
            places[crop[:, ::-1].tobytes()] = (y, x, True)
    found = applied(lambda i, s: prepare(i, 32, "cifar", "none", 0.0, s), image, 600)
    seen = [places[one.tobytes()] for one in found]  # KeyError: it is something else
    for axis in (0, 1):
        counts = collections.Counter(place[axis] for place in seen)
        assert set(counts) == set(range(9)) and max(counts.values()) < 2 * 600 / 9
    assert 0.42 < np.mean([place[2] for place in seen]) < 0.58


def test_shift_does_not_mirror():
    image = ramp(28, 28, 1)
    padded = np.pad(image, [(2, 2), (2, 2), (0, 0)])
    places = {padded[y : y + 28, x : x + 28].tobytes() for y in range(5) for x in range(5)}
    found = applied(lambda i, s: prepare(i, 28, "shift", "none", 0.0, s), image)
    assert {one.tobytes() for one in found} == places


def test_random_box_keeps_to_its_ranges():
    height, width = 60, 80
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    image = np.stack([rows, columns, rows], -1)
    boxes = applied(
        lambda i, s: augmentation.random_box(i, s, (0.05, 1.0), (0.75, 1.33), 100), image
    )
    areas = []
    for box in boxes:
        tall, wide = box.shape[:2]
        top, left = box[0, 0, :2].astype(int)
        expected = image[top : top + tall, left : left + wide]  # a part, and nothing else
        np.testing.assert_array_equal(box, expected)
        areas.append(tall * wide / (height * width))
        # Sides are rounded to whole pixels.
        assert (wide - 1) / (tall + 1) < 1.33 and (wide + 1) / (tall - 1) > 0.75
    assert min(areas) > 0.045 and max(areas) > 0.85
    assert np.percentile(areas, 20) < 0.3


def test_inception_resizes_by_four_methods_in_turn():
    image = tf.constant(ramp(9, 7))
    methods = ("bilinear", "nearest", "bicubic", "area")
    for number, method in enumerate(methods * 2):
        found = augmentation.resize_by_method(image, 5, tf.constant(number))
        np.testing.assert_array_equal(found, tf.image.resize(image, (5, 5), method))
    every_fourth = np.asarray(augmentation.resize_by_method(image, 3, tf.constant(1)))
    assert set(every_fourth.ravel()) <= set(np.asarray(image).ravel())


def numpy_color(image, order, brightness, saturation, hue, contrast):
    """Each step by its definition; `image` [height, width, 3] from 0 to 1."""
    import colorsys

    def in_hsv(x, change):
        pixels = [colorsys.rgb_to_hsv(*p) for p in x.reshape(-1, 3)]
        return np.array([colorsys.hsv_to_rgb(*change(*p)) for p in pixels]).reshape(x.shape)

    steps = {
        "brightness": lambda x: x + brightness,
        "saturation": lambda x: in_hsv(x, lambda h, s, v: (h, min(s * saturation, 1.0), v)),
        "hue": lambda x: in_hsv(x, lambda h, s, v: ((h + hue) % 1, s, v)),
        "contrast": lambda x: (x - x.mean((0, 1))) * contrast + x.mean((0, 1)),
    }
    for step in order:
        image = steps[step](image)
    return np.clip(image, 0, 1)


def test_color_has_two_orders_and_the_published_ranges():
    orders = (
        ("brightness", "saturation", "hue", "contrast"),
        ("brightness", "contrast", "saturation", "hue"),
    )
    image = np.random.default_rng(0).uniform(0.3, 0.6, (4, 5, 3)).astype(np.float32)
    draws = []
    for number in range(40):
        seed = tf.constant([RUN, number])
        uniform = [
            float(tf.random.stateless_uniform((), augmentation._seed(seed, use), low, high))
            for use, low, high in (
                (3, -32 / 255, 32 / 255),
                (4, 0.5, 1.5),
                (5, -0.2, 0.2),
                (6, 0.5, 1.5),
            )
        ]
        draws.append(uniform)
        found = augmentation.distort_color(tf.constant(image), tf.constant(number), seed)
        expected = numpy_color(image, orders[number % 2], *uniform)
        np.testing.assert_allclose(np.asarray(found), expected, atol=2e-3)
    low, high = np.min(draws, 0), np.max(draws, 0)
    assert (low < [-0.1, 0.6, -0.15, 0.6]).all() and (high > [0.1, 1.4, 0.15, 1.4]).all()


def test_evaluation_of_inception_sees_the_middle():
    image = np.zeros((80, 160, 3), np.float32)
    image[5:75, 10:150] = 255.0  # 87.5 % of height and width
    found = prepare(tf.constant(image), 32, "inception", "none", 0.0, None)
    np.testing.assert_array_equal(found, np.full((32, 32, 3), 255.0))


@pytest.mark.parametrize(("size", "shorter"), [(299, 331), (224, 256), (64, 71), (32, 35)])
def test_resnet_evaluates_the_middle_of_the_scaled_picture(size, shorter):
    """The middle is a share of size / shorter of the shorter side: white here, the rest black."""
    image = np.zeros((400, 800, 3), np.float32)
    half = 200 * size / shorter
    image[round(200 - half) : round(200 + half), round(400 - half) : round(400 + half)] = 255.0
    found = np.asarray(prepare(tf.constant(image), size, "resnet", "none", 0.0, None))
    np.testing.assert_allclose(found[2:-2, 2:-2], 255.0, atol=1)
    image = 255.0 - image
    inverse = np.asarray(prepare(tf.constant(image), size, "resnet", "none", 0.0, None))
    assert inverse.mean() < 15  # and no more than that


def test_normalisations():
    image = np.random.default_rng(0).uniform(0, 255, (6, 7, 3)).astype(np.float32)
    deviations = np.array([0.229, 0.224, 0.225])
    expected = {
        "none": image,
        "standardize": (image - image.mean()) / image.std(),
        "unit": image / 127.5 - 1,
        "imagenet": (image / 255 - np.array([0.485, 0.456, 0.406])) / deviations,
    }
    assert expected.keys() == augmentation.NORMALIZATIONS.keys()
    for name, function in augmentation.NORMALIZATIONS.items():
        np.testing.assert_allclose(function(tf.constant(image)), expected[name], atol=1e-4)


def test_random_erasing():
    height, width = 40, 50
    image = np.full((height, width, 3), -1.0, np.float32)  # noise is never negative
    found = applied(lambda i, s: augmentation.erase_rectangle(i, 0.5, s), image, 400)
    erased = []
    for one in found:
        inside = (one >= 0).any(-1)
        if not inside.any():
            continue
        rows, columns = np.flatnonzero(inside.any(1)), np.flatnonzero(inside.any(0))
        tall, wide = np.ptp(rows) + 1, np.ptp(columns) + 1
        assert inside.sum() == tall * wide  # a full rectangle
        noise = one[inside]
        assert noise.min() >= 0 and noise.max() <= 255 and noise.std() > 50
        erased.append((tall * wide / (height * width), tall / wide))
    assert 0.4 < len(erased) / 400 < 0.6
    areas, ratios = np.array(erased).T
    assert areas.min() > 0.015 and areas.max() < 0.43 and areas.max() > 0.3
    assert ratios.min() > 0.25 and ratios.max() < 4.0 and ratios.min() < 0.6 < 1.6 < ratios.max()


def test_mixup():
    rng = np.random.default_rng(0)
    batch = {
        "inputs": rng.normal(size=(2000, 2, 2, 1)).astype(np.float32),
        "targets": np.arange(2000, dtype=np.int32)[:, None],
    }
    mixed = {k: np.asarray(v) for k, v in augmentation.mixup(batch, 0.2, [1, 2]).items()}
    partner, share = mixed["targets_partner"][:, 0], mixed["targets_share"]
    assert sorted(partner) == list(range(2000)) and (partner != np.arange(2000)).all()
    own, other = batch["inputs"], batch["inputs"][partner]
    weight = share[:, None, None, None]
    np.testing.assert_allclose(mixed["inputs"], weight * own + (1 - weight) * other, atol=1e-5)
    np.testing.assert_array_equal(mixed["targets"], batch["targets"])
    # Beta(0.2, 0.2): mean 1/2, variance 1 / (4 * (2 * 0.2 + 1)).
    assert share.min() >= 0 and share.max() <= 1
    assert abs(share.mean() - 0.5) < 0.03 and abs(share.var() - 1 / 5.6) < 0.01
