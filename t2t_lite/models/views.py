"""A model of several problems, as each of them sees it."""

from __future__ import annotations

import functools
import inspect
from typing import Any

from t2t_lite.models.base import T2TModel


def views(model: T2TModel) -> list[Any]:
    """For each problem what can be used as a model of that problem alone."""
    count = len(model.problem_hparams.each())
    return [model] if count == 1 else [View(model, index) for index in range(count)]


class View:
    """Has all that a `T2TModel` has; what it does, it does for one of the model's problems."""

    def __init__(self, model: T2TModel, index: int):
        vars(self).update(_model=model, _index=index)

    @property
    def trainable_variables(self) -> list:
        """Those of the body, and of the modalities of this problem."""
        of_all = _ids(self._model.all_modalities)
        own = _ids([self.modalities])
        variables = self._model.trainable_variables
        return [v for v in variables if id(v) in own or id(v) not in of_all]

    def __call__(self, *args, **kwargs):
        with self._model.on_problem(self._index):
            return self._model(*args, **kwargs)

    def __getattr__(self, name: str):
        with self._model.on_problem(self._index):
            value = getattr(self._model, name)
        if not inspect.ismethod(value):
            return value

        @functools.wraps(value)
        def on_problem(*args, **kwargs):
            with self._model.on_problem(self._index):
                return value(*args, **kwargs)

        return on_problem

    def __setattr__(self, name: str, value) -> None:
        setattr(self._model, name, value)


def _ids(modalities: list[dict]) -> set[int]:
    """Of all variables in dicts of modalities."""
    each = [modality for of_one in modalities for modality in of_one.values()]
    return {id(variable) for modality in each for variable in modality.variables}
