"""A whole run in one gin file; the only module that imports gin.

    run.problem = 'translate_ende_multi30k'
    run.train_steps = 20000
    hparams.batch_size = 2048

The values are plain dicts, {"run": {...}, "hparams": {...}}: what they configure is not known here.
"""

from __future__ import annotations

import dataclasses
import functools
import os
import pathlib
import re
import typing
from collections.abc import Mapping, Sequence
from typing import Any

from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.files import write_bytes
from t2t_lite.hparams import kinds

SECTIONS = ("run", "hparams")
Values = dict[str, dict[str, Any]]


def load_config(files: Sequence[str] = (), bindings: Sequence[str] = ()) -> Values:
    """The values that gin files and then single bindings (`hparams.batch_size=2048`) give.

    gin's includes, macros and comments work. Raises T2TError for a file that cannot be read, for
    a mistake of syntax, and for a section other than `run` and `hparams`.
    """
    if not files and not bindings:
        return {name: {} for name in SECTIONS}
    import gin

    for file in files:
        if not pathlib.Path(file).is_file():
            raise T2TError(f"There is no gin file {file}.")
    sections = _sections()
    gin.clear_config()
    try:
        gin.parse_config_files_and_bindings(
            list(files), list(bindings), finalize_config=False, print_includes_and_imports=False
        )
        return {name: function() for name, function in sections.items()}
    except (ValueError, TypeError, SyntaxError, OSError, ImportError) as error:
        raise T2TError(_sentence(error, files, bindings)) from error


@functools.cache
def _sections() -> dict[str, Any]:
    """Section -> the gin configurable that returns what is bound to it; registered once."""
    import gin

    def values(**bound):
        return bound

    return {name: gin.external_configurable(values, name=name) for name in SECTIONS}


def _sentence(error: Exception, files: Sequence[str], bindings: Sequence[str]) -> str:
    """gin's message, which names the line, in one sentence."""
    text = " ".join(str(error).split())
    unknown = re.search(r"No configurable matching '([^']*)'", text)
    undefined = re.search(r"In call to configurable 'macro' .* in scope '([^']*)'", text)
    if unknown:
        text += f".{did_you_mean(unknown[1], SECTIONS)} There are {' and '.join(SECTIONS)}."
    elif undefined:
        text = f"the macro %{undefined[1]} is not defined."
    elif "malformed node" in text:
        text = "a value is no Python literal; a string needs quotes: run.model='transformer'."
    return f"The gin configuration ({', '.join([*files, *bindings])}) cannot be read: {text}"


def save_config(values: Mapping[str, Mapping[str, Any]], path: str | os.PathLike) -> None:
    """Writes `values` so that `load_config([path])` gives them back."""
    lines = [
        f"{section}.{name} = {value!r}\n"
        for section, bound in values.items()
        for name, value in bound.items()
    ]
    write_bytes(path, "".join(lines).encode())


def checked_fields(dataclass: type, values: Mapping[str, Any], section: str) -> dict[str, Any]:
    """`values` with the types of a dataclass's fields.

    Raises T2TError for a name that is no field, naming the nearest, and for a value of another
    type.
    """
    annotations = typing.get_type_hints(dataclass)
    names = [field.name for field in dataclasses.fields(dataclass)]
    for name in values:
        if name not in names:
            raise T2TError(f"There is no setting {section}.{name}.{did_you_mean(name, names)}")
    return {
        name: kinds.checked(f"{section}.{name}", value, kinds.kind_of_annotation(annotations[name]))
        for name, value in values.items()
    }
