"""Translators compared under one roof: trains, decodes and tabulates all of them on Multi30k.

    python recipes/multi30k_table.py --tmp_dir=MULTI30K_FILES --folder=runs/multi30k_table

Every model sees the same data in batches of the same size for as many steps. First each one is
trained a short while with every learning rate of TRIALS, warmup included; the one with the least
perplexity on the validation set is trained to the end. Its best checkpoint (by BLEU on the
validation set) decodes both test sets, greedily and with beam 4, and t2t-table puts the runs side
by side: table.md and table.csv in the folder, beside trials.md with what the trials gave. With all
rows it also writes the page docs/multi30k_table.md.

What is done already is not done again, and what was stopped goes on; with more --train_steps than
before, all go on to these.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import sys
from typing import NamedTuple

import runs

from t2t_lite import registry

PROBLEM = "translate_ende_multi30k"
SPLITS = ("test", "test_2017")
BEAMS = (1, 4)
TRIALS = (1.0, 2.0, 4.0)
"""Factors of the set's learning rate."""


PAGE = """# Translators compared on Multi30k, English to German

`python recipes/multi30k_table.py` wrote this page: {count} models of some 7 million parameters, one
vocabulary of 8,192 subwords, batches of {batch:,} tokens in bfloat16, {steps:,} updates each. That
is no full training: each saw {tokens} million target tokens, {epochs:.0f} times the training set.
The best checkpoint by BLEU on the validation set decoded both test sets, greedily and with beam 4,
alpha 0.6.

{table}
Minutes are of training on CPU cores that did other work as well; the models are not comparable by
them.

## Settings that were tried

Every model has a set of its own in `t2t_lite/hparams/multi30k.py` or `recipes.py`, and had the same
effort spent on it: {trial_steps} updates with each of {factors} times the set's learning rate,
warmed up over the first half of them. The least perplexity on the validation set, in bold, chose
the rate.

{trials}"""


class Row(NamedTuple):
    """A model of the table, and its set, with some 7 million parameters."""

    model: str
    hparams_set: str


ROWS = {
    "transformer": Row("transformer", "transformer_multi30k"),
    "lstm": Row("nmt", "nmt_multi30k"),
    "lstm_luong": Row("nmt", "nmt_luong_multi30k"),
    "lstm_bahdanau": Row("nmt", "nmt_bahdanau_multi30k"),
    "gnmt": Row("nmt", "nmt_gnmt_multi30k"),
    "bytenet": Row("byte_net", "bytenet_multi30k"),
    "slicenet": Row("slice_net", "slicenet_multi30k"),
    "conv_seq2seq": Row("conv_seq2seq", "conv_seq2seq_multi30k"),
    "universal_transformer": Row("universal_transformer", "universal_transformer_multi30k"),
}


class Table:
    """A folder with the data, the trials and the runs."""

    def __init__(self, folder: str, tmp_dir: str, args: argparse.Namespace):
        self.folder = pathlib.Path(folder)
        self.data = self.folder / "data"
        self.tmp_dir = tmp_dir
        self.args = args

    def make(self, names: list[str]) -> None:
        """Everything, for the rows of those names: first all trials, then the long runs."""
        runs.run("t2t_datagen", problem=PROBLEM, data_dir=self.data, tmp_dir=self.tmp_dir)
        trials = {name: self.trials(name) for name in names}
        self.write_trials(trials)
        for name in names:
            output = self.folder / name
            factor = min(TRIALS, key=lambda factor: trials[name][factor])
            self.train(name, factor, output, self.args.train_steps)
            self.decode(output)
        self.write(names)

    def trials(self, name: str) -> dict[float, float]:
        """The perplexity on the validation set for each factor of the learning rate."""
        found = {}
        for factor in TRIALS:
            output = self.folder / "trials" / f"{name}_{factor:g}"
            warmup = self.args.trial_steps // 2
            self.train(name, factor, output, self.args.trial_steps, warmup, decodes=False)
            found[factor] = last_perplexity(output)
        print(name, found, flush=True)
        return found

    def train(self, name, factor: float, output, steps: int, warmup=None, decodes=True) -> None:
        """Trains a row, or goes on with it, unless it is done.

        Args:
          factor: of the set's greatest learning rate.
          warmup: steps of warmup; None: those of the set.
          decodes: whether evaluation decodes too, for BLEU.
        """
        row = ROWS[name]
        hparams = registry.hparams(row.hparams_set)
        warmup = warmup or hparams.learning_rate_warmup_steps
        # rsqrt_decay makes the greatest rate proportional to warmup ** -0.5.
        rate = factor * hparams.learning_rate_constant
        rate *= (warmup / hparams.learning_rate_warmup_steps) ** 0.5
        runs.train(
            output,
            steps,
            problem=PROBLEM,
            model=row.model,
            hparams_set=row.hparams_set,
            hparams=f"learning_rate_constant={rate:.4g},learning_rate_warmup_steps={warmup}",
            data_dir=self.data,
            local_eval_frequency=min(steps, self.args.eval_frequency),
            eval_steps=0,
            **({} if decodes else {"eval_decode_samples": 0}),
            keep_checkpoint_max=1,
            precision=self.args.precision,
        )

    def decode(self, output: pathlib.Path) -> None:
        """Decodes the test sets with the best checkpoint of a run."""
        for split in SPLITS:
            for beam in BEAMS:
                decoded = output / "decodes" / f"{split}.beam{beam}.alpha0.6.decodes"
                if runs.is_newer(decoded, output):
                    continue
                runs.run(
                    "t2t_decoder",
                    output_dir=output,
                    checkpoint_path=output / "best",
                    split=split,
                    decode_hparams=f"beam_size={beam},alpha=0.6,extra_length=50",
                )

    def write_trials(self, trials: dict[str, dict[float, float]]) -> None:
        """What the trials gave, as Markdown."""
        lines = ["| | " + " | ".join(f"learning rate x {factor:g}" for factor in TRIALS) + " |"]
        lines.append("|---|" + "---|" * len(TRIALS))
        for name, found in trials.items():
            cells = [
                f"**{value:.1f}**" if value == min(found.values()) else f"{value:.1f}"
                for value in found.values()
            ]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
        (self.folder / "trials.md").write_text("\n".join(lines) + "\n")

    def write(self, names: list[str]) -> None:
        """The table as Markdown and CSV, in the folder; and on the screen."""
        folders = [str(self.folder / name) for name in names]
        for form, ending in (("csv", "csv"), ("markdown", "md")):
            path = self.folder / f"table.{ending}"
            runs.run("t2t_table", *folders, format=form, output_file=path)
        print((self.folder / "table.md").read_text())
        if names == list(ROWS):
            self.write_page()

    def write_page(self) -> None:
        """docs/multi30k_table.md."""
        summaries = [json.loads((self.folder / name / "summary.json").read_text()) for name in ROWS]
        seen = [summary["target_tokens"] for summary in summaries]
        millions = dict.fromkeys(f"{tokens / 1e6:.1f}" for tokens in (min(seen), max(seen)))
        manifest = json.loads((self.data / f"{PROBLEM}.manifest.json").read_text())
        once = manifest["splits"]["train"]["tokens"]["targets"]
        batch = registry.hparams(ROWS["transformer"].hparams_set).batch_size
        tables = [(self.folder / f"{name}.md").read_text() for name in ("table", "trials")]
        text = PAGE.format(
            count=len(ROWS),
            batch=batch,
            steps=self.args.train_steps,
            tokens=" to ".join(millions),
            epochs=sum(seen) / len(seen) / once,
            trial_steps=self.args.trial_steps,
            factors=", ".join(f"{factor:g}" for factor in TRIALS),
            table=tables[0],
            trials=tables[1],
        )
        docs = pathlib.Path(__file__).parents[1] / "docs"
        (docs / "multi30k_table.md").write_text(text, encoding="utf-8")


def last_perplexity(output: pathlib.Path) -> float:
    """Of a run's last evaluation."""
    lines = map(json.loads, (output / "metrics.jsonl").read_text().splitlines())
    return [line["perplexity"] for line in lines if line["kind"] == "eval"][-1]


def main() -> None:
    """Reads the flags; makes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_datagen", help="Multi30k's files.")
    parser.add_argument("--folder", default="/tmp/t2t_multi30k_table", help="Where to work.")
    parser.add_argument("--rows", default=",".join(ROWS), help="Which models, with commas.")
    parser.add_argument("--train_steps", type=int, default=2000)
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
