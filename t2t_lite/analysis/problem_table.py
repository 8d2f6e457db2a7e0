"""Runs on several problems side by side: what each problem came to, jointly or alone."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from t2t_lite.analysis.table import Table
from t2t_lite.errors import T2TError
from t2t_lite.problems import mixture
from t2t_lite.training.run_folder import EXPERTS_OF, RunFolder

TOKENS = "target tokens"
LEFT_OUT = ("loss", "neg_log_perplexity")
"""Metrics that the table has only if they are asked for: others say the same better."""


def of_groups(groups: dict[str, list[str]], metrics: Sequence[str] = ()) -> Table:
    """A row for each problem and metric, a column for each group of runs.

    A cell is the value of the run's last evaluation; of several runs, such as those of several
    seeds, their mean ± standard deviation. A row of each problem says how many target tokens (or
    examples) of it were trained on.

    Args:
      groups: name of a column -> its run folders.
      metrics: which ones; none: all but `LEFT_OUT`.
    Raises:
      T2TError: a folder holds no run, or one without an evaluation.
    """
    found = {name: [_of_run(RunFolder(path)) for path in paths] for name, paths in groups.items()}
    rows: dict[tuple[str, str], None] = {}
    for runs in found.values():
        for run in runs:
            rows.update(dict.fromkeys(key for key in run if _is_shown(key[1], metrics)))
    order = list(dict.fromkeys(problem for problem, _ in rows))
    keys = sorted(rows, key=lambda key: order.index(key[0]))
    cells = [
        [*key, *[_cell([run[key] for run in runs if key in run]) for runs in found.values()]]
        for key in keys
    ]
    return Table(["problem", "", *groups], cells, [])


def parse_groups(arguments: Sequence[str]) -> dict[str, list[str]]:
    """`["joint=runs/a,runs/b", "runs/c"]` -> {"joint": ["runs/a", "runs/b"], "runs/c": [...]}."""
    groups: dict[str, list[str]] = {}
    for argument in arguments:
        name, equals, paths = argument.partition("=")
        if name in groups:
            raise T2TError(f"Two columns of the table have the name {name}.")
        groups[name] = paths.split(",") if equals else [name]
    return groups


def _of_run(folder: RunFolder) -> dict[tuple[str, str], float]:
    """{(problem, metric): value} of the last evaluation, and the target tokens of each problem."""
    names = mixture.names(folder.load_run().problem)
    lines = folder.metrics.read()
    evaluations = [line for line in lines if line["kind"] == "eval"]
    if not evaluations:
        raise T2TError(f"{folder.path} has no evaluation yet, which t2t-trainer makes on its way.")
    values: dict[tuple[str, str], float] = {}
    for name in names:
        prefix = f"{name}/" if len(names) > 1 else ""
        trained = [
            line.get(f"{prefix}target_tokens", 0) for line in lines if line["kind"] == "train"
        ]
        values[name, TOKENS] = sum(trained)
        for key, value in evaluations[-1].items():
            if key.startswith(prefix) and isinstance(value, int | float):
                values[name, key.removeprefix(prefix)] = value
        values.pop((name, "step"), None)
    return values


def _is_shown(metric: str, metrics: Sequence[str]) -> bool:
    if metrics:
        return metric in (TOKENS, *metrics)
    return metric not in LEFT_OUT and not metric.startswith(EXPERTS_OF)


def _cell(values: list[float]) -> str:
    if not values:
        return ""
    mean = statistics.fmean(values)
    text = f"{mean:,.0f}" if mean >= 1000 else f"{mean:.4g}"
    return text if len(values) == 1 else f"{text} ± {statistics.stdev(values):.2g}"
