"""Inception-v3 (Szegedy et al. 2015, arXiv:1512.00567)."""

from __future__ import annotations

import keras
from keras import ops

from t2t_lite import registry
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.images import NormedConvolution, mean_of_places
from t2t_lite.layers.linear import Linear
from t2t_lite.models.base import require_one_problem
from t2t_lite.models.image_classifier import ImageClassifier

LEAST_WIDTH = 8

# A branch is a chain of (width, kernel, stride), the first of which may be a pooling; a list of
# two kernels stands for two convolutions side by side. Strides above 1 are without padding.
AVERAGE, MAXIMUM = "average", "maximum"


def _of_35(pooled: int):
    """A module on 35x35 places (figure 5)."""
    return (
        [(64, 1, 1)],
        [(48, 1, 1), (64, 5, 1)],
        [(64, 1, 1), (96, 3, 1), (96, 3, 1)],
        [AVERAGE, (pooled, 1, 1)],
    )


def _of_17(width: int):
    """A module on 17x17 places: 7x7 kernels in two factors (figure 6, n = 7)."""
    flat, tall = (1, 7), (7, 1)
    return (
        [(192, 1, 1)],
        [(width, 1, 1), (width, flat, 1), (192, tall, 1)],
        [(width, 1, 1), (width, tall, 1), (width, flat, 1), (width, tall, 1), (192, flat, 1)],
        [AVERAGE, (192, 1, 1)],
    )


_OF_8 = (  # On 8x8 places (figure 7).
    [(320, 1, 1)],
    [(384, 1, 1), (384, [(1, 3), (3, 1)], 1)],
    [(448, 1, 1), (384, 3, 1), (384, [(1, 3), (3, 1)], 1)],
    [AVERAGE, (192, 1, 1)],
)
MODULES = {
    "Mixed_5b": _of_35(32),
    "Mixed_5c": _of_35(64),
    "Mixed_5d": _of_35(64),
    "Mixed_6a": ([(384, 3, 2)], [(64, 1, 1), (96, 3, 1), (96, 3, 2)], [MAXIMUM]),
    "Mixed_6b": _of_17(128),
    "Mixed_6c": _of_17(160),
    "Mixed_6d": _of_17(160),
    "Mixed_6e": _of_17(192),
    "Mixed_7a": (
        [(192, 1, 1), (320, 3, 2)],
        [(192, 1, 1), (192, (1, 7), 1), (192, (7, 1), 1), (192, 3, 2)],
        [MAXIMUM],
    ),
    "Mixed_7b": _OF_8,
    "Mixed_7c": _OF_8,
}
"""The branches of each module, in the order in which their outputs are laid side by side."""

STEM = {
    "Conv2d_1a_3x3": (32, 3, 2, "valid"),
    "Conv2d_2a_3x3": (32, 3, 1, "valid"),
    "Conv2d_2b_3x3": (64, 3, 1, "same"),
    "MaxPool_3a_3x3": None,
    "Conv2d_3b_1x1": (80, 1, 1, "valid"),
    "Conv2d_4a_3x3": (192, 3, 1, "valid"),
    "MaxPool_5a_3x3": None,
}
"""Width, kernel, stride and padding of the layers before the modules."""


def scaled(width: int, hparams) -> int:
    """`width` times `depth_multiplier`."""
    return max(int(hparams.depth_multiplier * width), LEAST_WIDTH)


class Branch(Composite):
    """A chain of convolutions in a module, perhaps after pooling."""

    def __init__(self, steps, hparams, padding: str, **kwargs):
        super().__init__(**kwargs)
        self.pool, self.steps = None, []
        for i, step in enumerate(steps):
            if step == AVERAGE:
                self.pool = keras.layers.AveragePooling2D(3, strides=1, padding="same")
            elif step == MAXIMUM:
                self.pool = keras.layers.MaxPooling2D(3, strides=2, padding=padding)
            else:
                self.steps.append(self._side_by_side(i, step, hparams, padding))

    def _side_by_side(self, i: int, step, hparams, padding: str) -> list[NormedConvolution]:
        width, kernels, strides = step
        kernels = kernels if isinstance(kernels, list) else [kernels]
        return [
            NormedConvolution(
                scaled(width, hparams),
                kernel,
                hparams,
                strides=strides,
                padding=padding if strides > 1 else "same",
                scale=False,
                name=f"convolution_{i}{letter}",
            )
            for kernel, letter in zip(kernels, "ab", strict=False)
        ]

    def call(self, x, training=False):
        """`[batch, height, width, input]` -> `[batch, height', width', width]`."""
        x = x if self.pool is None else self.pool(x)
        for step in self.steps:
            outputs = [convolve(x, training=training) for convolve in step]
            x = outputs[0] if len(outputs) == 1 else ops.concatenate(outputs, axis=-1)
        return x


class Module(Composite):
    """Branches side by side."""

    def __init__(self, branches, hparams, padding: str, **kwargs):
        super().__init__(**kwargs)
        self.branches = [
            Branch(steps, hparams, padding, name=f"branch_{i}") for i, steps in enumerate(branches)
        ]

    def call(self, x, training=False):
        """`[batch, height, width, input]` -> `[batch, height', width', width]`."""
        return ops.concatenate([branch(x, training=training) for branch in self.branches], axis=-1)


class AuxiliaryHead(Composite):
    """Classes from the middle of the network, to bring gradients there (section 4 of the paper).

    The last two kernels begin smaller than others, as in the release.
    """

    def __init__(self, classes: int, hparams, **kwargs):
        super().__init__(**kwargs)
        self.hparams = hparams
        self.projection = NormedConvolution(
            scaled(128, hparams), 1, hparams, scale=False, name="projection"
        )
        small = hparams.copy()
        small.initializer, small.initializer_gain = "truncated_normal", 0.001
        self.logits = Linear(classes, small.freeze(), use_bias=True, name="logits")

    def build(self, input_shape):
        size = min(5, *input_shape[1:3])
        self.pool = keras.layers.AveragePooling2D(size, strides=3)
        # A kernel as large as the map, which is 5x5 for pictures of 299 pixels a side.
        self.whole = NormedConvolution(
            scaled(768, self.hparams),
            tuple((n - size) // 3 + 1 for n in input_shape[1:3]),
            self.hparams,
            padding="valid",
            scale=False,
            kernel_initializer=keras.initializers.TruncatedNormal(stddev=0.01),
            name="whole",
        )
        super().build(input_shape)

    def call(self, x, training=False):
        """`[batch, height, width, channels]` -> `[batch, 1, classes]`."""
        x = self.projection(self.pool(x), training=training)
        return self.logits(self.whole(x, training=training)[:, 0])


@registry.register_model("inception_v3")
class InceptionV3(ImageClassifier):
    """Inception-v3 (Szegedy et al. 2015, arXiv:1512.00567), with its auxiliary head."""

    default_hparams_set = "inception_v3_small"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        self.padding = "same" if hparams.small_pictures else "valid"
        self.stem = [self._stem_layer(name, layer) for name, layer in STEM.items()]
        self.mixed = [
            Module(branches, hparams, self.padding, name=name) for name, branches in MODULES.items()
        ]
        self.dropout = Dropout(hparams.dropout)
        self.auxiliary = None
        if hparams.auxiliary_loss_weight:
            require_one_problem(self, "auxiliary_loss_weight")
            classes = problem_hparams.vocab_size["targets"]
            self.auxiliary = AuxiliaryHead(classes, hparams, name="auxiliary")

    def _stem_layer(self, name: str, layer):
        if layer is None:
            return keras.layers.MaxPooling2D(3, strides=2, padding=self.padding, name=name)
        width, kernel, strides, padding = layer
        if self.hparams.small_pictures:
            strides, padding = 1, "same"
        return NormedConvolution(
            scaled(width, self.hparams),
            kernel,
            self.hparams,
            strides=strides,
            padding=padding,
            scale=False,
            name=name,
        )

    def endpoints(self, x, training: bool = False) -> dict:
        """The output of each layer of the stem, and of each module, by its name."""
        found = {}
        for layer in [*self.stem, *self.mixed]:
            x = found[layer.name] = layer(x, training=training)
        return found

    def body(self, features, training=False):
        """Pixels -> the mean over all places, with dropout: `[batch, 1, channels]`."""
        found = self.endpoints(features["inputs"], training)
        if self.auxiliary and (training or not self.auxiliary.built):
            logits = self.auxiliary(found["Mixed_6e"], training=training)
            if self.problem_hparams.modality["targets"] == "multi_label":
                logits = logits[:, 0]
            loss = self.loss_sum(logits, features) / self.loss_divisor(features)
            self.add_loss(self.hparams.auxiliary_loss_weight * loss)
        return self.dropout(mean_of_places(found["Mixed_7c"]), training=training)
