"""What a model costs: the multiply-adds of its convolutions and matrix products."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator

import keras

from t2t_lite.layers.images import Convolution2D
from t2t_lite.layers.linear import Linear
from t2t_lite.models.base import T2TModel

PRODUCTS = (Convolution2D, Linear, keras.layers.Conv2D, keras.layers.Dense)


def multiply_adds(model: T2TModel, training: bool = False) -> dict[str, int]:
    """Multiply-adds per example, by the path of each layer in `PRODUCTS`; their sum is the model's.

    Counted as in the MobileNet paper (Howard et al. 2017, arXiv:1704.04861, section 3.1): a kernel
    at every place of the output; biases, normalisation and activations are not. Nothing is
    computed, only shapes are.

    Args:
      training: also what is there only while training, such as an auxiliary head.
    """
    counts: dict[str, int] = {}
    example = {
        name: keras.KerasTensor((1, *value.shape[1:]), value.dtype)
        for name, value in model.example().items()
    }
    if not model.built:
        model(example)  # Makes the layers; nothing is computed here, either.
    with _observed(model, counts):
        model.compute_output_spec(example, training=training)
    return counts


@contextlib.contextmanager
def _observed(model, counts: dict[str, int]) -> Iterator[None]:
    """Meanwhile each product that runs is counted."""
    layers = [layer for layer in model._flatten_layers() if isinstance(layer, PRODUCTS)]

    def observe(layer):
        call = layer.call

        def counting(x, *args, **kwargs):
            output = call(x, *args, **kwargs)
            places = math.prod(output.shape[1:-1])
            counts[layer.path] = counts.get(layer.path, 0) + math.prod(layer.kernel.shape) * places
            return output

        layer.call = counting

    for layer in layers:
        observe(layer)
    try:
        yield
    finally:
        for layer in layers:
            del layer.call
