"""ResNet: its hyperparameters, and the sets of Tensor2Tensor with its values.

Sets with targeted dropout (resnet_…_td_…) are not here. Tensor2Tensor's model computes its own
loss, without label smoothing; here label_smoothing counts, which these sets leave at 0.1.
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.base import hparam
from t2t_lite.hparams.image import BatchNormHParams


class ResnetHParams(BatchNormHParams):
    """Fields of ResNet (He et al. 2015, arXiv:1512.03385)."""

    layer_sizes: list[int] = hparam([3, 4, 6, 3], "how many blocks each group has")
    filter_sizes: list[int] = hparam(
        [64, 64, 128, 256, 512], "width of the first convolution, then of each group"
    )
    bottleneck_ratios: list[int] = hparam(
        [4, 4, 4, 4], "how many times wider a bottleneck's last convolution is, in each group"
    )
    block_fn: str = hparam(
        "bottleneck",
        "bottleneck: 1x1, 3x3, 1x1 convolutions; residual: two 3x3 ones",
        choices=("bottleneck", "residual"),
    )
    is_cifar: bool = hparam(False, "for small pictures: no stride and no pooling at first")


@registry.register_hparams
def resnet_base() -> ResnetHParams:
    """ResNet-50 for ImageNet: 120,000 steps of 8 x 128 pictures, from the rate 0.4 by a cosine."""
    hp = ResnetHParams()
    hp.batch_size = 128
    hp.batch_norm_decay = 0.9
    hp.batch_norm_epsilon = 1e-5
    hp.initializer = "normal_unit_scaling"
    hp.initializer_gain = 2.0
    hp.optimizer = "Momentum"
    hp.optimizer_momentum_momentum = 0.9
    hp.optimizer_momentum_nesterov = True
    hp.weight_decay = 1e-4
    hp.clip_grad_norm = 0.0
    hp.learning_rate = 0.4
    hp.learning_rate_decay_scheme = "cosine"
    hp.learning_rate_cosine_cycle_steps = 120000
    return hp


@registry.register_hparams
def resnet_18() -> ResnetHParams:
    """18 layers."""
    hp = resnet_base()
    hp.block_fn = "residual"
    hp.layer_sizes = [2, 2, 2, 2]
    return hp


@registry.register_hparams
def resnet_34() -> ResnetHParams:
    """34 layers."""
    hp = resnet_18()
    hp.layer_sizes = [3, 4, 6, 3]
    return hp


@registry.register_hparams
def resnet_50() -> ResnetHParams:
    """50 layers, bottlenecks."""
    return resnet_base()


@registry.register_hparams
def resnet_101() -> ResnetHParams:
    """101 layers, bottlenecks."""
    hp = resnet_base()
    hp.layer_sizes = [3, 4, 23, 3]
    return hp


@registry.register_hparams
def resnet_152() -> ResnetHParams:
    """152 layers, bottlenecks."""
    hp = resnet_base()
    hp.layer_sizes = [3, 8, 36, 3]
    return hp


@registry.register_hparams
def resnet_200() -> ResnetHParams:
    """200 layers, bottlenecks."""
    hp = resnet_base()
    hp.layer_sizes = [3, 24, 36, 3]
    return hp


@registry.register_hparams
def resnet_imagenet_34() -> ResnetHParams:
    """34 layers, otherwise spread over the groups than in resnet_34."""
    hp = resnet_18()
    hp.layer_sizes = [2, 4, 8, 2]
    return hp


@registry.register_hparams
def resnet_imagenet_102() -> ResnetHParams:
    """102 layers without bottlenecks."""
    hp = resnet_18()
    hp.layer_sizes = [3, 8, 36, 3]
    return hp


@registry.register_hparams
def resnet_cifar_15() -> ResnetHParams:
    """15 layers, for CIFAR."""
    hp = resnet_base()
    hp.block_fn = "residual"
    hp.is_cifar = True
    hp.layer_sizes = [2, 2, 2]
    hp.filter_sizes = [16, 32, 64, 128]
    return hp


@registry.register_hparams
def resnet_cifar_32() -> ResnetHParams:
    """32 layers, for CIFAR."""
    hp = resnet_cifar_15()
    hp.layer_sizes = [5, 5, 5]
    return hp
