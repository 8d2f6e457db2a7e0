"""Writes the data of problems: vocabularies, shards and a manifest in --data_dir.

    t2t-datagen --problem=translate_ende_multi30k --data_dir=~/t2t/data --tmp_dir=~/t2t/tmp

The original files are looked for in --tmp_dir, else downloaded to it. Run again, it carries on
from where it was broken off, and does nothing if all is there.
"""

from __future__ import annotations

import sys

from t2t_lite import plugins, registry
from t2t_lite.bin import command
from t2t_lite.errors import T2TError
from t2t_lite.problems import mixture
from t2t_lite.problems.base import DEFAULT_SEED

# What Tensor2Tensor's t2t-datagen had besides; it changes nothing that is written here.
_IGNORED = {
    "num_shards": "the number of shards is the problem's dataset_splits",
    "task_id": "one command writes all shards",
    "task_id_start": "one command writes all shards",
    "task_id_end": "one command writes all shards",
    "max_cases": "all samples are written",
    "run_locally": "it always does",
}


def new_flags() -> command.Flags:
    """The flags of this command."""
    flags = command.new_flags()
    command.define(
        flags, "problem", "", "Problems, separated by commas; `algorithmic_*` is all of a prefix."
    )
    command.define(flags, "exclude_problems", "", "Problems left out, separated by commas.")
    command.define(flags, "data_dir", "", "Where the data is written.")
    command.define(flags, "tmp_dir", "/tmp/t2t_datagen", "Where the original files are.")
    command.define(flags, "t2t_usr_dir", "", "Directory of your own problems.")
    command.define(
        flags, "num_concurrent_processes", 0, "Processes that encode samples; 0: one per core."
    )
    command.define(flags, "random_seed", DEFAULT_SEED, "Seed of shuffling and of generators.")
    command.define(
        flags,
        "shared_vocabulary",
        0,
        "Size of one subword vocabulary for all the problems; 0: none.",
    )
    command.define(flags, "overwrite", False, "Replace data that is there; vocabularies are kept.")
    command.define(flags, "only_list", False, "List the problems and stop.")
    for name in _IGNORED:
        command.define(flags, name, "", "(Tensor2Tensor's; without effect.)")
    return flags


def problem_names(pattern: str, excluded: str = "") -> list[str]:
    """The names that --problem and --exclude_problems mean; T2TError if one does not exist."""
    names: list[str] = []
    for part in filter(None, pattern.split(",")):
        prefix = part.removesuffix("*")
        matching = [name for name in registry.problems if name.startswith(prefix)]
        names += matching if part.endswith("*") and matching else [part]
    names = [name for name in dict.fromkeys(names) if name not in excluded.split(",")]
    for name in names:
        registry.problem(name)
    return names


def main(flags: command.Flags, arguments: list[str]) -> None:
    """Reads the flags; generates the data of one problem after the other."""
    for notice in plugins.load(flags.t2t_usr_dir):
        print(notice, file=sys.stderr)
    for name, reason in _IGNORED.items():
        if flags[name].present:
            print(f"--{name} is ignored: {reason}.", file=sys.stderr)
    if flags.only_list:
        print("\n".join(registry.problems))
        return
    names = problem_names(flags.problem, flags.exclude_problems)
    missing = [flag for flag in ("problem", "data_dir") if not flags[flag].value]
    if missing:
        raise T2TError(f"--{missing[0]} is missing. `t2t-list problem` shows the problems.")
    if flags.shared_vocabulary:
        members = mixture.problems(",".join(names))
        size = flags.shared_vocabulary
        mixture.build_shared_vocabulary(members, flags.data_dir, flags.tmp_dir, size)
    for name in names:
        registry.problem(name).generate_data(
            flags.data_dir,
            flags.tmp_dir,
            num_workers=flags.num_concurrent_processes or None,
            seed=flags.random_seed,
            overwrite=flags.overwrite,
        )


def run(argv=None) -> int:
    """The console command; returns the exit code."""
    return command.run(main, new_flags(), __doc__, argv)


if __name__ == "__main__":
    sys.exit(run())
