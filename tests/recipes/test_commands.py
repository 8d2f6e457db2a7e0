"""The recipes that drive commands: right ones, each once, with flags that there are."""

import importlib
import pathlib
import runpy
import subprocess
import sys

import pytest

from t2t_lite import registry
from tests.recipes.test_baselines import RECIPES

JOINT = "--problems=image_cifar10,speech_digits --alone=image_cifar10 --without=experts --seeds=2"
CASES = {
    "transfer": ("--seeds=2", ["source"], ["fine-tuned", "from_scratch"]),
    "joint_and_alone": (JOINT, [], ["joint", "alone", "without_experts"]),
}


@pytest.fixture
def commands(monkeypatch):
    """(module, flags, arguments) of each command that a recipe gives; none is run."""
    given = []

    def run(command, **_):
        module = importlib.import_module(command[2])
        flags = module.new_flags()
        arguments = flags(command[2:])[1:]  # absl's error if a flag is none
        if "output_file" in flags:
            pathlib.Path(flags["output_file"].value).write_text("a table\n")
        if "output_dir" in flags:
            pathlib.Path(flags["output_dir"].value).mkdir(exist_ok=True)
        given.append((module.__name__.rpartition(".")[2], flags, arguments))
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.syspath_prepend(str(RECIPES))
    return given


@pytest.mark.parametrize("name", CASES)
def test_trains_each_run_once(name, commands, tmp_path, monkeypatch, capsys):
    arguments, alone, seeded = CASES[name]
    command = [name, *arguments.split(), f"--folder={tmp_path}", "--tmp_dir=files"]
    monkeypatch.setattr(sys, "argv", command)
    expected = alone + [f"{group}_{seed}" for seed in (1, 2) for group in seeded]

    for trainings in (expected, []):  # The second time there is nothing left to do.
        commands.clear()
        runpy.run_path(str(RECIPES / f"{name}.py"), run_name="__main__")
        trained = [flags for module, flags, _ in commands if module == "t2t_trainer"]
        outputs = [flags["output_dir"].value for flags in trained]
        assert sorted(outputs) == sorted(str(tmp_path / run) for run in trainings)
        for flags in trained:
            hparams = registry.hparams(flags["hparams_set"].value)
            hparams.parse(flags["hparams"].value)
        tables = [arguments for module, _, arguments in commands if module == "t2t_table"]
        in_tables = {path for groups in tables for group in groups for path in group.split(",")}
        assert len(in_tables) == 2 * len(seeded)
    assert "a table" in capsys.readouterr().out


def test_only_the_fine_tuned_take_weights_over(commands, tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["transfer", "--seeds=1", f"--folder={tmp_path}"])
    runpy.run_path(str(RECIPES / "transfer.py"), run_name="__main__")
    sources = {
        flags["output_dir"].value.rpartition("/")[2]: flags["warm_start_from"].value
        for module, flags, _ in commands
        if module == "t2t_trainer"
    }
    source = str(tmp_path / "source")
    assert sources == {"source": "", "fine-tuned_1": source, "from_scratch_1": ""}
