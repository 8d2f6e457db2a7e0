"""Under which names Tensor2Tensor's checkpoints hold the weights of our models.

They are those of Tensor2Tensor 1.15: a model's scope, then those of its modalities, or "body".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import keras

from t2t_lite.errors import T2TError
from t2t_lite.layers.attention import MultiHeadAttention
from t2t_lite.layers.normalization import PrePost
from t2t_lite.models.base import T2TModel
from t2t_lite.training import t2t_lstm_variables


class Source(NamedTuple):
    """A weight, and the variables that make it up, one after the other along an axis."""

    weight: keras.Variable
    names: list[str]
    axis: int = 0
    rows: slice = slice(None)  # Those of the variables, along the axis, that the weight is.


def sources(model: T2TModel) -> list[Source]:
    """Where each weight of a model comes from; T2TError if this is not known of the model."""
    name = type(model).name
    if name not in _MODELS:
        raise T2TError(
            f"Checkpoints of Tensor2Tensor's model '{name}' cannot be read; those of "
            f"{', '.join(_MODELS)} can."
        )
    found = [*_modalities(model), *_MODELS[name](model)]
    known = {id(source.weight) for source in found}
    unknown = [weight.path for weight in model.weights if id(weight) not in known]
    if unknown:
        raise T2TError(f"Tensor2Tensor's name of the weight {unknown[0]} is not known.")
    return found


def _modalities(model: T2TModel) -> Iterator[Source]:
    done = set()
    for feature, modality in model.modalities.items():
        if id(modality) not in done:
            done.add(id(modality))
            kind = model.problem_hparams.modality[feature]
            name = f"{kind}_modality_{modality.vocab_size}_{model.hparams.hidden_size}"
            scope = f"{type(model).name}/{name}"
            yield from _MODALITIES[kind](modality, feature, scope)


def _symbol(modality: Any, feature: str, scope: str) -> Iterator[Source]:
    hparams = modality.hparams
    shared = hparams.shared_embedding_and_softmax_weights or hparams.shared_embedding
    kind = "shared" if shared else {"targets": "target_emb"}.get(feature, "input_emb")
    yield Source(modality.embedding, [f"{scope}/{kind}/weights"])
    if modality.softmax is not modality.embedding:
        yield Source(modality.softmax, [f"{scope}/softmax/weights"])


def _class_label(modality: Any, feature: str, scope: str) -> Iterator[Source]:
    scope = f"{scope}/{scope.split('/')[-1]}/dense"  # the same name twice
    yield Source(modality.logits.kernel, [f"{scope}/kernel"])
    yield Source(modality.logits.bias, [f"{scope}/bias"])


def _transformer(model: Any) -> Iterator[Source]:
    scope = f"{type(model).name}/body"
    if model.has_inputs:
        yield from _encoder(model.encoder, scope)
    yield from _stack(model.decoder, f"{scope}/decoder")


def _transformer_encoder(model: Any) -> Iterator[Source]:
    yield from _encoder(model.encoder, f"{type(model).name}/body")


def _encoder(encoder: Any, scope: str) -> Iterator[Source]:
    if encoder.hparams.use_target_space_embedding:
        kernel = encoder.target_space.kernel
        yield Source(kernel, [f"{scope}/target_space_embedding/kernel"])
    yield from _stack(encoder.stack, f"{scope}/encoder")


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


_MODALITIES: dict[str, Callable[[Any, str, str], Iterator[Source]]] = {
    "symbol": _symbol,
    "class_label": _class_label,
}
_MODELS: dict[str, Callable[[Any], Iterator[Source]]] = {
    "transformer": _transformer,
    "transformer_encoder": _transformer_encoder,
    **dict.fromkeys(t2t_lstm_variables.MODELS, _recurrent),
}
