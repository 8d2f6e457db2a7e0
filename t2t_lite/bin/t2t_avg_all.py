"""Averages the weights of the last checkpoints of a run, into a run folder of its own.

t2t-avg-all --model_dir=runs/first --output_dir=runs/first/avg --n=8
t2t-decoder --output_dir=runs/first/avg --decode_from_file=in.en
"""

from __future__ import annotations

import shutil
import sys

from t2t_lite.bin import command
from t2t_lite.errors import T2TError

COPIED = ("hparams.json", "config.gin", "versions.json", "vocabularies.json")


def new_flags() -> command.Flags:
    """The flags of this command."""
    flags = command.new_flags()
    command.define(flags, "model_dir", "", "Run folder whose checkpoints are averaged.")
    command.define(flags, "output_dir", "", "Where to write; default: MODEL_DIR/avg.")
    command.define(flags, "n", 8, "How many checkpoints, counted from the last.")
    command.define(flags, "min_steps", 0, "Leave out checkpoints before this step.")
    command.define(flags, "data_dir", "", "Where the vocabularies are; default: as in training.")
    command.define(flags, "t2t_usr_dir", "", "Where the run's plug-ins are; default: as then.")
    return flags


def main(flags: command.Flags, arguments: list[str]) -> None:
    """Reads the flags; averages."""
    if not flags.model_dir:
        raise T2TError("--model_dir is missing: the run folder of a t2t-trainer run.")
    if flags.n < 1:
        raise T2TError(f"--n must be at least 1, not {flags.n}.")
    from t2t_lite.problems import mixture
    from t2t_lite.training import averaging, checkpoints, loading
    from t2t_lite.training.run_folder import RunFolder

    source = RunFolder(flags.model_dir)
    source.refuse_tensor2tensors()
    target = RunFolder(flags.output_dir or f"{flags.model_dir}/avg")
    translator = loading.load(
        flags.model_dir,
        data_dir=flags.data_dir,
        t2t_usr_dir=flags.t2t_usr_dir,
        problem=mixture.names(source.load_run().problem)[0],  # Of several: the weights are all's.
    )
    paths = checkpoints.all_in(flags.model_dir)
    paths = [path for path in paths if checkpoints.step_of(path) >= flags.min_steps][-flags.n :]
    if not paths:
        raise T2TError(
            f"{flags.model_dir} has no checkpoint from --min_steps={flags.min_steps} on."
        )
    if target.metrics.read():
        raise T2TError(f"{target.path} holds a training run; choose another --output_dir.")
    target.create()
    for name in COPIED:
        shutil.copy(source.path / name, target.path / name)
    written = averaging.average(translator.model, paths, str(target.path))
    steps = ", ".join(str(checkpoints.step_of(path)) for path in paths)
    print(f"Wrote {written}, the average of the steps {steps}.")


def run(argv=None) -> int:
    """The console command; returns the exit code."""
    return command.run(main, new_flags(), __doc__, argv)


if __name__ == "__main__":
    sys.exit(run())
