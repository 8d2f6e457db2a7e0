"""How long the start takes, and how much memory is used; writes start_and_memory.md.

    python benchmarks/start_and_memory.py --tmp_dir=MULTI30K_FILES --pairs=3000000

The commands themselves are run: on Multi30k, and on as many pairs as wanted, which are sentences
of Multi30k combined two by two.
"""

from __future__ import annotations

import argparse
import itertools
import os
import pathlib
import subprocess
import tempfile
import time

import measuring

STEPS = 200
PLUG_IN = '''"""The user's two files, with the vocabulary of Multi30k's size."""
from t2t_lite import registry
from t2t_lite.problems.text2text_tmpdir import Text2TextTmpdir

@registry.register_problem
class PairsOfFiles(Text2TextTmpdir):
    """Pairs of lines of two files."""
    approx_vocab_size = 2**13
'''
PAGE = """# Start and memory

`python benchmarks/start_and_memory.py --tmp_dir=MULTI30K_FILES --pairs={pairs}` wrote this page.
{setting}

Whole commands, the start of Python included; memory is the peak of resident memory, of a
command's largest process. The trainer has 3+3 layers, 256/1024/4 heads, an 8k vocabulary and
batches of 4,096 tokens, and runs {steps} steps and an evaluation in which it decodes 100 sentences.

| command | data | seconds | seconds to the first step | peak memory, GiB |
|---|---|---|---|---|
{rows}
"""


def run(arguments: list[str]) -> tuple[float, float, float]:
    """(seconds, seconds until step 1 was shown, peak of memory in GiB) of a command."""
    start, first_step, peak = time.monotonic(), float("nan"), 0
    process = subprocess.Popen(arguments, stderr=subprocess.PIPE, bufsize=0)
    os.set_blocking(process.stderr.fileno(), False)
    shown = b""
    while process.poll() is None:
        time.sleep(0.02)
        peak = max(peak, *map(high_water, [process.pid, *children(process.pid)]))
        shown += process.stderr.read() or b""
        if first_step != first_step and b"step 1/" in shown:
            first_step = time.monotonic() - start
    if process.returncode:
        raise SystemExit((shown + (process.stderr.read() or b"")).decode())
    return time.monotonic() - start, first_step, peak / 2**20


def high_water(pid: int) -> int:
    """Peak of a process' resident memory so far, in KiB; 0 if it has ended."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in status.split("\n") if "VmHWM" in line), 0)


def children(pid: int) -> list[int]:
    """Processes that a process has started."""
    try:
        text = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in text.split()]


def write_pairs(folder: pathlib.Path, tmp_dir: str, pairs: int) -> None:
    """inputs.train.txt and so on, with different pairs of which every half is real."""
    from t2t_lite import registry
    from t2t_lite.data import text_files

    problem = registry.problem(measuring.MULTI30K)
    for language, name in (("en", "inputs"), ("de", "targets")):
        lines = list(text_files.lines(problem.source_file(tmp_dir, "train", language)))
        (folder / f"{name}.eval.txt").write_text("\n".join(lines[:1000]) + "\n")
        with open(folder / f"{name}.train.txt", "w") as file:
            offsets = itertools.count(1)
            written = 0
            while written < pairs:
                offset = next(offsets)
                for i in range(min(len(lines), pairs - written)):
                    file.write(f"{lines[i]} {lines[(i + offset) % len(lines)]}\n")
                written += len(lines)


def main() -> None:
    """Runs the commands and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_datagen", help="Multi30k's files.")
    parser.add_argument("--pairs", type=int, default=3_000_000)
    args = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        plug_in = pathlib.Path(folder) / "usr"
        plug_in.mkdir()
        (plug_in / "__init__.py").write_text(PLUG_IN)
        cases = [(measuring.MULTI30K, args.tmp_dir, "Multi30k, 29,000 pairs")]
        for pairs in (30_000, args.pairs):
            files = pathlib.Path(folder) / f"pairs_{pairs}"
            files.mkdir()
            write_pairs(files, args.tmp_dir, pairs)
            cases.append(("pairs_of_files", str(files), f"{pairs:,} pairs"))
        for number, (problem, tmp_dir, name) in enumerate(cases):
            data, output = f"{folder}/data{number}", f"{folder}/run{number}"
            common = {"problem": problem, "data_dir": data, "t2t_usr_dir": plug_in}
            commands = {
                "t2t-datagen": measuring.command("t2t_datagen", tmp_dir=tmp_dir, **common),
                "t2t-trainer": measuring.command(
                    "t2t_trainer",
                    **common,
                    model="transformer",
                    hparams_set="transformer_multi30k",
                    hparams="batch_size=4096",
                    output_dir=output,
                    train_steps=STEPS,
                ),
            }
            for program, arguments in commands.items():
                seconds, first, peak = run(arguments)
                first_step = "" if first != first else f"{first:.1f}"
                rows.append(f"| {program} | {name} | {seconds:.1f} | {first_step} | {peak:.2f} |")
                print(rows[-1], flush=True)
    page = PAGE.format(
        pairs=args.pairs, setting=measuring.setting(), steps=STEPS, rows="\n".join(rows)
    )
    measuring.write_page(pathlib.Path(__file__), page)


if __name__ == "__main__":
    main()
