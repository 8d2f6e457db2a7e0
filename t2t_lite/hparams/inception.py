"""Inception-v3: its hyperparameters and sets."""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.base import hparam
from t2t_lite.hparams.image import BatchNormHParams

STEPS_PER_EPOCH = 1_281_167 / 256
"""Of ImageNet's training pictures, with 256 to a step."""


class InceptionHParams(BatchNormHParams):
    """Fields of Inception-v3 (Szegedy et al. 2015, arXiv:1512.00567)."""

    depth_multiplier: float = hparam(1.0, "all widths are multiplied by this", minimum=0)
    dropout: float = hparam(0.2, "dropout before the logits", minimum=0, maximum=1)
    auxiliary_loss_weight: float = hparam(
        0.4, "weight of the auxiliary head's loss; 0: there is no such head", minimum=0
    )
    small_pictures: bool = hparam(
        False, "for pictures of 32 to 128 pixels: the first layers pad, and have no strides"
    )


@registry.register_hparams
def inception_v3() -> InceptionHParams:
    """Inception-v3 as its release trains it on ImageNet, with 8 devices.

    (inception_train.py in tensorflow/models.) 32 pictures on each of 8 GPUs: --worker_gpu=8, or
    --emulate_workers=8 on one. RMSProp with epsilon 1, the rate 0.1 times 0.16 every 30 epochs,
    evaluation by the moving average of the weights. It reports 73.5 % precision after 100,000
    steps.
    """
    hp = InceptionHParams()
    hp.image_size = 299
    hp.image_normalization = "unit"
    hp.image_augmentation = "inception"
    hp.batch_size = 32
    hp.batch_norm_decay = 0.9997
    hp.initializer = "truncated_normal"
    hp.initializer_gain = 0.1
    hp.label_smoothing = 0.1
    hp.weight_decay = 4e-5
    hp.clip_grad_norm = 0.0
    hp.moving_average_decay = 0.9999
    hp.optimizer = "rms_prop"
    hp.optimizer_rms_prop_decay = 0.9
    hp.optimizer_rms_prop_momentum = 0.9
    hp.optimizer_rms_prop_epsilon = 1.0
    hp.learning_rate_schedule = "constant*exp_decay"
    hp.learning_rate_constant = 0.1
    hp.learning_rate_warmup_steps = 0
    hp.learning_rate_decay_rate = 0.16
    hp.learning_rate_decay_steps = int(30 * STEPS_PER_EPOCH)
    hp.learning_rate_decay_staircase = True
    return hp


@registry.register_hparams
def inception_v3_finetune() -> InceptionHParams:
    """Inception-v3 from trained weights, as its release goes on with flowers: the rate 0.001.

    Add --warm_start_from=RUN --warm_start_exclude=logits/ to the command.
    """
    hp = inception_v3()
    hp.learning_rate_constant = 0.001
    return hp


@registry.register_hparams
def inception_v3_small() -> InceptionHParams:
    """Inception-v3 of a quarter of its widths, on small pictures as they are."""
    hp = inception_v3()
    hp.image_size = 0
    hp.image_augmentation = "problem"
    hp.small_pictures = True
    hp.depth_multiplier = 0.25
    hp.batch_size = 128
    hp.batch_norm_decay = 0.99
    hp.moving_average_decay = 0.999
    hp.initializer = "normal_unit_scaling"
    hp.initializer_gain = 2.0
    hp.optimizer = "momentum"
    hp.optimizer_momentum_nesterov = True
    hp.learning_rate_schedule = "constant*linear_warmup*single_cycle_cos_decay"
    hp.learning_rate_constant = 0.1
    hp.learning_rate_warmup_steps = 200
    return hp
