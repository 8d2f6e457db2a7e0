"""Does a model learn better from another problem's weights than from none?

    python recipes/transfer.py --source_tmp_dir=CIFAR --tmp_dir=FLOWERS --folder=runs/transfer

Trains a model on --source_problem; then on --problem, for --train_steps each and with every seed,
once from the source's weights, all but those of the last layer and of Inception's auxiliary head
(whose shapes depend on the size of pictures), and once from scratch. What both
come to on the test split, mean ± standard deviation over the seeds, is put side by side by
t2t-table: table.md in the folder.

What is done already is not done again, and what was stopped goes on.
"""

from __future__ import annotations

import argparse
import pathlib

import runs


def train_source(args: argparse.Namespace) -> pathlib.Path:
    """The run whose weights are taken over."""
    output = args.folder / "source"
    generate(args, args.source_problem, args.source_tmp_dir)
    runs.train(
        output,
        args.source_steps,
        problem=args.source_problem,
        local_eval_frequency=args.source_steps,
        **common(args, args.source_hparams),
    )
    return output


def train_targets(args: argparse.Namespace, source: pathlib.Path) -> dict[str, list[pathlib.Path]]:
    """Column of the table -> its runs, one for each seed."""
    generate(args, args.problem, args.tmp_dir)
    columns = {
        "fine-tuned": {"warm_start_from": source, "warm_start_exclude": args.warm_start_exclude},
        "from scratch": {},
    }
    outputs: dict[str, list[pathlib.Path]] = {name: [] for name in columns}
    for seed in range(1, args.seeds + 1):
        for name, flags in columns.items():
            output = args.folder / f"{name.replace(' ', '_')}_{seed}"
            runs.train(
                output,
                args.train_steps,
                problem=args.problem,
                random_seed=seed,
                local_eval_frequency=args.train_steps,
                eval_use_test_set=True,
                **flags,
                **common(args, args.hparams),
            )
            outputs[name].append(output)
    return outputs


def generate(args: argparse.Namespace, problem: str, tmp_dir: str) -> None:
    """A problem's data."""
    runs.run("t2t_datagen", problem=problem, data_dir=args.folder / "data", tmp_dir=tmp_dir)


def common(args: argparse.Namespace, hparams: str) -> dict:
    """The flags of all runs."""
    return {
        "model": args.model,
        "hparams_set": args.hparams_set,
        "hparams": hparams,
        "data_dir": args.folder / "data",
        "eval_steps": 0,
        "keep_checkpoint_max": 1,
        "precision": args.precision,
    }


def main() -> None:
    """Reads the flags; trains; makes the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--model", default="inception_v3")
    add("--hparams_set", default="inception_v3_small")
    add("--source_problem", default="image_cifar10")
    add("--source_tmp_dir", default="/tmp/t2t_datagen", help="The source's original files.")
    add("--source_steps", type=int, default=4000)
    add("--source_hparams", default="", help="Overrides for the source.")
    add("--problem", default="image_folder")
    add("--tmp_dir", default="/tmp/t2t_datagen", help="The original files of --problem.")
    add("--train_steps", type=int, default=600, help="Of each run on --problem.")
    add("--hparams", default="", help="Overrides for the runs on --problem.")
    add("--warm_start_exclude", default="logits/,auxiliary/", help="Weights not taken over.")
    add("--seeds", type=int, default=3)
    add("--precision", default="bf16")
    add("--folder", type=pathlib.Path, default=pathlib.Path("/tmp/t2t_transfer"))
    args = parser.parse_args()
    columns = train_targets(args, train_source(args))
    groups = [f"{name}={','.join(map(str, paths))}" for name, paths in columns.items()]
    table = args.folder / "table.md"
    runs.run("t2t_table", *groups, by_problem=True, format="markdown", output_file=table)
    print(table.read_text())


if __name__ == "__main__":
    main()
