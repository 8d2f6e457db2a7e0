"""English to German on Multi30k within a given time, everything included; writes multi30k.md.

    python benchmarks/multi30k.py --tmp_dir=MULTI30K_FILES --minutes=60

Generates the data, trains `transformer_multi30k`, averages checkpoints (how many, is chosen by BLEU
on the validation set), and decodes test_2016_flickr with beam 4, α 0.6. The rows for earlier times
do the same with the checkpoints that the run had by then.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import platform
import subprocess
import sys
import time

import measuring
import numpy as np

PROBLEM = measuring.MULTI30K
MARKS = (5, 10, 20, 40, 60)  # Minutes after the start.
WIDTHS = (1, 3, 6, 10)  # How many checkpoints are averaged, at most.
FINISH_SECONDS = 150  # Kept for averaging, choosing and decoding at the end.
DECODE = "beam_size=4,alpha=0.6,extra_length=50"


PAGE = """# Multi30k, English to German, within {minutes:.0f} minutes on a CPU

`python benchmarks/multi30k.py --tmp_dir=MULTI30K_FILES --minutes={minutes:.0f}` wrote this page.
The corpus alone, no warm start; test_2016_flickr, sacrebleu, cased, beam 4, α 0.6. How many of the
last checkpoints are averaged is chosen by BLEU on the validation set. Minutes count from the first
command and include everything: generation, training, the evaluations during it, choosing, decoding.
(The rows before the last use the checkpoints that there were early enough to choose and decode by
then.)

| minutes | step | averaged | BLEU dev | BLEU test 2016 |
|---|---|---|---|---|
{rows}

Signature: `{signature}`.

{machine}, {cores} cores. {tokens:,} target tokens in all, {speed:,.0f} per second of training
(median); {padding:.1%} of the batches is padding. The commands:

{commands}
"""


class Contest:
    """Scores averages of checkpoints on the validation set, and the best one on the test set."""

    def __init__(self, run_folder: str):
        import t2t_lite

        self.folder = run_folder
        self.translate = t2t_lite.load(run_folder, DECODE)

    def sentences(self, split: str) -> tuple[list[str], list[str]]:
        """Inputs and references of a split."""
        from t2t_lite.data import records

        run = self.translate.run
        encoders = self.translate.problem.get_feature_encoders(run.data_dir)
        examples = [
            example
            for path in self.translate.problem.filepaths(run.data_dir, split)
            for example in records.read_examples(path)
        ]
        return tuple(
            [encoders[name].decode_until_eos(example[name]) for example in examples]
            for name in ("inputs", "targets")
        )

    def score(self, split: str) -> tuple[float, str]:
        """BLEU (13a, cased) of the model as it is, and the signature."""
        from t2t_lite.metrics.bleu import bleu

        inputs, references = self.sentences(split)
        return bleu(self.translate(inputs), references)

    def best(self, paths: list[str], widths=WIDTHS) -> tuple[int, float]:
        """Sets the weights to the best average of the last checkpoints: (how many, dev BLEU)."""
        from t2t_lite.training import averaging

        scores = {}
        for width in sorted({min(width, len(paths)) for width in widths}):
            averaging.average(self.translate.model, paths[-width:], f"{self.folder}/avg")
            scores[width] = self.score("dev").value
        width = max(scores, key=lambda width: scores[width])
        averaging.average(self.translate.model, paths[-width:], f"{self.folder}/avg")
        return width, scores[width]


def main() -> None:
    """Runs everything and writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_datagen", help="Multi30k's files.")
    parser.add_argument("--folder", default="/tmp/t2t_multi30k", help="Where to work; made anew.")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--hparams", default="", help="Overrides.")
    parser.add_argument("--precision", default="bf16")
    args = parser.parse_args()
    start = time.time()
    data, run = f"{args.folder}/data", f"{args.folder}/run"
    if os.path.exists(run):
        sys.exit(f"{run} exists: give another --folder, for the clock starts at zero.")
    commands = [
        measuring.command("t2t_datagen", problem=PROBLEM, data_dir=data, tmp_dir=args.tmp_dir),
        measuring.command(
            "t2t_trainer",
            problem=PROBLEM,
            model="transformer",
            hparams_set="transformer_multi30k",
            hparams=args.hparams,
            data_dir=data,
            output_dir=run,
            precision=args.precision,
            local_eval_frequency=300,
            eval_steps=0,
            keep_checkpoint_max=0,
            time_limit_minutes=round(args.minutes - FINISH_SECONDS / 60 - 0.25, 2),
        ),
    ]
    for arguments in commands:
        subprocess.run(arguments, check=True)
    rows = curve(run, start, args.minutes)
    write(rows, commands, run, args.minutes)


def curve(run: str, start: float, minutes: float) -> list[tuple]:
    """(minutes, step, averaged, dev BLEU, test BLEU, signature), the last one timed for real."""
    from t2t_lite.training import checkpoints

    contest = Contest(run)
    paths = checkpoints.all_in(run)
    rows = []
    for mark in sorted({m for m in MARKS if m < minutes} | {minutes}, reverse=True):
        is_last = mark == minutes
        # An earlier row may use what its time had left after choosing and decoding.
        limit = np.inf if is_last else start + mark * 60 - min(60, 6 * mark)
        known = [path for path in paths if os.path.getmtime(f"{path}.index") <= limit]
        if not known:
            continue
        width, dev = contest.best(known, (WIDTHS if is_last or mark >= 20 else (1, 3)))
        test, signature = contest.score("test")
        reached = (time.time() - start) / 60 if is_last else mark
        rows.append((reached, checkpoints.step_of(known[-1]), width, dev, test, signature))
        print(f"{reached:.1f} min: step {rows[-1][1]}, test BLEU {test:.2f}", flush=True)
    return rows[::-1]


def write(rows: list[tuple], commands: list[list[str]], run: str, minutes: float) -> None:
    """The page beside this file."""
    from t2t_lite.training.reporting import MetricsLog

    train = [
        m for m in MetricsLog(pathlib.Path(run) / "metrics.jsonl").read() if m["kind"] == "train"
    ]
    page = PAGE.format(
        minutes=minutes,
        rows="\n".join(
            f"| {minutes:.0f} | {step} | {width} | {dev:.1f} | **{test:.1f}** |"
            for minutes, step, width, dev, test, _ in rows
        ),
        signature=rows[-1][-1],
        machine=platform.processor() or platform.machine(),
        cores=os.cpu_count(),
        tokens=sum(line["target_tokens"] for line in train),
        speed=np.median([line["target_tokens_per_second"] for line in train]),
        padding=np.mean([line["padding"] for line in train]),
        commands="\n".join(map(measuring.readable, commands)),
    )
    pathlib.Path(__file__).with_suffix(".md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main()
