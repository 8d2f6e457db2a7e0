"""Makes a table of runs: model, set, parameters, trained tokens, time, BLEU and chrF.

    t2t-table runs/lstm runs/transformer
    t2t-table runs/* --format=csv --output_file=table.csv

The scores are of what t2t-decoder wrote into the runs' decodes/:

    t2t-decoder --output_dir=runs/lstm --eval_use_test_set --decode_hparams=beam_size=4

Of runs on several problems, the last evaluation of each problem; a column may be several runs:

    t2t-table --by_problem joint=runs/joint_1,runs/joint_2 alone=runs/alone_1,runs/alone_2
"""

from __future__ import annotations

import pathlib
import sys

from t2t_lite import files
from t2t_lite.bin import command
from t2t_lite.errors import T2TError


def new_flags() -> command.Flags:
    """The flags of this command."""
    flags = command.new_flags()
    command.define(flags, "format", "markdown", "markdown or csv.")
    command.define(flags, "by_problem", False, "A row for each problem and metric of evaluation.")
    command.define(flags, "metrics", "", "With --by_problem: which, with commas; default: most.")
    command.define(flags, "output_file", "", "Where to write the table; default: the screen.")
    return flags


def main(flags: command.Flags, arguments: list[str]) -> None:
    """Reads the flags; makes the table."""
    if not arguments:
        raise T2TError("Say which run folders: t2t-table RUN_FOLDER RUN_FOLDER …")
    from t2t_lite.analysis import problem_table, table

    if flags.by_problem:
        groups = {
            name: [command.path(folder) for folder in folders]
            for name, folders in problem_table.parse_groups(arguments).items()
        }
        metrics = [name for name in flags.metrics.split(",") if name]
        found = problem_table.of_groups(groups, metrics)
    else:
        found = table.of_runs([command.path(folder) for folder in arguments])
    made = table.text(found, flags.format)
    if flags.output_file:
        files.write_bytes(pathlib.Path(flags.output_file), made.encode())
        print(f"Wrote {flags.output_file}", file=sys.stderr)
    else:
        print(made, end="")


def run(argv=None) -> int:
    """The console command; returns the exit code."""
    return command.run(main, new_flags(), __doc__, argv, "[NAME=]RUN_FOLDER ...")


if __name__ == "__main__":
    sys.exit(run())
