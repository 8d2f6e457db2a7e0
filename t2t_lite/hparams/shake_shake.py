"""Shake-shake: its hyperparameters, and the sets of Tensor2Tensor with its values."""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.base import hparam
from t2t_lite.hparams.image import BatchNormHParams


class ShakeShakeHParams(BatchNormHParams):
    """Fields of shake-shake (Gastaldi 2017, arXiv:1705.07485)."""

    shake_shake_num_branches: int = hparam(2, "branches of a block", minimum=1)
    shake_shake_concat: int = hparam(
        0, "1: a convolution merges shortcut and branches; 0: they are added", minimum=0, maximum=1
    )


@registry.register_hparams
def shakeshake_small() -> ShakeShakeHParams:
    """26 layers, 2x32 wide; Tensor2Tensor reports 96 % on CIFAR-10 after 700,000 steps."""
    hp = ShakeShakeHParams()
    hp.batch_size = 128
    hp.hidden_size = 32
    hp.layer_prepostprocess_dropout = 0.0
    hp.label_smoothing = 0.0
    hp.clip_grad_norm = 0.0
    hp.num_hidden_layers = 26
    hp.learning_rate_decay_scheme = "cosine"
    hp.learning_rate_cosine_cycle_steps = 700000
    hp.learning_rate = 0.2
    hp.learning_rate_warmup_steps = 100
    hp.initializer = "uniform_unit_scaling"
    hp.initializer_gain = 1.0
    hp.weight_decay = 1e-4
    hp.optimizer = "Momentum"
    hp.optimizer_momentum_momentum = 0.9
    return hp


@registry.register_hparams
def shake_shake_quick() -> ShakeShakeHParams:
    """shakeshake_small with Adam, for a first look: 1,000 steps."""
    hp = shakeshake_small()
    hp.optimizer = "adam"
    hp.learning_rate_cosine_cycle_steps = 1000
    hp.learning_rate = 0.5
    hp.batch_size = 100
    return hp


@registry.register_hparams
def shakeshake_big() -> ShakeShakeHParams:
    """26 layers, 2x96 wide."""
    hp = shakeshake_small()
    hp.hidden_size = 96
    return hp


@registry.register_hparams
def shakeshake_tpu() -> ShakeShakeHParams:
    """shakeshake_big at a higher rate, for 180,000 steps."""
    hp = shakeshake_big()
    hp.learning_rate_cosine_cycle_steps = 180000
    hp.learning_rate = 0.6
    return hp
