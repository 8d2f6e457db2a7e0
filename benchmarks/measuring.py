"""What the benchmarks have in common: the data, the machine, the page."""

from __future__ import annotations

import json
import os
import pathlib
import platform
import subprocess
import sys

import numpy as np

MULTI30K = "translate_ende_multi30k"


def command(module: str, **flags) -> list[str]:
    """A t2t command as `python -m` runs it."""
    given = [f"--{name}={value}" for name, value in flags.items()]
    return [sys.executable, "-m", f"t2t_lite.bin.{module}", *given]


def readable(arguments: list[str]) -> str:
    """A command as one would type it."""
    program = arguments[2].removeprefix("t2t_lite.bin.").replace("_", "-")
    return f"    {program} {' '.join(arguments[3:])}"


def generate_multi30k(data_dir: str, tmp_dir: str) -> None:
    """The data of MULTI30K, by t2t-datagen."""
    arguments = command("t2t_datagen", problem=MULTI30K, data_dir=data_dir, tmp_dir=tmp_dir)
    subprocess.run(arguments, check=True)


def evaluations(run: pathlib.Path) -> list[dict]:
    """The evaluations of a run, by step."""
    lines = map(json.loads, (run / "metrics.jsonl").read_text().splitlines())
    return [line for line in lines if line["kind"] == "eval"]


def setting() -> str:
    """Machine and versions, in a sentence."""
    import tensorflow as tf

    return (
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}, TensorFlow {tf.__version__}."
    )


def has_bf16_instructions() -> bool:
    """Whether the CPU multiplies bfloat16 by itself; without that it gains nothing."""
    try:
        flags = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return False
    return "avx512_bf16" in flags or "amx_bf16" in flags


def spread(values, form: str) -> str:
    """Median [least to greatest]."""
    low, middle, high = (form.format(f(values)) for f in (np.min, np.median, np.max))
    return f"{middle} [{low} to {high}]"


def write_page(script: pathlib.Path, page: str) -> None:
    """The page beside the script that wrote it, and on the screen."""
    script.with_suffix(".md").write_text(page, encoding="utf-8")
    print(page)
