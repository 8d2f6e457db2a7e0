"""Trains any registered model on any registered problem with any hparams set.

    t2t-trainer --generate_data --problem=translate_ende_cldr --model=transformer \\
        --hparams_set=transformer_tiny --data_dir=data --output_dir=runs/first --train_steps=1000

Killed or stopped, the same command goes on where it was. In a folder that holds a run,
--output_dir is enough.
"""

from __future__ import annotations

import dataclasses
import os
import sys

from t2t_lite import config, plugins, registry
from t2t_lite.bin import command
from t2t_lite.errors import T2TError
from t2t_lite.problems import mixture
from t2t_lite.training.run_config import RunConfig

REQUIRED = ("problem", "model", "hparams_set", "data_dir", "output_dir")


def new_flags() -> command.Flags:
    """The flags of this command."""
    flags = command.new_flags()
    command.define_fields(flags, RunConfig)
    command.define(flags, "generate_data", False, "Generate the problem's data first.")
    command.define(flags, "registry_help", False, "List all components and stop.")
    command.define(flags, "gin_file", [], "A gin file with run.NAME = ... and hparams.NAME = ...")
    command.define(flags, "gin_param", [], "One such binding: 'hparams.batch_size = 2048'.")
    return flags


def run_config(flags: command.Flags) -> tuple[RunConfig, dict]:
    """The settings, and hparams from gin: what the output_dir's run had, then gin, then flags."""
    values = config.load_config(flags.gin_file, flags.gin_param)
    settings = {
        **config.checked_fields(RunConfig, values["run"], "run"),
        **command.given(flags, RunConfig),
    }
    if settings.get("output_dir"):
        from t2t_lite.training.run_folder import RunFolder

        folder = RunFolder(settings["output_dir"])
        folder.refuse_tensor2tensors()
        if folder.exists():
            old = dataclasses.asdict(folder.load_run())
            old["hparams"] = ""  # they are in its hparams.json
            settings = {**old, **settings}
    run = RunConfig(**settings)
    for field in dataclasses.fields(RunConfig):
        if field.name in REQUIRED and not getattr(run, field.name):
            help_text = field.metadata["help"]
            raise T2TError(f"--{field.name} is missing: {help_text[0].lower()}{help_text[1:]}")
    for name in ("data_dir", "t2t_usr_dir"):  # The run folder is used from other directories, too.
        if getattr(run, name):
            setattr(run, name, os.path.abspath(getattr(run, name)))
    return run, values["hparams"]


def check_names(run: RunConfig) -> None:
    """Wrong names are an error before anything long begins."""
    mixture.problems(run.problem)
    registry.models.get(run.model)
    registry.hparams(run.hparams_set)


def main(flags: command.Flags, arguments: list[str]) -> None:
    """Reads the flags; trains."""
    for notice in plugins.load(flags.t2t_usr_dir):
        print(notice, file=sys.stderr)
    if flags.registry_help:
        from t2t_lite.bin import t2t_list

        t2t_list.print_registry()
        return
    run, hparams = run_config(flags)
    if run.t2t_usr_dir:  # known from the output_dir's run or from gin
        plugins.import_usr_dir(run.t2t_usr_dir)
    check_names(run)
    if flags.generate_data:
        for problem in mixture.problems(run.problem).values():
            problem.generate_data(run.data_dir, run.tmp_dir)
    from t2t_lite.training.train import train

    train(run, hparams)


def run(argv=None) -> int:
    """The console command; returns the exit code."""
    return command.run(main, new_flags(), __doc__, argv)


if __name__ == "__main__":
    sys.exit(run())
