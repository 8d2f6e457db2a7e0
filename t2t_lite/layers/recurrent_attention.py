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
from t2t_lite.layers.initializers import initializer
from t2t_lite.layers.linear import Linear
from t2t_lite.layers.loop import Product, products_of

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
        """What `call` needs of a memory, once a sentence: a dict of `[batch, …]`.

        Args:
          memory: `[batch, memory, width]`, zeros at padding.
          is_padding: `[batch, memory]`.
        """
        keys = self.memory_layer(memory)
        if self.mechanism.endswith("luong"):
            keys = ops.transpose(keys, (0, 2, 1))  # [batch, units, memory]
        return {"keys": keys, "values": memory, "is_padding": ops.cast(is_padding, "bool")}

    @property
    def loop_kernels(self) -> list:
        """What a query is multiplied with."""
        return [] if self.mechanism.endswith("luong") else [self.query_layer.kernel]

    def call(self, query, prepared, products: list[Product]):
        """Contexts `[batch, queries, heads * width]`, weights `[batch, heads, queries, memory]`.

        `products` are those with `loop_kernels`.
        """
        scores = self._scores(query, prepared["keys"], products)
        bias = None
        if self.masks_padding:
            bias = ops.cast(prepared["is_padding"], "float32")[:, None, :] * MASKED
        weights = [attention_weights(score, bias) for score in scores]
        if len(weights) < self.heads:  # Luong's heads have nothing of their own.
            weights = weights * self.heads
        contexts = [ops.matmul(weight, prepared["values"]) for weight in weights]
        return ops.concatenate(contexts, axis=-1), ops.stack(weights, axis=1)

    def _scores(self, query, keys, products) -> list:
        """`[batch, queries, memory]` for each head that has one of its own."""
        if self.mechanism.endswith("luong"):
            scores = ops.matmul(query, keys)
            return [scores if self.scale is None else scores * self.scale]
        query = of_last_axis(products[0], query)
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

    @property
    def loop_kernels(self) -> list:
        """What a position of the decoder is multiplied with."""
        return [*self.attention.loop_kernels, *(layer.kernel for layer in self.layers)]

    def call(self, output, prepared, products: list[Product] | None = None):
        """`[batch, queries, width]` -> vectors `[batch, queries, self.width]`, and the weights.

        `products` are those with `loop_kernels`, in a loop.
        """
        if products is None:
            products = products_of(None, self.loop_kernels)
        count = len(self.attention.loop_kernels)
        contexts, weights = self.attention(output, prepared, products=products[:count])
        if not self.layers:
            return contexts, weights
        parts = ops.split(contexts, len(self.layers), axis=-1)
        vectors = [
            of_last_axis(multiply, ops.concatenate([output, context], axis=-1))
            for multiply, context in zip(products[count:], parts, strict=True)
        ]
        return ops.concatenate(vectors, axis=-1), weights


def of_last_axis(multiply: Product, x):
    """`multiply`, which takes rows, of `[batch, queries, width]`."""
    rows = multiply(ops.reshape(x, (-1, x.shape[-1])))
    return ops.reshape(rows, (*ops.shape(x)[:-1], rows.shape[-1]))


def attend(vector: AttentionVector, output, prepared, products: list[Product] | None = None):
    """`vector` of outputs `[rows, width]`, rows = batch * queries; and where each row looked.

    The rows of a sentence are queries side by side, so its memory is not repeated for them.

    Returns:
      `[rows, vector.width]`, and the mean of the heads' weights, `[rows, memory]`.
    """
    batch, memory = ops.shape(prepared["values"])[:2]
    queries = ops.reshape(output, (batch, -1, output.shape[-1]))
    vectors, weights = vector(queries, prepared, products=products)
    seen = ops.reshape(ops.mean(weights, axis=1), (-1, memory))
    return ops.reshape(vectors, (-1, vector.width)), seen
