"""MobileNet: its hyperparameters, and the 16 sets of its announcement."""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.base import hparam
from t2t_lite.hparams.image import BatchNormHParams

STEPS_PER_EPOCH = 1_281_167 / 64
"""Of ImageNet's training pictures, with 64 to a step."""


class MobileNetHParams(BatchNormHParams):
    """Fields of MobileNet (Howard et al. 2017, arXiv:1704.04861)."""

    depth_multiplier: float = hparam(1.0, "all widths are multiplied by this", minimum=0)
    dropout: float = hparam(0.001, "dropout before the logits", minimum=0, maximum=1)


def mobilenet_v1(depth_multiplier: float, image_size: int) -> MobileNetHParams:
    """The constants of the release's training script (slim's mobilenet_v1_train.py)."""
    hp = MobileNetHParams()
    hp.depth_multiplier = depth_multiplier
    hp.image_size = image_size
    hp.image_normalization = "unit"
    hp.image_augmentation = "inception"
    hp.batch_size = 64
    hp.batch_norm_decay = 0.9997
    hp.initializer = "truncated_normal"
    hp.initializer_gain = 0.09
    hp.label_smoothing = 0.0
    hp.weight_decay = 4e-5
    hp.weight_decay_exclude = "depthwise"
    hp.clip_grad_norm = 0.0
    hp.optimizer = "sgd"
    hp.learning_rate_schedule = "constant*exp_decay"
    hp.learning_rate_constant = 0.045
    hp.learning_rate_warmup_steps = 0
    hp.learning_rate_decay_rate = 0.94
    hp.learning_rate_decay_steps = round(2.5 * STEPS_PER_EPOCH)
    hp.learning_rate_decay_staircase = True
    return hp


@registry.register_hparams
def mobilenet_v1_100_224() -> MobileNetHParams:
    """MobileNet with widths as in the paper, on pictures of 224x224 pixels."""
    return mobilenet_v1(1.0, 224)


@registry.register_hparams
def mobilenet_v1_100_192() -> MobileNetHParams:
    """MobileNet with widths as in the paper, on pictures of 192x192 pixels."""
    return mobilenet_v1(1.0, 192)


@registry.register_hparams
def mobilenet_v1_100_160() -> MobileNetHParams:
    """MobileNet with widths as in the paper, on pictures of 160x160 pixels."""
    return mobilenet_v1(1.0, 160)


@registry.register_hparams
def mobilenet_v1_100_128() -> MobileNetHParams:
    """MobileNet with widths as in the paper, on pictures of 128x128 pixels."""
    return mobilenet_v1(1.0, 128)


@registry.register_hparams
def mobilenet_v1_075_224() -> MobileNetHParams:
    """MobileNet with widths times 0.75, on pictures of 224x224 pixels."""
    return mobilenet_v1(0.75, 224)


@registry.register_hparams
def mobilenet_v1_075_192() -> MobileNetHParams:
    """MobileNet with widths times 0.75, on pictures of 192x192 pixels."""
    return mobilenet_v1(0.75, 192)


@registry.register_hparams
def mobilenet_v1_075_160() -> MobileNetHParams:
    """MobileNet with widths times 0.75, on pictures of 160x160 pixels."""
    return mobilenet_v1(0.75, 160)


@registry.register_hparams
def mobilenet_v1_075_128() -> MobileNetHParams:
    """MobileNet with widths times 0.75, on pictures of 128x128 pixels."""
    return mobilenet_v1(0.75, 128)


@registry.register_hparams
def mobilenet_v1_050_224() -> MobileNetHParams:
    """MobileNet with widths times 0.5, on pictures of 224x224 pixels."""
    return mobilenet_v1(0.5, 224)


@registry.register_hparams
def mobilenet_v1_050_192() -> MobileNetHParams:
    """MobileNet with widths times 0.5, on pictures of 192x192 pixels."""
    return mobilenet_v1(0.5, 192)


@registry.register_hparams
def mobilenet_v1_050_160() -> MobileNetHParams:
    """MobileNet with widths times 0.5, on pictures of 160x160 pixels."""
    return mobilenet_v1(0.5, 160)


@registry.register_hparams
def mobilenet_v1_050_128() -> MobileNetHParams:
    """MobileNet with widths times 0.5, on pictures of 128x128 pixels."""
    return mobilenet_v1(0.5, 128)


@registry.register_hparams
def mobilenet_v1_025_224() -> MobileNetHParams:
    """MobileNet with widths times 0.25, on pictures of 224x224 pixels."""
    return mobilenet_v1(0.25, 224)


@registry.register_hparams
def mobilenet_v1_025_192() -> MobileNetHParams:
    """MobileNet with widths times 0.25, on pictures of 192x192 pixels."""
    return mobilenet_v1(0.25, 192)


@registry.register_hparams
def mobilenet_v1_025_160() -> MobileNetHParams:
    """MobileNet with widths times 0.25, on pictures of 160x160 pixels."""
    return mobilenet_v1(0.25, 160)


@registry.register_hparams
def mobilenet_v1_025_128() -> MobileNetHParams:
    """MobileNet with widths times 0.25, on pictures of 128x128 pixels."""
    return mobilenet_v1(0.25, 128)
