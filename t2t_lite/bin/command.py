"""What every command shares: flags, help, and errors told in one sentence.

A command is a module with

    def main(flags, arguments): ...
    def run(argv=None):
        flags = command.new_flags()
        command.define(flags, "beam_size", 4, "Width of the beam search.")
        return command.run(main, flags, __doc__, argv)
"""

from __future__ import annotations

import dataclasses
import errno
import os
import pathlib
import re
import shutil
import sys
import textwrap
import traceback
from collections.abc import Callable, Sequence
from typing import Any

from absl import flags as absl_flags

from t2t_lite import silence
from t2t_lite.bin import t2t_flags
from t2t_lite.errors import T2TError, did_you_mean

Flags = absl_flags.FlagValues
Main = Callable[[Flags, list[str]], None]

_HELP = {"-h", "-help", "--help", "--helpshort", "--helpfull"}
_IS_PATH = re.compile(r"(.*_)?(dir|file|path)|warm_start_from|decode_reference")
_WORDS = {"int": "a whole number", "float": "a number", "bool": "true or false"}


def new_flags() -> Flags:
    """The flags of one command, so far those that every command has."""
    flags = Flags()
    flags.set_gnu_getopt(True)  # flags may stand after arguments
    define(flags, "debug", False, "Show a Python traceback with an error.")
    return flags


def define(flags: Flags, name: str, default: Any, help: str) -> None:
    """Defines a flag of the default's type: bool, int, float, str, or a list of str.

    A list's flag may be given several times. In the value of a flag whose name ends in dir, file
    or path, `~` and environment variables are expanded.
    """
    if isinstance(default, bool):
        absl_flags.DEFINE_boolean(name, default, help, flag_values=flags)
    elif isinstance(default, int):
        absl_flags.DEFINE_integer(name, default, help, flag_values=flags)
    elif isinstance(default, float):
        absl_flags.DEFINE_float(name, default, help, flag_values=flags)
    elif isinstance(default, list):
        parser = _PathParser() if _IS_PATH.fullmatch(name) else absl_flags.ArgumentParser()
        serializer: absl_flags.ArgumentSerializer = absl_flags.ArgumentSerializer()
        absl_flags.DEFINE_multi(parser, serializer, name, default, help, flag_values=flags)
    elif _IS_PATH.fullmatch(name):
        absl_flags.DEFINE(_PathParser(), name, default, help, flag_values=flags)
    else:
        absl_flags.DEFINE_string(name, default, help, flag_values=flags)


def define_fields(flags: Flags, dataclass: type, exclude: Sequence[str] = ()) -> None:
    """Defines one flag per field of a dataclass; its help is `field.metadata["help"]`."""
    for field in dataclasses.fields(dataclass):
        if field.name not in exclude:
            define(flags, field.name, field.default, field.metadata["help"])


def given(flags: Flags, dataclass: type) -> dict[str, Any]:
    """Field name -> value of those flags of `define_fields` that stand on the command line."""
    names = {field.name for field in dataclasses.fields(dataclass)}
    return {name: flags[name].value for name in flags if name in names and flags[name].present}


def path(text: str) -> str:
    """A path with `~` and environment variables expanded; T2TError if a variable is not set."""
    expanded = os.path.expandvars(os.path.expanduser(text))
    unset = re.search(r"\$(\w+|\{[^}]*\})", expanded)
    if unset and not pathlib.Path(expanded).exists():
        raise T2TError(f"The environment variable {unset[0]} in the path '{text}' is not set.")
    return expanded


class _PathParser(absl_flags.ArgumentParser):
    """Expands paths while flags are parsed."""

    def parse(self, argument: str) -> str:
        return path(argument)

    def flag_type(self) -> str:
        return "path"


def run(
    main: Main, flags: Flags, doc: str, argv: Sequence[str] | None = None, arguments: str = ""
) -> int:
    """Parses the flags, calls `main(flags, arguments)`, and returns the exit code.

    `doc` (the command's docstring) and `arguments` (e.g. "[KIND [NAME]]"; empty: the command
    takes none) are shown by --help. If `main` imports TensorFlow, it does so in silence.

    What the user can mend ends with one message on stderr and code 2, without a traceback
    unless --debug; an error of our own keeps its traceback.
    """
    argv = list(sys.argv if argv is None else argv)
    silence.silence_tensorflow()
    try:
        if _HELP & set(argv[1:]):
            print(help_text(argv[0], flags, doc, arguments))
            return 0
        rest = parse(flags, argv)
        if rest and not arguments:
            raise T2TError(f"'{rest[0]}' is not a flag; flags begin with --.")
        for notice in t2t_flags.notices(flags):
            print(notice, file=sys.stderr)
        main(flags, rest)
        sys.stdout.flush()
        return 0
    except KeyboardInterrupt:
        print("\nInterrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `t2t-list problems | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        message = _message(error)
        if message is None:
            raise
        if "--debug" in argv:
            traceback.print_exc()
        print(f"{_program(argv[0])}: {message}", file=sys.stderr)
        return 2


def parse(flags: Flags, argv: Sequence[str]) -> list[str]:
    """Reads the flags from `argv` (program first); returns the arguments that are no flags.

    Hyphens in a flag's name are underscores. Raises T2TError for an unknown flag, naming the
    nearest, and for a value of another type.
    """
    own = list(flags)
    t2t_flags.define(flags)
    try:
        return flags(_normalized(flags, argv))[1:]
    except absl_flags.UnrecognizedFlagError as error:
        name = error.flagname.lstrip("-").replace("-", "_")
        suggestion = did_you_mean(name, own).replace(" '", " '--")
        raise T2TError(
            f"There is no flag --{name}.{suggestion} `{_program(argv[0])} --help` lists the flags."
        ) from error
    except absl_flags.IllegalFlagValueError as error:
        match = re.match(r"flag (--(\w+)=.*?): ", str(error), re.DOTALL)
        if not match:
            raise T2TError(f"{error}.") from error
        expected = _WORDS.get(flags[match[2]].flag_type(), "another value")
        raise T2TError(f"{match[1]}: this must be {expected}.") from error
    except absl_flags.Error as error:
        raise T2TError(f"{error}.") from error


def _normalized(flags: Flags, argv: Sequence[str]) -> list[str]:
    """`argv` with today's names of flags, and underscores in them."""
    result = []
    for token in argv:
        name, equals, value = token.partition("=")
        dashes = name[: len(name) - len(name.lstrip("-"))]
        underscored = name.lstrip("-").replace("-", "_")
        underscored = t2t_flags.RENAMED.get(underscored, underscored)
        if dashes and (underscored in flags or underscored.removeprefix("no") in flags):
            # Tensor2Tensor wrote =None for what was not given.
            if value != "None":
                result.append(dashes + underscored + equals + value)
        else:
            result.append(token)
    return result


def help_text(program: str, flags: Flags, doc: str, arguments: str = "") -> str:
    """What --help prints: the docstring and each flag with type, default and help."""
    width = min(shutil.get_terminal_size().columns, 100)
    lines = [f"usage: {_program(program)} [flags] {arguments}".rstrip(), "", doc.strip(), ""]
    for name in flags:
        flag = flags[name]
        if flag.help == t2t_flags.HELP:
            continue
        is_switch = flag.flag_type() == "bool"
        lines.append(f"  --[no]{name}" if is_switch else f"  --{name}={flag.flag_type().upper()}")
        default = f" (default: {flag.default})" if flag.default not in ("", False) else ""
        text = " ".join(flag.help.split()) + default
        lines += textwrap.wrap(text, width, initial_indent=" " * 6, subsequent_indent=" " * 6)
    return "\n".join(lines)


def _program(argv0: str) -> str:
    return pathlib.Path(argv0).name.removesuffix(".py").replace("_", "-")


_PERMISSION = (errno.EACCES, errno.EPERM, errno.EROFS)


def _message(error: Exception) -> str | None:
    """One sentence for what the user can mend; None for an error of our own.

    TensorFlow's errors are known by their names, since nothing here may import it.
    """
    kind, text = type(error).__name__, str(error)
    if isinstance(error, T2TError):
        return text
    where = getattr(error, "filename", None) or _first_line(text)
    if getattr(error, "errno", None) == errno.ENOSPC or "No space left on device" in text:
        return f"No space is left on the device ({where}): free some, or use another directory."
    if getattr(error, "errno", None) in _PERMISSION or kind == "PermissionDeniedError":
        return f"No permission: {where}. Use another directory, or change its rights."
    if isinstance(error, MemoryError) or kind == "ResourceExhaustedError":
        return "Out of memory: use a smaller batch, e.g. --hparams=batch_size=1024."
    if isinstance(error, OSError):
        return f"{error.strerror}: {where}." if error.strerror else _first_line(text)
    return None


def _first_line(text: str) -> str:
    return text.strip().split("\n")[0]
