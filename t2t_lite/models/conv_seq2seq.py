"""ConvS2S: convolutional sequence to sequence learning (Gehring et al. 2017, arXiv:1705.03122)."""

from __future__ import annotations

import keras
from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers import attention
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.convolution import WeightNormalized, not_padding
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.positions import shift_right
from t2t_lite.models.base import T2TModel, require_inputs, require_sequences, require_unpacked

HALF = 0.5**0.5
"""A sum of two terms is multiplied by this, so that its variance stays what it was (3.4)."""


def gated(x):
    """`[…, 2 width]` -> `[…, width]`: a · sigmoid(b) of its halves a and b (3.2)."""
    a, b = ops.split(x, 2, axis=-1)
    return a * ops.sigmoid(b)


def scale_gradient(x, factor: float):
    """`x`, whose gradient is multiplied by `factor`."""
    return factor * x + ops.stop_gradient((1.0 - factor) * x)


def linear(width: int, hparams, name: str) -> WeightNormalized:
    """`[…, length, input] -> […, length, width]`, weight-normalised."""
    start = (1.0 - hparams.dropout) ** 0.5  # Section 3.5: weights of variance p / n.
    return WeightNormalized(width, 1, hparams, start=start, is_causal=True, name=name)


class Positions(keras.layers.Layer):
    """A learned vector for each position (section 3.1)."""

    def __init__(self, hparams, **kwargs):
        super().__init__(autocast=False, **kwargs)
        self.count, self.hidden = hparams.max_positions, hparams.hidden_size

    def build(self, *_):
        self.table = self.add_weight(
            shape=(self.count, self.hidden),
            initializer=keras.initializers.RandomNormal(stddev=0.1),
            name="embeddings",
        )

    def call(self, x, positions):
        """`[…, length, hidden]` plus the vectors of `positions` `[length]`."""
        vectors = ops.take(self.table, ops.minimum(positions, self.count - 1), axis=0)
        return x + ops.cast(vectors, x.dtype)


class Block(Composite):
    """What blocks of the encoder and of the decoder have in common."""

    def __init__(self, input_width, width, size, hparams, is_causal: bool, **kwargs):
        super().__init__(**kwargs)
        self.dropout = Dropout(hparams.dropout)
        start = (4.0 * (1.0 - hparams.dropout)) ** 0.5  # Section 3.5: half is lost in the gate.
        self.convolution = WeightNormalized(
            2 * width, size, hparams, start=start, is_causal=is_causal, name="conv"
        )
        # Where the width changes, the residual is projected.
        self.project = None if width == input_width else linear(width, hparams, "project")

    def residual(self, x):
        """What the block's output is added to."""
        return x if self.project is None else self.project(x)


class EncoderBlock(Block):
    """Dropout, convolution, gate, residual connection (section 3.2)."""

    def call(self, x, present, training=False):
        """`[batch, length, input] -> [batch, length, width]`; `present` is 0 at padding."""
        convolved = gated(self.convolution(self.dropout(x, training=training) * present))
        return (convolved + self.residual(x)) * HALF


class DecoderBlock(Block):
    """A block with attention between gate and residual connection (section 3.3)."""

    def __init__(self, input_width, width, size, hparams, **kwargs):
        super().__init__(input_width, width, size, hparams, is_causal=True, **kwargs)
        self.query = linear(hparams.hidden_size, hparams, "query")
        self.context = linear(width, hparams, "context")

    def attend(self, x, embedded, memory):
        """Equations 1 and 2: `x` and the embedded targets ask, keys answer, values are summed."""
        query = (self.query(x) + embedded) * HALF
        beams = ops.reshape(query, (ops.shape(memory["keys"])[0], -1, query.shape[-1]))
        bias = attention.padding_bias(memory["is_padding"])[:, 0]
        logits = ops.matmul(beams, ops.swapaxes(memory["keys"], 1, 2))  # [batch, query, inputs]
        weights = attention.attention_weights(logits, bias)
        is_symbol = ops.cast(ops.logical_not(memory["is_padding"]), query.dtype)
        scale = ops.sqrt(ops.sum(is_symbol, axis=1))[:, None, None]  # Section 3.4: m · √(1/m).
        context = ops.matmul(weights, memory["values"]) * scale
        return (self.context(ops.reshape(context, ops.shape(query))) + x) * HALF

    def call(self, x, embedded, memory, training=False):
        """`[batch, length, input] -> [batch, length, width]`.

        Args:
          embedded: `[batch, length, hidden]`, the embedded targets.
          memory: `is_padding` `[batch, inputs]`, `keys` and `values` `[batch, inputs, hidden]`.
        """
        convolved = gated(self.convolution(self.dropout(x, training=training)))
        return (self.attend(convolved, embedded, memory) + self.residual(x)) * HALF

    def step(self, x, embedded, cache, memory):
        """One position `[rows, 1, input]`, rows = batch * beam; and the new cache."""
        convolved, cache = self.convolution.step(x, cache)
        attended = self.attend(gated(convolved), embedded, memory)
        return (attended + self.residual(x)) * HALF, cache


@registry.register_model("conv_seq2seq")
class ConvSeq2Seq(T2TModel):
    """ConvS2S: gated convolutions, and attention in every layer of the decoder."""

    default_hparams_set = "conv_seq2seq_base"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        require_inputs(self)
        require_sequences(self)
        require_unpacked(self)
        self.dropout = Dropout(hparams.dropout)
        layers = _layers("encoder", hparams.encoder_widths, hparams.encoder_kernels)
        self.input_positions = Positions(hparams, name="input_positions")
        self.encoder_start = linear(layers[0][0], hparams, "encoder_start")
        self.encoder = [
            EncoderBlock(before, width, size, hparams, is_causal=False, name=f"encoder_{i}")
            for i, (before, width, size) in enumerate(layers)
        ]
        self.encoder_end = linear(hparams.hidden_size, hparams, "encoder_end")
        layers = _layers("decoder", hparams.decoder_widths, hparams.decoder_kernels)
        self.target_positions = Positions(hparams, name="target_positions")
        self.decoder_start = linear(layers[0][0], hparams, "decoder_start")
        self.decoder = [
            DecoderBlock(before, width, size, hparams, name=f"decoder_{i}")
            for i, (before, width, size) in enumerate(layers)
        ]
        self.decoder_end = linear(hparams.hidden_size, hparams, "decoder_end")

    def body(self, features, training=False):
        memory = self._memory(features, training)
        x = shift_right(features["targets"])
        x = self.target_positions(x, positions=ops.arange(ops.shape(x)[1]))
        embedded = self.dropout(x, training=training)
        x = self.decoder_start(embedded)
        for block in self.decoder:
            x = block(x, embedded, memory, training=training)
        return self.dropout(self.decoder_end(x), training=training)

    def _memory(self, features, training=False):
        """What the decoder attends to: keys, and values that remember the words themselves."""
        x, is_padding = features["inputs"], features["inputs_padding"]
        present = not_padding(is_padding, x.dtype)
        x = self.input_positions(x, positions=ops.arange(ops.shape(x)[1]))
        embedded = self.dropout(x, training=training)
        x = self.encoder_start(embedded)
        for block in self.encoder:
            x = block(x, present, training=training)
        # Each of the decoder's attentions adds to the gradient of keys and values (3.4).
        keys = scale_gradient(self.encoder_end(x), 0.5 / len(self.decoder))
        return {"is_padding": is_padding, "keys": keys, "values": (keys + embedded) * HALF}

    def encode(self, features):
        return self._memory(self.bottom(features))

    def init_cache(self, encoded, rows, max_length):
        return {block.name: block.convolution.init_cache(rows) for block in self.decoder}

    def decode_step(self, ids, position, cache, encoded):
        x = self.embed_previous(ids, position)  # [rows, 1, hidden]
        embedded = self.target_positions(x, positions=ops.reshape(position, (1,)))
        x, updated = self.decoder_start(embedded), {}
        for block in self.decoder:
            x, updated[block.name] = block.step(x, embedded, cache[block.name], encoded)
        return self.top_of_step(self.decoder_end(x)), updated


def _layers(part: str, widths: list[int], kernels: list[int]) -> list[tuple[int, int, int]]:
    """(width before, width, kernel size) of each layer of a part."""
    if not widths or len(widths) != len(kernels) or min(widths + kernels) < 1:
        raise T2TError(
            f"{part}_widths={widths} and {part}_kernels={kernels} must be lists of equal length, "
            "of at least one layer, of positive numbers."
        )
    return list(zip([widths[0], *widths[:-1]], widths, kernels, strict=True))
