"""The Transformer (Vaswani et al. 2017), as Tensor2Tensor builds it."""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers import attention
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.initializers import initializer
from t2t_lite.layers.linear import FeedForward
from t2t_lite.layers.normalization import PrePost
from t2t_lite.layers.positions import shift_right, timing_signal
from t2t_lite.models.base import (
    Features,
    T2TModel,
    mean_of_symbols,
    require_inputs,
    require_sequences,
)

TARGET_SPACES = 32  # Rows of the target-space embedding: T2T's ids of output languages and kinds.


def __getattr__(name: str) -> Any:
    """Hparams sets: plug-ins had them from Tensor2Tensor's module of this name, too."""
    if name in registry.hparams_sets:
        return registry.hparams_sets.get(name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


class Layer(Composite):
    """Self-attention, attention to the encoder (in a decoder), feed-forward; each wrapped by
    `layer_preprocess_sequence` and `layer_postprocess_sequence`."""

    def __init__(self, hparams, attends_to_encoder: bool, **kwargs):
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
        self.feed_forward = FeedForward(hparams, name="ffn")
        count = 3 if attends_to_encoder else 2
        before, after = hparams.layer_preprocess_sequence, hparams.layer_postprocess_sequence
        self.pre = [PrePost(before, hparams, name=f"pre_{i}") for i in range(count)]
        self.post = [PrePost(after, hparams, name=f"post_{i}") for i in range(count)]

    def _wrap(self, index, x, sublayer, training):
        output = sublayer(self.pre[index](x, training=training))
        return self.post[index](output, x, training=training)

    def call(self, x, bias, memory=None, memory_bias=None, training=False):
        """`[batch, length, hidden]` -> the same shape."""

        def attend(y):
            return self.self_attention(y, bias=bias, training=training)

        def attend_to_encoder(y):
            return self.encdec_attention(y, memory, bias=memory_bias, training=training)

        x = self._wrap(0, x, attend, training)
        if self.encdec_attention is not None:
            x = self._wrap(1, x, attend_to_encoder, training)
        return self._wrap(-1, x, lambda y: self.feed_forward(y, training=training), training)

    def step(self, x, position, cache, memory, memory_bias):
        """One position `[rows, 1, hidden]`; `memory` holds this layer's k and v, or is None."""
        updated = {}

        def attend(y):
            output, updated["cache"] = self.self_attention.step(y, position, cache)
            return output

        def attend_to_encoder(y):
            return self.encdec_attention.step_over_memory(y, memory["k"], memory["v"], memory_bias)

        x = self._wrap(0, x, attend, training=False)
        if self.encdec_attention is not None:
            x = self._wrap(1, x, attend_to_encoder, training=False)
        return self._wrap(-1, x, self.feed_forward, training=False), updated["cache"]


class Stack(Composite):
    """Layers on `[batch, length, hidden]`, with dropout before and a normalisation after them."""

    def __init__(self, hparams, num_layers: int, attends_to_encoder: bool, **kwargs):
        super().__init__(**kwargs)
        if hparams.pos not in ("timing", "none", None):
            raise T2TError(f"pos='{hparams.pos}' is not known; it can be 'timing' or 'none'.")
        self.hparams = hparams
        self.dropout = PrePost("d", hparams, name="dropout")
        self.layers = [
            Layer(hparams, attends_to_encoder, name=f"layer_{i}") for i in range(num_layers)
        ]
        self.final = PrePost(hparams.layer_preprocess_sequence, hparams, name="final")

    def add_positions(self, x, positions):
        """Adds the timing signal of `positions` (`[length]` or `[batch, length]`) to x."""
        if self.hparams.pos in (None, "none"):
            return x
        signal = timing_signal(positions, self.hparams.hidden_size)
        return x + ops.cast(signal, x.dtype)

    def call(self, x, bias, memory=None, memory_bias=None, training=False):
        """`[batch, length, hidden]` -> the same shape; `memory` is the encoder's, in a decoder."""
        x = self.dropout(x, training=training)
        for layer in self.layers:
            x = layer(x, bias, memory, memory_bias, training=training)
        return self.final(x, training=training)

    def step(self, x, position, cache, memories, memory_bias):
        """One position `[rows, 1, hidden]`, with one cache and one memory per layer."""
        updated = {}
        for layer in self.layers:
            x, updated[layer.name] = layer.step(
                x, position, cache[layer.name], memories.get(layer.name), memory_bias
            )
        return self.final(x), updated


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
    """Embedded inputs -> memory, with positions and the target's space added."""

    def __init__(self, hparams, target_space_id: int, **kwargs):
        super().__init__(**kwargs)
        self.hparams = hparams
        self.target_space_id = target_space_id
        num_layers = hparams.num_encoder_layers or hparams.num_hidden_layers
        self.stack = Stack(hparams, num_layers, attends_to_encoder=False, name="stack")
        if hparams.use_target_space_embedding:
            self.target_space = TargetSpace(hparams, name="target_space_embedding")

    def call(self, features, training=False):
        """-> memory `[batch, length, hidden]` and the bias that hides its padding."""
        x = features["inputs"]
        padding = attention.padding_bias(features["inputs_raw"] == 0)
        bias = padding
        if "inputs_segmentation" in features:
            segments = features["inputs_segmentation"]
            bias = attention.same_segment_bias(segments, segments)
        length = ops.shape(x)[1]
        if self.hparams.unidirectional_encoder:
            bias = bias + attention.causal_bias(length)
        if self.hparams.use_target_space_embedding:
            x = self.target_space(x, space_id=self.target_space_id)
        x = self.stack.add_positions(x, positions_of(features, "inputs"))
        return self.stack(x, bias, training=training), padding


@registry.register_model
class Transformer(T2TModel):
    """Transformer encoder-decoder; a decoder-only language model where there are no inputs."""

    default_hparams_set = "transformer_base"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        require_sequences(self)
        if self.has_inputs:
            self.encoder = Encoder(hparams, problem_hparams.target_space_id, name="encoder")
        num_layers = hparams.num_decoder_layers or hparams.num_hidden_layers
        self.decoder = Stack(hparams, num_layers, self.has_inputs, name="decoder")

    def body(self, features, training=False):
        memory = memory_bias = None
        if self.has_inputs:
            memory, memory_bias = self.encoder(features, training=training)
            if "targets_segmentation" in features:
                memory_bias = attention.same_segment_bias(
                    features["targets_segmentation"], features["inputs_segmentation"]
                )
        x = shift_right(features["targets"])
        if "targets_segmentation" in features:  # The first of a packed example sees no other.
            is_first = ops.equal(features["targets_position"], 0)
            x = ops.where(is_first[..., None], ops.zeros_like(x), x)
        x = self.decoder.add_positions(x, positions_of(features, "targets"))
        bias = self.decoder_bias(features)
        return self.decoder(x, bias, memory, memory_bias, training=training)

    def decoder_bias(self, features):
        """What a target position may look at: `[1 or batch, 1, length, length]`."""
        length = ops.shape(features["targets"])[1]
        bias = ops.zeros((1, 1, length, length))
        if self.hparams.prepend_mode == "prepend_inputs_full_attention":
            bias = attention.prepended_inputs_bias(features["targets_raw"])
        elif self.hparams.causal_decoder_self_attention:
            bias = attention.causal_bias(length)
        if "targets_segmentation" in features:
            segments = features["targets_segmentation"]
            bias = bias + attention.same_segment_bias(segments, segments)
        return bias

    @property
    def can_step(self) -> bool:
        """Whether a position's output never changes when later symbols come in."""
        if self.hparams.prepend_mode == "prepend_inputs_full_attention":
            return False
        return self.hparams.causal_decoder_self_attention

    def encode(self, features):
        if not self.can_step:
            return super().encode(features)
        if not self.has_inputs:
            return {}
        memory, _ = self.encoder(self.bottom(features))
        encoded = {"is_padding": features["inputs"] == 0}
        for layer in self.decoder.layers:
            k, v = layer.encdec_attention.project_memory(memory)
            encoded[layer.name] = {"k": k, "v": v}
        return encoded

    def init_cache(self, encoded, rows, max_length):
        if not self.can_step:
            return super().init_cache(encoded, rows, max_length)
        return {
            layer.name: layer.self_attention.init_cache(rows, max_length)
            for layer in self.decoder.layers
        }

    def decode_step(self, ids, position, cache, encoded):
        if not self.can_step:
            return super().decode_step(ids, position, cache, encoded)
        x = self.embed_previous(ids, position)  # [rows, 1, hidden]
        x = self.decoder.add_positions(x, ops.reshape(position, (1,)))
        bias = None
        if self.has_inputs:
            # Made here, for with a loop's variable in its place TensorFlow 2.21's fusion of
            # product, scale and sum computes nothing (Grappler takes the wrong output of Switch).
            bias = attention.padding_bias(encoded["is_padding"])
        x, cache = self.decoder.step(x, position, cache, encoded, bias)
        return self.top_of_step(x), cache


@registry.register_model
class TransformerEncoder(T2TModel):
    """The Transformer's encoder alone, for classes: the mean over the inputs' positions."""

    default_hparams_set = "transformer_base"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        require_inputs(self)
        if self.is_autoregressive:
            raise T2TError(
                "The model 'transformer_encoder' makes classes, but the problem's targets are "
                "sequences; choose --model=transformer."
            )
        self.encoder = Encoder(hparams, problem_hparams.target_space_id, name="encoder")

    def body(self, features, training=False):
        memory, _ = self.encoder(features, training=training)
        return mean_of_symbols(memory, features["inputs_raw"])
