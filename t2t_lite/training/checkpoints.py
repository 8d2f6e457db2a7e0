"""Saving and restoring: weights, optimizer, input position, all or nothing."""

from __future__ import annotations

import os
import pathlib
import re

import keras
import tensorflow as tf

from t2t_lite.errors import T2TError

PREFIX = "model.ckpt"


class Checkpoints:
    """The checkpoints of a run: `model.ckpt-STEP…` and `checkpoint`, as Tensor2Tensor has them.

    Everything that a resumed run needs is inside: weights, the seeds of dropout, the optimizer
    with its step count, and the position of the input iterator with what it holds.
    """

    def __init__(self, directory: str, model, optimizer, iterator, keep: int):
        """`keep`: how many of the newest to keep; 0 keeps all."""
        self._checkpoint = tf.train.Checkpoint(
            model=_weights(model), seeds=_seeds(model), optimizer=optimizer, iterator=iterator
        )
        self._optimizer = optimizer
        self._manager = tf.train.CheckpointManager(
            self._checkpoint, str(directory), max_to_keep=keep or None, checkpoint_name=PREFIX
        )

    def restore_latest(self) -> int:
        """Restores the newest checkpoint; returns its step, 0 if there is none."""
        path = self._manager.latest_checkpoint
        if path is None:
            return 0
        try:
            self._checkpoint.restore(path).assert_existing_objects_matched()
        except (ValueError, AssertionError, tf.errors.OpError) as error:
            raise T2TError(unreadable(path, error)) from error
        return int(self._optimizer.iterations)

    def save(self) -> str:
        """Writes a checkpoint of the present step; returns its path."""
        return self._manager.save(checkpoint_number=int(self._optimizer.iterations))


def _weights(model) -> dict[str, keras.Variable]:
    """The model's weights as a checkpoint names them: by their order.

    Given the model itself, TensorFlow would leave out all layers that stand in lists and dicts.
    Keras' own names will not do, since it numbers layers without one anew for each model.
    """
    return {f"{i:03}_{weight.name}": weight for i, weight in enumerate(model.weights)}


def _seeds(model) -> dict[str, keras.Variable]:
    """The model's other variables: the state of its random generators."""
    weights = {id(weight) for weight in model.weights}
    seeds = [variable for variable in model.variables if id(variable) not in weights]
    return {f"{i:03}": seed for i, seed in enumerate(seeds)}


def unreadable(path: str, error: Exception) -> str:
    """The sentence for a checkpoint that cannot be restored into this model."""
    reason = str(error).strip().split("\n")[0][:200]
    return (
        f"The checkpoint {path} cannot be restored: it is damaged, or of another model, hparams "
        f"set or vocabulary ({reason}). Use the settings it was trained with, or another "
        "--output_dir."
    )


def step_of(path: str) -> int:
    """`…/model.ckpt-1200` -> 1200."""
    match = re.search(r"-(\d+)$", str(path))
    return int(match.group(1)) if match else 0


def all_in(directory: str) -> list[str]:
    """Paths (without endings) of the checkpoints in a directory, oldest first."""
    found = pathlib.Path(directory).glob(f"{PREFIX}-*.index")
    return sorted((str(path).removesuffix(".index") for path in found), key=step_of)


def find(path: str) -> str:
    """The checkpoint that `path` means: itself, or the newest one of a run folder.

    Raises:
      T2TError: there is none.
    """
    if os.path.exists(f"{path}.index"):
        return str(path)
    if os.path.isdir(path):
        newest = tf.train.latest_checkpoint(path) or "".join(all_in(path)[-1:])
        if newest:
            return newest
    raise T2TError(
        f"There is no checkpoint at {path}. Train one with t2t-trainer --output_dir={path}, or "
        "check the path."
    )


def restore_weights(model, path: str) -> str:
    """Loads the model's weights alone from a checkpoint or a run folder; returns what it read."""
    path = find(path)
    try:
        status = tf.train.Checkpoint(model=_weights(model)).restore(path)
        status.assert_existing_objects_matched().expect_partial()
    except (ValueError, AssertionError, tf.errors.OpError) as error:
        raise T2TError(unreadable(path, error)) from error
    return path


def save_weights(model, directory: str, step: int) -> str:
    """Makes the model's weights the only checkpoint of a directory; returns its path.

    The new one is complete before the old one goes.
    """
    manager = tf.train.CheckpointManager(
        tf.train.Checkpoint(model=_weights(model)),
        directory,
        max_to_keep=1,
        checkpoint_name=PREFIX,
    )
    return manager.save(checkpoint_number=step)
