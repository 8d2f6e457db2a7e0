"""Weights of Keras' own networks, put into ours."""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from t2t_lite.errors import T2TError

ENDING = ".h5"
CLASSES = 1000
"""Of ImageNet: so many outputs have the networks that Keras gives away."""
SIZE = {"mobilenet_v1": 224, "inception_v3": 299}
"""Our models that Keras has, too, and the pictures that they are for."""

Excluded = Callable[[str], bool]


def restore(model, path: str, is_excluded: Excluded) -> None:
    """Puts weights of one of `keras.applications` into the model of the same kind.

    The file is what Keras downloads for that network, or what `save_weights` wrote, with or
    without the layers that give classes ("notop").

    Args:
      is_excluded: whether the weight at a path stays as it is.
    Raises:
      T2TError: no such file; a model that Keras does not have; other shapes.
    """
    if not os.path.isfile(path):
        raise T2TError(f"There is no file {path} to start from; check the path.")
    reason = ""
    for has_top in (True, False):
        theirs = _network_of_keras(model, has_top)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # Those of the kind of network that it is not.
                theirs.load_weights(path)
        except (ValueError, OSError, KeyError) as error:
            reason = str(error).strip().split("\n")[0][:200].rstrip(".")
            continue
        return copy_weights(theirs, model, is_excluded)
    raise T2TError(
        f"{path} holds no weights of {type(model).name} ({reason}). Give the file that "
        "keras.applications downloads for it, or that its save_weights wrote."
    )


def _network_of_keras(model, has_top: bool) -> keras.Model:
    name = type(model).name
    if name not in SIZE:
        raise T2TError(f"Weights of Keras can be given to {' and '.join(SIZE)}, not to {name}.")
    shape = (SIZE[name], SIZE[name], model.problem_hparams.shape["inputs"][-1])
    options = {"weights": None, "include_top": has_top, "classes": CLASSES}
    if name == "inception_v3":
        return keras.applications.InceptionV3(input_shape=shape, **options)
    return keras.applications.MobileNet(shape, model.hparams.depth_multiplier, **options)


def copy_weights(theirs: keras.Model, model, is_excluded: Excluded = lambda path: False) -> None:
    """Copies a network of `keras.applications` into our model of the same kind.

    Both make their convolutions, and their normalisations, in the same order. What only the model
    has, such as an auxiliary head, stays as it is.

    Raises:
      T2TError: shapes differ, of weights that are not excluded.
    """
    logits = model.modalities["targets"].logits
    ours = _ours(model)
    for kind, layers in _theirs(theirs).items():
        targets = [{"kernel": logits.kernel, "bias": logits.bias}] if kind == "top" else ours[kind]
        for layer, target in zip(layers, targets, strict=kind != "top"):
            values = {_name(weight): np.asarray(weight) for weight in layer.weights}
            for name, weight in target.items():
                if not is_excluded(weight.path):
                    _assign(weight, values.get(name), layer.name)


def _assign(weight, value, source: str) -> None:
    shape = tuple(weight.shape)
    if value is not None and value.shape[-len(shape) :] == shape and value.size == np.prod(shape):
        weight.assign(value.reshape(shape))  # A product over channels may be a convolution there.
        return
    found = "nothing" if value is None else f"the shape {value.shape}"
    raise T2TError(
        f"{weight.path} has the shape {shape}, but Keras' {source} has {found}; leave it out by "
        "--warm_start_exclude, such as 'logits/'."
    )


def _ours(model) -> dict[str, list[dict[str, Any]]]:
    """The weights of our convolutions and normalisations, {name: weight} for each layer."""
    layers: dict[str, dict[str, Any]] = {}
    for weight in model.weights:
        if not re.search("logits/|auxiliary/", weight.path):
            layers.setdefault(weight.path.rpartition("/")[0], {})[_name(weight)] = weight
    return {
        "products": [weights for weights in layers.values() if "kernel" in weights],
        "norms": [weights for weights in layers.values() if "kernel" not in weights],
    }


def _theirs(network: keras.Model) -> dict[str, list[keras.layers.Layer]]:
    """The layers of Keras' network, in the order in which it made them."""
    kinds: dict[str, list] = {"products": [], "norms": [], "top": []}
    for layer in network.layers:
        if layer.weights:
            has_bias = any(_name(weight) == "bias" for weight in layer.weights)
            is_norm = isinstance(layer, keras.layers.BatchNormalization)
            kinds["norms" if is_norm else "top" if has_bias else "products"].append(layer)
    for layers in kinds.values():  # Where Keras chose the names they are numbered.
        if all(re.fullmatch(r"(conv2d|batch_normalization)(_\d+)?", x.name) for x in layers):
            layers.sort(key=lambda layer: int(re.sub(r"\D", "", layer.name[6:]) or 0))
    return kinds


def _name(weight) -> str:
    return weight.path.rpartition("/")[2]
