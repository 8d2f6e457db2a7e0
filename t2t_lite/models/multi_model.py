"""The MultiModel (Kaiser et al. 2017, arXiv:1706.05137): one body for problems of many kinds."""

from __future__ import annotations

from typing import Any

from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers import attention
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.convolution import ConvolutionBlock, SeparableConvolution
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.experts import MixtureOfExperts
from t2t_lite.layers.feed_forward import FeedForward
from t2t_lite.layers.normalization import normalization
from t2t_lite.modalities.class_label import ClassLabel
from t2t_lite.models.base import mean_of_symbols, repeat_beams, require_one_vector
from t2t_lite.models.slice_net import Layer, Mixer, SliceNet
from t2t_lite.models.transformer_layers import add_timing

MIXER_BLOCKS = 4
"""Blocks of convolutions that the paper's mixer has after its attention; some accounts say 2."""


class EncoderLayer(Composite):
    """Narrow and wide convolutions, and beside them a mixture of experts; added and normalised."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        wide = hparams.large_kernel_size
        size = hparams.kernel_height
        self.narrow = _block(hparams.filter_size, [(size, 1), (size, 1)], hparams, "narrow")
        self.wide = _block(hparams.hidden_size, [(wide, 1), (wide, 4)], hparams, "wide")
        self.experts = MixtureOfExperts(hparams, name="experts")
        self.dropout = Dropout(hparams.dropout)
        self.norm = normalization(hparams, "norm")

    def call(self, x, present, training=False):
        """`[batch, length, hidden]` -> the same shape, zeros where `present` is 0."""
        y = self.dropout(self.narrow(x, present=present), training=training)
        y = self.dropout(self.wide(y, present=present), training=training)
        z = self.dropout(self.experts(x, present, training=training), training=training)
        return self.norm(x + y + z) * present


def _block(width: int, sizes: list[tuple[int, int]], hparams, name: str) -> ConvolutionBlock:
    """Separable convolutions of (size, dilation), each after a ReLU and before a normalisation."""
    convolutions = [
        SeparableConvolution(
            width, size, hparams, is_causal=False, dilation=dilation, name=f"conv_{i}"
        )
        for i, (size, dilation) in enumerate(sizes)
    ]
    return ConvolutionBlock(convolutions, hparams, name=name)


class DecoderLayer(Composite):
    """Self-attention and then attention to the encoder, added and normalised; a feed-forward
    network or a mixture of experts, likewise."""

    def __init__(self, hparams, has_experts: bool, **kwargs):
        super().__init__(**kwargs)
        self.self_attention: Any = None
        if hparams.multimodel_attention:
            heads = attention.MultiHeadAttention
            self.self_attention = heads(hparams, is_self_attention=True, name="self_attention")
            self.encdec_attention = heads(hparams, is_self_attention=False, name="encdec_attention")
        self.dropout = Dropout(hparams.dropout)
        self.feed_forward = (
            MixtureOfExperts(hparams, name="experts")
            if has_experts
            else FeedForward(hparams, Dropout(hparams.dropout), name="ffn")
        )
        self.norms = [normalization(hparams, f"norm_{i}") for i in range(2)]

    def call(self, x, present=None, memory=None, memory_bias=None, training=False):
        """`[batch, length, hidden]` -> the same shape; no `memory` where there are no inputs."""
        if self.self_attention is None:
            y, z = 0.0, _mean_of_memory(memory, memory_bias)
        else:
            bias = attention.causal_bias(ops.shape(x)[1])
            y, z = self.self_attention(x, bias=bias, training=training), 0.0
            if memory is not None:
                z = self.encdec_attention(y, memory, bias=memory_bias, training=training)
        return self._rest(x, y, z, present, training)

    def _rest(self, x, y, z, present=None, training=False):
        """What follows the attentions y and z of x."""
        for seen in (y, z):
            if not isinstance(seen, float):
                x = x + self.dropout(seen, training=training)
        x = self.norms[0](x)
        y = self.dropout(self.feed_forward(x, present, training=training), training=training)
        return self.norms[1](x + y)

    def project_memory(self, memory):
        """Keys and values of the encoder's output; or itself."""
        if self.self_attention is None:
            return {"memory": memory}
        return dict(zip("kv", self.encdec_attention.project_memory(memory), strict=True))

    def init_cache(self, rows, max_length):
        """Keys and values of all positions."""
        if self.self_attention is None:
            return {}
        return {"self_attention": self.self_attention.init_cache(rows, max_length)}

    def step(self, x, position, cache, memory, memory_bias):
        """One position `[rows, 1, hidden]`; `memory` of `project_memory`. And the new cache."""
        if self.self_attention is None:
            z = _mean_of_memory(memory and memory["memory"], memory_bias)
            return self._rest(x, 0.0, z if memory is None else repeat_beams(z, x)), cache
        y, own = self.self_attention.step(x, position, cache["self_attention"])
        z = 0.0
        if memory is not None:
            z = self.encdec_attention.step_over_memory(y, memory["k"], memory["v"], memory_bias)
        return self._rest(x, y, z), {"self_attention": own}


def _mean_of_memory(memory, memory_bias):
    """`[batch, 1, hidden]`: the mean over the inputs that are no padding; 0 without inputs."""
    return 0.0 if memory is None else mean_of_symbols(memory, memory_bias[:, 0, 0] < 0)


class Experts(Composite):
    """What goes in, and what a mixture of experts makes of it; normalised."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        self.experts = MixtureOfExperts(hparams, name="experts")
        self.dropout = Dropout(hparams.dropout)
        self.norm = normalization(hparams, "norm")

    def call(self, x, present=None, memory=None, memory_bias=None, training=False):
        """`[batch, length, hidden]` -> the same shape."""
        y = self.dropout(self.experts(x, present, training=training), training=training)
        return self.norm(x + y)

    def project_memory(self, memory):
        """Nothing: it does not look at the inputs."""
        return {}

    def init_cache(self, rows, max_length):
        """Nothing."""
        return {}

    def step(self, x, position, cache, memory, memory_bias):
        """One position, and the cache."""
        return self(x), cache


@registry.register_model
class MultiModel(SliceNet):
    """MultiModel: convolutions, attention and mixtures of experts, for many problems at once."""

    default_hparams_set = "multimodel_tiny"

    def check(self) -> None:
        """Any problem will do, but for sequences of vectors."""
        require_one_vector(self)

    @property
    def _is_sliced(self) -> bool:
        return self.hparams.multimodel_form != "experts"

    @property
    def _is_paper(self) -> bool:
        return self.hparams.multimodel_form == "paper"

    def make_encoder(self) -> list:
        hparams, layers = self.hparams, self.hparams.num_hidden_layers
        if not self._is_sliced:
            return [EncoderLayer(hparams, name=f"encoder_{i}") for i in range(layers)]
        parts = [Layer(hparams, False, name=f"encoder_{i}") for i in range(layers * 3 // 2)]
        middle = len(parts) // 2 if self._is_paper else layers // 2
        return [*parts[:middle], Experts(hparams, name="encoder_moe"), *parts[middle:]]

    def make_decoder(self) -> list:
        hparams, layers = self.hparams, self.hparams.num_hidden_layers
        if not self._is_sliced:
            chosen = read_layers(hparams.moe_layers, layers)
            return [DecoderLayer(hparams, i in chosen, name=f"decoder_{i}") for i in range(layers)]
        if not hparams.multimodel_attention:
            raise T2TError("multimodel_attention=false needs multimodel_form=experts.")
        mixer: list = [Mixer(hparams, name="mixer")]
        if self._is_paper:
            count = range(MIXER_BLOCKS)
            mixer += [Layer(hparams, True, attends=False, name=f"mixer_{i}") for i in count]
        parts = [Layer(hparams, True, name=f"decoder_{i}") for i in range(layers)]
        experts = Experts(hparams, name="decoder_moe")
        middle = layers // 2
        return [*mixer, *parts[:middle], experts, *parts[middle:]]

    def class_output(self, memory, features):
        """All positions of a picture, whose class label's modality may look at places; of others
        the mean, perhaps after that modality's block."""
        if self.problem_hparams.modality["inputs"] == "image":
            return memory
        label = self.modalities["targets"]
        if isinstance(label, ClassLabel) and label.sequence_block is not None:
            return mean_of_symbols(*label.sequence_block(memory, features["inputs_padding"]))
        return super().class_output(memory, features)

    def enter_decoder(self, x, is_first, positions, training=False):
        x = super().enter_decoder(x, is_first, positions, training)
        return x if self._is_sliced else self.dropout(add_timing(x, positions), training=training)

    def leave_decoder(self, x, training=False):
        return super().leave_decoder(x, training) if self._is_sliced else x


def read_layers(text: str, count: int) -> list[int]:
    """`"0,2"` -> [0, 2]; T2TError for what is no number below `count`."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdigit() and int(part) < count for part in parts):
        raise T2TError(
            f"moe_layers='{text}' is no list of numbers with commas between, each below "
            f"num_hidden_layers={count}."
        )
    return [int(part) for part in parts]
