"""Whether bf16 costs quality: BLEU at equal steps over seeds; writes bf16_quality.md.

    python benchmarks/bf16_quality.py --tmp_dir=MULTI30K_FILES

Trains `transformer_multi30k` in float32 and in bf16 with three seeds each. Goes on where it was
stopped.
"""

from __future__ import annotations

import argparse
import pathlib
import subprocess

import measuring
import numpy as np

PAGE = """# bf16 against float32, at equal steps

`python benchmarks/bf16_quality.py --tmp_dir=MULTI30K_FILES --steps={steps}` wrote this page.
{setting}

`transformer_multi30k`, {steps:,} steps, {seeds} seeds; Multi30k English to German, the validation
set of 1,014 sentences (all of it decoded with beam 4, α 0.6): BLEU (sacrebleu 13a, cased) and the
loss per token. The same seed gives both precisions the same batches and dropout masks.

| | BLEU of each seed | BLEU, mean ± sd | loss, mean ± sd |
|---|---|---|---|
{rows}
"""


def main() -> None:
    """Trains what is not trained yet, and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_datagen", help="Multi30k's files.")
    parser.add_argument("--folder", default="/tmp/t2t_bf16", help="Where to work.")
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--seeds", type=int, default=3)
    args = parser.parse_args()
    data = f"{args.folder}/data"
    measuring.generate_multi30k(data, args.tmp_dir)
    results: dict[str, list[dict]] = {"float32": [], "bf16": []}
    for seed in range(1, args.seeds + 1):
        for precision, evaluations in results.items():
            run = pathlib.Path(args.folder) / f"{precision}_{seed}"
            arguments = measuring.command(
                "t2t_trainer",
                problem=measuring.MULTI30K,
                model="transformer",
                hparams_set="transformer_multi30k",
                data_dir=data,
                output_dir=run,
                precision=precision,
                random_seed=seed,
                train_steps=args.steps,
                local_eval_frequency=args.steps,
                save_checkpoints_secs=300,
                eval_steps=0,
                eval_decode_hparams="beam_size=4,alpha=0.6,extra_length=50",
            )
            subprocess.run(arguments, check=True)
            evaluations.append(measuring.evaluations(run)[-1])
    rows = []
    for precision, evaluations in results.items():
        bleu = [evaluation["bleu"] for evaluation in evaluations]
        loss = [evaluation["loss"] for evaluation in evaluations]
        each = ", ".join(f"{value:.1f}" for value in bleu)
        rows.append(
            f"| {precision} | {each} | {np.mean(bleu):.1f} ± {np.std(bleu, ddof=1):.1f} "
            f"| {np.mean(loss):.3f} ± {np.std(loss, ddof=1):.3f} |"
        )
    page = PAGE.format(
        steps=args.steps, seeds=args.seeds, setting=measuring.setting(), rows="\n".join(rows)
    )
    measuring.write_page(pathlib.Path(__file__), page)


if __name__ == "__main__":
    main()
