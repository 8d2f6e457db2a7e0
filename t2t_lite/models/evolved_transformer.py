"""The Evolved Transformer (So et al. 2019, arXiv:1901.11117), as Tensor2Tensor builds it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from keras import ops

from t2t_lite import registry
from t2t_lite.layers.attention import MultiHeadAttention
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.convolution import Convolution, SeparableConvolution
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.linear import Linear
from t2t_lite.layers.normalization import PrePost
from t2t_lite.models.base import require_unpacked
from t2t_lite.models.transformer import Transformer
from t2t_lite.models.transformer_layers import Stack


def more_heads(heads: int) -> int:
    """Those of the decoder's first self-attention: twice as many, but no more than 16."""
    return max(min(2 * heads, 16), heads)


def add_narrower(wide, narrow):
    """`[…, wide]` plus `[…, narrow]`, to whose end zeros are set."""
    missing = wide.shape[-1] - narrow.shape[-1]
    return wide + ops.pad(narrow, [[0, 0]] * (len(narrow.shape) - 1) + [[0, missing]])


class _EvolvedLayer(Composite):
    """What the layers of encoder and decoder have in common: sub-layers, each wrapped."""

    def __init__(self, hparams, blocks: int, **kwargs):
        super().__init__(**kwargs)
        before, after = hparams.layer_preprocess_sequence, hparams.layer_postprocess_sequence
        self.pre = [PrePost(before, hparams, name=f"pre_{i}") for i in range(blocks)]
        self.post = [PrePost(after, hparams, name=f"post_{i}") for i in range(blocks)]
        self.dropout = Dropout(hparams.layer_prepostprocess_dropout)
        self.conv_norm = PrePost(before, hparams, name="conv_norm")  # Between the convolutions.
        hidden = hparams.hidden_size
        self.expand = Linear(4 * hidden, hparams, use_bias=True, name="expand")
        self.contract = Linear(hidden, hparams, use_bias=True, name="contract")

    def _wrap(self, index: int, x, block: Callable[[Any], Any], training: bool):
        output = block(self.pre[index](x, training=training))
        return self.post[index](output, x, training=training)


class EncoderLayer(_EvolvedLayer):
    """Gated linear unit, wide and narrow convolutions, self-attention, feed-forward (figure 3)."""

    def __init__(self, hparams, **kwargs):
        super().__init__(hparams, blocks=4, **kwargs)
        hidden, options = hparams.hidden_size, {"is_causal": False, "use_bias": True}
        self.gated = Linear([hidden, hidden], hparams, use_bias=True, name="gated")
        self.conv_left = Linear(4 * hidden, hparams, use_bias=True, name="conv_left")
        self.conv_right = Convolution(hidden // 2, 3, hparams, **options, name="conv_right")
        self.conv_end = SeparableConvolution(hidden // 2, 9, hparams, **options, name="conv_end")
        self.self_attention = MultiHeadAttention(
            hparams, is_self_attention=True, name="self_attention"
        )

    def call(self, x, bias, memory=None, memory_bias=None, present=None, training=False):
        """`[batch, length, hidden]` -> the same shape; the arguments are those of `Layer`."""

        def gated_unit(y):
            values, gates = ops.split(self.gated(y), 2, axis=-1)
            return values * ops.sigmoid(gates)

        def convolutions(y):
            y = y * present
            left = self.dropout(ops.relu(self.conv_left(y)), training=training)
            right = self.dropout(ops.relu(self.conv_right(y)), training=training)
            y = self.conv_norm(add_narrower(left, right), training=training) * present
            return add_narrower(ops.zeros_like(x), self.conv_end(y))

        def attend(y):
            return self.self_attention(y, bias=bias, training=training)

        def feed_forward(y):
            return self.contract(self.dropout(ops.relu(self.expand(y)), training=training))

        for i, block in enumerate((gated_unit, convolutions, attend, feed_forward)):
            x = self._wrap(i, x, block, training)
        return x


class DecoderLayer(_EvolvedLayer):
    """Self-attention beside attention to the encoder, wide and narrow convolutions,
    self-attention, attention to the encoder, feed-forward (figure 3)."""

    def __init__(self, hparams, attends_to_encoder: bool, **kwargs):
        super().__init__(hparams, blocks=5 if attends_to_encoder else 4, **kwargs)
        hidden, options = hparams.hidden_size, {"is_causal": True, "use_bias": True}
        self.wide_attention = MultiHeadAttention(
            hparams,
            is_self_attention=True,
            heads=more_heads(hparams.num_heads),
            name="wide_attention",
        )
        self.self_attention = MultiHeadAttention(
            hparams, is_self_attention=True, name="self_attention"
        )
        self.encdec: list[MultiHeadAttention] = []
        if attends_to_encoder:
            self.encdec = [
                MultiHeadAttention(hparams, is_self_attention=False, name=f"encdec_{i}")
                for i in range(2)
            ]
        self.conv_left = SeparableConvolution(2 * hidden, 11, hparams, **options, name="conv_left")
        self.conv_right = SeparableConvolution(
            hidden // 2, 7, hparams, **options, name="conv_right"
        )
        self.conv_end = SeparableConvolution(hidden, 7, hparams, **options, name="conv_end")
        before = hparams.layer_preprocess_sequence
        self.ffn_norm = PrePost(before, hparams, name="ffn_norm")

    def _run(self, x, parts: dict[str, Callable], training: bool):
        """The layer on `x`; the parts that see other positions are given under their names."""

        def attend_beside(y):
            return parts["wide_attention"](y)

        def convolutions(y):
            left = self.dropout(ops.relu(parts["conv_left"](y)), training=training)
            right = self.dropout(parts["conv_right"](y), training=training)
            y = self.conv_norm(add_narrower(left, right), training=training)
            return parts["conv_end"](y)

        def feed_forward(y):
            y = self.dropout(ops.silu(self.expand(y)), training=training)
            return self.contract(self.ffn_norm(y, training=training))

        if "encdec_0" in parts:
            y = self.pre[0](x, training=training)
            left = self.dropout(parts["wide_attention"](y), training=training)
            right = self.dropout(parts["encdec_0"](y), training=training)
            x = x + left + right
        else:
            x = self._wrap(0, x, attend_beside, training)
        x = self._wrap(1, x, convolutions, training)
        x = self._wrap(2, x, parts["self_attention"], training)
        if "encdec_1" in parts:
            x = self._wrap(3, x, parts["encdec_1"], training)
        return self._wrap(-1, x, feed_forward, training)

    def call(self, x, bias, memory=None, memory_bias=None, present=None, training=False):
        """`[batch, length, hidden]` -> the same shape; the arguments are those of `Layer`."""

        def attention(layer):
            return lambda y: layer(y, bias=bias, training=training)

        def attention_to_encoder(layer):
            return lambda y: layer(y, memory, bias=memory_bias, training=training)

        parts = {layer.name: attention(layer) for layer in self._self_attentions}
        if memory is not None:
            parts.update({layer.name: attention_to_encoder(layer) for layer in self.encdec})
        parts.update({layer.name: layer for layer in self._convolutions})
        return self._run(x, parts, training)

    @property
    def _self_attentions(self) -> list[MultiHeadAttention]:
        return [self.wide_attention, self.self_attention]

    @property
    def _convolutions(self) -> list[SeparableConvolution]:
        return [self.conv_left, self.conv_right, self.conv_end]

    def project_memory(self, memory):
        """Keys and values of the encoder's output for both attentions to it."""
        return {
            layer.name: dict(zip("kv", layer.project_memory(memory), strict=True))
            for layer in self.encdec
        }

    def init_cache(self, rows, max_length):
        """Room for what the steps remember."""
        cache = {a.name: a.init_cache(rows, max_length) for a in self._self_attentions}
        return {**cache, **{c.name: c.init_cache(rows) for c in self._convolutions}}

    def step(self, x, position, cache, memory, memory_bias):
        """One position `[rows, 1, hidden]`; `memory` is of `project_memory`, or None."""
        updated = {}

        def attention(layer):
            def attend(y):
                output, updated[layer.name] = layer.step(y, position, cache[layer.name])
                return output

            return attend

        def attention_to_encoder(layer):
            k, v = memory[layer.name]["k"], memory[layer.name]["v"]
            return lambda y: layer.step_over_memory(y, k, v, memory_bias)

        def convolution(layer):
            def convolve(y):
                output, updated[layer.name] = layer.step(y, cache[layer.name])
                return output

            return convolve

        parts = {layer.name: attention(layer) for layer in self._self_attentions}
        if memory is not None:
            parts.update({layer.name: attention_to_encoder(layer) for layer in self.encdec})
        parts.update({layer.name: convolution(layer) for layer in self._convolutions})
        return self._run(x, parts, training=False), updated


@registry.register_model
class EvolvedTransformer(Transformer):
    """Evolved Transformer: layers that an evolutionary search found."""

    default_hparams_set = "evolved_transformer_base"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        require_unpacked(self)

    def make_encoder_stack(self, name):
        hparams = self.hparams
        count = hparams.num_encoder_layers or hparams.num_hidden_layers
        layers = [EncoderLayer(hparams, name=f"layer_{i}") for i in range(count)]
        return Stack(hparams, layers, name=name)

    def make_decoder_stack(self, name):
        hparams = self.hparams
        count = hparams.num_decoder_layers or hparams.num_hidden_layers
        layers = [
            DecoderLayer(hparams, attends_to_encoder=self.has_inputs, name=f"layer_{i}")
            for i in range(count)
        ]
        return Stack(hparams, layers, name=name)
