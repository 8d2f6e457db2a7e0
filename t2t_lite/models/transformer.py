"""The Transformer (Vaswani et al. 2017), as Tensor2Tensor builds it."""

from __future__ import annotations

from typing import Any

from keras import ops

from t2t_lite import registry
from t2t_lite.layers import attention
from t2t_lite.layers.convolution import not_padding
from t2t_lite.layers.feed_forward import feed_forward_of
from t2t_lite.layers.positions import shift_right
from t2t_lite.models.base import (
    T2TModel,
    has_real_targets,
    mean_of_symbols,
    require_classes,
    require_inputs,
    require_no_ctc,
    require_one_vector,
)
from t2t_lite.models.transformer_layers import Encoder, Layer, Stack, positions_of


def __getattr__(name: str) -> Any:
    """Hparams sets: plug-ins had them from Tensor2Tensor's module of this name, too."""
    if name in registry.hparams_sets:
        return registry.hparams_sets.get(name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")


def encoder_stack(hparams, name: str) -> Stack:
    """The encoder's layers."""
    count = hparams.num_encoder_layers or hparams.num_hidden_layers
    layers = [
        Layer(
            hparams,
            attends_to_encoder=False,
            feed_forward=feed_forward_of(hparams, is_causal=hparams.unidirectional_encoder),
            name=f"layer_{i}",
        )
        for i in range(count)
    ]
    return Stack(hparams, layers, name=name)


@registry.register_model
class Transformer(T2TModel):
    """Transformer encoder-decoder; a decoder-only language model where there are no inputs.

    For a class its decoder makes one step, as in Tensor2Tensor.
    """

    default_hparams_set = "transformer_base"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        require_no_ctc(self)
        if self.has_inputs:
            stack = self.make_encoder_stack("stack")
            self.encoder = Encoder(hparams, stack, name="encoder")
        self.decoder = self.make_decoder_stack("decoder")

    def make_encoder_stack(self, name: str) -> Stack:
        """The encoder's layers; a kind of Transformer that has others overrides this."""
        return encoder_stack(self.hparams, name)

    def make_decoder_stack(self, name: str) -> Stack:
        """The decoder's layers, with attention to the encoder where there is one."""
        hparams = self.hparams
        return Stack(
            hparams,
            [
                Layer(
                    hparams,
                    attends_to_encoder=self.has_inputs,
                    feed_forward=feed_forward_of(hparams, is_causal=True),
                    name=f"layer_{i}",
                )
                for i in range(hparams.num_decoder_layers or hparams.num_hidden_layers)
            ],
            name=name,
        )

    def body(self, features, training=False):
        memory = memory_bias = None
        if self.has_inputs:
            memory, memory_bias = self.encoder(features, training=training)
            if "targets_segmentation" in features:
                memory_bias = attention.same_segment_bias(
                    features["targets_segmentation"], features["inputs_segmentation"]
                )
        if not (self.is_autoregressive or has_real_targets(self.problem_hparams)):
            start = ops.zeros((ops.shape(features["targets"])[0], 1, self.hparams.hidden_size))
            start = ops.cast(start, self.compute_dtype)
            bias = ops.zeros((1, 1, 1, 1))
            return self.decoder(start, ops.arange(1), bias, memory, memory_bias, training=training)
        x = shift_right(features["targets"])
        if "targets_segmentation" in features:  # The first of a packed example sees no other.
            is_first = ops.equal(features["targets_position"], 0)
            x = ops.where(is_first[..., None], ops.zeros_like(x), x)
        return self.decoder(
            x,
            positions_of(features, "targets"),
            self.decoder_bias(features),
            memory,
            memory_bias,
            present=not_padding(features["targets_padding"], x.dtype),
            training=training,
        )

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
        embedded = self.bottom(features)
        memory, _ = self.encoder(embedded)
        memories = self.decoder.project_memory(memory)
        return {"is_padding": embedded["inputs_padding"], "memories": memories}

    def init_cache(self, encoded, rows, max_length):
        if not self.can_step:
            return super().init_cache(encoded, rows, max_length)
        caches = self.decoder.init_cache(rows, max_length)
        if self.keeps_attention and self._looks:
            length = ops.shape(encoded["is_padding"])[1]
            caches[self.decoder.layers[-1].name]["attention"] = ops.zeros((rows, length))
        return caches

    @property
    def _looks(self) -> bool:
        """Whether the last layer tells where it looked."""
        return self.can_step and self.has_inputs and isinstance(self.decoder.layers[-1], Layer)

    def attention_of(self, cache):
        if not self._looks:
            return super().attention_of(cache)
        return cache[self.decoder.layers[-1].name]["attention"]

    def decode_step(self, ids, position, cache, encoded):
        if not self.can_step:
            return super().decode_step(ids, position, cache, encoded)
        x = self.embed_previous(ids, position)  # [rows, 1, hidden]
        bias = None
        if self.has_inputs:
            # Made here, for with a loop's variable in its place TensorFlow 2.21's fusion of
            # product, scale and sum computes nothing (Grappler takes the wrong output of Switch).
            bias = attention.padding_bias(encoded["is_padding"])
        memories = encoded.get("memories", {})
        x, cache = self.decoder.step(x, position, cache, memories, bias)
        return self.top_of_step(x), cache


@registry.register_model
class TransformerEncoder(T2TModel):
    """The Transformer's encoder alone, for classes: the mean over the inputs' positions.

    With sequence_loss=ctc, for symbols that are read off the positions.
    """

    default_hparams_set = "transformer_base"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        require_inputs(self)
        require_classes(self, instead="transformer, or of speech set sequence_loss=ctc")
        require_one_vector(self)
        stack = self.make_encoder_stack("stack")
        self.encoder = Encoder(hparams, stack, name="encoder")

    def make_encoder_stack(self, name: str) -> Stack:
        """The encoder's layers; a kind of Transformer that has others overrides this."""
        return encoder_stack(self.hparams, name)

    def body(self, features, training=False):
        memory, _ = self.encoder(features, training=training)
        if self.problem_hparams.modality["targets"] == "ctc_symbol":
            return memory * not_padding(features["inputs_padding"], memory.dtype)
        return mean_of_symbols(memory, features["inputs_padding"])
