"""Captions of drawings: pictures of one or two shapes, and the sentence that describes them.

A small problem that needs no files: what is learnt is what stands where, in which colour and size.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from t2t_lite import registry
from t2t_lite.problems.base import SpaceID, splits
from t2t_lite.problems.image_to_text import Image2TextProblem
from t2t_lite.problems.text_problems import VocabType

SIZE = 32
COLORS = {
    "red": (220, 30, 30),
    "green": (30, 170, 40),
    "blue": (40, 60, 220),
    "yellow": (235, 215, 30),
    "purple": (150, 40, 170),
    "white": (250, 250, 250),
}
RADII = {"small": 3.0, "large": 5.0}
SHAPES = ("circle", "square", "triangle", "cross")
CENTERS = {"left": 6.0, "middle": 15.5, "right": 25.0}
ROWS = ("top", "middle", "bottom")
COUNTS = {"train": 16000, "dev": 500, "test": 500}


class Thing(NamedTuple):
    """A shape, and where it stands: row and column from 0 to 2."""

    size: str
    color: str
    shape: str
    row: int
    column: int

    def words(self) -> str:
        """Such as "a small red circle at the top left"."""
        row, column = ROWS[self.row], list(CENTERS)[self.column]
        place = "in the middle" if row == column else f"at the {row} {column}"
        if row != column and "middle" in (row, column):
            place = f"at the {row if column == 'middle' else column}"
        return f"a {self.size} {self.color} {self.shape} {place}"


@registry.register_problem
class ImageCaptionShapes(Image2TextProblem):
    """Describe one or two drawn shapes: size, colour, kind and place; 32 x 32 pixels, no download.

    The sentence names them from top to bottom and from left to right.
    """

    dataset_splits: Any = splits(train=4, dev=1, test=1)
    vocab_type = VocabType.TOKEN
    approx_vocab_size = None
    image_size = SIZE
    is_stored_in_size = True
    target_space_id = SpaceID.EN_TOK

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        rng = np.random.default_rng([self.seed, list(COUNTS).index(dataset_split)])
        for _ in range(COUNTS[dataset_split]):
            things = draw_things(rng)
            yield {"image": paint(things, rng), "targets": caption(things)}


def draw_things(rng: np.random.Generator) -> list[Thing]:
    """One or two shapes on places of their own, in the order of reading."""
    places = sorted(rng.choice(len(ROWS) * len(CENTERS), rng.integers(1, 3), replace=False))
    return [
        Thing(
            str(rng.choice(list(RADII))),
            str(rng.choice(list(COLORS))),
            str(rng.choice(SHAPES)),
            *divmod(int(place), len(CENTERS)),
        )
        for place in places
    ]


def caption(things: list[Thing]) -> str:
    """The sentence."""
    return " and ".join(thing.words() for thing in things)


def paint(things: list[Thing], rng: np.random.Generator) -> np.ndarray:
    """`[SIZE, SIZE, 3]` uint8: the shapes on a dark, noisy ground, none exactly in its place."""
    picture = rng.uniform(0, 50, (SIZE, SIZE, 1)) + rng.uniform(0, 30, (1, 1, 3))
    rows, columns = np.mgrid[:SIZE, :SIZE]
    centers = list(CENTERS.values())
    for thing in things:
        shift = rng.uniform(-1, 1, 2)
        down = rows - centers[thing.row] - shift[0]
        across = columns - centers[thing.column] - shift[1]
        inside = covers(thing.shape, RADII[thing.size], down, across)
        shade = np.array(COLORS[thing.color]) * rng.uniform(0.85, 1.0)
        picture = np.where(inside[..., None], shade, picture)
    return picture.astype(np.uint8)


def covers(shape: str, radius: float, down: np.ndarray, across: np.ndarray) -> np.ndarray:
    """Which pixels a shape covers, given their distances from its centre."""
    box = np.maximum(abs(down), abs(across)) <= radius
    if shape == "circle":
        return down**2 + across**2 <= radius**2
    if shape == "triangle":  # its tip is above
        return box & (abs(across) <= (down + radius) / 2)
    if shape == "cross":
        return box & (np.minimum(abs(down), abs(across)) <= radius / 3)
    return box
