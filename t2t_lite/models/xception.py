"""Xception (Chollet 2016, arXiv:1610.02357), as Tensor2Tensor has it: with layer normalisation."""

from __future__ import annotations

from keras import ops

from t2t_lite import registry
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.image_stems import Convolved, Downsampling
from t2t_lite.layers.normalization import LayerNorm
from t2t_lite.models.image_classifier import ImageClassifier

LARGE = 200
"""Pictures with more pixels a side enter by convolutions that make them smaller."""


class Middle(Composite):
    """Three separable convolutions, added to what goes in; normalisation; dropout."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        size = (hparams.kernel_height, hparams.kernel_width)
        self.convolutions = Convolved(
            hparams.hidden_size, size, hparams, times=3, name="convolutions"
        )
        self.norm = LayerNorm(hparams.norm_epsilon, name="norm")
        self.dropout = Dropout(hparams.dropout)

    def call(self, x, training=False):
        """`[batch, height, width, hidden]` -> the same shape."""
        return self.dropout(self.norm(x + self.convolutions(x)), training=training)


@registry.register_model
class Xception(ImageClassifier):
    """Xception (Chollet 2016, arXiv:1610.02357): residual separable convolutions."""

    default_hparams_set = "xception_tiny"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        width = hparams.hidden_size
        if problem_hparams.shape["inputs"][0] > LARGE:
            once = {"separable": False}
            self.entry = [
                Convolved(32, 3, hparams, strides=2, first_relu=False, name="entry_1", **once),
                Convolved(64, 3, hparams, name="entry_2", **once),
            ]
            for i, size in enumerate((min(128, width), min(256, width), width)):
                self.entry.append(
                    Downsampling(
                        [size, size],
                        hparams,
                        shortcut_size=1,
                        shortcut_relu=i == 0,
                        name=f"entry_{i + 3}",
                    )
                )
        else:
            self.entry = [
                Convolved(width, 3, hparams, separable=False, first_relu=False, name="entry")
            ]
        self.middle = [Middle(hparams, name=f"layer_{i}") for i in range(hparams.num_hidden_layers)]
        self.exit = [
            Downsampling(
                [width, int(1.25 * width)],
                hparams,
                shortcut_size=3,
                shortcut_relu=True,
                name="exit_1",
            ),
            Convolved(2 * width, 3, hparams, first_relu=False, name="exit_2"),
            Convolved(int(2.5 * width), 3, hparams, name="exit_3"),
        ]

    def network(self, x, training: bool):
        """Pixels -> `[batch, height, width, 2.5 * hidden]`."""
        for layer in self.entry:
            x = layer(x)
        for layer in self.middle:
            x = layer(x, training=training)
        for layer in self.exit:
            x = layer(x)
        return ops.relu(x)
