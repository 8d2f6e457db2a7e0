"""Runs in a table: what each was, what it saw, and the scores of what it decoded."""

from __future__ import annotations

import csv
import io
import json
import pathlib
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from t2t_lite import registry
from t2t_lite.data import text_files
from t2t_lite.errors import T2TError
from t2t_lite.metrics import bleu
from t2t_lite.training.run_folder import SUMMARY, RunFolder

FORMATS = ("markdown", "csv")
_DECODES = re.compile(r"(?P<split>.+)\.beam(?P<beam>\d+)\.alpha(?P<alpha>[\d.]+)\.decodes")


class Table(NamedTuple):
    """Cells as text, by row, and what explains the scores."""

    columns: list[str]
    rows: list[list[str]]
    signatures: list[str]


def of_runs(folders: Sequence[str]) -> Table:
    """One row per run folder, in the given order.

    The scores are sacrebleu's BLEU (13a, cased) and chrF of every split that t2t-decoder has
    written to the run's decodes/, for every beam size.

    Raises:
      T2TError: a folder holds no run.
    """
    rows, signatures = [], set()
    for folder in folders:
        row = _what_it_was(RunFolder(folder))
        for name, score in _scores(RunFolder(folder).decodes):
            row[name] = f"{score.value:.1f}"
            signatures.add(score.signature)
        rows.append(row)
    columns = _in_order(name for row in rows for name in row)
    cells = [[row.get(name, "") for name in columns] for row in rows]
    return Table(columns, cells, sorted(signatures))


def text(table: Table, form: str) -> str:
    """As "markdown", with the signatures below, or "csv"."""
    if form not in FORMATS:
        raise T2TError(f"--format={form} is not known; it can be {' or '.join(FORMATS)}.")
    if form == "csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([table.columns, *table.rows])
        return out.getvalue()
    lines = [table.columns, ["---"] * len(table.columns), *table.rows]
    made = "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
    return made + "".join(f"\n{signature}\n" for signature in table.signatures)


def _what_it_was(folder: RunFolder) -> dict[str, str]:
    run = folder.load_run()
    path = folder.path / SUMMARY
    if not path.exists():
        raise T2TError(
            f"{folder.path} has no {SUMMARY} yet; t2t-trainer writes it with every evaluation and "
            "at its end. The run's own command makes it."
        )
    summary = json.loads(path.read_text(encoding="utf-8"))
    changes = registry.hparams(run.hparams_set).diff(folder.load_hparams(run.hparams_set))
    overrides = [f"{name}={value}" for name, (_, value) in changes.items()]
    return {
        "run": folder.path.name,
        "problem": run.problem,
        "model": run.model,
        "hparams": " ".join([run.hparams_set, *overrides]),
        "parameters": f"{summary['parameters']:,}",
        "steps": f"{summary['steps']:,}",
        "target tokens": f"{summary['target_tokens']:,}",
        "minutes": f"{summary['seconds'] / 60:.1f}",
    }


def _scores(decodes: pathlib.Path) -> Iterable[tuple[str, bleu.Score]]:
    """(column, score) of every file of predictions that has its targets beside it."""
    for path in sorted(decodes.glob("*.decodes")):
        match, targets = _DECODES.fullmatch(path.name), path.with_suffix(".targets")
        if not match or not targets.exists():
            continue
        texts = list(text_files.lines(str(path))), list(text_files.lines(str(targets)))
        how = "greedy" if match["beam"] == "1" else f"beam {match['beam']}"
        yield f"{match['split']} BLEU {how}", bleu.bleu(*texts)
        yield f"{match['split']} chrF {how}", bleu.chrf(*texts)


def _in_order(names: Iterable[str]) -> list[str]:
    """Without repetition; what a run was first, then BLEU by split and beam size, then chrF."""
    found = list(dict.fromkeys(names))
    scores = [name for name in found if " BLEU " in name or " chrF " in name]
    rest = [name for name in found if name not in scores]
    return rest + sorted(scores, key=lambda name: (" chrF " in name, name.split(" ")[0], name))
