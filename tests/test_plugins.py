"""--t2t_usr_dir and installed plug-ins, working and broken."""

import sys
import textwrap

import pytest

from t2t_lite import plugins, registry
from t2t_lite.errors import T2TError


def make_package(folder, **files):
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(textwrap.dedent(text))
    return folder


@pytest.fixture(autouse=True)
def forget(monkeypatch):
    """What a test registers and imports is gone after it."""
    monkeypatch.setattr(registry.hparams_sets, "_components", {})
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


SETS = """
    from t2t_lite import registry
    from t2t_lite.hparams.base import HParams

    @registry.register_hparams
    def klingon_base():
        hp = HParams()
        hp.hidden_size = 23
        return hp
"""


def test_usr_dir_registers_its_components(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    make_package(tmp_path / "klingon_plugin", __init__="from . import sets", sets=SETS)
    path_before = list(sys.path)
    assert plugins.load("~/klingon_plugin/") == []
    assert registry.hparams("klingon_base").hidden_size == 23
    assert sys.path == path_before
    plugins.load(str(tmp_path / "klingon_plugin"))  # again: nothing is registered twice


@pytest.mark.parametrize(
    "files, words",
    [
        ({"__init__": "x = 1\ny = 1 / 0\n"}, ["__init__.py, line 2", "ZeroDivisionError"]),
        (
            {"__init__": "from . import b", "b": "\nimport json\njson.loads('')\n"},
            ["b.py, line 3", "JSONDecodeError"],
        ),
        ({"__init__": "from . import b", "b": "x = (\n"}, ["b.py, line 1", "SyntaxError"]),
        (
            {"__init__": "from tensor2tensor.utils import registry"},
            ["__init__.py, line 1", "from t2t_lite import registry"],
        ),
    ],
)
def test_broken_usr_dir_is_told_by_file_line_and_exception(tmp_path, files, words):
    folder = make_package(tmp_path / "broken_plugin", **files)
    with pytest.raises(T2TError) as error:
        plugins.load(str(folder))
    message = str(error.value)
    assert "\n" not in message and all(word in message for word in words), message
    assert "broken_plugin" not in sys.modules


def test_mistake_within_a_set_is_told_when_the_set_is_asked_for(tmp_path):
    text = SETS.replace("hidden_size", "hiden_size")
    plugins.load(str(make_package(tmp_path / "hasty_plugin", __init__=text)))
    with pytest.raises(T2TError, match="'hidden_size'"):
        registry.hparams("klingon_base")


@pytest.mark.parametrize("name, word", [("nowhere", "no directory"), ("empty", "__init__.py")])
def test_usr_dir_that_is_no_package(tmp_path, name, word):
    (tmp_path / "empty").mkdir()
    with pytest.raises(T2TError, match=word):
        plugins.load(str(tmp_path / name))


def test_usr_dir_must_not_hide_a_module(tmp_path):
    folder = make_package(tmp_path / "json", __init__="")
    with pytest.raises(T2TError, match="rename"):
        plugins.load(str(folder))


def test_broken_installed_plug_in_leaves_the_others_alone(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    make_package(tmp_path / "good_plugin", __init__=SETS)
    make_package(tmp_path / "bad_plugin", __init__="\n1 / 0\n")
    metadata = tmp_path / "plug-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: plug\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        f"[{plugins.GROUP}]\nbad = bad_plugin\ngone = no_such_plugin\ngood = good_plugin\n"
    )
    notices = plugins.load()
    assert len(notices) == 2
    assert "'bad'" in notices[0] and "line 2: ZeroDivisionError" in notices[0]
    assert "'gone'" in notices[1] and "no_such_plugin" in notices[1]
    assert registry.hparams("klingon_base").hidden_size == 23
