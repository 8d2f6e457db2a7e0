"""Attention of recurrent decoders, Luong's and Bahdanau's, as in TensorFlow's seq2seq library.

Queries are `[batch, queries, width]`: one per sentence in a training step, the beams of a sentence
while decoding, all positions where the attention is not fed back.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.layers.attention import MASKED, attention_weights
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.initializers import initializer
from t2t_lite.layers.linear import Linear
from t2t_lite.layers.recurrent import (
    RecurrentLayer,
    RecurrentStack,
    make_cell,
    scan,
    states_by_layer,
    swap_batch_and_length,
)

MECHANISMS = ("luong", "scaled_luong", "bahdanau", "normed_bahdanau")


def _built(layer, width: int):
    layer.build((None, width))
    return layer


class Attention(Composite):
    """Weights over the positions of a memory, and the means that they give.

    With keys k = memory W_k and a query q, the score of a position is

        luong             q k                                (Luong et al. 2015, "general")
        scaled_luong      g q k
        bahdanau          v tanh(W_q q + k)                  (Bahdanau et al. 2014, appendix A.1.2)
        normed_bahdanau   g v / |v| tanh(W_q q + k + b)      (Salimans and Kingma 2016 for v)

    Several heads share W_k and W_q, as in Tensor2Tensor, and each has its own v.
    """

    def __init__(self, query_width, memory_width, units, hparams, **kwargs):
        super().__init__(**kwargs)
        self.mechanism = hparams.attention_mechanism
        if self.mechanism not in MECHANISMS:
            raise T2TError(
                f"attention_mechanism='{self.mechanism}' is not known; it can be "
                f"{', '.join(MECHANISMS)}.{did_you_mean(self.mechanism, MECHANISMS)}"
            )
        self.masks_padding = hparams.attention_mask_padding
        self.heads = hparams.num_heads
        self.context_width = self.heads * memory_width
        self.memory_layer = _built(Linear(units, hparams, name="memory_layer"), memory_width)
        self.scale: Any = None
        if self.mechanism.endswith("luong"):
            if query_width != units:
                raise T2TError(
                    f"attention_mechanism={self.mechanism} multiplies keys of width {units} with "
                    f"queries of width {query_width}; choose bahdanau, or equal widths."
                )
            if self.mechanism == "scaled_luong":
                self.scale = self.add_weight(shape=(), initializer="ones", name="g")
            return
        self.query_layer = _built(Linear(units, hparams, name="query_layer"), query_width)
        start = initializer(hparams)
        self.v = [
            self.add_weight(shape=(units,), initializer=start.clone(), name=f"v_{head}")
            for head in range(self.heads)
        ]
        if self.mechanism == "normed_bahdanau":
            length = keras.initializers.Constant(units**-0.5)
            self.scale = [
                self.add_weight(shape=(), initializer=length, name=f"g_{head}")
                for head in range(self.heads)
            ]
            self.bias = self.add_weight(shape=(units,), initializer="zeros", name="b")

    def prepare(self, memory, is_padding):
        """What `call` needs of a memory, once a sentence: a dict of `[batch, memory, …]`.

        Args:
          memory: `[batch, memory, width]`, zeros at padding.
          is_padding: `[batch, memory]`.
        """
        return {
            "keys": self.memory_layer(memory),
            "values": memory,
            "is_padding": ops.cast(is_padding, "bool"),
        }

    def call(self, query, prepared):
        """Contexts `[batch, queries, heads * width]`, weights `[batch, heads, queries, memory]`."""
        scores = self._scores(query, prepared["keys"])
        bias = None
        if self.masks_padding:
            bias = ops.cast(prepared["is_padding"], "float32")[:, None, :] * MASKED
        weights = [attention_weights(score, bias) for score in scores]
        if len(weights) < self.heads:  # Luong's heads have nothing of their own.
            weights = weights * self.heads
        contexts = [ops.matmul(weight, prepared["values"]) for weight in weights]
        return ops.concatenate(contexts, axis=-1), ops.stack(weights, axis=1)

    def _scores(self, query, keys) -> list:
        """`[batch, queries, memory]` for each head that has one of its own."""
        if self.mechanism.endswith("luong"):
            scores = ops.matmul(query, ops.swapaxes(keys, -1, -2))
            return [scores if self.scale is None else scores * self.scale]
        query = self.query_layer(query)
        if self.mechanism == "normed_bahdanau":
            query = query + self.bias
        sums = ops.tanh(query[:, :, None] + keys[:, None])  # [batch, queries, memory, units]
        return [ops.matmul(sums, v[:, None])[..., 0] for v in self._directions()]

    def _directions(self) -> list:
        """Each head's v, or g v / |v|."""
        if self.scale is None:
            return [ops.convert_to_tensor(v) for v in self.v]
        return [
            g * v * ops.rsqrt(ops.sum(ops.square(v)))
            for g, v in zip(self.scale, self.v, strict=True)
        ]


class AttentionVector(Composite):
    """What a decoder's output and its contexts make together: Luong et al. 2015, equation 5.

    As in TensorFlow's AttentionWrapper there is neither tanh nor bias: [output; context] W for
    each head, side by side. With `size` 0 it is the contexts themselves.
    """

    def __init__(self, size, query_width, memory_width, units, hparams, **kwargs):
        super().__init__(**kwargs)
        self.attention = Attention(query_width, memory_width, units, hparams, name="attention")
        heads = self.attention.heads
        self.layers = [
            _built(Linear(size, hparams, name=f"layer_{head}"), query_width + memory_width)
            for head in range(heads if size else 0)
        ]
        self.width = size * heads or self.attention.context_width

    def call(self, output, prepared):
        """`[batch, queries, width]` -> vectors `[batch, queries, self.width]`, and the weights."""
        contexts, weights = self.attention(output, prepared)
        if not self.layers:
            return contexts, weights
        parts = ops.split(contexts, len(self.layers), axis=-1)
        vectors = [
            layer(ops.concatenate([output, context], axis=-1))
            for layer, context in zip(self.layers, parts, strict=True)
        ]
        return ops.concatenate(vectors, axis=-1), weights


class FedLayers(Composite):
    """Recurrent layers whose bottom one sees the last attention vector besides its input.

    This is input feeding (Luong et al. 2015, section 3.3; TensorFlow's AttentionWrapper): the
    attention is a part of the loop.
    """

    def __init__(
        self, num_layers, width, units, vector: AttentionVector, hparams, num_residual=0, **kwargs
    ):
        super().__init__(**kwargs)
        self.vector = vector
        self.units = units
        self.first_residual = num_layers - num_residual
        self.cells = [
            make_cell(
                0 if i else width,
                units if i else vector.width,
                units,
                hparams,
                name=f"layer_{i}",
            )
            for i in range(num_layers)
        ]
        self.dropouts = [Dropout(hparams.dropout) for _ in range(num_layers + 1)]

    def start(self, states, rows):
        """The state before the first position."""
        if states is None:
            states = [cell.zero_state(rows) for cell in self.cells]
        by_name = {cell.name: state for cell, state in zip(self.cells, states, strict=True)}
        return {"layers": by_name, "vector": ops.zeros((rows, self.vector.width), "float32")}

    def call(self, x, states, prepared, training=False):
        """`[length, batch, width]` -> the top layer's outputs `[length, batch, units]`, and the
        attention vectors `[length, batch, …]`."""
        length, batch = ops.shape(x)[:2]
        x = self.dropouts[0](x, training=training)
        masks = [
            self._mask((length, batch, cell.fed), dropout, training)
            for cell, dropout in zip(self.cells, self.dropouts[1:], strict=True)
        ]

        def step(t, old, projected):
            now = [mask if mask is None else mask[t] for mask in masks]
            output, new, _ = self._advance(projected, old["state"], prepared, now)
            return {"state": new, "output": output}

        start = {
            "state": self.start(states, batch),
            "output": ops.zeros((batch, self.units), "float32"),
        }
        every, _ = scan(step, start, self.cells[0].project(x))
        return every["output"], every["state"]["vector"]

    def _mask(self, shape, dropout, training):
        """Dropout of what comes up in the loop; None if there is none."""
        if not training or not dropout.rate:
            return None
        return ops.stop_gradient(dropout(ops.ones(shape, "float32"), training=True))

    def step(self, x, state, prepared):
        """One position `[rows, width]` -> the output, the next state, and the attention's weights.

        The attention vector is in the state.
        """
        return self._advance(self.cells[0].project(x), state, prepared, [None] * len(self.cells))

    def _advance(self, projected, state, prepared, masks):
        below, new = state["vector"], {}
        for i, (cell, mask) in enumerate(zip(self.cells, masks, strict=True)):
            fed = below if mask is None else below * mask
            if i:
                projected = cell.project(None)
            new[cell.name] = cell.step(projected, [fed], state["layers"][cell.name])
            output = new[cell.name]["h"]
            if i >= self.first_residual:
                output = output + below
            below = output
        vector, weights = attend(self.vector, output, prepared)
        return output, {"layers": new, "vector": vector}, weights


def attend(vector: AttentionVector, output, prepared):
    """`vector` of outputs `[rows, width]`, rows = batch * queries -> `[rows, …]`, the weights.

    The rows of a sentence are queries side by side, so its memory is not repeated for them.
    """
    batch = ops.shape(prepared["keys"])[0]
    queries = ops.reshape(output, (batch, -1, output.shape[-1]))
    vectors, weights = vector(queries, prepared)
    return ops.reshape(vectors, (-1, vector.width)), weights


# Decoders: `start` and `step` decode, `call` trains; `width` is that of what they put out.


class PlainDecoder(Composite):
    """Recurrent layers that know of the source what their first states tell."""

    def __init__(self, num_layers, width, units, hparams, num_residual=0, **kwargs):
        super().__init__(**kwargs)
        self.stack = RecurrentStack(
            num_layers, width, units, hparams, num_residual=num_residual, name="stack"
        )
        self.width = units

    def prepare(self, memory, is_padding):
        """Nothing."""
        return {}

    def start(self, states, rows):
        """The state before the first position, from those of the encoder or None."""
        return self.stack.by_layer(states, rows)

    def call(self, x, states, prepared, training=False):
        """`[length, batch, width]` -> `[length, batch, self.width]`."""
        return self.stack(x, states, training=training)[0]

    def step(self, x, state, prepared):
        """One position `[rows, width]` -> `[rows, self.width]`, and the next state."""
        return self.stack.step(x, state)


class AttentionDecoder(Composite):
    """Recurrent layers with attention from the top one, fed back or not."""

    def __init__(self, num_layers, width, units, memory_width, hparams, num_residual=0, **kwargs):
        super().__init__(**kwargs)
        size = hparams.attention_layer_size or units
        self.vector = AttentionVector(size, units, memory_width, units, hparams, name="vector")
        self.is_fed = hparams.input_feeding
        self.gives_vector = hparams.output_attention
        if not self.is_fed and not self.gives_vector:
            raise T2TError(
                "With input_feeding=false and output_attention=false nothing sees the attention; "
                "set one of them to true."
            )
        shape = (num_layers, width, units)
        if self.is_fed:
            self.layers: Any = FedLayers(*shape, self.vector, hparams, num_residual, name="layers")
        else:
            self.layers = RecurrentStack(*shape, hparams, num_residual=num_residual, name="layers")
        self.width = self.vector.width if self.gives_vector else units
        self.merge: Any = None
        if self.gives_vector and self.vector.attention.heads > 1:
            self.width = units
            merge = Linear(units, hparams, use_bias=True, name="merge")
            self.merge = _built(merge, self.vector.width)

    def prepare(self, memory, is_padding):
        """What attention needs of the encoder's outputs `[batch, memory, width]`."""
        return self.vector.attention.prepare(memory, is_padding)

    def start(self, states, rows):
        """The state before the first position, from those of the encoder or None."""
        if self.is_fed:
            return self.layers.start(states, rows)
        return self.layers.by_layer(states, rows)

    def call(self, x, states, prepared, training=False):
        """`[length, batch, width]` -> `[length, batch, self.width]`."""
        if self.is_fed:
            outputs, vectors = self.layers(x, states, prepared, training=training)
        else:
            outputs, _ = self.layers(x, states, training=training)
            vectors, _ = self.vector(swap_batch_and_length(outputs), prepared)
            vectors = swap_batch_and_length(vectors)
        return self._output(outputs, vectors)

    def step(self, x, state, prepared):
        """One position `[rows, width]` -> `[rows, self.width]`, and the next state."""
        if self.is_fed:
            output, state, _ = self.layers.step(x, state, prepared)
            return self._output(output, state["vector"]), state
        output, state = self.layers.step(x, state)
        vector, _ = attend(self.vector, output, prepared)
        return self._output(output, vector), state

    def _output(self, outputs, vectors):
        if not self.gives_vector:
            return outputs
        return vectors if self.merge is None else self.merge(vectors)


class GNMTDecoder(Composite):
    """Attention from the bottom layer; every layer sees the context (Wu et al. 2016, section 3).

    The bottom layer sees the last context. The others see the last one, too, or
    (`uses_new_context`, the tutorial's gnmt_v2) that of the same position.
    """

    def __init__(
        self,
        num_layers,
        width,
        units,
        memory_width,
        hparams,
        num_residual=0,
        uses_new_context=True,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.uses_new_context = uses_new_context
        vector = AttentionVector(0, units, memory_width, units, hparams, name="vector")
        self.bottom = FedLayers(1, width, units, vector, hparams, name="bottom")
        self.upper = [
            RecurrentLayer(
                units + vector.width,
                units,
                hparams,
                is_residual=i >= num_layers - num_residual,
                name=f"layer_{i}",
            )
            for i in range(1, num_layers)
        ]
        self.width = units

    def prepare(self, memory, is_padding):
        """What attention needs of the encoder's outputs `[batch, memory, width]`."""
        return self.bottom.vector.attention.prepare(memory, is_padding)

    def start(self, states, rows):
        """The state before the first position, from those of the encoder or None."""
        first, others = (None, None) if states is None else (states[:1], states[1:])
        return {
            "bottom": self.bottom.start(first, rows),
            "upper": states_by_layer(self.upper, others, rows),
        }

    def call(self, x, states, prepared, training=False):
        """`[length, batch, width]` -> `[length, batch, self.width]`."""
        x, contexts = self.bottom(x, states and states[:1], prepared, training=training)
        if not self.uses_new_context:
            length, batch, width = ops.shape(contexts)
            before = ops.slice(contexts, (0, 0, 0), (length - 1, batch, width))
            contexts = ops.pad(before, [[1, 0], [0, 0], [0, 0]])
        for i, layer in enumerate(self.upper, 1):
            x = ops.concatenate([x, contexts], axis=-1)
            x, _ = layer(x, states and states[i], training=training)
        return x

    def step(self, x, state, prepared):
        """One position `[rows, width]` -> `[rows, self.width]`, and the next state."""
        context = state["bottom"]["vector"]
        x, bottom, _ = self.bottom.step(x, state["bottom"], prepared)
        if self.uses_new_context:
            context = bottom["vector"]
        upper = {}
        for layer in self.upper:
            x = ops.concatenate([x, context], axis=-1)
            x, upper[layer.name] = layer.step(x, state["upper"][layer.name])
        return x, {"bottom": bottom, "upper": upper}
