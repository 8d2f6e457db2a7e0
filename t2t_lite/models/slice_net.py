"""SliceNet (Kaiser et al. 2017, arXiv:1706.03059), as Tensor2Tensor builds it."""

from __future__ import annotations

from typing import Any

from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers import attention
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.convolution import (
    ConvolutionBlock,
    GroupedConvolution,
    not_padding,
    subseparable_convolution,
)
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.positions import shift_right, timing_signal
from t2t_lite.models.base import (
    T2TModel,
    mean_of_symbols,
    require_inputs,
    require_one_vector,
    require_unpacked,
)
from t2t_lite.models.transformer_layers import TargetSpace

TIMING_CHANNELS = 32  # The timing signal is added to the first channels only.


def add_timing(x, positions):
    """Adds sinusoids of `positions` (`[length]`) to the first channels of `[…, length, hidden]`."""
    hidden = x.shape[-1]
    width = min(TIMING_CHANNELS, hidden)
    signal = timing_signal(positions, width)
    return x + ops.cast(ops.pad(signal, [[0, 0], [0, hidden - width]]), x.dtype)


def read_scheme(name: str, text: str) -> list[int]:
    """`"3.7.15.31"` -> [3, 7, 15, 31]."""
    parts = text.split(".")
    if len(parts) < 3 or not all(part.isdigit() and int(part) for part in parts):
        raise T2TError(
            f"{name}='{text}' is no list of three or more whole numbers with points between, such "
            "as '3.7.15.31'."
        )
    return [int(part) for part in parts]


def separabilities(separability: int, count: int) -> list[int]:
    """Those of a module's convolutions: with blocks of channels, each has one block less."""
    if separability >= 0:
        return [separability] * count
    return [separability - i for i in reversed(range(count))]


def convolution_module(sizes, dilations, hparams, is_causal: bool, name: str) -> ConvolutionBlock:
    """Some convolutions one after the other (figure 1 of the paper)."""
    convolutions = [
        subseparable_convolution(
            hparams.hidden_size,
            size,
            hparams,
            separability=separability,
            is_causal=is_causal,
            dilation=dilation,
            name=f"conv_{i}",
        )
        for i, (size, dilation, separability) in enumerate(
            zip(sizes, dilations, separabilities(hparams.separability, len(sizes)), strict=True)
        )
    ]
    return ConvolutionBlock(convolutions, hparams, name=name)


class AttentionModule(Composite):
    """Positions mixed by two convolutions, attention to the targets so far, then to the encoder."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        self.mix = convolution_module([5, 5], [1, 4], hparams, is_causal=True, name="mix")
        self.self_attention = attention.MultiHeadAttention(
            hparams, is_self_attention=True, name="self_attention"
        )
        self.encdec_attention = attention.MultiHeadAttention(
            hparams, is_self_attention=False, name="encdec_attention"
        )

    def call(self, x, memory, memory_bias, training=False):
        """`[batch, length, hidden]` -> the same shape; no `memory` where there are no inputs."""
        length = ops.shape(x)[1]
        x = self.mix(add_timing(x, ops.arange(length)))
        x = self.self_attention(x, bias=attention.causal_bias(length), training=training)
        if memory is None:
            return x
        return self.encdec_attention(x, memory, bias=memory_bias, training=training)

    def project_memory(self, memory):
        """Keys and values of the encoder's output."""
        return dict(zip("kv", self.encdec_attention.project_memory(memory), strict=True))

    def init_cache(self, rows, max_length):
        """Last inputs of the convolutions, keys and values of all positions."""
        return {
            "mix": self.mix.init_cache(rows),
            "self_attention": self.self_attention.init_cache(rows, max_length),
        }

    def step(self, x, position, cache, memory, memory_bias):
        """One position `[rows, 1, hidden]`; `memory` of `project_memory`. And the new cache."""
        x, mix = self.mix.step(add_timing(x, ops.reshape(position, (1,))), cache["mix"])
        x, own = self.self_attention.step(x, position, cache["self_attention"])
        if memory is not None:
            x = self.encdec_attention.step_over_memory(x, memory["k"], memory["v"], memory_bias)
        return x, {"mix": mix, "self_attention": own}


class Mixer(Composite):
    """Attention over the targets and to the inputs, merged with the targets by a convolution."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        self.attention = AttentionModule(hparams, name="middle")
        width, size = hparams.hidden_size, hparams.kernel_height
        merge = GroupedConvolution(width, size, hparams, is_causal=True, groups=4, name="conv")
        self.merge = ConvolutionBlock([merge], hparams, name="merge")

    def call(self, x, present=None, memory=None, memory_bias=None, training=False):
        """`[batch, length, hidden]` -> the same shape."""
        seen = self.attention(x, memory, memory_bias, training=training)
        return self.merge(ops.concatenate([seen, x], axis=-1))

    def project_memory(self, memory):
        """What the attention makes of the encoder's output."""
        return self.attention.project_memory(memory)

    def init_cache(self, rows, max_length):
        """Of the attention and the convolution."""
        return {
            "attention": self.attention.init_cache(rows, max_length),
            "merge": self.merge.init_cache(rows),
        }

    def step(self, x, position, cache, memory, memory_bias):
        """One position `[rows, 1, hidden]`, and the new cache."""
        seen, own = self.attention.step(x, position, cache["attention"], memory, memory_bias)
        x, merge = self.merge.step(ops.concatenate([seen, x], axis=-1), cache["merge"])
        return x, {"attention": own, "merge": merge}


class Layer(Composite):
    """Two modules of convolutions with residual connections; in a decoder, attention after them."""

    def __init__(self, hparams, is_decoder: bool, attends: bool = True, **kwargs):
        """`attends`: whether in a decoder there is that attention."""
        super().__init__(**kwargs)
        self.is_decoder = is_decoder
        sizes = read_scheme("kernel_scheme", hparams.kernel_scheme)
        dilations = read_scheme("dilation_scheme", hparams.dilation_scheme)
        if len(sizes) != len(dilations):
            raise T2TError(
                f"kernel_scheme='{hparams.kernel_scheme}' and "
                f"dilation_scheme='{hparams.dilation_scheme}' are of different lengths."
            )
        self.first = convolution_module(sizes[:2], dilations[:2], hparams, is_decoder, "first")
        self.second = convolution_module(sizes[2:], dilations[2:], hparams, is_decoder, "second")
        self.attention: Any = None
        if is_decoder and attends:
            self.attention = AttentionModule(hparams, name="attention")

    def call(self, x, present=None, memory=None, memory_bias=None, training=False):
        """`[batch, length, hidden]` -> the same shape."""
        if self.is_decoder:  # What is causal never sees the padding at the end.
            present = None
        y = self.first(x, present=present)
        x = x + y + self.second(x + y, present=present)
        if self.attention is not None:
            x = x + self.attention(x, memory, memory_bias, training=training)
        return x if present is None else x * present

    def project_memory(self, memory):
        """What the attention makes of the encoder's output."""
        return {} if self.attention is None else self.attention.project_memory(memory)

    def init_cache(self, rows, max_length):
        """Of the convolutions and the attention."""
        cache = {"first": self.first.init_cache(rows), "second": self.second.init_cache(rows)}
        if self.attention is not None:
            cache["attention"] = self.attention.init_cache(rows, max_length)
        return cache

    def step(self, x, position, cache, memory, memory_bias):
        """One position `[rows, 1, hidden]`, and the new cache."""
        updated = {}
        y, updated["first"] = self.first.step(x, cache["first"])
        z, updated["second"] = self.second.step(x + y, cache["second"])
        x = x + y + z
        if self.attention is not None:
            seen, updated["attention"] = self.attention.step(
                x, position, cache["attention"], memory, memory_bias
            )
            x = x + seen
        return x, updated


@registry.register_model
class SliceNet(T2TModel):
    """SliceNet: depthwise separable convolutions and attention; for classes its encoder alone.

    Attention sees no padding; in Tensor2Tensor it did. All parts of the decoder have `call`,
    `project_memory`, `init_cache` and `step` as `Layer` has.
    """

    default_hparams_set = "slicenet_1"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        self.check()
        require_unpacked(self)
        self.dropout = Dropout(hparams.dropout)
        self.encoder = self.make_encoder() if self.has_inputs else []
        self.decoder = []
        if self.is_autoregressive:
            self.target_space = TargetSpace(hparams, name="target_space_embedding")
            self.decoder = self.make_decoder()

    def check(self) -> None:
        """T2TError if the problem is none for this model."""
        require_inputs(self)
        require_one_vector(self)

    def make_encoder(self) -> list:
        """The layers on the inputs."""
        layers = range(self.hparams.num_hidden_layers * 3 // 2)
        return [Layer(self.hparams, is_decoder=False, name=f"encoder_{i}") for i in layers]

    def make_decoder(self) -> list:
        """The parts on the targets."""
        layers = range(self.hparams.num_hidden_layers)
        mixer = Mixer(self.hparams, name="mixer")
        return [mixer, *[Layer(self.hparams, is_decoder=True, name=f"decoder_{i}") for i in layers]]

    def body(self, features, training=False):
        memory = bias = None
        if self.has_inputs:
            memory = self._memory(features, training)
            bias = attention.padding_bias(features["inputs_padding"])
        if not self.is_autoregressive:
            return self.class_output(memory, features)
        x = shift_right(features["targets"])
        is_first = ops.arange(ops.shape(x)[1]) == 0
        x = self.enter_decoder(x, is_first[:, None], ops.arange(ops.shape(x)[1]), training)
        present = not_padding(features["targets_padding"], x.dtype)
        for layer in self.decoder:
            x = layer(x, present, memory, bias, training=training)
        return self.leave_decoder(x, training)

    def class_output(self, memory, features):
        """What the modality of targets gets that no decoder makes: the mean over the inputs, or all
        of their positions, off which ctc reads symbols; zeros at padding."""
        if self.problem_hparams.modality["targets"] == "ctc_symbol":
            return memory
        return mean_of_symbols(memory, features["inputs_padding"])

    def enter_decoder(self, x, is_first, positions, training=False):
        """The embedded targets, moved right; before the first stands the vector of the target's
        kind, where others have 0."""
        start = self.target_space(ops.zeros_like(x), space_id=self.problem_hparams.target_space_id)
        return ops.where(is_first, start, x)

    def leave_decoder(self, x, training=False):
        """The decoder's output -> what the logits are made of."""
        return self.dropout(x, training=training)

    def _memory(self, features, training=False):
        """`[batch, inputs, hidden]`, zeros at padding."""
        x, present = (
            features["inputs"],
            not_padding(features["inputs_padding"], features["inputs"].dtype),
        )
        x = add_timing(x, ops.arange(ops.shape(x)[1]))
        for layer in self.encoder:
            x = layer(x, present, training=training)
        return self.dropout(x, training=training)

    def encode(self, features):
        if not self.has_inputs:
            return {}
        embedded = self.bottom(features)
        memory = self._memory(embedded)
        memories = {layer.name: layer.project_memory(memory) for layer in self.decoder}
        return {"is_padding": embedded["inputs_padding"], "memories": memories}

    def init_cache(self, encoded, rows, max_length):
        return {layer.name: layer.init_cache(rows, max_length) for layer in self.decoder}

    def decode_step(self, ids, position, cache, encoded):
        memories = encoded.get("memories", {})
        bias = attention.padding_bias(encoded["is_padding"]) if memories else None
        positions = ops.reshape(position, (1,))
        x = self.enter_decoder(self.embed_previous(ids, position), position == 0, positions)
        updated = {}
        for layer in self.decoder:
            name = layer.name
            x, updated[name] = layer.step(x, position, cache[name], memories.get(name), bias)
        return self.top_of_step(self.leave_decoder(x)), updated
