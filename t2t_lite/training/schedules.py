"""Learning-rate schedules as Tensor2Tensor writes them: a product of named factors.

`constant*linear_warmup*rsqrt_decay*rsqrt_hidden_size` is Vaswani et al. 2017, section 5.3,
equation 3. Steps are counted from 0, so a warm-up's first update has the rate 0. All arithmetic
is in float32, as it was there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import keras
from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.hparams.base import HParams

RESTART_STEPS = 200
"""Updates in which the rate rises after `learning_rate_restart_step`."""


class ProductSchedule(keras.optimizers.schedules.LearningRateSchedule):
    """The learning rate that `hparams` describe, as a function of the update's number."""

    def __init__(self, hparams: HParams, train_steps: int | None = None):
        """`train_steps` is the length of the training; two of the factors depend on it.

        Raises T2TError for an unknown factor or decay scheme.
        """
        self.hparams = hparams
        self.train_steps = train_steps
        names = hparams.learning_rate_schedule.split("*")
        self.factors = [self._factor(name.strip()) for name in names]
        self(0)  # so that a mistake shows before the training starts

    def _factor(self, name: str) -> Callable[[Any], Any]:
        if name not in _FACTORS:
            raise T2TError(
                f"learning_rate_schedule has no factor '{name}'.{did_you_mean(name, _FACTORS)} "
                f"There are {', '.join(_FACTORS)}; write * between them."
            )
        return lambda step: _FACTORS[name](step, self.hparams, self.train_steps)

    def __call__(self, step) -> Any:
        """The rate (scalar float32) of update number `step` (scalar, from 0)."""
        step = ops.cast(step, "float32")
        accumulate = self.hparams.optimizer_multistep_accumulate_steps
        if accumulate > 1:
            # Tensor2Tensor counts batches, and divides: an update falls on its last batch.
            step += 1 - 1 / accumulate
        rate = ops.ones((), "float32")
        for factor in self.factors:
            rate *= factor(step)
        if self.hparams.learning_rate_minimum is not None:
            rate = ops.maximum(rate, self.hparams.learning_rate_minimum)
        return rate * self._after_restart(step)

    def _after_restart(self, step) -> Any:
        """From 0 to 1, while the optimizer gathers moments that it has lost.

        Else weights that were trained for long would be moved by the first few gradients alone.
        """
        restart = self.hparams.learning_rate_restart_step
        return ops.clip((step - restart) / RESTART_STEPS, 0.0, 1.0) if restart else 1.0

    def get_config(self) -> dict[str, Any]:
        """What `from_config` needs, as JSON has it."""
        return {"hparams": self.hparams.values(), "train_steps": self.train_steps}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> ProductSchedule:
        """The schedule that `get_config` described."""
        return cls(HParams.from_dict(config["hparams"]), config["train_steps"])


def learning_rate_schedule(hparams: HParams, train_steps: int | None = None) -> ProductSchedule:
    """The schedule for `hparams`; `train_steps` is needed by the factors that end with it."""
    return ProductSchedule(hparams, train_steps)


# Factors: (step [float32 scalar], hparams, train_steps) -> factor.


def _constant(step, hparams, train_steps):
    return hparams.learning_rate_constant


def _linear_warmup(step, hparams, train_steps):
    return ops.minimum(1.0, step / max(hparams.learning_rate_warmup_steps, 1))


def _rsqrt_decay(step, hparams, train_steps):
    return ops.rsqrt(ops.maximum(step, float(max(hparams.learning_rate_warmup_steps, 1))))


def _rsqrt_normalized_decay(step, hparams, train_steps):
    warmup = max(hparams.learning_rate_warmup_steps, 1)
    return math.sqrt(warmup) * _rsqrt_decay(step, hparams, train_steps)


def _rsqrt_hidden_size(step, hparams, train_steps):
    return hparams.hidden_size**-0.5


def _linear_decay(step, hparams, train_steps):
    left = _needed(train_steps, "linear_decay") - step
    return ops.clip(left / hparams.learning_rate_decay_steps, 0.0, 1.0)


def _exp_decay(step, hparams, train_steps):
    decays = (step - hparams.learning_rate_warmup_steps) / hparams.learning_rate_decay_steps
    return _exponential(ops.maximum(decays, 0.0), hparams)


def _cosdecay(step, hparams, train_steps):
    decayed = _half_cosine(step, hparams.learning_rate_decay_steps)
    return ops.where(step <= hparams.learning_rate_warmup_steps, 1.0, decayed)


def _single_cycle_cos_decay(step, hparams, train_steps):
    warmup = hparams.learning_rate_warmup_steps
    length = _needed(train_steps, "single_cycle_cos_decay") - warmup
    if length <= 0:
        raise T2TError(
            f"single_cycle_cos_decay leaves nothing to train after learning_rate_warmup_steps"
            f"={warmup}: let train_steps be more."
        )
    return _half_cosine(ops.maximum(step - warmup, 0.0), length)


def _multi_cycle_cos_decay(step, hparams, train_steps):
    after_warmup = ops.maximum(step - hparams.learning_rate_warmup_steps, 0.0)
    return _half_cosine(after_warmup, hparams.learning_rate_decay_steps)


def _t2t_warmup(step, hparams, train_steps):
    """Warm-up 't2t' of the seq2seq tutorial: from a hundredth, by equal factors."""
    warmup = max(hparams.learning_rate_warmup_steps, 1)
    return ops.where(step < warmup, _exponential_warmup(step, warmup), 1.0)


def _halvings(name: str, start: float, times: int):
    """Decay of the seq2seq tutorial: after the share `start` of the training the rate is halved
    `times` times, at equal distances, the last time at its end (Luong et al. 2015, section 4.1)."""

    def factor(step, hparams, train_steps):
        train_steps = _needed(train_steps, name)
        begin = int(train_steps * start)
        interval = max(int((train_steps - begin) / times), 1)
        return ops.power(0.5, ops.floor(ops.maximum(step - begin, 0.0) / interval))

    return factor


def _legacy(step, hparams, train_steps):
    """Tensor2Tensor's schedule before there were products: warm-up, decay, correction."""
    warmup = hparams.learning_rate_warmup_steps
    if hparams.learning_rate_decay_scheme == "noam":
        warmup = max(warmup, 1)
        rate = ops.minimum((step + 1) * warmup**-1.5, ops.rsqrt(step + 1))
        rate *= 5000 * hparams.hidden_size**-0.5
    else:
        rate = _legacy_decay(step, hparams, train_steps)
        if warmup:
            rate = ops.where(step < warmup, _exponential_warmup(step, warmup), rate)
    if "adam" in registry.snake_case(hparams.optimizer):
        rate *= 0.002
    return rate * hparams.learning_rate


_FACTORS = {
    "constant": _constant,
    "linear_warmup": _linear_warmup,
    "rsqrt_decay": _rsqrt_decay,
    "rsqrt_normalized_decay": _rsqrt_normalized_decay,
    "rsqrt_hidden_size": _rsqrt_hidden_size,
    "linear_decay": _linear_decay,
    "exp_decay": _exp_decay,
    "cosdecay": _cosdecay,
    "single_cycle_cos_decay": _single_cycle_cos_decay,
    "multi_cycle_cos_decay": _multi_cycle_cos_decay,
    "t2t_warmup": _t2t_warmup,
    "luong5_decay": _halvings("luong5_decay", 1 / 2, 5),
    "luong10_decay": _halvings("luong10_decay", 1 / 2, 10),
    "luong234_decay": _halvings("luong234_decay", 2 / 3, 4),
    "legacy": _legacy,
}


_LAST_STEPS = {
    "exp10k": (10_000, 0.9995),
    "exp50k": (50_000, 0.99995),
    "exp500k": (500_000, 0.9999955),
}
"""Decays over the last steps of a training: how many, and the factor of each."""


def _exponential_warmup(step, warmup):
    """0.01 ** ((warmup - step) / warmup), in float32, whose rounding the power multiplies."""
    per_step = ops.exp(ops.log(ops.convert_to_tensor(0.01, "float32")) / warmup)
    return ops.power(per_step, warmup - step)


def _legacy_decay(step, hparams, train_steps):
    """The factor of `learning_rate_decay_scheme` after the warm-up."""
    scheme, warmup = hparams.learning_rate_decay_scheme, hparams.learning_rate_warmup_steps
    if scheme in ("", "none"):
        return ops.ones((), "float32")
    if scheme == "exp":
        return _exponential((step - warmup) / hparams.learning_rate_decay_steps, hparams)
    if scheme == "cosine":
        cycle = hparams.learning_rate_cosine_cycle_steps
        return _half_cosine(_triangle(step, cycle), cycle)
    if scheme == "cyclelinear10x":
        cycle = max(warmup, 1)
        return (_triangle(step, cycle) / cycle + 0.1) * 3.0
    if scheme == "sqrt":
        return 500.0 * ops.rsqrt(ops.maximum(step - warmup, 1.0))
    if scheme in _LAST_STEPS:
        steps, rate = _LAST_STEPS[scheme]
        start = _needed(train_steps, scheme) - warmup - steps
        return ops.power(rate, ops.maximum(step - warmup - start, 0.0))
    if scheme == "piecewise":
        return _piecewise(step, hparams.learning_rate_boundaries, hparams.learning_rate_multiples)
    schemes = ["none", "noam", "exp", "cosine", "cyclelinear10x", "sqrt", "piecewise", *_LAST_STEPS]
    raise T2TError(
        f"There is no learning_rate_decay_scheme '{scheme}'.{did_you_mean(scheme, schemes)} "
        f"There are {', '.join(schemes)}."
    )


def _piecewise(step, boundaries, multiples):
    """The multiple of the last boundary passed; a set declares both lists by add_hparam."""
    if len(boundaries) != len(multiples):
        raise T2TError(
            f"learning_rate_boundaries has {len(boundaries)} elements, learning_rate_multiples "
            f"{len(multiples)}: there must be one multiple for each boundary."
        )
    factor = ops.ones((), "float32")
    for boundary, multiple in zip(boundaries, multiples, strict=True):
        factor = ops.where(step > boundary, multiple, factor)
    return factor


def _exponential(decays, hparams):
    """`learning_rate_decay_rate ** decays`, in stairs if asked for."""
    if hparams.learning_rate_decay_staircase:
        decays = ops.floor(decays)
    return ops.power(float(hparams.learning_rate_decay_rate), decays)


def _half_cosine(step, length):
    """From 1 at step 0 to 0 at `length`."""
    return 0.5 * (1 + ops.cos(math.pi * step / length))


def _triangle(step, cycle):
    """Up from 0 to `cycle` in `cycle` steps, down again in as many, and so on."""
    return cycle - ops.abs(cycle - ops.mod(step, 2.0 * cycle))


def _needed(train_steps: int | None, factor: str) -> int:
    if train_steps is None:
        raise T2TError(f"The learning-rate factor {factor} needs to know train_steps.")
    return train_steps
