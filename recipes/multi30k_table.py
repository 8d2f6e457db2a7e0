"""Translators compared under one roof: trains, decodes and tabulates all of them on Multi30k.

    python recipes/multi30k_table.py --tmp_dir=MULTI30K_FILES --folder=runs/multi30k_table

Every model sees the same data in batches of the same size for as many steps. First each one is
trained a short while with every learning rate of TRIALS; the one with the best BLEU on the
validation set is trained to the end. Its best checkpoint (again by the validation set) decodes both
test sets, greedily and with beam 4, and t2t-table puts the runs side by side.

What is done already is not done again, and what was stopped goes on.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import subprocess
import sys
from typing import NamedTuple

PROBLEM = "translate_ende_multi30k"
SPLITS = ("test", "test_2017")
BEAMS = (1, 4)
TRIALS = (0.5, 1.0, 2.0)
"""Factors of the set's learning rate."""


class Row(NamedTuple):
    """A model of the table."""

    model: str
    hparams_set: str
    overrides: str = ""


ROWS = {
    "transformer": Row("transformer", "transformer_multi30k"),
}


class Table:
    """A folder with the data, the trials and the runs."""

    def __init__(self, folder: str, tmp_dir: str, args: argparse.Namespace):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.tmp_dir = tmp_dir
        self.args = args

    def make(self, names: list[str]) -> None:
        """Everything, for the rows of those names."""
        run("t2t_datagen", problem=PROBLEM, data_dir=self.data, tmp_dir=self.tmp_dir)
        for name in names:
            factor = self.best_factor(name)
            output = self.folder / name
            self.train(name, factor, output, self.args.train_steps)
            self.decode(output)
        self.write(names)

    def best_factor(self, name: str) -> float:
        """The factor of the learning rate whose trial has the best BLEU on the validation set."""
        scores = {}
        for factor in TRIALS:
            output = self.folder / "trials" / f"{name}_{factor:g}"
            self.train(name, factor, output, self.args.trial_steps)
            scores[factor] = last_bleu(output)
        best = max(scores, key=lambda factor: scores[factor])
        print(f"{name}: {scores}; takes {best:g}", flush=True)
        return best

    def train(self, name: str, factor: float, output: pathlib.Path, steps: int) -> None:
        """Trains a row, or goes on with it, unless it is done."""
        if (output / "DONE").exists():
            return
        row = ROWS[name]
        from t2t_lite import registry

        rate = registry.hparams(row.hparams_set).learning_rate_constant * factor
        overrides = [row.overrides] * bool(row.overrides)
        run(
            "t2t_trainer",
            problem=PROBLEM,
            model=row.model,
            hparams_set=row.hparams_set,
            hparams=",".join([*overrides, f"learning_rate_constant={rate:g}"]),
            data_dir=self.data,
            output_dir=output,
            train_steps=steps,
            local_eval_frequency=min(steps, self.args.eval_frequency),
            eval_steps=0,
            keep_checkpoint_max=1,
            precision=self.args.precision,
        )
        (output / "DONE").write_text(f"{steps}\n")

    def decode(self, output: pathlib.Path) -> None:
        """Decodes the test sets with the best checkpoint of a run."""
        for split in SPLITS:
            for beam in BEAMS:
                if (output / "decodes" / f"{split}.beam{beam}.alpha0.6.decodes").exists():
                    continue
                run(
                    "t2t_decoder",
                    output_dir=output,
                    checkpoint_path=output / "best",
                    split=split,
                    decode_hparams=f"beam_size={beam},alpha=0.6,extra_length=50",
                )

    def write(self, names: list[str]) -> None:
        """The table as Markdown and CSV, in the folder; and on the screen."""
        folders = [str(self.folder / name) for name in names]
        for form, ending in (("csv", "csv"), ("markdown", "md")):
            path = self.folder / f"table.{ending}"
            run("t2t_table", *folders, format=form, output_file=path)
        print((self.folder / "table.md").read_text())


def last_bleu(output: pathlib.Path) -> float:
    """BLEU of a run's last evaluation."""
    lines = map(json.loads, (output / "metrics.jsonl").read_text().splitlines())
    return [line["bleu"] for line in lines if line["kind"] == "eval"][-1]


def run(module: str, *arguments: str, **flags) -> None:
    """A command of t2t_lite; stops here if it fails."""
    given = [f"--{name}={value}" for name, value in flags.items()]
    subprocess.run([sys.executable, "-m", f"t2t_lite.bin.{module}", *arguments, *given], check=True)


def main() -> None:
    """Reads the flags; makes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_datagen", help="Multi30k's files.")
    parser.add_argument("--folder", default="/tmp/t2t_multi30k_table", help="Where to work.")
    parser.add_argument("--rows", default=",".join(ROWS), help="Which models, with commas.")
    parser.add_argument("--train_steps", type=int, default=4000)
    parser.add_argument("--trial_steps", type=int, default=400)
    parser.add_argument("--eval_frequency", type=int, default=500)
    parser.add_argument("--precision", default="bf16")
    args = parser.parse_args()
    names = args.rows.split(",")
    unknown = set(names) - set(ROWS)
    if unknown:
        sys.exit(f"There is no row {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}.")
    Table(args.folder, args.tmp_dir, args).make(names)


if __name__ == "__main__":
    main()
