"""Tensor2Tensor's checkpoints: under which names they hold the weights of our models."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from t2t_lite.errors import T2TError
from t2t_lite.layers.attention import MultiHeadAttention
from t2t_lite.layers.normalization import PrePost
from t2t_lite.models.base import T2TModel
from t2t_lite.training import t2t_lstm_variables

# What a training directory holds besides the model: the optimizer's state, and counters.
_BOOKKEEPING = re.compile(
    r"^(training/|losses_avg|global_step$|beta\d_power$|loss_scale)"
    r"|/(Adam|Adam_1|Adafactor|Momentum|vr|vc|v|m|AdafactorOptimizer\w*)$"
)


class Source(NamedTuple):
    """A weight, and the variables that make it up, one after the other along an axis."""

    weight: keras.Variable
    names: list[str]
    axis: int = 0
    rows: slice = slice(None)  # Those of the variables that the weight is.

    def value(self, read: Callable[[str], np.ndarray]) -> np.ndarray:
        """The weight's value; `read` gives that of a variable."""
        values = [read(name) for name in self.names]
        return np.concatenate(values, self.axis)[self.rows] if values[0].ndim else values[0]


def restore(model: T2TModel, path: str) -> None:
    """Sets all weights of a model from a checkpoint of Tensor2Tensor.

    Raises:
      T2TError: a variable is missing or left over, or has another shape; it is named.
    """
    reader = tf.train.load_checkpoint(path)
    shapes = reader.get_variable_to_shape_map()
    used = set()
    for source in with_shards(model, shapes):
        weight, names = source.weight, source.names
        missing = [name for name in names if name not in shapes]
        if missing:
            raise T2TError(
                f"The checkpoint {path} has no variable {missing[0]}. It is of another model, "
                "other hparams, or a vocabulary of another size."
            )
        value = source.value(reader.get_tensor)
        if value.shape != tuple(weight.shape):
            raise T2TError(
                f"{names[0]} in the checkpoint {path} has the shape {list(value.shape)}, but the "
                f"model's has {list(weight.shape)}. They differ in hparams or in the vocabulary."
            )
        weight.assign(value)
        used.update(names)
    left = sorted(name for name in shapes if name not in used and not _BOOKKEEPING.search(name))
    if left:
        raise T2TError(
            f"{len(left)} variables of the checkpoint {path} have no place in the model, such as "
            f"{left[0]}. They differ in hparams."
        )


def with_shards(model: T2TModel, shapes: dict[str, Any]) -> list[Source]:
    """The `sources` with the names that a checkpoint of these variables has."""
    return [
        source._replace(names=[shard for name in source.names for shard in _shards(name, shapes)])
        for source in sources(model)
    ]


def _shards(name: str, shapes: dict[str, Any]) -> list[str]:
    """`…/weights` is cut into `weights_0`, `weights_1` and so on; other names stay as they are."""
    if not name.endswith("/weights"):
        return [name]
    count = 0
    while f"{name}_{count}" in shapes:
        count += 1
    return [f"{name}_{i}" for i in range(max(count, 1))]


def sources(model: T2TModel) -> list[Source]:
    """Where each weight of a model comes from; T2TError if this is not known of the model."""
    name = type(model).name
    if name not in _MODELS:
        raise T2TError(
            f"Checkpoints of Tensor2Tensor's model '{name}' cannot be read; those of "
            f"{', '.join(_MODELS)} can."
        )
    found = [*_symbol_modalities(model), *_MODELS[name](model)]
    known = {id(source.weight) for source in found}
    unknown = [weight.path for weight in model.weights if id(weight) not in known]
    if unknown:
        raise T2TError(f"Tensor2Tensor's name of the weight {unknown[0]} is not known.")
    return found


def _symbol_modalities(model: T2TModel) -> Iterator[Source]:
    hparams = model.hparams
    shared = hparams.shared_embedding_and_softmax_weights or hparams.shared_embedding
    done = set()
    for feature, modality in model.modalities.items():
        if model.problem_hparams.modality[feature] != "symbol" or id(modality) in done:
            continue
        done.add(id(modality))
        scope = f"{type(model).name}/symbol_modality_{modality.vocab_size}_{hparams.hidden_size}"
        kind = "shared" if shared else {"targets": "target_emb"}.get(feature, "input_emb")
        yield Source(modality.embedding, [f"{scope}/{kind}/weights"])
        if modality.softmax is not modality.embedding:
            yield Source(modality.softmax, [f"{scope}/softmax/weights"])


def _transformer(model: Any) -> Iterator[Source]:
    scope = f"{type(model).name}/body"
    if model.has_inputs:
        if model.hparams.use_target_space_embedding:
            kernel = model.encoder.target_space.kernel
            yield Source(kernel, [f"{scope}/target_space_embedding/kernel"])
        yield from _stack(model.encoder.stack, f"{scope}/encoder")
    yield from _stack(model.decoder, f"{scope}/decoder")


def _stack(stack: Any, scope: str) -> Iterator[Source]:
    for i, layer in enumerate(stack.layers):
        yield from _layer(layer, f"{scope}/layer_{i}")
    yield from _norms(stack.final, f"{scope}/layer_prepostprocess")


def _layer(layer: Any, scope: str) -> Iterator[Source]:
    names = ["self_attention", "encdec_attention", "ffn"]
    if layer.encdec_attention is None:
        names.remove("encdec_attention")
    else:
        yield from _attention(layer.encdec_attention, f"{scope}/encdec_attention")
    yield from _attention(layer.self_attention, f"{scope}/self_attention")
    for name, linear in (
        ("conv1", layer.feed_forward.expand),
        ("conv2", layer.feed_forward.contract),
    ):
        yield Source(linear.kernel, [f"{scope}/ffn/{name}/kernel"])
        yield Source(linear.bias, [f"{scope}/ffn/{name}/bias"])
    for name, before, after in zip(names, layer.pre, layer.post, strict=True):
        yield from _norms(before, f"{scope}/{name}/layer_prepostprocess")
        yield from _norms(after, f"{scope}/{name}/layer_postprocess")


def _attention(attention: MultiHeadAttention, scope: str) -> Iterator[Source]:
    scope = f"{scope}/multihead_attention"
    if attention.is_self_attention:
        parts = [f"{scope}/{name}/kernel" for name in "qkv"]
        yield Source(attention.qkv.kernel, parts, axis=1)
    else:
        yield Source(attention.q.kernel, [f"{scope}/q/kernel"])
        yield Source(attention.kv.kernel, [f"{scope}/{name}/kernel" for name in "kv"], axis=1)
    yield Source(attention.output_transform.kernel, [f"{scope}/output_transform/kernel"])
    for name, table in (("keys", attention.relative_keys), ("values", attention.relative_values)):
        if table is not None:
            name = f"dot_product_attention_relative/relative_positions_{name}/embeddings"
            yield Source(table.table, [f"{scope}/{name}"])


def _norms(sequence: PrePost, scope: str) -> Iterator[Source]:
    """Those with weights; the second normalisation of a sequence would be `layer_norm_1`."""
    for i, norm in enumerate(sequence.norms):
        if norm.weights:
            name = f"{scope}/layer_norm{f'_{i}' if i else ''}/layer_norm"
            yield Source(norm.scale, [f"{name}_scale"])
            yield Source(norm.bias, [f"{name}_bias"])


def _recurrent(model: Any) -> Iterator[Source]:
    for weight, name, rows in t2t_lstm_variables.sources(model):
        yield Source(weight, [name], rows=rows)


_MODELS: dict[str, Callable[[Any], Iterator[Source]]] = {
    "transformer": _transformer,
    **dict.fromkeys(t2t_lstm_variables.MODELS, _recurrent),
}
