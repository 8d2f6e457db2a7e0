"""Adaptive computation time: each position decides how many steps it takes (Graves 2016)."""

from __future__ import annotations

from typing import Any, NamedTuple

from keras import ops

from t2t_lite.layers.composite import Composite
from t2t_lite.layers.linear import Linear


class Progress(NamedTuple):
    """How far each position has come."""

    is_running: Any  # [batch, length] bool: it takes the next step, too
    probability: Any  # [batch, length] float32: sum of the halting probabilities so far
    remainder: (
        Any  # [batch, length] float32: R(t) of the paper's equation 6, 0 before the last step
    )
    updates: Any  # [batch, length] float32: N(t), the steps taken
    output: Any  # [batch, length, hidden]: the states of the steps, weighted

    @property
    def ponder_time(self):
        """`[batch, length]`: N(t) + R(t), equation 8, of which only R(t) has a gradient."""
        return self.updates + self.remainder


def start(x) -> Progress:
    """The progress of `x [batch, length, hidden]` before the first step."""
    zeros = ops.zeros(ops.shape(x)[:2], "float32")
    return Progress(zeros < 1.0, zeros, zeros, zeros, ops.zeros_like(x))


class Halting(Composite):
    """The unit that decides at each step where to halt (equations 5 and 6), as Tensor2Tensor."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        self.threshold = 1.0 - hparams.act_epsilon
        self.accumulates = hparams.act_type == "accumulated"
        self.dense = Linear(
            1, hparams, use_bias=True, bias_start=hparams.act_halting_bias_init, name="dense"
        )

    def call(self, x):
        """States `[batch, length, hidden]` -> halting probabilities `[batch, length]`."""
        return ops.sigmoid(ops.cast(self.dense(x)[..., 0], "float32"))

    def update(self, progress: Progress, p, state) -> Progress:
        """The progress after a step.

        A position whose probabilities would sum up to more than 1 - act_epsilon halts, and its
        state counts with what is left to 1.

        Args:
          p: `[batch, length]`, the probabilities of this step.
          state: `[batch, length, hidden]` after this step.
        """
        was_running, probability, remainder, updates, output = progress
        halts = ops.logical_and(was_running, probability + p > self.threshold)
        goes_on = ops.logical_and(was_running, ops.logical_not(halts))
        probability = ops.where(goes_on, probability + p, probability)
        remainder = ops.where(halts, 1.0 - probability, remainder)
        weight = ops.where(goes_on, p, ops.where(halts, remainder, 0.0))[..., None]
        weight = ops.cast(weight, output.dtype)
        kept = output if self.accumulates else (1.0 - weight) * output
        updates = updates + ops.cast(was_running, "float32")
        return Progress(goes_on, probability, remainder, updates, kept + weight * state)
