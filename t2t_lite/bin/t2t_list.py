"""Lists what there is, or describes one thing.

t2t-list                                        everything
t2t-list problem                                all problems; also: model, hparams, …
t2t-list problem translate_ende_multi30k --data_dir=~/t2t/data
t2t-list model transformer
t2t-list hparams transformer_base
"""

from __future__ import annotations

import sys

from t2t_lite import plugins
from t2t_lite.analysis import overview
from t2t_lite.bin import command
from t2t_lite.errors import T2TError


def new_flags() -> command.Flags:
    """The flags of this command."""
    flags = command.new_flags()
    command.define(flags, "data_dir", "", "Where the data of the problem is.")
    command.define(flags, "t2t_usr_dir", "", "Directory of your own components.")
    return flags


def print_registry() -> None:
    """Prints all components with a line about each."""
    print(overview.list_all())


def main(flags: command.Flags, arguments: list[str]) -> None:
    """Reads the flags; prints."""
    for notice in plugins.load(flags.t2t_usr_dir):
        print(notice, file=sys.stderr)
    if len(arguments) > 2:
        raise T2TError(f"t2t-list takes a kind and a name; '{arguments[2]}' is too much.")
    if not arguments:
        print_registry()
    elif len(arguments) == 1:
        print(overview.list_kind(arguments[0]))
    else:
        kind, name = arguments
        print(overview.describe(kind, name, flags.data_dir))


def run(argv=None) -> int:
    """The console command; returns the exit code."""
    return command.run(main, new_flags(), __doc__, argv, "[KIND [NAME]]")


if __name__ == "__main__":
    sys.exit(run())
