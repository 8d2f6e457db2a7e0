"""What must answer at once does, and prints no warning."""

import importlib.metadata
import statistics
import subprocess
import sys
import time

import pytest

COMMANDS = {
    script.name: script.value
    for script in importlib.metadata.entry_points(group="console_scripts")
    if script.value.startswith("t2t_lite.")
}


def median_seconds(program, *arguments):
    """The median time of three runs of a Python program, which must print no warning."""
    times = []
    for _ in range(3):
        start = time.monotonic()
        result = subprocess.run(
            [sys.executable, "-W", "always", "-c", program, *arguments],
            capture_output=True,
            text=True,
        )
        times.append(time.monotonic() - start)
        assert result.returncode == 0, result.stderr
        assert result.stderr == ""
    return statistics.median(times)


def program_of(command):
    """The program that an installed console command runs."""
    module, function = COMMANDS[command].split(":")
    return (
        f"import sys; from {module} import {function}; sys.argv[0] = '{command}'; "
        f"sys.exit({function}())"
    )


def test_import():
    assert median_seconds("import t2t_lite; t2t_lite.__version__") < 1


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help(command):
    assert median_seconds(program_of(command), "--help") < 1


def test_list():
    assert median_seconds(program_of("t2t-list")) < 1
    assert median_seconds(program_of("t2t-list"), "hparams") < 1
