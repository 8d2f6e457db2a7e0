"""Which classes are taken for which: a table, and a drawing of it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence

import numpy as np

from t2t_lite import files
from t2t_lite.errors import T2TError

MOST_NAMES = 50
"""With more classes than these a drawing has no names and numbers on it."""


def matrix(targets: Sequence[int], predicted: Sequence[int], classes: int) -> np.ndarray:
    """How often class i was taken for class j: `[classes, classes]`."""
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (list(targets), list(predicted)), 1)
    return counts


def write_csv(path: str | os.PathLike, counts: np.ndarray, labels: Sequence[str]) -> None:
    """A row per true class, a column per predicted one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["true / predicted", *labels])
    writer.writerows([label, *row] for label, row in zip(labels, counts.tolist(), strict=True))
    files.write_bytes(path, text.getvalue().encode())


def write_png(path: str | os.PathLike, counts: np.ndarray, labels: Sequence[str]) -> None:
    """Colours show shares of the true class, numbers counts; T2TError without matplotlib."""
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise T2TError(
            f"Without matplotlib there is no {path}: pip install 't2t-lite[plots]'."
        ) from error
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    has_names = len(labels) <= MOST_NAMES
    side = 4 + (0.35 * len(labels) if has_names else 6)
    figure = Figure((side, side), layout="constrained")
    axes = figure.subplots()
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set(xlabel="predicted", ylabel="true")
    if has_names:
        axes.set_xticks(range(len(labels)), labels, rotation=90)
        axes.set_yticks(range(len(labels)), labels)
        for (i, j), count in np.ndenumerate(counts):
            if count:
                color = "white" if shares[i, j] > 0.5 else "black"
                axes.text(j, i, count, ha="center", va="center", color=color, fontsize=7)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", dpi=120)
    files.write_bytes(path, picture.getvalue())
