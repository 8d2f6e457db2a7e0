"""Is a problem learned better together with others, or alone? (Kaiser et al. 2017, section 3)

    python recipes/joint_and_alone.py --tmp_dir=FILES --folder=runs/joint \\
        --problems=parsing_wsj_sample,translate_ende_multi30k --alone=parsing_wsj_sample

Trains one model on all --problems together, and one on each problem of --alone, with every seed;
with --without=experts,attention also on all together without the one or the other. A run alone sees
as many batches of its problem as the joint runs do on average, or as many as --alone_steps says; a
warmup meant for many more may need --alone_hparams=learning_rate_warmup_steps=…. The last
evaluations, mean ± standard deviation over the seeds, are put side by side by t2t-table: table.md
and table.csv in the folder.

What is done already is not done again, and what was stopped goes on.
"""

from __future__ import annotations

import argparse
import pathlib
import sys

import runs

WITHOUT = {
    "experts": "moe_num_experts=1,moe_k=1",
    "attention": "multimodel_attention=false",
}


class Comparison:
    """The folder, and the groups of runs that become the table's columns."""

    def __init__(self, args: argparse.Namespace):
        self.args = args
        self.problems = args.problems.split(",")
        self.alone = [name for name in args.alone.split(",") if name]
        self.sizes = [size for size in args.batch_sizes.split(",") if size]
        self.without = [name for name in args.without.split(",") if name]
        unknown = set(self.alone) - set(self.problems) | set(self.without) - set(WITHOUT)
        if unknown:
            sys.exit(f"--alone and --without cannot name {', '.join(sorted(unknown))}.")
        if self.sizes and len(self.sizes) != len(self.problems):
            sys.exit(
                f"--batch_sizes has {len(self.sizes)} numbers for {len(self.problems)} problems."
            )
        self.groups: dict[str, list[pathlib.Path]] = {}

    def make(self) -> None:
        """Data, runs, table."""
        problems = ",".join(self.problems)
        self.generate(problems)
        steps = self.args.train_steps
        alone_steps = self.args.alone_steps or steps // len(self.problems)
        for seed in range(1, self.args.seeds + 1):
            self.train("joint", seed, problems, steps)
            for name in self.alone:
                self.train("alone", seed, name, alone_steps)
            for part in self.without:
                self.train(f"without {part}", seed, problems, steps, WITHOUT[part])
        self.write()

    def generate(self, problems: str) -> None:
        """The data of all problems."""
        flags = {"problem": problems, "tmp_dir": self.args.tmp_dir}
        if self.args.shared_vocabulary:
            flags["shared_vocabulary"] = self.args.shared_vocabulary
        runs.run("t2t_datagen", data_dir=self.args.folder / "data", **flags)

    def train(self, group: str, seed: int, problem: str, steps: int, overrides: str = "") -> None:
        """A run of a group, which is one column; the runs alone share theirs."""
        column = group if group != "alone" or len(self.alone) == 1 else f"alone: {problem}"
        output = self.args.folder / f"{column.replace(': ', '_').replace(' ', '_')}_{seed}"
        self.groups.setdefault(column, []).append(output)
        given = [text for text in (self.args.hparams, overrides) if text]
        if problem == ",".join(self.problems):
            given += self.of_joint
        else:
            given += self.of_alone(problem)
        runs.train(
            output,
            steps,
            problem=problem,
            model=self.args.model,
            hparams_set=self.args.hparams_set,
            hparams=",".join(given),
            data_dir=self.args.folder / "data",
            random_seed=seed,
            eval_steps=0,
            local_eval_frequency=min(steps, self.args.eval_frequency),
            keep_checkpoint_max=1,
            precision=self.args.precision,
        )

    @property
    def of_joint(self) -> list[str]:
        """Overrides of the runs on all problems."""
        sizes = [f"problem_batch_sizes=[{','.join(self.sizes)}]"] if self.sizes else []
        return sizes + [text for text in (self.args.joint_hparams,) if text]

    def of_alone(self, problem: str) -> list[str]:
        """Overrides of the runs on one problem: batches as large as in the joint runs."""
        sizes = dict(zip(self.problems, self.sizes, strict=False))
        size = [f"batch_size={sizes[problem]}"] if sizes else []
        return size + [text for text in (self.args.alone_hparams,) if text]

    def write(self) -> None:
        """The table as Markdown and CSV, in the folder; and on the screen."""
        groups = [f"{name}={','.join(map(str, paths))}" for name, paths in self.groups.items()]
        for form, ending in (("csv", "csv"), ("markdown", "md")):
            path = self.args.folder / f"table.{ending}"
            runs.run("t2t_table", *groups, by_problem=True, format=form, output_file=path)
        print((self.args.folder / "table.md").read_text())


def main() -> None:
    """Reads the flags; makes the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--problems", required=True, help="Names with commas between.")
    add("--alone", default="", help="Those of them that are also trained alone.")
    add("--without", default="", help="experts, attention: what is left out in further runs.")
    add("--model", default="multi_model")
    add("--hparams_set", default="multimodel_tiny")
    add("--hparams", default="", help="Overrides for all runs.")
    add("--joint_hparams", default="", help="Overrides for those on all problems.")
    add("--alone_hparams", default="", help="Overrides for those alone, such as a shorter warmup.")
    add("--batch_sizes", default="", help="Of each of --problems, with commas; joint and alone.")
    add("--shared_vocabulary", type=int, default=0, help="Size of one for all text; 0: none.")
    add("--seeds", type=int, default=3)
    add("--train_steps", type=int, default=4000, help="Of each run on all problems.")
    add("--alone_steps", type=int, default=0, help="Default: train_steps / number of problems.")
    add("--eval_frequency", type=int, default=1000)
    add("--precision", default="bf16")
    add("--tmp_dir", default="/tmp/t2t_datagen", help="Where the original files are.")
    add("--folder", type=pathlib.Path, default=pathlib.Path("/tmp/t2t_joint"))
    Comparison(parser.parse_args()).make()


if __name__ == "__main__":
    main()
