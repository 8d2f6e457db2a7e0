"""MobileNet (Howard et al. 2017, arXiv:1704.04861)."""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.images import NormedConvolution, mean_of_places, relu6
from t2t_lite.models.image_classifier import ImageClassifier

# Width and stride of each pair of a depthwise and a pointwise convolution (table 1).
BLOCKS = (
    (64, 1),
    (128, 2),
    (128, 1),
    (256, 2),
    (256, 1),
    (512, 2),
    *[(512, 1)] * 5,
    (1024, 2),
    (1024, 1),
)
LEAST_WIDTH = 8


class DepthwiseSeparable(Composite):
    """A depthwise 3x3 and a pointwise convolution, each with batch normalisation and ReLU6."""

    def __init__(self, width: int, strides: int, hparams, **kwargs):
        super().__init__(**kwargs)
        self.depthwise = NormedConvolution(
            None, 3, hparams, strides=strides, activation=relu6, name="depthwise"
        )
        self.pointwise = NormedConvolution(width, 1, hparams, activation=relu6, name="pointwise")

    def call(self, x, training=False):
        """`[batch, height, width, input]` -> `[batch, height', width', width]`."""
        return self.pointwise(self.depthwise(x, training=training), training=training)


@registry.register_model("mobilenet_v1")
class MobileNetV1(ImageClassifier):
    """MobileNet v1 (Howard et al. 2017, arXiv:1704.04861): depthwise separable convolutions."""

    default_hparams_set = "mobilenet_v1_025_128"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        self.first = NormedConvolution(
            self._width(32), 3, hparams, strides=2, activation=relu6, name="first"
        )
        self.blocks = [
            DepthwiseSeparable(self._width(width), strides, hparams, name=f"block_{i}")
            for i, (width, strides) in enumerate(BLOCKS, start=1)
        ]
        self.dropout = Dropout(hparams.dropout)

    def _width(self, width: int) -> int:
        return max(int(self.hparams.depth_multiplier * width), LEAST_WIDTH)

    def network(self, x, training: bool):
        """Pixels -> the mean over all places, with dropout: `[batch, 1, channels]`."""
        x = self.first(x, training=training)
        for block in self.blocks:
            x = block(x, training=training)
        return self.dropout(mean_of_places(x), training=training)
