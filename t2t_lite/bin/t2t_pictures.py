"""Draws pictures of a problem as training sees them: a sheet, to look at an augmentation.

    t2t-pictures --problem=image_cifar10 --data_dir=~/t2t/data --output_file=sheet.png
    t2t-pictures --problem=image_folder --data_dir=~/t2t/data --output_file=sheet.png \\
        --hparams_set=transformer_patches --hparams=image_augmentation=inception,random_erasing=0.3

Each row is one picture: first as in evaluation, then as in training, again and again.
"""

from __future__ import annotations

import sys

from t2t_lite import plugins, registry
from t2t_lite.bin import command
from t2t_lite.errors import T2TError


def new_flags() -> command.Flags:
    """The flags of this command."""
    flags = command.new_flags()
    define = command.define
    define(flags, "problem", "", "Problem whose inputs are pictures.")
    define(flags, "data_dir", "", "Where its data is.")
    define(flags, "split", "train", "Split of which the first pictures are drawn.")
    define(flags, "hparams_set", "transformer_patches", "Set that says how to augment.")
    define(flags, "hparams", "", "Changes of the set: 'image_augmentation=inception'.")
    define(flags, "output_file", "", "PNG to write.")
    define(flags, "rows", 6, "How many pictures.")
    define(flags, "columns", 8, "How often each is drawn.")
    define(flags, "random_seed", 0, "Seed of the augmentation.")
    define(flags, "t2t_usr_dir", "", "Directory of your own components.")
    return flags


def main(flags: command.Flags, arguments: list[str]) -> None:
    """Reads the flags; draws."""
    missing = [name for name in ("problem", "data_dir", "output_file") if not flags[name].value]
    if missing:
        raise T2TError(f"--{missing[0]} is missing.")
    if min(flags.rows, flags.columns) < 1:
        raise T2TError("--rows and --columns must be at least 1.")
    for notice in plugins.load(flags.t2t_usr_dir):
        print(notice, file=sys.stderr)
    from t2t_lite.analysis import contact_sheet

    hparams = registry.hparams(flags.hparams_set)
    for notice in hparams.parse(flags.hparams):
        print(notice, file=sys.stderr)
    contact_sheet.write(
        flags.output_file,
        registry.problem(flags.problem),
        flags.data_dir,
        flags.split,
        hparams,
        flags.rows,
        flags.columns,
        flags.random_seed,
    )
    print(f"Wrote {flags.output_file}", file=sys.stderr)


def run(argv=None) -> int:
    """The console command; returns the exit code."""
    return command.run(main, new_flags(), __doc__, argv)


if __name__ == "__main__":
    sys.exit(run())
