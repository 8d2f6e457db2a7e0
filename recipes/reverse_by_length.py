"""What attention is good for: reversing a sequence, with it and without, by the sequence's length.

    python recipes/reverse_by_length.py --folder=runs/reverse

Trains `lstm_seq2seq_attention` and `lstm_seq2seq` on `algorithmic_reverse_decimal40` with the same
set for as many steps, decodes the test set (lengths as in training, 1 to 40) and a part of the
development set (up to 400), and writes docs/reverse_by_length.md and .png.

What is done already is not done again, and what was stopped goes on. Needs `t2t-lite[plots]`.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
import os
import pathlib
import sys

import numpy as np
import runs

PROBLEM = "algorithmic_reverse_decimal40"
SET = "lstm_algorithmic"
MODELS = {"with attention": "lstm_seq2seq_attention", "without": "lstm_seq2seq"}
SPLITS = {"test": -1, "dev": 2000}
"""Split -> how many of its examples are decoded; -1: all."""
EDGES = (1, 6, 11, 16, 21, 26, 31, 36, 41, 51, 61, 81, 401)
"""A bin of lengths goes from one of these to the next, which is not in it."""
PAGE = """# Reversing, by length

`python recipes/reverse_by_length.py` wrote this page: `{problem}` (reverse a sequence of
digits), the set `{set}`, {steps:,} steps each{minutes}. Training sequences have 1 to 40 digits;
greedy decoding of the test set, which is drawn in the same way, and of {dev:,} sequences of
the development set, for longer ones. A symbol is right if the right digit stands at its place.

![Share of right symbols and sequences by length](reverse_by_length.png)

Of all sequences of the test set, exact: {exact}.

| length | sequences | {heads} |
|---|---|{lines}|
{rows}
"""

Outputs = list[tuple[list[str], list[str]]]
"""(target, prediction) of each sequence, as symbols."""


def train(model: str, output: pathlib.Path, args: argparse.Namespace) -> None:
    """Trains a model, or goes on with it, unless it is done."""
    runs.train(
        output,
        args.train_steps,
        generate_data=True,
        problem=PROBLEM,
        model=model,
        hparams_set=SET,
        data_dir=args.folder / "data",
        local_eval_frequency=args.eval_frequency,
        keep_checkpoint_max=1,
        precision=args.precision,
    )


def outputs_of(output: pathlib.Path) -> dict[str, Outputs]:
    """What a run makes of each split; decodes those that were not yet."""
    found = {}
    for split, count in SPLITS.items():
        path = output / "decodes" / f"{split}.beam1.alpha0.6.decodes"
        if not runs.is_newer(path, output):
            settings = f"beam_size=1,extra_length=5,batch_size=128,num_samples={count}"
            runs.run("t2t_decoder", output_dir=output, split=split, decode_hparams=settings)
        targets = path.with_suffix(".targets").read_text().splitlines()
        predictions = path.read_text().splitlines()
        pairs = zip(targets, predictions, strict=True)
        found[split] = [(target.split(), prediction.split()) for target, prediction in pairs]
    return found


def right(target: list[str], prediction: list[str]) -> float:
    """The share of the target's symbols that stand at the same place in the prediction."""
    return sum(a == b for a, b in zip(target, prediction, strict=False)) / len(target)


def by_length(outputs: dict[str, Outputs]) -> list[tuple[int, float, float]]:
    """For each bin of lengths: sequences, share of right symbols, share of exact sequences.

    Up to the greatest length of training they are those of the test set, above those of "dev".
    """
    bins = []
    for low, high in itertools.pairwise(EDGES):
        split = "test" if low <= 40 else "dev"
        pairs = [pair for pair in outputs[split] if low <= len(pair[0]) < high]
        symbols = np.mean([right(*pair) for pair in pairs])
        exact = np.mean([target == prediction for target, prediction in pairs])
        bins.append((len(pairs), float(symbols), float(exact)))
    return bins


def labels() -> list[str]:
    """The bins' names."""
    return [f"{low}–{high - 1}" for low, high in itertools.pairwise(EDGES)]


def draw(found: dict[str, list[tuple[int, float, float]]], path: pathlib.Path) -> None:
    """A picture: shares of right symbols and of exact sequences."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(10, 3.6), sharey=True, layout="constrained")
    for number, (title, axis) in enumerate(zip(("symbols", "sequences"), axes, strict=True), 1):
        for name, bins in found.items():
            axis.plot(labels(), [100 * values[number] for values in bins], "o-", label=name)
        axis.axvline(EDGES.index(41) - 0.5, color="gray", linestyle=":")
        axis.set_title(f"right {title}, %")
        axis.set_xlabel("length (dotted: the greatest in training)")
        axis.tick_params(axis="x", rotation=60)
        axis.grid(alpha=0.3)
    axes[0].legend()
    figure.savefig(path, dpi=110)


def page(
    found: dict[str, list[tuple[int, float, float]]],
    exact: dict[str, float],
    minutes: dict[str, float],
    steps: int,
) -> str:
    """The table, in Markdown."""
    rows = []
    for i, label in enumerate(labels()):
        cells = [f"{s:.1%} | {e:.1%}" for _, s, e in (bins[i] for bins in found.values())]
        count = next(iter(found.values()))[i][0]
        rows.append(f"| {label} | {count:,} | {' | '.join(cells)} |")
    took = ", ".join(f"{value:.0f} minutes {name}" for name, value in minutes.items())
    return PAGE.format(
        problem=PROBLEM,
        set=SET,
        steps=steps,
        minutes=f" ({took}, on {os.cpu_count()} CPU cores, other work and stops included)",
        dev=SPLITS["dev"],
        exact=", ".join(f"{value:.2%} {name}" for name, value in exact.items()),
        heads=" | ".join(f"{name}: symbols | sequences" for name in found),
        lines="---|" * (2 * len(found) - 1) + "---",
        rows="\n".join(rows),
    )


def main() -> None:
    """Reads the flags; trains, decodes, draws."""
    here = pathlib.Path(__file__).parent
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=pathlib.Path, default="/tmp/t2t_reverse_by_length")
    parser.add_argument("--docs", type=pathlib.Path, default=here.parent / "docs")
    parser.add_argument("--train_steps", type=int, default=1500)
    parser.add_argument("--eval_frequency", type=int, default=500)
    parser.add_argument("--precision", default="float32")
    args = parser.parse_args()
    if importlib.util.find_spec("matplotlib") is None:
        sys.exit('There is no matplotlib to draw with: pip install "t2t-lite[plots]".')
    found, exact, minutes = {}, {}, {}
    for name, model in MODELS.items():
        output = args.folder / model
        train(model, output, args)
        outputs = outputs_of(output)
        found[name] = by_length(outputs)
        exact[name] = float(np.mean([a == b for a, b in outputs["test"]]))
        minutes[name] = json.loads((output / "summary.json").read_text())["seconds"] / 60
    draw(found, args.docs / "reverse_by_length.png")
    text = page(found, exact, minutes, args.train_steps)
    (args.docs / "reverse_by_length.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
