"""The house rules of the source, read from its imports."""

import ast
import dataclasses
import pathlib
import shutil
import subprocess
import sys

import t2t_lite

PACKAGE = pathlib.Path(t2t_lite.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# Package -> what it may import besides itself and the base; an arrow only goes down.
BASE = {
    "config",
    "errors",
    "files",
    "from_t2t",
    "fused",
    "hparams",
    "index",
    "plugins",
    "registry",
    "silence",
    "version",
}
MODELS = {"models", "modalities", "layers"}
DECODING = {"decoding", *MODELS, "problems", "data", "text", "metrics"}
TRAINING = {"training", *DECODING}
ARROWS = {
    "layers": set(),
    "modalities": {"layers"},
    "models": MODELS,
    "text": set(),
    "data": {"text"},
    "problems": {"data", "text"},
    "metrics": {"text"},
    "decoding": DECODING,
    "training": TRAINING,
    "export": TRAINING,
    "analysis": TRAINING,
    "bin": {"export", "analysis", *TRAINING},
}


def imports(path, inside_functions=True):
    """Full names that a file imports: `a.b` and `a.b.c` for `from a.b import c`."""

    def walk(node):
        for child in ast.iter_child_nodes(node):
            in_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            if isinstance(child, ast.Import):
                yield from (alias.name for alias in child.names)
            elif isinstance(child, ast.ImportFrom):
                assert child.level == 0, f"{path} imports relatively"
                yield child.module
                yield from (f"{child.module}.{alias.name}" for alias in child.names)
            elif inside_functions or not in_function:
                yield from walk(child)

    return set(walk(ast.parse(path.read_text(encoding="utf-8"))))


def layer(path):
    """The package a file belongs to, or its own name at the top."""
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


def breaches(applies, forbidden, inside_functions=True):
    """'file: import' for each forbidden import of the files that a rule applies to."""
    return [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in FILES
        if applies(layer(path))
        for name in sorted(imports(path, inside_functions))
        if any(name == root or name.startswith(f"{root}.") for root in forbidden)
    ]


def test_arrows_go_down():
    wrong = []
    for path in FILES:
        own = layer(path)
        if own in ("__init__", "registry"):  # the package's doors: they import what is asked for
            continue
        allowed = BASE | {own} | ARROWS.get(own, set())
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "t2t_lite" and len(parts) > 1 and parts[1] not in allowed:
                wrong.append(f"{path.relative_to(PACKAGE)}: {name}")
    assert not wrong


def test_every_package_has_its_place():
    packages = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").is_file()}
    assert packages <= {*ARROWS, *BASE}


def test_models_and_layers_know_keras_only():
    in_models = lambda name: name in ("layers", "models")  # noqa: E731
    assert not breaches(in_models, ["tensorflow"])
    for path in FILES:
        if in_models(layer(path)):
            names = {n.id for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Name)}
            assert "tf" not in names, path


def test_data_knows_no_keras():
    assert not breaches(lambda name: name in ("problems", "data", "text", "hparams"), ["keras"])


def test_gin_is_imported_in_config_only():
    assert not breaches(lambda name: name != "config", ["gin"])


def test_flags_are_defined_in_bin_only():
    assert not breaches(lambda name: name != "bin", ["absl.flags", "absl.app"])


def test_tensorflow_is_imported_within_functions():
    light = {"problems", "hparams", "text", *BASE}
    assert not breaches(light.__contains__, ["tensorflow", "keras"], inside_functions=False)


def test_importing_problems_and_hparams_imports_no_tensorflow():
    program = """
import importlib, pathlib, sys, t2t_lite
for folder in ("problems", "hparams", "text"):
    for path in sorted((pathlib.Path(t2t_lite.__file__).parent / folder).glob("*.py")):
        importlib.import_module(f"t2t_lite.{folder}.{path.stem}")
        heavy = [name for name in ("tensorflow", "keras", "gin") if name in sys.modules]
        assert not heavy, f"{path} imports {heavy}"
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_index_is_true(tmp_path):
    """What `python -m t2t_lite.registry` writes is what is there."""
    shutil.copytree(PACKAGE, tmp_path / "t2t_lite", ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "t2t_lite.registry"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    written = (tmp_path / "t2t_lite" / "index.py").read_text(encoding="utf-8")
    assert written == (PACKAGE / "index.py").read_text(encoding="utf-8"), "run `make index`"


def test_every_hyperparameter_is_read():
    from t2t_lite import registry

    read = set()
    for path in FILES:
        if layer(path) != "hparams":
            read |= {
                node.attr
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
            }
    families = {type(registry.hparams(name)) for name in registry.hparams_sets}
    declared = {name for family in families for name in family().values()}
    assert declared
    assert not declared - read


def test_every_setting_is_read():
    from t2t_lite.training.run_config import RunConfig

    read = {
        node.attr
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    assert not {field.name for field in dataclasses.fields(RunConfig)} - read


def test_public_things_have_docstrings():
    missing = [
        f"{path.relative_to(PACKAGE)}: {node.name}"
        for path in FILES
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not missing
