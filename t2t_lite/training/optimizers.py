"""Optimizers under Tensor2Tensor's names: functions (learning_rate, hparams) -> Keras optimizer.

`learning_rate` is a float or a schedule. Clipping, accumulation and averaging are the training
loop's, and so is `hparams.weight_decay`, a term of the loss; only adam_w takes it itself.
"""

from __future__ import annotations

import re
from typing import TypeAlias

import keras

from t2t_lite import registry
from t2t_lite.hparams.base import HParams
from t2t_lite.training.fused_adam import FusedAdam, FusedAdamW

Rate: TypeAlias = float | keras.optimizers.schedules.LearningRateSchedule


def optimizer(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """The optimizer that `hparams.optimizer` names, in snake case or CamelCase.

    Raises T2TError for an unknown name.
    """
    return registry.optimizer(registry.snake_case(hparams.optimizer))(learning_rate, hparams)


@registry.register_optimizer
def adam(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """Adam (Kingma and Ba 2014, arXiv:1412.6980), with epsilon as in its section 2."""
    return FusedAdam(learning_rate, **_adam_arguments(hparams))


@registry.register_optimizer
def true_adam(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """The same as adam, which was lazy about unused embeddings in Tensor2Tensor."""
    return adam(learning_rate, hparams)


@registry.register_optimizer
def multistep_adam(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """The same as adam; optimizer_multistep_accumulate_steps is the training loop's."""
    return adam(learning_rate, hparams)


@registry.register_optimizer
def adam_w(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """Adam with decoupled weight decay (Loshchilov and Hutter 2017, arXiv:1711.05101).

    A step takes learning_rate * weight_decay of a weight away; of which ones says `decays`.
    """
    return FusedAdamW(learning_rate, weight_decay=hparams.weight_decay, **_adam_arguments(hparams))


def decays(variable, hparams: HParams) -> bool:
    """Whether `weight_decay` is for a weight: matrices and kernels, but those that are excepted."""
    excluded = hparams.weight_decay_exclude
    return len(variable.shape) > 1 and not (excluded and re.search(excluded, variable.path))


def _adam_arguments(hparams: HParams) -> dict[str, float]:
    return {
        "beta_1": hparams.optimizer_adam_beta1,
        "beta_2": hparams.optimizer_adam_beta2,
        "epsilon": hparams.optimizer_adam_epsilon,
    }


@registry.register_optimizer
def adafactor(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """Adafactor (Shazeer and Stern 2018, arXiv:1804.04235), factored, without momentum.

    Keras holds the rate below 1 / sqrt(update), Tensor2Tensor did not: schedules with
    rsqrt_decay stay below it anyway, a constant rate does not.
    """
    return keras.optimizers.Adafactor(
        learning_rate,
        beta_2_decay=-hparams.optimizer_adafactor_memory_exponent,
        clip_threshold=hparams.optimizer_adafactor_clipping_threshold,
        relative_step=False,
    )


@registry.register_optimizer
def sgd(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """Stochastic gradient descent."""
    return keras.optimizers.SGD(learning_rate)


@registry.register_optimizer
def momentum(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """Stochastic gradient descent with momentum.

    Keras keeps the sum of updates, where TensorFlow 1 kept the sum of gradients: the same while
    the rate is constant.
    """
    return keras.optimizers.SGD(
        learning_rate,
        momentum=hparams.optimizer_momentum_momentum,
        nesterov=hparams.optimizer_momentum_nesterov,
    )


@registry.register_optimizer
def adagrad(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """Adagrad (Duchi et al. 2011), accumulators from 0.1 as TensorFlow had them."""
    return keras.optimizers.Adagrad(learning_rate, initial_accumulator_value=0.1, epsilon=0.0)


class RMSProp(keras.optimizers.RMSprop):
    """`keras.optimizers.RMSprop` whose mean squares start from 1, as TensorFlow 1 had them."""

    def build(self, variables):
        super().build(variables)
        for mean_square in self._velocities:
            mean_square.assign(keras.ops.ones_like(mean_square))


@registry.register_optimizer
def rms_prop(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """RMSProp (Hinton 2012, lecture 6e) as TensorFlow 1 had it, by default with its constants."""
    return RMSProp(
        learning_rate,
        rho=hparams.optimizer_rms_prop_decay,
        momentum=hparams.optimizer_rms_prop_momentum,
        epsilon=hparams.optimizer_rms_prop_epsilon,
    )


@registry.register_optimizer
def lion(learning_rate: Rate, hparams: HParams) -> keras.optimizers.Optimizer:
    """Lion (Chen et al. 2023, arXiv:2302.06675) with its own betas."""
    return keras.optimizers.Lion(learning_rate)
