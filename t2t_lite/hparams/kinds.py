"""What values a hyperparameter takes, and how they are read from text."""

from __future__ import annotations

import math
import re
import types
import typing
from typing import Any, NamedTuple

from t2t_lite.errors import T2TError, did_you_mean


class Kind(NamedTuple):
    """What values a hyperparameter takes."""

    item: type | None  # bool, int, float or str; None: anything (added with the value None)
    is_list: bool = False
    optional: bool = False
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()  # of a string; none: any


_WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}


def kind_of_annotation(
    annotation: Any,
    minimum: float | None = None,
    maximum: float | None = None,
    choices: tuple[str, ...] = (),
) -> Kind:
    """`list[int]`, `float | None`, `str`, ... as a Kind."""
    is_list = optional = False
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        arguments = typing.get_args(annotation)
        optional = type(None) in arguments
        annotation = next(item for item in arguments if item is not type(None))
    if typing.get_origin(annotation) is list:
        is_list = True
        (annotation,) = typing.get_args(annotation)
    if annotation not in _WORDS:
        raise TypeError(f"an hparam cannot be of type {annotation}")
    return Kind(annotation, is_list, optional, minimum, maximum, choices)


def kind_of_value(name: str, value: Any) -> Kind:
    """The Kind of a value that `add_hparam` got."""
    if value is None:
        return Kind(None, optional=True)
    is_list = isinstance(value, list | tuple)
    items = list(value) if is_list else [value]
    # Numbers of which one is a float are floats.
    found = float if {type(item) for item in items} == {int, float} else None
    found = found or (type(items[0]) if items else None)
    if found is not None and found not in _WORDS:
        raise T2TError(f"The hparam '{name}' cannot be {value!r}: only numbers, strings, lists.")
    return Kind(found, is_list)


def checked(what: str, value: Any, kind: Kind) -> Any:
    """`value` converted to the declared type without loss; T2TError, naming `what`, if not."""
    if value is None and kind.optional:
        return None
    if kind.is_list:
        if not isinstance(value, list | tuple):
            raise T2TError(f"{what} must be a list, not {value!r}.")
        return [_checked_item(what, item, kind) for item in value]
    return _checked_item(what, value, kind)


def _checked_item(what: str, value: Any, kind: Kind) -> Any:
    expected = kind.item
    if expected is None:
        return value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if expected is float and number and math.isfinite(value):
        value = float(value)
    elif expected is int and number and math.isfinite(value) and value == int(value):
        value = int(value)
    elif not (expected in (bool, str) and isinstance(value, expected)):
        raise T2TError(
            f"{what} must be {_WORDS[expected]}{' or none' * kind.optional}, not {value!r}."
        )
    if kind.choices and value not in kind.choices:
        suggestion = did_you_mean(value, kind.choices)
        raise T2TError(f"{what} can be {', '.join(kind.choices)}, but not {value!r}.{suggestion}")
    if kind.minimum is not None and value < kind.minimum:
        raise T2TError(f"{what} must be at least {kind.minimum:g}, not {value!r}.")
    if kind.maximum is not None and value > kind.maximum:
        raise T2TError(f"{what} must be at most {kind.maximum:g}, not {value!r}.")
    return value


_ASSIGNMENT = re.compile(
    r"""\s*(?P<name>[a-zA-Z][\w.]*)
        (?:\[\s*(?P<index>\d+)\s*\])?
        \s*=\s*
        (?P<value>\[[^\]]*\] | "[^"]*" | [^,\[\]"]*)
        \s*(?:,|$)""",
    re.VERBOSE,
)


def assignments(text: str):
    """Yields (name, index or None, text of the value) for each assignment in `text`."""
    position = 0
    while position < len(text):
        match = _ASSIGNMENT.match(text, position)
        if not match:
            raise T2TError(
                f"Cannot read the hparams at '{text[position:]}'; write name=value pairs with "
                "commas between them, e.g. batch_size=1024,dropout=0.1."
            )
        position = match.end()
        index = match["index"]
        yield match["name"], int(index) if index else None, match["value"].strip()


_CONSTANTS = {"true": True, "false": False, "1": True, "0": False}


def from_text(name: str, text: str, kind: Kind) -> Any:
    """The value that `text` denotes, as far as it can be read; `checked` judges it."""
    if text.startswith("["):
        return [from_text(name, t, kind) for t in re.split(r"[ ,]+", text[1:-1]) if t]
    if kind.optional and text.lower() == "none":
        return None
    if kind.item is bool:
        return _CONSTANTS.get(text.lower(), text)
    if kind.item in (int, float):
        for number in (int, float):
            try:
                return number(text)
            except ValueError:
                continue
    return text.removeprefix('"').removesuffix('"')
