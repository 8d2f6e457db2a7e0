"""The 16 MobileNets beside what was announced; writes mobilenet_counts.md.

    python benchmarks/mobilenet_counts.py

Everything is counted from the models as they are built here, with 1001 classes.
"""

from __future__ import annotations

import math
import pathlib

import keras

from t2t_lite import registry
from t2t_lite.models.mobilenet import MobileNetV1
from t2t_lite.models.multiply_adds import multiply_adds
from t2t_lite.problems.base import ProblemHParams

# Millions of multiply-adds and of parameters (Howard and Zhu, "MobileNets: Open-Source Models for
# Efficient On-Device Vision", Google Research blog, June 14, 2017).
ANNOUNCED = {
    "100": (4.24, {224: 569, 192: 418, 160: 291, 128: 186}),
    "075": (2.59, {224: 317, 192: 233, 160: 162, 128: 104}),
    "050": (1.34, {224: 150, 192: 110, 160: 77, 128: 49}),
    "025": (0.47, {224: 41, 192: 34, 160: 21, 128: 14}),
}
PAGE = """# The 16 MobileNets, counted

`python benchmarks/mobilenet_counts.py` wrote this page: what the models of this project cost, with
1001 classes, beside the table of their announcement. Multiply-adds are those of all convolutions
and of the logits, for one picture; "without the first" leaves out the first convolution.
Parameters are weights, the bias of the logits, and three numbers for each normalised channel
(scale, shift, and one of mean and variance: so the announcement counted, and two of them train).

| set | million multiply-adds | announced | million parameters | announced | without the first |
|---|---|---|---|---|---|
{rows}

All 16 numbers of parameters agree, and {agreeing} of 16 numbers of multiply-adds. The others are
marked and left as they are:

- The four of width 0.75 agree if the first convolution is left out, which the other rows count:
  the announced row was counted in another way.
- 0.50 at 224 pixels: 149.498 rounds to 149; rounded to 149.5 first, and then once more, it is 150.
- 0.25 at 192 pixels: 34 cannot be had in any way of counting that gives the other rows. The
  neighbours scale with the area, and 41 x (192 / 224)^2 is 30.
"""


def model_of(width: str, size: int) -> MobileNetV1:
    """The model of a set; its weights are never drawn, since only shapes count."""
    kinds = {"inputs": "image", "targets": "class_label"}
    problem = ProblemHParams(
        kinds, {"inputs": 256, "targets": 1001}, shape={"inputs": (size, size, 3)}
    )
    return MobileNetV1(registry.hparams(f"mobilenet_v1_{width}_{size}").freeze(), problem)


def count(variables) -> int:
    """How many numbers they are."""
    return sum(math.prod(variable.shape) for variable in variables)


def rows() -> tuple[list[str], int]:
    """The table's rows, and how many of the multiply-adds agree."""
    result, agreeing = [], 0
    for width, (million, announced) in ANNOUNCED.items():
        for size, expected in announced.items():
            with keras.StatelessScope(initialize_variables=False):
                model = model_of(width, size)
                counts = multiply_adds(model)
            first = next(number for path, number in counts.items() if "first/" in path)
            total = sum(counts.values())
            agrees = round(total / 1e6) == expected
            agreeing += agrees
            trained = count(model.trainable_variables)
            parameters = trained + (count(model.weights) - trained) // 2
            result.append(
                f"| mobilenet_v1_{width}_{size} | {total / 1e6:.3f} | {expected}"
                f"{'' if agrees else ' (differs)'} | {parameters / 1e6:.3f} | {million} | "
                f"{(total - first) / 1e6:.3f} |"
            )
    return result, agreeing


def main() -> None:
    """Prints the page, and writes it."""
    lines, agreeing = rows()
    page = PAGE.format(rows="\n".join(lines), agreeing=agreeing)
    print(page)
    pathlib.Path(__file__).with_suffix(".md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
