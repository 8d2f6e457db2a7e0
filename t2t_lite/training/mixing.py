"""Which of several problems each step of training is for."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from t2t_lite.errors import T2TError

FIRST_LOSS = 100.0
"""What an adaptive choice takes for the loss of a problem that it has not seen yet."""
KEPT = 0.9
"""Share of its running loss that a step leaves."""


class Mixing:
    """Draws a problem for each step, always the same for the same seed and history.

    `hparams.problem_choice` names the distribution, over problems with n training examples each:

    - uniform;
    - proportional: to n;
    - temperature: to n ** (1 / problem_temperature);
    - weights: to problem_weights;
    - adaptive: to exp(running mean of the problem's loss), so that what is learned worst is trained
      most (Tensor2Tensor of 2017; the mean decays by 0.9 per step and begins with 100).
    """

    def __init__(self, hparams, sizes: Sequence[int], seed: int):
        """
        Args:
          sizes: the number of training examples of each problem.
        """
        self._seed = seed
        self._hparams = hparams
        self._sizes = np.maximum(np.asarray(sizes, np.float64), 1.0)
        self.is_adaptive = hparams.problem_choice == "adaptive"
        self.losses = tf.Variable(np.full(len(sizes), FIRST_LOSS))
        """The running means; saved with checkpoints."""
        if hparams.problem_choice == "weights":
            check_length(hparams, "problem_weights", len(sizes))
            if min(hparams.problem_weights) < 0 or not any(hparams.problem_weights):
                raise T2TError(
                    f"problem_weights={hparams.problem_weights} are no shares of problems: none "
                    "can be below 0, and one at least must be above."
                )
        elif hparams.problem_weights:
            raise T2TError(
                f"problem_weights are without effect with problem_choice={hparams.problem_choice}; "
                "set problem_choice=weights, or leave them out."
            )

    def probabilities(self) -> np.ndarray:
        """Of each problem at the next step: `[problems]`."""
        hparams = self._hparams
        if self.is_adaptive:
            losses = self.losses.numpy()
            shares = np.exp(losses - losses.max())
        elif hparams.problem_choice == "weights":
            shares = np.asarray(hparams.problem_weights)
        else:
            powers = {"uniform": 0.0, "proportional": 1.0, "temperature": self._power}
            shares = self._sizes ** powers[hparams.problem_choice]
        return shares / shares.sum()

    @property
    def _power(self) -> float:
        return 1.0 / self._hparams.problem_temperature

    def draw(self, step: int) -> int:
        """The problem of the step after step `step`."""
        if len(self._sizes) == 1:
            return 0
        number = np.random.default_rng([self._seed, step]).random()
        return int(np.searchsorted(np.cumsum(self.probabilities())[:-1], number, side="right"))

    def draw_run(self, step: int, most: int) -> tuple[int, int]:
        """The problem of the next step, and for how many steps it stays so, at most `most`."""
        first, count = self.draw(step), 1
        if self.is_adaptive and len(self._sizes) > 1:
            return first, count
        while count < most and self.draw(step + count) == first:
            count += 1
        return first, count

    def learn(self, problem: int, losses: Sequence[float]) -> None:
        """Takes in the losses of steps for one problem."""
        running = self.losses.numpy()
        for loss in losses:
            running[problem] = KEPT * running[problem] + (1.0 - KEPT) * loss
        self.losses.assign(running)


def check_length(hparams, name: str, count: int) -> None:
    """T2TError if a list with a number per problem has more or fewer."""
    found = hparams.get(name)
    if len(found) != count:
        raise T2TError(
            f"{name} has {len(found)} numbers, but --problem names {count} problems; give one for "
            "each, in the same order."
        )
