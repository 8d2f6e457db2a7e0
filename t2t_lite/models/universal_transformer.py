"""The Universal Transformer (Dehghani et al. 2018, arXiv:1807.03819), as in Tensor2Tensor."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import keras
from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers import adaptive_computation
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.feed_forward import SeparableFeedForward
from t2t_lite.layers.linear import Linear
from t2t_lite.layers.positions import timing_signal
from t2t_lite.models.base import require_unpacked
from t2t_lite.models.transformer import Transformer, TransformerEncoder
from t2t_lite.models.transformer_layers import Layer, Stack, add_timing

SEPARABLE_SIZES = 3, 5


class StepTiming(Composite):
    """Tells a step where its states stand, and its own number (section 2.1, "coordinates")."""

    def __init__(self, hparams, max_steps: int, **kwargs):
        super().__init__(**kwargs)
        self.hparams, self.max_steps = hparams, max_steps
        self.concatenates = hparams.add_or_concat_timing_signal == "concat"
        self.is_learned = (
            hparams.add_step_timing_signal and hparams.step_timing_signal_type == "learned"
        )
        if self.concatenates:
            self.project = Linear(hparams.hidden_size, hparams, name="project")

    def build(self, *_args, **_kwargs):
        hidden = self.hparams.hidden_size
        if self.concatenates and self.hparams.add_position_timing_signal:
            hidden *= 2  # A step's signal is as wide as what it is set beside.
        self.built = True
        if self.is_learned:
            self.table = self.add_weight(
                shape=(self.max_steps, hidden),
                initializer=keras.initializers.RandomNormal(stddev=hidden**-0.5),
                name="embeddings",
            )

    def call(self, x, positions, step: int):
        """`[batch, length, hidden]` -> the same shape."""
        before = x
        if self.hparams.add_position_timing_signal:
            x = self._join(x, timing_signal(positions, x.shape[-1]))
        if self.hparams.add_step_timing_signal:
            x = self._join(x, self._signal(x.shape[-1], step))
        return self.project(x) if self.concatenates and x is not before else x

    def _signal(self, width: int, step: int):
        """`[width]`: the signal of a step's number."""
        if self.is_learned:
            return self.table[step] * width**0.5
        return timing_signal(step, width)

    def _join(self, x, signal):
        signal = ops.cast(signal, x.dtype)
        if not self.concatenates:
            return x + signal
        return ops.concatenate([x, ops.broadcast_to(signal, ops.shape(x))], axis=-1)


class RecurrentStack(Stack):
    """The same layers step by step, with other layers before or after them if so wished."""

    def __init__(self, hparams, make_layer: Callable[[str], Any], **kwargs):
        """
        Args:
          make_layer: name -> a new layer.
        """
        names = [f"layer_{i}" for i in range(hparams.num_inrecurrence_layers)]
        super().__init__(hparams, [make_layer(name) for name in names], **kwargs)
        mixed = set((hparams.mix_with_transformer or "").split(",")) - {""}
        if mixed - {"before_ut", "after_ut"}:
            raise T2TError(
                f"mix_with_transformer='{hparams.mix_with_transformer}' is not known; it can be "
                "'before_ut', 'after_ut', both with a comma between, or none."
            )
        count = range(hparams.num_mixedin_layers)
        self.before = [make_layer(f"before_{i}") for i in count if "before_ut" in mixed]
        self.after = [make_layer(f"after_{i}") for i in count if "after_ut" in mixed]
        self.is_adaptive = hparams.recurrence_type == "act"
        self.steps = hparams.act_max_steps if self.is_adaptive else hparams.num_rec_steps
        self.timing = StepTiming(hparams, self.steps, name="timing")
        if self.is_adaptive:
            self.halting = adaptive_computation.Halting(hparams, name="halting")

    def call(self, x, positions, bias, memory=None, memory_bias=None, present=None, training=False):
        """`[batch, length, hidden]` -> the same shape; the arguments are those of `Layer`."""
        memories: dict[str, Any] = {}
        if memory is not None:  # Made once for all steps.
            memories = {layer.name: _k_and_v(layer, memory) for layer in self._all_layers()}

        def apply(layers, x):
            # Changes no bias, but stands before it: within a branch of `cond`, TensorFlow 2.21's
            # fusion of product, scale and sum computes nothing if the sum's operand comes from
            # outside (Grappler takes the wrong output of Switch).
            inner = [None if b is None else ops.minimum(b, 0.0) for b in (bias, memory_bias)]
            for layer in layers:
                own = memories.get(layer.name)
                x = layer(x, inner[0], own, inner[1], present, training=training)
            return x

        x = self.dropout(self.add_positions(x, positions), training=training)
        if self.before:
            x = apply(self.before, self._timed(x, positions))
        if self.is_adaptive:
            x = self._adaptive_steps(x, positions, apply, present, training)
        else:
            for step in range(self.steps):
                x = apply(self.layers, self.timing(x, positions, step=step))
        if self.after:
            x = apply(self.after, self._timed(x, positions))
        return self.final(x, training=training)

    def _adaptive_steps(self, x, positions, apply, present, training):
        """Steps until every position has halted: what comes then would change no output."""

        def take_step(step, x, progress):
            x = self.timing(x, positions, step=step)
            p = self.halting(x)
            x = apply(self.layers, x)
            return x, self.halting.update(progress, p, x)

        state = take_step(0, x, adaptive_computation.start(x))
        for step in range(1, self.steps):
            state = ops.cond(
                ops.any(state[1].is_running),
                lambda step=step, state=state: take_step(step, *state),
                lambda state=state: state,
            )
        progress = state[1]
        if training and self.hparams.act_loss_weight:
            weight = ops.ones_like(progress.updates) if present is None else present[..., 0]
            weight = ops.cast(weight, "float32")
            mean = ops.sum(progress.ponder_time * weight) / ops.maximum(ops.sum(weight), 1.0)
            self.add_loss(self.hparams.act_loss_weight * mean)
        return progress.output

    def _timed(self, x, positions):
        """For layers that are applied once: `x` with its positions, unless it has them already."""
        return add_timing(x, positions) if self.hparams.add_position_timing_signal else x

    def _all_layers(self) -> list[Any]:
        return [*self.before, *self.layers, *self.after]

    def project_memory(self, memory):
        """What the layers make of the encoder's output, once a sentence: one entry per layer."""
        return {layer.name: layer.project_memory(memory) for layer in self._all_layers()}

    def _applications(self) -> Iterator[tuple[str, Any]]:
        """(name of its cache, layer) for every time that a layer is applied."""
        yield from ((layer.name, layer) for layer in [*self.before, *self.after])
        for step in range(self.steps):
            yield from ((f"step_{step}_{layer.name}", layer) for layer in self.layers)

    def init_cache(self, rows, max_length):
        """One cache for every time that a layer is applied."""
        return {name: layer.init_cache(rows, max_length) for name, layer in self._applications()}

    def step(self, x, position, cache, memories, memory_bias):
        """One position `[rows, 1, hidden]`.

        Also a position that halts early takes all steps, for later ones look at its states.
        """
        positions, updated = ops.reshape(position, (1,)), {}

        def apply(layers, x, prefix=""):
            for layer in layers:
                name = f"{prefix}{layer.name}"
                x, updated[name] = layer.step(
                    x, position, cache[name], memories.get(layer.name), memory_bias
                )
            return x

        x = self.add_positions(x, positions)
        if self.before:
            x = apply(self.before, self._timed(x, positions))
        progress = adaptive_computation.start(x)
        for step in range(self.steps):
            x = self.timing(x, positions, step=step)
            p = self.halting(x) if self.is_adaptive else None
            x = apply(self.layers, x, prefix=f"step_{step}_")
            if self.is_adaptive:
                progress = self.halting.update(progress, p, x)
        x = progress.output if self.is_adaptive else x
        if self.after:
            x = apply(self.after, self._timed(x, positions))
        return self.final(x), updated


def _k_and_v(layer, memory) -> tuple[Any, Any]:
    projected = layer.project_memory(memory)
    return projected["k"], projected["v"]


def recurrent_stack(model, is_decoder: bool, name: str) -> RecurrentStack:
    """The stack of a Universal Transformer's encoder or decoder."""
    hparams = model.hparams
    is_convolution = hparams.transformer_ffn_type == "sepconv"
    if is_convolution:
        require_unpacked(model)

    def make_layer(layer_name: str) -> Layer:
        feed_forward = None
        if is_convolution:
            feed_forward = SeparableFeedForward(hparams, SEPARABLE_SIZES, is_decoder, name="ffn")
        attends = is_decoder and model.has_inputs
        return Layer(hparams, attends, feed_forward=feed_forward, name=layer_name)

    return RecurrentStack(hparams, make_layer, name=name)


@registry.register_model
class UniversalTransformer(Transformer):
    """Universal Transformer: one layer applied again and again; adaptive where it is told so.

    Adaptive, each position halts by itself (`recurrence_type=act`). Tensor2Tensor's other
    recurrences (gru, lstm, skip, highway, dwa) and halting for a whole sentence are not here.
    """

    default_hparams_set = "universal_transformer_base"

    def make_encoder_stack(self, name):
        return recurrent_stack(self, is_decoder=False, name=name)

    def make_decoder_stack(self, name):
        return recurrent_stack(self, is_decoder=True, name=name)


@registry.register_model
class UniversalTransformerEncoder(TransformerEncoder):
    """The Universal Transformer's encoder alone, for classes."""

    default_hparams_set = "universal_transformer_base"

    def make_encoder_stack(self, name):
        return recurrent_stack(self, is_decoder=False, name=name)
