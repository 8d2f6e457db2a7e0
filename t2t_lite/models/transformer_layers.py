"""What Transformers are built of: a layer, a stack of layers, the encoder around its stack.

Whatever stands in a stack has `call`, `project_memory`, `init_cache` and `step` as `Layer` has.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
from keras import ops

from t2t_lite.errors import T2TError
from t2t_lite.layers import attention
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.convolution import not_padding
from t2t_lite.layers.feed_forward import FeedForward
from t2t_lite.layers.initializers import initializer
from t2t_lite.layers.normalization import PrePost
from t2t_lite.layers.positions import timing_signal
from t2t_lite.models.base import Features

TARGET_SPACES = 32  # Rows of the target-space embedding: T2T's ids of output languages and kinds.


class Layer(Composite):
    """Self-attention, attention to the encoder (in a decoder), feed-forward; each wrapped by
    `layer_preprocess_sequence` and `layer_postprocess_sequence`."""

    def __init__(self, hparams, attends_to_encoder: bool, feed_forward=None, **kwargs):
        """
        Args:
          feed_forward: a layer such as those of `layers.feed_forward`; None: the one that
            `hparams.ffn_layer` names.
        """
        super().__init__(**kwargs)
        if hparams.ffn_layer != "dense_relu_dense":
            raise T2TError(
                f"ffn_layer='{hparams.ffn_layer}' is not known; it can be 'dense_relu_dense'."
            )
        self.self_attention = attention.MultiHeadAttention(
            hparams, is_self_attention=True, name="self_attention"
        )
        self.encdec_attention: Any = None
        if attends_to_encoder:
            self.encdec_attention = attention.MultiHeadAttention(
                hparams, is_self_attention=False, name="encdec_attention"
            )
        self.feed_forward = feed_forward or FeedForward(hparams, name="ffn")
        count = 3 if attends_to_encoder else 2
        before, after = hparams.layer_preprocess_sequence, hparams.layer_postprocess_sequence
        self.pre = [PrePost(before, hparams, name=f"pre_{i}") for i in range(count)]
        self.post = [PrePost(after, hparams, name=f"post_{i}") for i in range(count)]

    def _wrap(self, index, x, sublayer, training):
        output = sublayer(self.pre[index](x, training=training))
        return self.post[index](output, x, training=training)

    def call(self, x, bias, memory=None, memory_bias=None, present=None, training=False):
        """`[batch, length, hidden]` -> the same shape.

        Args:
          bias: added to the logits of self-attention.
          memory, memory_bias: what a decoder attends to, as `MultiHeadAttention` takes it; None,
            where there are no inputs: it attends to itself alone.
          present: `[batch, length, 1]`, 0 at padding.
        """

        def attend(y):
            return self.self_attention(y, bias=bias, training=training)

        def attend_to_encoder(y):
            return self.encdec_attention(y, memory, bias=memory_bias, training=training)

        def feed_forward(y):
            return self.feed_forward(y, present=present, training=training)

        x = self._wrap(0, x, attend, training)
        if memory is not None:
            x = self._wrap(1, x, attend_to_encoder, training)
        return self._wrap(-1, x, feed_forward, training)

    def project_memory(self, memory):
        """What is the same at each step: the keys and values of the encoder's output."""
        k, v = self.encdec_attention.project_memory(memory)
        return {"k": k, "v": v}

    def init_cache(self, rows, max_length):
        """Room for what the steps remember."""
        return {
            "self_attention": self.self_attention.init_cache(rows, max_length),
            "feed_forward": self.feed_forward.init_cache(rows),
        }

    def step(self, x, position, cache, memory, memory_bias):
        """One position `[rows, 1, hidden]`; `memory` is of `project_memory`, or None."""
        updated = {}

        def attend(y):
            output, updated["self_attention"] = self.self_attention.step(
                y, position, cache["self_attention"]
            )
            return output

        def attend_to_encoder(y):
            k, v = memory["k"], memory["v"]
            output, seen = self.encdec_attention.look(y, k, v, memory_bias)
            if "attention" in cache:
                updated["attention"] = seen
            return output

        def feed_forward(y):
            output, updated["feed_forward"] = self.feed_forward.step(y, cache["feed_forward"])
            return output

        x = self._wrap(0, x, attend, training=False)
        if memory is not None:
            x = self._wrap(1, x, attend_to_encoder, training=False)
        return self._wrap(-1, x, feed_forward, training=False), updated


class Stack(Composite):
    """Layers on `[batch, length, hidden]`, with dropout before and a normalisation after them."""

    def __init__(self, hparams, layers: Sequence[Any], **kwargs):
        super().__init__(**kwargs)
        if hparams.pos not in ("timing", "none", None):
            raise T2TError(f"pos='{hparams.pos}' is not known; it can be 'timing' or 'none'.")
        self.hparams = hparams
        self.dropout = PrePost("d", hparams, name="dropout")
        self.layers = list(layers)
        self.final = PrePost(hparams.layer_preprocess_sequence, hparams, name="final")

    def add_positions(self, x, positions):
        """Adds the timing signal of `positions` (`[length]` or `[batch, length]`) to x."""
        if self.hparams.pos in (None, "none"):
            return x
        return add_timing(x, positions)

    def call(self, x, positions, bias, memory=None, memory_bias=None, present=None, training=False):
        """`[batch, length, hidden]` -> the same shape; the arguments are those of `Layer`."""
        x = self.dropout(self.add_positions(x, positions), training=training)
        for layer in self.layers:
            x = layer(x, bias, memory, memory_bias, present, training=training)
        return self.final(x, training=training)

    def project_memory(self, memory):
        """What the layers make of the encoder's output, once a sentence: one entry per layer."""
        return {layer.name: layer.project_memory(memory) for layer in self.layers}

    def init_cache(self, rows, max_length):
        """One cache per layer."""
        return {layer.name: layer.init_cache(rows, max_length) for layer in self.layers}

    def step(self, x, position, cache, memories, memory_bias):
        """One position `[rows, 1, hidden]`, with one cache and one memory per layer."""
        x, updated = self.add_positions(x, ops.reshape(position, (1,))), {}
        for layer in self.layers:
            x, updated[layer.name] = layer.step(
                x, position, cache[layer.name], memories.get(layer.name), memory_bias
            )
        return self.final(x), updated


def add_timing(x, positions):
    """Adds the timing signal of `positions` (`[length]` or `[batch, length]`) to x."""
    return x + ops.cast(timing_signal(positions, x.shape[-1]), x.dtype)


class TargetSpace(keras.layers.Layer):
    """A learned vector for each kind of output, added to the encoder's input."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        self.hidden = hparams.hidden_size
        self.table_initializer = initializer(hparams)

    def build(self, *_):
        self.kernel = self.add_weight(
            shape=(TARGET_SPACES, self.hidden), initializer=self.table_initializer, name="kernel"
        )

    def call(self, x, space_id):
        """`x [batch, length, hidden]` plus the vector of `space_id`."""
        return x + ops.cast(ops.take(self.kernel, space_id, axis=0), x.dtype)


def positions_of(features: Features, name: str):
    """`[length]`, or `[batch, length]` where packed examples bring their own."""
    if f"{name}_position" in features:
        return features[f"{name}_position"]
    return ops.arange(ops.shape(features[name])[1])


class Encoder(Composite):
    """Embedded inputs -> memory, with the target's space added."""

    def __init__(self, hparams, stack: Stack, **kwargs):
        super().__init__(**kwargs)
        self.hparams = hparams
        self.stack = stack
        if hparams.use_target_space_embedding:
            self.target_space = TargetSpace(hparams, name="target_space_embedding")

    def call(self, features, training=False):
        """-> memory `[batch, length, hidden]` and the bias that hides its padding."""
        x, is_padding = features["inputs"], features["inputs_padding"]
        padding = attention.padding_bias(is_padding)
        bias = padding
        if "inputs_segmentation" in features:
            segments = features["inputs_segmentation"]
            bias = attention.same_segment_bias(segments, segments)
        if self.hparams.unidirectional_encoder:
            bias = bias + attention.causal_bias(ops.shape(x)[1])
        if self.hparams.use_target_space_embedding:
            x = self.target_space(x, space_id=features["target_space_id"])
        present = not_padding(is_padding, x.dtype)
        x = self.stack(
            x, positions_of(features, "inputs"), bias, present=present, training=training
        )
        return x, padding
