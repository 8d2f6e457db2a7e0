"""Where the time of a training step goes, by kind of operation; writes profile_step.md.

    python benchmarks/profile_step.py --tmp_dir=MULTI30K_FILES

The model of training_speed.py under TensorFlow's profiler.
"""

from __future__ import annotations

import argparse
import collections
import glob
import os
import pathlib
import re
import tempfile

import measuring
import tensorflow as tf
import training_speed

from t2t_lite.training import distribution
from t2t_lite.training.run_config import RunConfig

STEPS = 10
SHOWN = 20
OPERATION = re.compile(r"[^:#]*:(_?[A-Za-z]\w*)")
"""An event such as "while/transformer/…/MatMul:MatMul"; the whole step's has a space there."""

PAGE = """# Where a training step's time goes

`python benchmarks/profile_step.py --tmp_dir=MULTI30K_FILES` wrote this page. {setting}

The model of training_speed.md, {steps} bare steps under TensorFlow's profiler, with operations one
after another (each on all cores), so that their times add up to the step's: milliseconds per step
and share of all. A usual step does independent operations at the same time, and is a little faster.

{tables}
"""


def kinds_of_time(folder: str) -> dict[str, float]:
    """Operation's kind -> picoseconds, from the trace in a folder."""
    from tensorflow.tsl.profiler.protobuf import xplane_pb2

    (path,) = glob.glob(f"{folder}/plugins/profile/*/*.xplane.pb")
    space = xplane_pb2.XSpace()
    space.ParseFromString(pathlib.Path(path).read_bytes())
    times: dict[str, float] = collections.defaultdict(float)
    for plane in space.planes:
        if not plane.name.startswith("/host:CPU"):
            continue
        for line in plane.lines:
            for event in line.events:
                name = plane.event_metadata[event.metadata_id].name
                operation = OPERATION.fullmatch(name)
                if operation:
                    times[operation[1]] += event.duration_ps
    return times


def table(title: str, times: dict[str, float]) -> str:
    """A Markdown table of the kinds that take most."""
    total = sum(times.values())
    rows = sorted(times.items(), key=lambda item: -item[1])[:SHOWN]
    lines = [f"| {name} | {t / 1e9 / STEPS:.1f} | {t / total:.1%} |" for name, t in rows]
    header = (
        f"## {title}: {total / 1e9 / STEPS:.0f} ms\n\n| operation | ms | share |\n|---|---|---|"
    )
    return "\n".join([header, *lines])


def main() -> None:
    """Profiles both precisions and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_datagen", help="Multi30k's files.")
    args = parser.parse_args()
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tables = []
    with tempfile.TemporaryDirectory() as folder:
        measuring.generate_multi30k(folder, args.tmp_dir)
        run = RunConfig(
            problem=measuring.MULTI30K,
            model="transformer",
            hparams_set="transformer_multi30k",
            data_dir=folder,
            output_dir=folder,
        )
        batches = training_speed.training_batches(run, STEPS)
        for precision in ("float32", "bf16"):
            distribution.set_precision(precision)
            runner = training_speed.Runner(run, precision, batches)
            runner.run_bare(3)
            with tempfile.TemporaryDirectory() as trace:
                with tf.profiler.experimental.Profile(trace):
                    runner.run_bare(STEPS)
                tables.append(table(precision, kinds_of_time(trace)))
    page = PAGE.format(setting=measuring.setting(), steps=STEPS, tables="\n\n".join(tables))
    measuring.write_page(pathlib.Path(__file__), page)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    main()
