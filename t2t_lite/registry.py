"""Names for problems, models, hparams sets and the rest; no TensorFlow in here.

A component registers itself when its module is imported:

    @registry.register_problem
    class TranslateMine(text_problems.Text2TextProblem): ...      # "translate_mine"

The built-in components' names stand in `t2t_lite.index` (name -> module), so that listing
imports nothing and a look-up imports one module. `python -m t2t_lite.registry` rewrites it.
"""

from __future__ import annotations

import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from t2t_lite import index
from t2t_lite.errors import T2TError, did_you_mean


def snake_case(name: str) -> str:
    """`TranslateEnde8k` -> `translate_ende8k`, as Tensor2Tensor names its classes."""
    name = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).lower()


class Registry:
    """One kind of component: registers, looks up, lists."""

    def __init__(self, kind: str, base: str | None = None):
        """`kind` is the word used in messages and in the index.

        `base` names the class that every registered class must derive from, as
        'module:Class'; None means that functions are registered.
        """
        self.kind = kind
        self._base = base
        self._components: dict[str, Any] = {}

    @property
    def builtin(self) -> dict[str, tuple[str, str]]:
        """Built-in name -> (module, first line of its docstring)."""
        return index.INDEX.get(self.kind, {})

    def register(self, name: str | Callable | None = None):
        """Decorator, bare or with a name; returns what it decorates."""
        if callable(name):
            return self._add(None, name)
        return lambda component: self._add(name, component)

    def _add(self, name: str | None, component):
        name = name or snake_case(component.__name__)
        self._check(name, component)
        self._components[name] = component
        if self._base:
            component.name = name
        return component

    def _check(self, name: str, component) -> None:
        where = f"{component.__module__}.{component.__qualname__}"
        previous = self._components.get(name)
        owner = previous.__module__ if previous else self.builtin.get(name, (None,))[0]
        is_reload = owner == component.__module__ and (
            previous is None or previous.__qualname__ == component.__qualname__
        )
        if owner and not is_reload:
            raise T2TError(
                f"The {self.kind} name '{name}' of {where} is taken by {owner}; "
                f"choose another, e.g. @registry.register_{self.kind}('my_{name}')."
            )
        if self._base:
            module, class_name = self._base.split(":")
            base = getattr(importlib.import_module(module), class_name)
            if not (inspect.isclass(component) and issubclass(component, base)):
                raise T2TError(
                    f"{where} cannot be registered as a {self.kind}: "
                    f"it does not derive from {module}.{class_name}."
                )
        elif not callable(component):
            raise T2TError(f"{where} cannot be registered as {self.kind}: it is not a function.")

    def get(self, name: str):
        """The component called `name`; T2TError with the nearest names if there is none."""
        if name not in self._components and name in self.builtin:
            importlib.import_module(self.builtin[name][0])
        if name not in self._components:
            raise T2TError(
                f"There is no {self.kind} '{name}'.{did_you_mean(name, self.names())} "
                f"`t2t-list {self.kind}` lists them all; those of a plug-in need --t2t_usr_dir."
            )
        return self._components[name]

    def names(self) -> list[str]:
        """All names, sorted; imports nothing."""
        return sorted({*self.builtin, *self._components})

    def summary(self, name: str) -> str:
        """First line of the component's docstring, without importing a built-in one."""
        if name in self._components:
            return first_line(self._components[name])
        return self.builtin[name][1] if name in self.builtin else ""

    def __contains__(self, name: str) -> bool:
        return name in self._components or name in self.builtin

    def __iter__(self) -> Iterator[str]:
        return iter(self.names())


def first_line(component) -> str:
    """First line of a docstring, '' if it has none."""
    return (inspect.getdoc(component) or "").split("\n")[0]


problems = Registry("problem", "t2t_lite.problems.base:Problem")
models = Registry("model", "t2t_lite.models.base:T2TModel")
hparams_sets = Registry("hparams")
ranged_hparams_sets = Registry("ranged_hparams")
optimizers = Registry("optimizer")
modalities = Registry("modality", "t2t_lite.modalities.base:Modality")
REGISTRIES = (problems, models, hparams_sets, ranged_hparams_sets, optimizers, modalities)

register_problem = problems.register
register_model = models.register
register_hparams = hparams_sets.register
register_ranged_hparams = ranged_hparams_sets.register
register_optimizer = optimizers.register
register_modality = modalities.register


def parse_problem_name(name: str) -> tuple[str, bool, bool]:
    """`name` -> (base name, was_reversed, was_copy): strips the suffixes _rev and _copy."""
    was_reversed = was_copy = False
    while name not in problems:
        if name.endswith("_rev") and not was_reversed:
            name, was_reversed = name.removesuffix("_rev"), True
        elif name.endswith("_copy") and not was_copy:
            name, was_copy = name.removesuffix("_copy"), True
        else:
            break
    return name, was_reversed, was_copy


def problem(name: str):
    """A new instance of the problem `name`.

    `_rev` after the name swaps inputs and targets, `_copy` makes the targets the inputs.
    """
    base, was_reversed, was_copy = parse_problem_name(name)
    if base not in problems:
        base = name  # so that the error names what the user typed
    return problems.get(base)(was_reversed=was_reversed, was_copy=was_copy)


def model(name: str):
    """The model class called `name`."""
    return models.get(name)


def hparams(name: str):
    """A new, still changeable HParams object of the set `name`."""
    from t2t_lite import from_t2t  # Listing names does without it.

    function = hparams_sets.get(name)
    with from_t2t.naming_the_new_way(f"The hparams set '{name}'"):
        result = function()
    if result is None:
        raise T2TError(f"The hparams set '{name}' gives nothing: end its function by `return hp`.")
    return result


def ranged_hparams(name: str):
    """The function that fills a RangedHParams, called `name`."""
    return ranged_hparams_sets.get(name)


def optimizer(name: str):
    """The function (learning_rate, hparams) -> Keras optimizer called `name`."""
    return optimizers.get(name)


def modality(name: str):
    """The modality class called `name`."""
    return modalities.get(name)


def write_index() -> None:
    """Imports every built-in module and rewrites `t2t_lite/index.py`."""
    import pathlib

    package = pathlib.Path(__file__).parent
    index.INDEX.clear()
    for folder in ("problems", "models", "hparams", "modalities", "training"):
        for path in sorted((package / folder).glob("*.py")):
            importlib.import_module(f"t2t_lite.{folder}.{path.stem}".removesuffix(".__init__"))
    lines = ['"""Names of the built-in components; written by `make index`."""', "", "INDEX = {"]
    for registry in REGISTRIES:
        lines.append(f'    "{registry.kind}": {{')
        for name in registry.names():
            component = registry.get(name)
            entry = f'"{name}": ("{component.__module__}", {first_line(component)!r}),'
            lines.append(f"        {entry}")
        lines.append("    },")
    (package / "index.py").write_text("\n".join([*lines, "}", ""]))


if __name__ == "__main__":
    # Through the import system, so that components register with this very module's registries.
    importlib.import_module("t2t_lite.registry").write_index()
