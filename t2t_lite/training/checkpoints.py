"""Saving and restoring: weights, optimizer, input position, all or nothing."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import re
from collections.abc import Callable, Iterator

import keras
import tensorflow as tf

from t2t_lite.errors import T2TError
from t2t_lite.training import memory

PREFIX = "model.ckpt"
SETTINGS = "input_settings"
AVERAGE = "average"


class Checkpoints:
    """The checkpoints of a run: `model.ckpt-STEP…` and `checkpoint`, as Tensor2Tensor has them.

    Everything that a resumed run needs is inside: weights, the seeds of dropout, the optimizer
    with its step count, and the position of the input iterator with what it holds.
    """

    def __init__(
        self, directory: str, model, optimizer, iterator, settings: dict, keep: int, average=None
    ):
        """
        Args:
          iterator: of the training data; None if there is none yet.
          settings: what the iterator was made with; its state fits no other.
          keep: how many of the newest to keep; 0 keeps all.
          average: None, or the `MovingAverage` of the model's weights.
        """
        self._settings = settings
        self._optimizer = optimizer
        self._average = average
        self._parts = {
            "model": _weights(model),
            "seeds": _seeds(model),
            "optimizer": optimizer,
            SETTINGS: tf.Variable(json.dumps(settings)),
        }
        if iterator is not None:
            self._parts["iterator"] = iterator
        if average is not None:
            self._parts[AVERAGE] = _by_order(average.averages)
        self._manager = tf.train.CheckpointManager(
            tf.train.Checkpoint(**self._parts),
            str(directory),
            max_to_keep=keep or None,
            checkpoint_name=PREFIX,
        )

    def restore_latest(self) -> int:
        """Restores the newest checkpoint; returns its step, 0 if there is none.

        What it does not fit begins anew: the input, after a change of settings; the average, if
        there was none before.
        """
        path = newest(self._manager.directory)
        if not path:
            return 0
        with _restoring(path):
            parts = dict(self._parts)
            if input_settings(path) != self._settings:
                parts = {k: v for k, v in parts.items() if k not in ("iterator", SETTINGS)}
            starts_average = self._average is not None and not _has_average(path)
            if starts_average:
                del parts[AVERAGE]
            status = tf.train.Checkpoint(**parts).restore(path)
            status.assert_existing_objects_matched().expect_partial()
        if starts_average:
            self._average.restart()
        return int(self._optimizer.iterations.numpy())

    def save(self) -> str:
        """Writes a checkpoint of the present step; returns its path."""
        return _save(self._manager, int(self._optimizer.iterations.numpy()))


def _weights(model) -> dict[str, keras.Variable]:
    """The model's weights as a checkpoint names them: by their order.

    Given the model itself, TensorFlow would leave out all layers that stand in lists and dicts.
    Keras' own names will not do, since it numbers layers without one anew for each model.
    """
    return _by_order(model.weights)


def _by_order(variables) -> dict[str, keras.Variable]:
    return {f"{i:03}_{variable.name}": variable for i, variable in enumerate(variables)}


def _seeds(model) -> dict[str, keras.Variable]:
    """The model's other variables: the state of its random generators."""
    weights = {id(weight) for weight in model.weights}
    seeds = [variable for variable in model.variables if id(variable) not in weights]
    return {f"{i:03}": seed for i, seed in enumerate(seeds)}


@contextlib.contextmanager
def _restoring(path: str) -> Iterator[None]:
    """Tells in a sentence why a checkpoint cannot be restored into this model."""
    try:
        yield
    except (ValueError, AssertionError, LookupError, RuntimeError, tf.errors.OpError) as error:
        reason = str(error).strip().split("\n")[0][:200].rstrip(".")
        raise T2TError(
            f"The checkpoint {path} is of another model, hparams set or vocabulary, or it is "
            f"damaged ({reason}). Use the settings it was trained with; if it is damaged, delete "
            f"{path}.* to use the checkpoint before it."
        ) from error


def _save(manager: tf.train.CheckpointManager, step: int) -> str:
    try:
        with memory.unlimited():
            return manager.save(checkpoint_number=step)
    except (OSError, tf.errors.OpError) as error:
        reason = str(error).strip().split("\n")[0].rsplit("; ", 1)[-1].split(" [Op:")[0]
        raise T2TError(
            f"Cannot write a checkpoint to {manager.directory}: {reason}. Make room there and run "
            "the same command; it goes on from the last checkpoint."
        ) from error


def input_settings(path: str) -> dict:
    """What the iterator in a checkpoint was made with; {} if there is none."""
    name = f"{SETTINGS}/.ATTRIBUTES/VARIABLE_VALUE"
    with _restoring(path):
        reader = tf.train.load_checkpoint(path)
        return json.loads(reader.get_tensor(name)) if reader.has_tensor(name) else {}


def _has_average(path: str) -> bool:
    names = tf.train.load_checkpoint(path).get_variable_to_shape_map()
    return any(name.startswith(f"{AVERAGE}/") for name in names)


def step_of(path: str) -> int:
    """`…/model.ckpt-1200` -> 1200."""
    match = re.search(r"-(\d+)$", str(path))
    return int(match.group(1)) if match else 0


def all_in(directory: str) -> list[str]:
    """Paths (without endings) of the checkpoints in a directory, oldest first."""
    found = pathlib.Path(directory).glob(f"{PREFIX}-*.index")
    return sorted((str(path).removesuffix(".index") for path in found), key=step_of)


def newest(directory: str) -> str:
    """The last complete checkpoint in a directory, '' if there is none."""
    return _named_last(directory) or "".join(all_in(directory)[-1:])


def _named_last(directory: str) -> str | None:
    """The checkpoint that the file `checkpoint` names; None if it is not there, or damaged."""
    try:
        return tf.train.latest_checkpoint(directory)
    except (ValueError, tf.errors.OpError):
        return None


def complete_in(directory: str) -> list[str]:
    """Paths of the checkpoints that are written to their end, oldest first; for other processes.

    The file `checkpoint`, which names the last one, is written after that.
    """
    last = _named_last(directory)
    return [path for path in all_in(directory) if step_of(path) <= step_of(last)] if last else []


def find(path: str) -> str:
    """The checkpoint that `path` means: itself, or the newest one of a run folder.

    Raises:
      T2TError: there is none.
    """
    if os.path.exists(f"{path}.index"):
        return str(path)
    if os.path.isdir(path) and newest(path):
        return newest(path)
    raise T2TError(
        f"There is no checkpoint at {path}. Train one with t2t-trainer --output_dir={path}, or "
        "check the path."
    )


def restore_weights(model, path: str, is_excluded: Callable[[str], bool] | None = None) -> str:
    """Loads the model's weights alone from a checkpoint or a run folder; returns what it read.

    They are the moving averages, if the checkpoint has any.

    Args:
      is_excluded: whether the weight at a path stays as it is; None: no weight does.
    """
    path = find(path)
    with _restoring(path):
        part = AVERAGE if _has_average(path) else "model"
        weights = {
            name: weight
            for name, weight in _weights(model).items()
            if is_excluded is None or not is_excluded(weight.path)
        }
        _check_fit(path, part, weights)
        status = tf.train.Checkpoint(**{part: weights}).restore(path)
        status.assert_existing_objects_matched().expect_partial()
    return path


def _check_fit(path: str, part: str, weights: dict[str, keras.Variable]) -> None:
    """ValueError that names the first weight which a checkpoint has not, or in another shape.

    TensorFlow would find that out half-way, and warn of each value that it had not restored.
    """
    shapes = tf.train.load_checkpoint(path).get_variable_to_shape_map()
    for name, weight in weights.items():
        there = shapes.get(f"{part}/{name}/.ATTRIBUTES/VARIABLE_VALUE")
        if there is None:
            raise ValueError(f"it has no weight in the place of {weight.path}")
        if tuple(there) != tuple(weight.shape):
            raise ValueError(
                f"{weight.path} has the shape {tuple(there)} there and {tuple(weight.shape)} here"
            )


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
    return _save(manager, step)
