"""Pictures without files: what a model must know of them, and batches of noise."""

from __future__ import annotations

import numpy as np

from t2t_lite import registry
from t2t_lite.models.base import build_model
from t2t_lite.problems.base import ProblemHParams


def image_hparams(classes: int = 5, size: int = 32, channels: int = 3) -> ProblemHParams:
    """Of a problem with square pictures of `size` pixels a side."""
    return ProblemHParams(
        {"inputs": "image", "targets": "class_label"},
        {"inputs": 256, "targets": classes},
        shape={"inputs": (size, size, channels), "targets": (1,)},
    )


def build(model: str, hparams_set: str, *overrides: str, **problem):
    """A model for such pictures; `problem` as in `image_hparams`."""
    hparams = registry.hparams(hparams_set)
    for text in overrides:
        hparams.parse(text)
    return build_model(model, hparams.freeze(), image_hparams(**problem))


def pixels(rows: int, size: int = 32, channels: int = 3, seed: int = 0) -> np.ndarray:
    """Noise `[rows, size, size, channels]` from -1 to 1."""
    rng = np.random.default_rng(seed)
    return rng.uniform(-1, 1, size=(rows, size, size, channels)).astype(np.float32)


def count(variables) -> int:
    """How many numbers they are."""
    return sum(int(np.prod(variable.shape)) for variable in variables)


def randomize(model, seed: int = 0) -> None:
    """Gives weights, and the statistics of batch normalisation, values of their own."""
    rng = np.random.default_rng(seed)
    for weight in model.weights:
        kind = weight.path.rsplit("/", 1)[-1]
        shape = tuple(weight.shape)
        if kind in ("gamma", "moving_variance"):
            weight.assign(rng.uniform(0.5, 1.5, size=shape))
        elif len(shape) == 1:
            weight.assign(rng.normal(scale=0.1, size=shape))
        else:
            weight.assign(rng.normal(scale=np.prod(shape[:-1]) ** -0.5, size=shape))
