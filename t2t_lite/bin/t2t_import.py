"""Turns a training directory of Tensor2Tensor into a run folder, to decode from and train on.

    t2t-import --t2t_dir=~/t2t_train/small --data_dir=~/t2t_data --output_dir=runs/small
    t2t-decoder --output_dir=runs/small --decode_from_file=in.en
    t2t-trainer --output_dir=runs/small --train_steps=300000

Its problem, model and hparams set are read from its flags_t2t.txt or flags.txt, or given by flags.
"""

from __future__ import annotations

import sys

from t2t_lite.bin import command
from t2t_lite.errors import T2TError


def new_flags() -> command.Flags:
    """The flags of this command."""
    flags = command.new_flags()
    define = command.define
    define(flags, "t2t_dir", "", "Training directory of Tensor2Tensor.")
    define(flags, "output_dir", "", "Run folder to write; there must be none yet.")
    define(flags, "checkpoint_path", "", "Checkpoint or folder of them; default: the newest.")
    define(flags, "data_dir", "", "Where the data and the vocabulary are.")
    define(flags, "t2t_usr_dir", "", "Directory of your own problems, models and sets.")
    for name in ("problem", "model", "hparams_set"):
        define(flags, name, "", "If its files do not say it, or it is called otherwise now.")
    return flags


def main(flags: command.Flags, arguments: list[str]) -> None:
    """Reads the flags; imports."""
    for name in ("t2t_dir", "output_dir"):
        if not getattr(flags, name):
            raise T2TError(f"--{name} is missing.")
    from t2t_lite.training import t2t_directory

    given = {name: getattr(flags, name) for name in t2t_directory.SETTINGS}
    step = t2t_directory.import_run(flags.t2t_dir, flags.output_dir, flags.checkpoint_path, **given)
    print(
        f"Wrote {flags.output_dir}, at step {step}. Next: t2t-decoder "
        f"--output_dir={flags.output_dir} --decode_from_file=FILE"
    )


def run(argv=None) -> int:
    """The console command; returns the exit code."""
    return command.run(main, new_flags(), __doc__, argv)


if __name__ == "__main__":
    sys.exit(run())
