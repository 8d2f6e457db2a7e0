"""Scores translations against a reference, with sacrebleu's signature.

t2t-bleu --translation=out.de --reference=ref.de
t2t-bleu --translation=out.de --reference=ref.de --metrics=13a,chrf,ter --bleu_variant=cased
t2t-bleu --translations_dir=translations --reference=ref.de --event_dir=events
"""

from __future__ import annotations

import sys

from t2t_lite.bin import command
from t2t_lite.decoding import scoring
from t2t_lite.errors import T2TError


def new_flags() -> command.Flags:
    """The flags of this command."""
    flags = command.new_flags()
    command.define(flags, "translation", "", "File of translations.")
    command.define(flags, "translations_dir", "", "Directory with one such file per step.")
    command.define(flags, "reference", "", "File of references, with as many lines.")
    command.define(
        flags,
        "metrics",
        "intl",
        "intl: BLEU as Tensor2Tensor computes it; 13a: BLEU as published tables have it; "
        "chrf; ter. Several with commas between.",
    )
    command.define(flags, "bleu_variant", "both", "cased, uncased or both.")
    command.define(flags, "event_dir", "", "Where a directory's scores go for TensorBoard.")
    command.define(flags, "tag_suffix", "", "What follows the names of the scores there.")
    command.define(
        flags, "min_steps", -1, "First step to score; -1: after the last that event_dir knows."
    )
    command.define(flags, "wait_minutes", 0, "How long to wait for another file.")
    command.define(flags, "report_zero", True, "Begin the curve with 0.")
    return flags


def main(flags: command.Flags, arguments: list[str]) -> None:
    """Reads the flags; prints the scores."""
    if bool(flags.translation) == bool(flags.translations_dir):
        raise T2TError("Say either --translation=FILE or --translations_dir=DIRECTORY.")
    if not flags.reference:
        raise T2TError("Say which file holds the references: --reference=FILE.")
    what = (
        command.path(flags.reference),
        [name.strip().lower() for name in flags.metrics.split(",")],
        flags.bleu_variant,
    )
    if flags.translation:
        for label, score in scoring.score_file(command.path(flags.translation), *what).items():
            print(scoring.format_score(label, score))
        return
    scored = scoring.score_directory(
        flags.translations_dir,
        *what,
        event_dir=flags.event_dir,
        tag_suffix=flags.tag_suffix,
        min_steps=flags.min_steps,
        wait_minutes=flags.wait_minutes,
        report_zero=flags.report_zero,
    )
    for file, scores in scored:
        for label, score in scores.items():
            print(f"{file.path}: {scoring.format_score(label, score)}", flush=True)


def run(argv=None) -> int:
    """The console command; returns the exit code."""
    return command.run(main, new_flags(), __doc__, argv)


if __name__ == "__main__":
    sys.exit(run())
