"""What the README and the docs say can be typed, works."""

import importlib
import pathlib
import re
import shlex

import pytest

from t2t_lite import plugins, registry
from t2t_lite.bin import command
from t2t_lite.problems import mixture

ROOT = pathlib.Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md")), ROOT / "examples" / "demo.sh"]


def commands(page):
    """All t2t commands on a page, as lists of words; a line's end may be escaped."""
    text = page.read_text(encoding="utf-8").replace("\\\n", " ").replace("$folder", "/tmp/folder")
    lines = [line.strip() for line in text.split("\n")]
    found = [shlex.split(line) for line in lines if re.match(r"t2t-[a-z-]+ --", line)]
    return [words for words in found if not any("…" in word for word in words)]


ALL = [(page.name, words) for page in PAGES for words in commands(page)]


def parsed(words):
    """The command's module and its flags, parsed."""
    module = importlib.import_module(f"t2t_lite.bin.{words[0].replace('-', '_')}")
    flags = module.new_flags()
    command.parse(flags, words)
    return module, flags


def test_there_are_commands_to_check():
    assert {words[0] for _, words in ALL} >= {"t2t-trainer", "t2t-decoder", "t2t-bleu"}


@pytest.mark.parametrize(("page", "words"), ALL)
def test_flags_and_names_exist(page, words):
    _, flags = parsed(words)
    if "t2t_usr_dir" in flags and flags["t2t_usr_dir"].value:
        plugins.load(str(ROOT / flags["t2t_usr_dir"].value))
    for flag, lookup in (
        ("problem", mixture.problems),
        ("model", registry.model),
        ("hparams_set", registry.hparams),
    ):
        if flag in flags and flags[flag].value:
            lookup(flags[flag].value)


def test_the_plug_in_of_the_readme_trains(tmp_path, monkeypatch, capsys):
    """The README's own command line, but shorter, and into a temporary folder."""
    monkeypatch.chdir(ROOT)
    (words,) = [words for name, words in ALL if name == "README.md" and "my_usr_dir" in str(words)]
    words = [re.sub("/tmp/pig", str(tmp_path), word) for word in words]
    module, _ = parsed(words)
    assert module.run([*words, "--train_steps=3"]) == 0
    assert (tmp_path / "run" / "model.ckpt-3.index").exists()
    assert "Done at step 3" in capsys.readouterr().err


def test_the_readme_shows_the_example_as_it_is():
    """The problem in the README is the one in the example."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = (ROOT / "examples" / "my_usr_dir" / "my_problem.py").read_text(encoding="utf-8")
    block = re.search(r"```python\n(@registry.register_problem.*?)```", readme, re.DOTALL)
    assert block and block[1].strip() in example


def test_links_lead_somewhere():
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(ROOT.glob("docs/*.md"))]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
