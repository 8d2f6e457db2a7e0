"""The mean of the last checkpoints' weights, often a little better than the last one's."""

from __future__ import annotations

import numpy as np

from t2t_lite.errors import T2TError
from t2t_lite.training import checkpoints


def average(model, paths: list[str], directory: str) -> str:
    """Writes the mean of the weights in `paths` as a checkpoint in `directory`; returns its path.

    It bears the step of the last one.

    The model is left with the mean, also of what is not trained, such as batch normalisation's
    statistics. Integer variables are those of the last checkpoint; the optimizer's state is left
    out.

    Raises:
      T2TError: no paths, or a checkpoint that is not the model's.
    """
    if not paths:
        raise T2TError("There are no checkpoints to average.")
    averaged = [weight for weight in model.weights if "float" in weight.dtype]
    sums: list[np.ndarray] = []
    for path in paths:
        checkpoints.restore_weights(model, path)
        # In float64: a sum of float32 would depend on the order of the checkpoints.
        values = [np.asarray(variable).astype(np.float64) for variable in averaged]
        sums = [a + b for a, b in zip(sums, values, strict=True)] if sums else values
    for variable, total in zip(averaged, sums, strict=True):
        variable.assign((total / len(paths)).astype(variable.dtype))
    return checkpoints.save_weights(model, directory, checkpoints.step_of(paths[-1]))
