"""Multi-head attention: dot-product and relative, with caches for decoding."""

from __future__ import annotations

import itertools

import keras
from keras import ops

from t2t_lite.errors import T2TError
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.linear import Linear
from t2t_lite.layers.positions import relative_positions
from t2t_lite.layers.precision import operand_type

MASKED = -1e9  # Added to the logit of a forbidden position; its weight underflows to zero.


def padding_bias(padding):
    """`[batch, memory]`, true at padding -> `[batch, 1, 1, memory]` to add to logits."""
    return ops.cast(padding, "float32")[:, None, None, :] * MASKED


def causal_bias(length):
    """`[1, 1, length, length]`: a position may not look at those after it."""
    steps = ops.arange(length)
    future = ops.expand_dims(steps, 0) > ops.expand_dims(steps, 1)
    return ops.cast(future, "float32")[None, None] * MASKED


def same_segment_bias(query_segments, memory_segments):
    """`[batch, 1, query, memory]`: positions of different packed examples do not meet."""
    differ = query_segments[:, :, None] != memory_segments[:, None, :]
    return ops.cast(differ, "float32")[:, None] * MASKED


def prepended_inputs_bias(ids):
    """`[batch, 1, length, length]` for rows of inputs, one padding, targets.

    The inputs see each other whole; a target sees the inputs and the targets up to itself.
    """
    padding = ops.cast(ids == 0, "int32")
    is_target = ops.cumsum(padding, axis=1) - padding
    place = ops.cumsum(is_target, axis=1)  # 0 in the inputs, then 1, 2, …
    hidden = place[:, None, :] > place[:, :, None]
    return ops.cast(hidden, "float32")[:, None] * MASKED


def proximity_bias(queries, memories):
    """`[query]`, `[memory]` positions -> `[query, memory]`: -log(1 + distance), which pulls
    attention gently to near positions."""
    distance = ops.abs(queries[:, None] - memories[None, :])
    return -ops.log1p(ops.cast(distance, "float32"))


def split_heads(x, heads: int):
    """`[batch, length, width]` -> `[batch, heads, length, width / heads]`."""
    batch, length, width = ops.shape(x)
    x = ops.reshape(x, (batch, length, heads, width // heads))
    return ops.transpose(x, (0, 2, 1, 3))


def merge_heads(x):
    """`[batch, heads, length, depth]` -> `[batch, length, heads * depth]`."""
    batch, heads, length, depth = ops.shape(x)
    return ops.reshape(ops.transpose(x, (0, 2, 1, 3)), (batch, length, heads * depth))


def attention_weights(logits, bias=None):
    """Softmax over the last dimension, in float32 whatever the logits' type."""
    if logits.shape[-1] == 1:  # Of a softmax over one position Keras warns.
        return ops.ones_like(logits)
    logits32 = ops.cast(logits, "float32")
    if bias is not None:
        logits32 = logits32 + ops.cast(bias, "float32")  # Keras casts arguments to bfloat16.
    return ops.cast(ops.softmax(logits32), logits.dtype)


def dot_product_attention(q, k, v, bias=None, dropout=None, training=False):
    """softmax(q kᵀ + bias) v (Vaswani 2017, eq. 1); the caller scales q.

    Args:
      q: `[batch, heads, query, depth]`.
      k, v: `[batch, heads, memory, depth]`.
      bias: None or broadcastable to `[batch, heads, query, memory]`.
      dropout: None or a `Dropout` layer for the weights.
    Returns:
      `[batch, heads, query, depth of v]`.
    """
    logits = ops.matmul(q, ops.swapaxes(k, -1, -2))  # [batch, heads, query, memory]
    weights = attention_weights(logits, bias)
    if dropout is not None:
        weights = dropout(weights, training=training)
    return ops.matmul(weights, v)


class RelativeTable(keras.layers.Layer):
    """Embeddings of clipped distances (Shaw 2018, section 3.2), shared by all heads."""

    def __init__(self, max_distance: int, depth: int, initializer, **kwargs):
        super().__init__(**kwargs)
        self.max_distance, self.depth = max_distance, depth
        self.table_initializer = initializer

    def build(self, *_):
        self.table = self.add_weight(
            shape=(2 * self.max_distance + 1, self.depth),
            initializer=self.table_initializer,
            name="embeddings",
        )

    def call(self, queries, memories):
        """Positions `[query]`, `[memory]` -> `[query, memory, depth]`."""
        return ops.take(
            self.table, relative_positions(queries, memories, self.max_distance), axis=0
        )


class MultiHeadAttention(Composite):
    """Projections, attention over heads, output projection; no biases, as Tensor2Tensor.

    `__call__` trains and encodes; `project_memory` and `step` decode one position at a time.
    """

    def __init__(self, hparams, is_self_attention: bool, heads: int | None = None, **kwargs):
        """
        Args:
          heads: None: `hparams.num_heads`.
        """
        super().__init__(**kwargs)
        self.is_self_attention = is_self_attention
        self.is_proximal = is_self_attention and hparams.proximity_bias
        self.heads = heads or hparams.num_heads
        key_width = hparams.attention_key_channels or hparams.hidden_size
        value_width = hparams.attention_value_channels or hparams.hidden_size
        for what, width in (("key", key_width), ("value", value_width)):
            if width % self.heads:
                raise T2TError(
                    f"The attention {what} width {width} is not divisible by num_heads="
                    f"{self.heads}; change hidden_size, attention_{what}_channels or num_heads."
                )
        self.key_width, self.value_width = key_width, value_width
        q_scale = (key_width // self.heads) ** -0.5  # (Vaswani 2017, eq. 1)
        inner = {"for_matmul": True}
        if is_self_attention:
            widths = [key_width, key_width, value_width]
            self.qkv = Linear(widths, hparams, scales=[q_scale, 1, 1], **inner, name="qkv")
        else:
            self.q = Linear(key_width, hparams, scales=[q_scale], **inner, name="q")
            self.kv = Linear([key_width, value_width], hparams, **inner, name="kv")
        self.output_transform = Linear(hparams.hidden_size, hparams, name="output_transform")
        self.dropout = Dropout(hparams.attention_dropout, hparams.attention_dropout_broadcast_dims)
        self.relative_keys: RelativeTable | None = None
        self.relative_values: RelativeTable | None = None
        if is_self_attention and hparams.self_attention_type == "dot_product_relative":
            self._add_relative_tables(hparams)
        elif hparams.self_attention_type not in ("dot_product", "dot_product_relative"):
            raise T2TError(
                f"self_attention_type='{hparams.self_attention_type}' is not known; "
                "it can be 'dot_product' or 'dot_product_relative'."
            )

    def _add_relative_tables(self, hparams):
        if not hparams.max_relative_position:
            raise T2TError(
                "self_attention_type=dot_product_relative needs max_relative_position > 0; "
                "transformer_relative sets it to 20."
            )
        distance, start = hparams.max_relative_position, self.qkv.kernel_initializer
        key_depth, value_depth = self.key_width // self.heads, self.value_width // self.heads
        self.relative_keys = RelativeTable(distance, key_depth, start.clone(), name="relative_keys")
        self.relative_values = RelativeTable(
            distance, value_depth, start.clone(), name="relative_values"
        )

    def _split(self, projected, widths):
        """`[batch, length, sum(widths)]` -> one `[batch, heads, length, depth]` per width."""
        if len(set(widths)) == 1:  # One transposition for all of them.
            batch, length, _ = ops.shape(projected)
            depth = widths[0] // self.heads
            parts = ops.reshape(projected, (batch, length, len(widths), self.heads, depth))
            return ops.unstack(ops.transpose(parts, (2, 0, 3, 1, 4)))
        starts = list(itertools.accumulate(widths))[:-1]
        # Not projected[..., a:b], whose gradient is slow in TensorFlow.
        parts = ops.split(projected, starts, axis=-1)
        return [split_heads(part, self.heads) for part in parts]

    def _attend(self, q, k, v, bias, q_positions, training):
        if self.is_proximal:
            bias = bias + proximity_bias(q_positions, ops.arange(ops.shape(k)[2]))
        if self.relative_keys is None or self.relative_values is None:
            return dot_product_attention(q, k, v, bias, self.dropout, training)
        memory_positions = ops.arange(ops.shape(k)[2])
        tables = self.relative_keys, self.relative_values
        to_keys, to_values = (
            ops.cast(table(q_positions, memory_positions), q.dtype) for table in tables
        )  # [query, memory, depth]
        logits = ops.matmul(q, ops.swapaxes(k, -1, -2))
        logits = logits + ops.einsum("bhqd,qmd->bhqm", q, to_keys)
        weights = self.dropout(attention_weights(logits, bias), training=training)
        return ops.matmul(weights, v) + ops.einsum("bhqm,qmd->bhqd", weights, to_values)

    def call(self, x, memory=None, bias=None, training=False):
        """`x [batch, query, hidden]` attends to itself or to a memory.

        Args:
          memory: `[batch, memory, hidden]`, or k and v that `project_memory` made of it.
        """
        if self.is_self_attention:
            widths = [self.key_width, self.key_width, self.value_width]
            q, k, v = self._split(self.qkv(x), widths)
        else:
            q = split_heads(self.q(x), self.heads)
            k, v = memory if isinstance(memory, tuple) else self.project_memory(memory)
        q_positions = ops.arange(ops.shape(x)[1])
        context = self._attend(q, k, v, bias, q_positions, training)
        return self.output_transform(merge_heads(context))

    def project_memory(self, memory):
        """`[batch, memory, hidden]` -> k, v `[batch, heads, memory, depth]`, once a sentence."""
        return self._split(self.kv(memory), [self.key_width, self.value_width])

    def step_over_memory(self, x, k, v, bias):
        """One position of each row attends to its sentence's memory; see `look`."""
        return self.look(x, k, v, bias)[0]

    def look(self, x, k, v, bias):
        """One position of each row attends to its sentence's memory.

        The beams of a sentence are queries side by side, so k and v are not repeated per beam.

        Args:
          x: `[rows, 1, hidden]`, rows = batch * beam.
          k, v: `[batch, heads, memory, depth]` from `project_memory`.
          bias: `[batch, 1, 1, memory]`.
        Returns:
          `[rows, 1, hidden]`, and where each row looked, `[rows, memory]`: the mean of the heads.
        """
        batch = ops.shape(k)[0]
        beams = ops.reshape(self.q(x), (batch, -1, self.key_width))  # [batch, beam, width]
        q = split_heads(beams, self.heads)
        weights = attention_weights(ops.matmul(q, ops.swapaxes(k, -1, -2)), bias)
        context = ops.matmul(weights, v)  # [batch, heads, beam, depth]
        context = ops.reshape(merge_heads(context), (-1, 1, self.value_width))
        seen = ops.reshape(ops.mean(weights, axis=1), (-1, ops.shape(k)[2]))
        return self.output_transform(context), ops.cast(seen, "float32")

    def init_cache(self, rows, max_length):
        """Room for the keys and values of `max_length` positions."""

        kind = operand_type(self.compute_dtype)

        def zeros(width):
            depth = width // self.heads
            return ops.zeros((rows, self.heads, max_length, depth), kind)

        return {"k": zeros(self.key_width), "v": zeros(self.value_width)}

    def step(self, x, position, cache):
        """One position of causal self-attention.

        Args:
          x: `[rows, 1, hidden]`.
          position: scalar, the position of x.
          cache: of `init_cache`, filled up to `position`.
        Returns:
          `[rows, 1, hidden]` and the cache with this position filled in.
        """
        q, k, v = self._split(self.qkv(x), [self.key_width, self.key_width, self.value_width])
        memory_positions = ops.arange(ops.shape(cache["k"])[2])
        is_here = (memory_positions == position)[:, None]  # [memory, 1]
        keys, values = ops.where(is_here, k, cache["k"]), ops.where(is_here, v, cache["v"])
        bias = ops.cast(memory_positions > position, "float32") * MASKED  # [memory]
        q_positions = ops.reshape(ops.cast(position, memory_positions.dtype), (1,))
        context = self._attend(q, keys, values, bias, q_positions, training=False)
        return self.output_transform(merge_heads(context)), {"k": keys, "v": values}
