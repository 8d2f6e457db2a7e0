"""How pictures are changed at random while training, and brought to one size; TensorFlow's ops.

`prepare` deals with one picture, `mixup` with a batch. Every random number comes from a seed of two
integers: the run's, and the example's number in the stream. So what an example becomes depends
neither on threads nor on where a run was stopped. TensorFlow is imported within functions only.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

IMAGENET_MEAN = (0.485, 0.456, 0.406)
IMAGENET_DEVIATION = (0.229, 0.224, 0.225)
"""Of the colours of ImageNet's pictures, as shares of 255."""

ERASED_AREA = (0.02, 0.4)
ERASED_ASPECT = (0.3, 1 / 0.3)
ERASING_ATTEMPTS = 10


class Choice(NamedTuple):
    """One way to augment: `train(image, size, seed)` and `evaluate(image, size)`.

    Both take `[height, width, channels]` float32 from 0 to 255, and give `[size, size, channels]`.
    """

    train: Callable
    evaluate: Callable


def prepare(image, size: int, augmentation: str, normalization: str, erasing: float, seed):
    """A picture as a model gets it.

    Args:
      image: `[height, width, channels]` float32, from 0 to 255.
      size: height and width of the result.
      augmentation: one of CHOICES.
      normalization: one of NORMALIZATIONS.
      erasing: the probability of `erase_rectangle`.
      seed: int32 `[2]`; None: nothing random, as in evaluation.
    Returns:
      `[size, size, channels]` float32.
    """
    import tensorflow as tf

    choice = CHOICES[augmentation]
    channels = image.shape[-1]
    if seed is None:
        image = choice.evaluate(image, size)
    else:
        image = choice.train(image, size, seed)
    image = tf.ensure_shape(image, (size, size, channels))
    if erasing and seed is not None:
        image = erase_rectangle(image, erasing, seed)
    return NORMALIZATIONS[normalization](image)


def _seed(seed, number: int):
    """A further seed, one for each use within an example."""
    import tensorflow as tf

    return seed + tf.constant([number << 24, 0], tf.int32)


def _uniform(shape, seed, low: float = 0.0, high: float = 1.0):
    """By the bare kernel: `tf.random.stateless_uniform` takes longer around it than to draw."""
    import tensorflow as tf

    draws = tf.raw_ops.StatelessRandomUniform(shape=shape, seed=seed)
    return draws if (low, high) == (0.0, 1.0) else low + (high - low) * draws


def resize(image, size: int):
    """The whole picture, bilinear; when it gets smaller each pixel is a mean."""
    import tensorflow as tf

    if image.shape[:2] == (size, size):
        return image
    return tf.image.resize(image, (size, size), antialias=True)


def flip(image, seed):
    """Mirrors left and right, every other time."""
    import tensorflow as tf

    return tf.image.stateless_random_flip_left_right(image, seed)


def shift(image, distance: int, seed, mirrors: bool = False):
    """Moves by up to `distance` pixels in each direction; zeros come in. May also be mirrored.

    One draw for everything: on small pictures the number of operations is what takes the time.
    """
    import tensorflow as tf

    count = 2.0 * distance + 1.0
    draws = _uniform((3,), seed)
    begin = tf.cast(draws * (count, count, 0.0), tf.int32)
    padded = tf.pad(image, [(distance, distance), (distance, distance), (0, 0)])
    image = tf.slice(padded, begin, image.shape)
    if not mirrors:
        return image
    return tf.cond(draws[2] < 0.5, lambda: tf.reverse(image, [1]), lambda: image)


# CIFAR, MNIST.


def _resized(image, size, seed):
    return resize(image, size)


def _shifted(image, size, seed):
    """Digits must not be mirrored: up to 2 of 28 pixels."""
    return shift(resize(image, size), max(1, round(size / 14)), seed)


def _cifar(image, size, seed):
    """Huang et al. 2016 (arXiv:1608.06993, section 4.1): 4 of 32 pixels, and mirrored."""
    return shift(resize(image, size), max(1, size // 8), seed, mirrors=True)


# Inception (Szegedy et al. 2014, arXiv:1409.4842, section 6; Howard 2013, arXiv:1312.5402).


def random_box(image, seed, area, aspect, attempts: int):
    """A part of the picture: its share of the area, and width / height, lie in these ranges.

    After that many vain attempts, the whole.
    """
    import tensorflow as tf

    begin, extent, _ = tf.image.stateless_sample_distorted_bounding_box(
        tf.shape(image),
        tf.constant([[[0.0, 0.0, 1.0, 1.0]]]),
        seed,
        min_object_covered=0.1,
        aspect_ratio_range=aspect,
        area_range=area,
        max_attempts=attempts,
    )
    return tf.ensure_shape(tf.slice(image, begin, extent), (None, None, image.shape[-1]))


def resize_by_method(image, size: int, number):
    """Resizes by one of four methods in turn: bilinear, nearest, bicubic, area."""
    import tensorflow as tf

    def by(method):
        return lambda: tf.cast(tf.image.resize(image, (size, size), method), tf.float32)

    return tf.switch_case(number % 4, [by(m) for m in ("bilinear", "nearest", "bicubic", "area")])


def distort_color(image, number, seed):
    """Brightness, saturation, hue and contrast, in two orders in turn; from 0 to 1."""
    import tensorflow as tf

    def brightness(x):
        return tf.image.stateless_random_brightness(x, 32 / 255, _seed(seed, 3))

    def saturation(x):
        return tf.image.stateless_random_saturation(x, 0.5, 1.5, _seed(seed, 4))

    def hue(x):
        return tf.image.stateless_random_hue(x, 0.2, _seed(seed, 5))

    def contrast(x):
        return tf.image.stateless_random_contrast(x, 0.5, 1.5, _seed(seed, 6))

    orders: tuple[tuple[Callable, ...], ...] = (
        (brightness, saturation, hue, contrast),
        (brightness, contrast, saturation, hue),
    )
    if image.shape[-1] == 1:  # Gray has neither saturation nor hue.
        orders = (brightness, contrast), (contrast, brightness)

    def in_order(steps):
        def distorted():
            x = image
            for step in steps:
                x = step(x)
            return x

        return distorted

    return tf.clip_by_value(tf.switch_case(number % 2, [in_order(o) for o in orders]), 0.0, 1.0)


def _inception(image, size, seed):
    number = seed[1]
    box = random_box(image, _seed(seed, 1), (0.05, 1.0), (0.75, 1.33), attempts=100)
    image = flip(resize_by_method(box / 255.0, size, number), _seed(seed, 2))
    return 255.0 * distort_color(image, number // 4, seed)


def _central(image, size):
    """The middle 87.5 % of height and width, bilinear."""
    import tensorflow as tf

    return tf.image.resize(tf.image.central_crop(image, 0.875), (size, size))


# ResNet on ImageNet, as Tensor2Tensor did it.


def _resnet(image, size, seed):
    import tensorflow as tf

    box = random_box(image, _seed(seed, 1), (0.08, 1.0), (3 / 4, 4 / 3), attempts=1)
    is_whole = tf.reduce_all(tf.shape(box) == tf.shape(image))
    image = tf.cond(
        is_whole,
        lambda: _scaled_middle(image, size, size),
        lambda: tf.image.resize(box, (size, size), "bicubic"),
    )
    return flip(image, _seed(seed, 2))


def _scaled_middle(image, size: int, shorter: int):
    """The middle of the picture when its shorter side is brought to `shorter`, bicubic."""
    import tensorflow as tf

    sides = tf.cast(tf.shape(image)[:2], tf.float32)
    scaled = tf.cast(tf.round(sides * shorter / tf.reduce_min(sides)), tf.int32)
    image = tf.image.resize(image, scaled, "bicubic")
    offset = (scaled - size) // 2
    return tf.image.crop_to_bounding_box(image, offset[0], offset[1], size, size)


def _resnet_middle(image, size):
    """The middle 224 of 256 pixels, 299 of 331; of smaller pictures the same share as the latter.

    Tensor2Tensor adds 32 pixels always: of 32 x 32 pixels the model would see a quarter.
    """
    return _scaled_middle(image, size, size + 32 if size >= 224 else round(size * 331 / 299))


CHOICES: dict[str, Choice] = {
    "none": Choice(_resized, resize),
    "shift": Choice(_shifted, resize),
    "cifar": Choice(_cifar, resize),
    "inception": Choice(_inception, _central),
    "resnet": Choice(_resnet, _resnet_middle),
}
"""Name of an augmentation -> what it does; hparams/base.py has the names, too."""


def _standardized(image):
    import tensorflow as tf

    return tf.image.per_image_standardization(image)


def _like_imagenet(image):
    return (image / 255.0 - IMAGENET_MEAN) / IMAGENET_DEVIATION


NORMALIZATIONS: dict[str, Callable[[Any], Any]] = {
    "none": lambda image: image,
    "standardize": _standardized,
    "unit": lambda image: image / 127.5 - 1.0,
    "imagenet": _like_imagenet,
}
"""Name of a normalisation -> what becomes of values from 0 to 255."""


def erase_rectangle(image, probability: float, seed):
    """Random Erasing (Zhong et al. 2017, arXiv:1708.04896, algorithm 1): noise in a rectangle.

    Its area is 2 to 40 % of the picture, its height / width from 0.3 to 1 / 0.3. If none of ten
    such rectangles is within the picture, nothing is erased.
    """
    import tensorflow as tf

    is_hit = _uniform((), _seed(seed, 7)) < probability
    return tf.cond(is_hit, lambda: _with_noise(image, seed), lambda: image)


def _with_noise(image, seed):
    """Noise in the first of the rectangles drawn that is within the picture, if there is one."""
    import tensorflow as tf

    height, width, channels = image.shape
    draws = _uniform((ERASING_ATTEMPTS, 4), _seed(seed, 8))
    low, high = ERASED_AREA
    area = height * width * (low + (high - low) * draws[:, 0])
    ratio = tf.exp(math.log(ERASED_ASPECT[1]) * (2 * draws[:, 1] - 1))
    tall = tf.cast(tf.round(tf.sqrt(area * ratio)), tf.int32)
    wide = tf.cast(tf.round(tf.sqrt(area / ratio)), tf.int32)
    fits = (tall < height) & (wide < width)
    first = tf.argmax(fits)
    tall, wide = tall[first], wide[first]
    top = tf.cast(draws[first, 2] * tf.cast(height - tall + 1, tf.float32), tf.int32)
    left = tf.cast(draws[first, 3] * tf.cast(width - wide + 1, tf.float32), tf.int32)
    rows, columns = tf.range(height)[:, None], tf.range(width)[None]
    inside = (rows >= top) & (rows < top + tall) & (columns >= left) & (columns < left + wide)
    inside &= tf.reduce_any(fits)
    noise = _uniform((height, width, channels), _seed(seed, 9), 0.0, 255.0)
    return tf.where(inside[..., None], noise, image)


def mixup(batch: dict, alpha: float, seed) -> dict:
    """Each picture of a batch mixed with the next one (Zhang et al. 2017, arXiv:1710.09412).

    Its own share is drawn from Beta(alpha, alpha), for each picture by itself. The loss is the mean
    of those for both labels, with the same shares: see `T2TModel.loss_parts`.

    Args:
      batch: `inputs` `[batch, height, width, channels]` and `targets` `[batch, …]`.
      seed: int32 `[2]`.
    Returns:
      The batch with mixed `inputs`, and `targets_partner` (the other's targets) and
      `targets_share` `[batch]`, how much the picture's own count.
    """
    import tensorflow as tf

    inputs, targets = batch["inputs"], batch["targets"]
    draws = tf.random.stateless_gamma((2, tf.shape(inputs)[0]), seed, alpha)
    share = draws[0] / tf.maximum(tf.reduce_sum(draws, 0), 1e-30)
    own = share[:, None, None, None]
    return {
        **batch,
        "inputs": own * inputs + (1.0 - own) * tf.roll(inputs, 1, axis=0),
        "targets_partner": tf.roll(targets, 1, axis=0),
        "targets_share": share,
    }
