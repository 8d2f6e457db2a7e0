"""Tensor2Tensor's checkpoints of recurrent models: under which names they hold our weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras

from t2t_lite.errors import T2TError
from t2t_lite.layers.recurrent_attention import AttentionVector

Part = tuple[keras.Variable, str, slice]
"""A weight, a variable, and the rows of it that are the weight."""

_ALL = slice(None)


def sources(model: Any) -> Iterator[Part]:
    """Where the weights of the body of a model of `MODELS` come from."""
    name = type(model).name
    if model.hparams.recurrent_cell != "lstm":
        raise T2TError(f"Tensor2Tensor's {name} has LSTM cells: set recurrent_cell=lstm.")
    scope = f"{name}/body/{MODELS[name]}".rstrip("/")
    if name == "lstm_encoder":
        yield from _layers(model.encoder.stack.layers, f"{scope}/encoder/rnn")
        return
    if model.encoder is not None:
        yield from _encoder(model.encoder, f"{scope}/encoder")
    if not hasattr(model.decoder, "vector"):
        yield from _layers(model.decoder.stack.layers, f"{scope}/decoder/rnn")
    elif model.decoder.is_fed:
        yield from _attention_decoder(model.decoder, scope)
    else:
        raise T2TError(f"Tensor2Tensor's {name} feeds its attention back: set input_feeding=true.")


MODELS = {
    "lstm_encoder": "",
    "lstm_seq2seq": "lstm_seq2seq",
    "lstm_seq2seq_attention": "lstm_seq2seq_attention",
    "lstm_seq2seq_bidirectional_encoder": "lstm_seq2seq_bid_encoder",
    "lstm_seq2seq_attention_bidirectional_encoder": "lstm_seq2seq_attention_bid_encoder",
}
"""Model -> its scope within the body."""


def _encoder(encoder: Any, scope: str) -> Iterator[Part]:
    if hasattr(encoder, "stack"):
        yield from _layers(encoder.stack.layers, f"{scope}/rnn")
    else:
        for direction, stack in (("fw", encoder.forwards), ("bw", encoder.backwards)):
            yield from _layers(stack.layers, f"{scope}/bidirectional_rnn/{direction}")


def _layers(layers: Any, scope: str) -> Iterator[Part]:
    yield from _cells([layer.cell for layer in layers], scope)


def _cells(cells: Any, scope: str) -> Iterator[Part]:
    for i, cell in enumerate(cells):
        name = f"{scope}/multi_rnn_cell/cell_{i}/lstm_cell"
        if cell.kernel_known is not None:
            yield cell.kernel_known, f"{name}/kernel", slice(0, cell.known)
        yield cell.kernel_later, f"{name}/kernel", slice(cell.known, None)
        yield cell.bias, f"{name}/bias", _ALL


def _attention_decoder(decoder: Any, scope: str) -> Iterator[Part]:
    wrapper = f"{scope}/decoder/rnn/attention_wrapper"
    yield from _cells(decoder.layers.cells, wrapper)
    yield from _attention(decoder.vector, scope, wrapper)
    if decoder.merge is not None:
        yield decoder.merge.kernel, f"{scope}/decoder/dense/kernel", _ALL
        yield decoder.merge.bias, f"{scope}/decoder/dense/bias", _ALL


def _attention(vector: AttentionVector, scope: str, wrapper: str) -> Iterator[Part]:
    attention = vector.attention
    yield attention.memory_layer.kernel, f"{scope}/memory_layer/kernel", _ALL
    for head, layer in enumerate(vector.layers):
        yield layer.kernel, f"{wrapper}/attention_layer{_number(head)}/kernel", _ALL
    if attention.mechanism == "luong":
        return
    if attention.mechanism != "bahdanau":
        raise T2TError("Tensor2Tensor has the attention_mechanisms luong and bahdanau only.")
    name = f"{wrapper}/bahdanau_attention"
    yield attention.query_layer.kernel, f"{name}/query_layer/kernel", _ALL
    for head, v in enumerate(attention.v):
        yield v, f"{name}{_number(head)}/attention_v", _ALL


def _number(head: int) -> str:
    return f"_{head}" if head else ""
