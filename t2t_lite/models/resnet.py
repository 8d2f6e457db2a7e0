"""Residual networks (He et al. 2015, arXiv:1512.03385, and 2016, arXiv:1603.05027)."""

from __future__ import annotations

import keras
from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.images import Convolution2D, NormedConvolution, batch_norm
from t2t_lite.models.image_classifier import ImageClassifier


def options(strides: int = 1) -> dict:
    """How all convolutions here pad and begin, whatever `initializer` says: that is the logits'.

    (An initializer draws its seed when it is made, so each convolution has one of its own.)
    """
    start = keras.initializers.VarianceScaling(1.0, mode="fan_in", distribution="truncated_normal")
    return {"strides": strides, "padding": "fixed", "kernel_initializer": start}


class Projection(NormedConvolution):
    """The shortcut of a group's first block: 1x1, to the group's width and size."""

    def __init__(self, width: int, strides: int, hparams, **kwargs):
        super().__init__(width, 1, hparams, activation=None, **options(strides), **kwargs)


class Bottleneck(Composite):
    """1x1, 3x3 and 1x1 convolutions, each normalised, and a shortcut (2015, figure 5)."""

    def __init__(self, width: int, ratio: int, strides: int, is_first, is_last, hparams, **kwargs):
        """
        Args:
          width: of the first two convolutions; the last one has `ratio` times that.
          is_last: of its group; its last scale begins at 0, so that it adds nothing at first.
        """
        super().__init__(**kwargs)
        self.shortcut = None
        if is_first:
            self.shortcut = Projection(ratio * width, strides, hparams, name="shortcut")
        self.narrow = NormedConvolution(width, 1, hparams, name="narrow", **options())
        self.middle = NormedConvolution(width, 3, hparams, name="middle", **options(strides))
        self.wide = NormedConvolution(
            ratio * width,
            1,
            hparams,
            activation=None,
            starts_at_zero=is_last and not is_first,
            name="wide",
            **options(),
        )

    def call(self, x, training=False):
        """`[batch, height, width, input]` -> `[batch, height', width', ratio * width]`."""
        shortcut = self.shortcut(x, training=training) if self.shortcut else x
        x = self.middle(self.narrow(x, training=training), training=training)
        return ops.relu(self.wide(x, training=training) + shortcut)


class Residual(Composite):
    """Two 3x3 convolutions, each after a normalisation, and a shortcut (2016, figure 1b)."""

    def __init__(self, width: int, ratio: int, strides: int, is_first, is_last, hparams, **kwargs):
        super().__init__(**kwargs)
        self.shortcut = Projection(width, strides, hparams, name="shortcut") if is_first else None
        self.norms = [batch_norm(hparams, name=f"norm_{i}") for i in range(2)]
        self.convolutions = [
            Convolution2D(width, 3, hparams, name=f"convolution_{i}", **options(s))
            for i, s in enumerate((strides, 1))
        ]

    def call(self, x, training=False):
        """`[batch, height, width, input]` -> `[batch, height', width', width]`."""
        shortcut = x
        x = ops.relu(self.norms[0](x, training=training))
        if self.shortcut:
            shortcut = self.shortcut(x, training=training)
        x = self.convolutions[0](x)
        x = self.convolutions[1](ops.relu(self.norms[1](x, training=training)))
        return x + shortcut


BLOCKS = {"bottleneck": Bottleneck, "residual": Residual}


@registry.register_model
class Resnet(ImageClassifier):
    """ResNet (He et al. 2015, arXiv:1512.03385), as Tensor2Tensor has it."""

    default_hparams_set = "resnet_cifar_15"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        first, *widths = hparams.filter_sizes
        sizes, ratios = hparams.layer_sizes, hparams.bottleneck_ratios
        if not len(sizes) == len(widths) <= len(ratios):
            raise T2TError(
                f"filter_sizes={hparams.filter_sizes} must have one element more than layer_sizes="
                f"{sizes}, and bottleneck_ratios={ratios} at least as many as that."
            )
        self.first = NormedConvolution(
            first, 7, hparams, name="first", **options(1 if hparams.is_cifar else 2)
        )
        self.pool = None
        if not hparams.is_cifar:
            self.pool = keras.layers.MaxPooling2D(3, strides=2, padding="same")
        block = BLOCKS[hparams.block_fn]
        self.blocks = [
            block(
                width,
                ratio,
                strides=2 if group and i == 0 else 1,
                is_first=i == 0,
                is_last=i == size - 1,
                hparams=hparams,
                name=f"group_{group + 1}_block_{i + 1}",
            )
            for group, (width, size, ratio) in enumerate(zip(widths, sizes, ratios, strict=False))
            for i in range(size)
        ]

    def network(self, x, training: bool):
        """Pixels -> `[batch, height, width, channels]`."""
        x = self.first(x, training=training)
        x = self.pool(x) if self.pool else x
        for block in self.blocks:
            x = block(x, training=training)
        return x
