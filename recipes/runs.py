"""What recipes have in common: running t2t commands, and not doing again what is done."""

from __future__ import annotations

import json
import pathlib
import subprocess
import sys


def run(module: str, *arguments: str, **flags) -> None:
    """A command of t2t_lite, such as "t2t_trainer"; ends the recipe if it fails."""
    given = [f"--{name}={value}" for name, value in flags.items()]
    command = [sys.executable, "-m", f"t2t_lite.bin.{module}", *arguments, *given]
    if code := subprocess.run(command).returncode:
        sys.exit(code)


def train(output: pathlib.Path, steps: int, **flags) -> None:
    """t2t-trainer into `output` up to so many steps; goes on with what was stopped.

    Nothing happens if it is done. Ends the recipe if other flags than these began the run.
    """
    began, done = output / "FLAGS", finished(output)
    given = json.dumps(flags, default=str, indent=1)
    if output.exists() and began.exists() and began.read_text() != given:
        sys.exit(f"{output} was trained with other settings: see {began}. Give another --folder.")
    if done.exists() and int(done.read_text()) >= steps:
        return
    output.mkdir(parents=True, exist_ok=True)
    began.write_text(given)
    run("t2t_trainer", output_dir=output, train_steps=steps, **flags)
    done.write_text(f"{steps}\n")


def finished(output: pathlib.Path) -> pathlib.Path:
    """A file that says how many steps a run was trained for, once it is."""
    return output / "DONE"


def is_newer(path: pathlib.Path, output: pathlib.Path) -> bool:
    """Whether a file was made after the run in `output` had been trained to its end."""
    return path.exists() and path.stat().st_mtime > finished(output).stat().st_mtime
