"""Checkpoints that Tensor2Tensor wrote: read, and compared with a model."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Sequence

import numpy as np
import tensorflow as tf

from t2t_lite.errors import T2TError
from t2t_lite.models.base import T2TModel
from t2t_lite.training import checkpoints, t2t_variables
from t2t_lite.training.t2t_variables import Source

# What a training directory holds besides the model: the optimizer's state, and counters.
_BOOKKEEPING = re.compile(
    r"^(training/|losses_avg|global_step$|beta\d_power$|loss_scale)"
    r"|/(Adam|Adam_1|Adafactor\w*|Momentum|vr|vc|v|m|AdafactorOptimizer\w*)$"
)
_EMBEDDING = re.compile(r"/symbol_modality_(\d+)_(\d+)/")
_ADVICE = "Are hparams.json and --data_dir those that it was trained with?"


@contextlib.contextmanager
def _reading(path: str) -> Iterator[None]:
    try:
        yield
    except (ValueError, LookupError, RuntimeError, tf.errors.OpError) as error:
        reason = str(error).strip().split("\n")[0][:200].rstrip(".")
        raise T2TError(
            f"The checkpoint {path} is damaged ({reason}). Copy it anew from where it was made, or "
            "name another one by --checkpoint_path."
        ) from error


class T2TCheckpoint:
    """The variables of a checkpoint file by their names.

    Raises:
      T2TError: the file is damaged; also from `value`.
    """

    def __init__(self, path: str):
        self.path = path
        with _reading(path):
            self._reader = tf.train.load_checkpoint(path)
            self.shapes: dict[str, list[int]] = self._reader.get_variable_to_shape_map()

    def value(self, source: Source) -> np.ndarray:
        """What a weight is according to its source."""
        with _reading(self.path):
            values = [self._reader.get_tensor(name) for name in source.names]
        whole = np.concatenate(values, source.axis)
        chosen = [slice(None)] * whole.ndim
        chosen[source.axis] = source.rows
        return whole[tuple(chosen)]

    def step(self) -> int:
        """How many updates were made; by the file's name if it holds no counter."""
        if "global_step" not in self.shapes:
            return checkpoints.step_of(self.path)
        with _reading(self.path):
            return int(self._reader.get_tensor("global_step"))

    def names_of_model(self) -> list[str]:
        """The names of the model's variables."""
        return sorted(name for name in self.shapes if not _BOOKKEEPING.search(name))

    def sources(self, model: T2TModel) -> list[Source]:
        """Where each weight of a model is in here, embeddings in as many pieces as there are."""
        return [
            source._replace(names=[piece for name in source.names for piece in self._pieces(name)])
            for source in t2t_variables.sources(model)
        ]

    def _pieces(self, name: str) -> list[str]:
        """`…/weights` is cut into `weights_0`, `weights_1` and so on; other names stay."""
        if not name.endswith("/weights"):
            return [name]
        count = 0
        while f"{name}_{count}" in self.shapes:
            count += 1
        return [f"{name}_{i}" for i in range(max(count, 1))]


def restore(model: T2TModel, path: str) -> None:
    """Sets all weights of a model from a checkpoint of Tensor2Tensor.

    Raises:
      T2TError: the file is damaged; a variable is missing or left over, or has another shape.
    """
    checkpoint = T2TCheckpoint(path)
    sources = checkpoint.sources(model)
    check(model, checkpoint, sources)
    for source in sources:
        source.weight.assign(checkpoint.value(source))


def check(model: T2TModel, checkpoint: T2TCheckpoint, sources: Sequence[Source]) -> None:
    """T2TError if not every variable has its place in the model, and every weight a variable."""
    shapes = checkpoint.shapes
    wanted = [name for source in sources for name in source.names]
    missing = [name for name in wanted if name not in shapes]
    there = checkpoint.names_of_model()
    left = sorted(set(there) - set(wanted))
    where = f"The checkpoint {checkpoint.path}"
    if missing or left:
        reason = _other_model(model, there) or _other_embeddings(wanted, left)
        if not reason and missing:
            reason = f"lacks {len(missing)} variables of the model, such as {missing[0]}"
        if not reason:
            reason = f"has {len(left)} variables without a place in the model, such as {left[0]}"
        raise T2TError(f"{where} {reason}. {_advice(model, left)}")
    for source in sources:
        if name := _misfit(source, shapes):
            count = len(source.names)
            pieces = f" in {count} pieces" if count > 1 else ""
            raise T2TError(
                f"{where} has {name} of shape {list(shapes[name])}, which does not fit the model's "
                f"weight of shape {list(source.weight.shape)}{pieces}. {_ADVICE}"
            )


def _misfit(source: Source, shapes: dict[str, list[int]]) -> str:
    """The first piece of a weight that does not fit in; "" if all do."""
    rest = list(source.weight.shape)
    wanted, length = rest.pop(source.axis), 0
    for name in source.names:
        piece = list(shapes[name])
        if len(piece) != len(rest) + 1:
            return name
        length += piece.pop(source.axis)
        if piece != rest:
            return name
    found = len(range(*source.rows.indices(length)))
    return source.names[-1] if found != wanted else ""


def _other_model(model: T2TModel, names: Sequence[str]) -> str:
    """The first part of a variable's name is the model's."""
    scopes = {name.split("/")[0] for name in names}
    if not scopes or type(model).name in scopes:
        return ""
    return f"is of the model '{min(scopes)}', not '{type(model).name}'"


def _other_embeddings(wanted: Sequence[str], left: Sequence[str]) -> str:
    """Tensor2Tensor's names of embeddings tell their shape."""
    found, expected = (
        sorted(
            {(int(size), int(width)) for name in names for size, width in _EMBEDDING.findall(name)}
        )
        for names in (left, wanted)
    )
    if not found or not expected or found == expected:
        return ""
    theirs, ours = (
        " and ".join(f"{size} ids of width {width}" for size, width in pairs)
        for pairs in (found, expected)
    )
    return f"has embeddings for {theirs}, but the vocabulary and hparams here make {ours}"


def _advice(model: T2TModel, left: Sequence[str]) -> str:
    if model.hparams.prepend_mode != "none" and any("/encoder/" in name for name in left):
        return (
            "In Tensor2Tensor a Transformer with prepend_mode had an encoder besides, which is "
            "not so here."
        )
    return _ADVICE
