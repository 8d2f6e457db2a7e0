"""Components from outside: `--t2t_usr_dir`, and installed packages by entry point.

A package offers its components by naming the module that registers them:

    [project.entry-points."t2t_lite.plugins"]
    klingon = "klingon.t2t"
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import pathlib
import sys
import traceback

from t2t_lite.errors import T2TError

GROUP = "t2t_lite.plugins"


def load(t2t_usr_dir: str = "") -> list[str]:
    """Imports the installed plug-ins, then `t2t_usr_dir` if there is one.

    Returns one line for each installed plug-in that is broken; the others work all the same.
    Raises T2TError if `t2t_usr_dir`, which somebody asked for by name, cannot be imported.
    """
    notices = []
    for entry_point in importlib.metadata.entry_points(group=GROUP):
        try:
            entry_point.load()
        except Exception as error:
            notices.append(
                f"The plug-in '{entry_point.name}' ({entry_point.value}) is left out: "
                f"{_describe(error)}"
            )
    if t2t_usr_dir:
        import_usr_dir(t2t_usr_dir)
    return notices


def import_usr_dir(folder: str) -> None:
    """Imports a folder with an `__init__.py` as a package of the folder's name.

    Its modules import each other as `from . import x` or `from NAME import x`, and may import
    what lies beside the folder. A second call with the same folder does nothing.
    """
    root = pathlib.Path(os.path.expandvars(folder)).expanduser().resolve()
    init, name = root / "__init__.py", root.name
    if not init.is_file():
        missing = "has no __init__.py" if root.is_dir() else "is no directory"
        raise T2TError(
            f"--t2t_usr_dir={folder} {missing}; it must be a directory whose __init__.py imports "
            "the modules that register your problems, models and hparams sets."
        )
    if getattr(sys.modules.get(name), "__file__", None) == str(init):
        return
    other = None if "." in name else importlib.util.find_spec(name)
    if "." in name or (other and other.origin != str(init)):
        raise T2TError(
            f"--t2t_usr_dir={folder}: a package cannot be called '{name}'"
            f"{f', which is {other.origin}' if other else ''}; rename the folder."
        )
    spec = importlib.util.spec_from_file_location(
        name, init, submodule_search_locations=[str(root)]
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    sys.path.insert(0, str(root.parent))
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        for imported in [key for key in sys.modules if key == name or key.startswith(f"{name}.")]:
            del sys.modules[imported]
        raise T2TError(
            f"--t2t_usr_dir={folder} cannot be imported: {_describe(error, root)}"
        ) from error
    finally:
        sys.path.remove(str(root.parent))


def _describe(error: Exception, root: pathlib.Path | None = None) -> str:
    """File, line and message; the last line of code below `root` if there is one."""
    from t2t_lite import from_t2t  # Where nothing is wrong, it is not needed.

    if isinstance(error, SyntaxError):
        return f"{error.filename}, line {error.lineno}: {type(error).__name__}: {error.msg}."
    frames = traceback.extract_tb(error.__traceback__)
    own = [f for f in frames if root and pathlib.Path(f.filename).is_relative_to(root)]
    file, line = (own or frames)[-1].filename, (own or frames)[-1].lineno
    text = f"{file}, line {line}: {type(error).__name__}: {error}".split("\n")[0].rstrip(".")
    advice = from_t2t.advice_on_import(file, line or 0) or from_t2t.advice_on_name(str(error))
    return f"{text}. {advice}".rstrip()
