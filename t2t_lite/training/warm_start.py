"""Starting from weights that were trained before, perhaps for something else."""

from __future__ import annotations

import re

from t2t_lite.errors import T2TError
from t2t_lite.training import checkpoints, keras_weights


def restore(model, path: str, exclude: str = "") -> str:
    """Loads weights from a run, a checkpoint, or a file of Keras; returns what it read.

    Args:
      path: of a run folder or a checkpoint, or a `.h5` file of `keras.applications`.
      exclude: regular expressions with commas between; weights in whose path one is found start
        anew. `logits/` are the last layer's (an auxiliary head's, too).
    Raises:
      T2TError: nothing there; other shapes; an expression that no path contains.
    """
    is_excluded = _exclusion(model, exclude)
    if path.endswith(keras_weights.ENDING):
        keras_weights.restore(model, path, is_excluded)
        return path
    try:
        return checkpoints.restore_weights(model, path, is_excluded)
    except T2TError as error:
        if not isinstance(error.__cause__, ValueError):
            raise
        raise T2TError(
            f"The weights of {path} are not the model's: {error.__cause__}. Both models must have "
            "the same layers for the same problems; leave out those that differ, the last one by "
            "--warm_start_exclude='logits/' if only the number of classes does."
        ) from error


def _exclusion(model, text: str):
    """Whether a path is among those that `text` names."""
    patterns = [part.strip() for part in text.split(",") if part.strip()]
    try:
        compiled = [re.compile(pattern) for pattern in patterns]
    except re.error as error:
        raise T2TError(
            f"--warm_start_exclude={text} is no list of regular expressions: {error}."
        ) from error
    paths = [weight.path for weight in model.weights]
    for pattern in compiled:
        if not any(map(pattern.search, paths)):
            raise T2TError(
                f"--warm_start_exclude names '{pattern.pattern}', which is found in no weight's "
                f"path; paths look like {paths[0]} and {paths[-1]}."
            )
    return lambda path: any(pattern.search(path) for pattern in compiled)
