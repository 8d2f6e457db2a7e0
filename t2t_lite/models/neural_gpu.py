"""The Neural GPU (Kaiser and Sutskever 2015, arXiv:1511.08228), and its diagonal kind."""

from __future__ import annotations

from typing import Any

from keras import ops

from t2t_lite import registry
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.convolution import Convolution, not_padding
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.positions import at_position, fit_length
from t2t_lite.models.base import (
    T2TModel,
    repeat_beams,
    require_inputs,
    require_sequences,
    require_unpacked,
)

SATURATION = 0.9  # From here on the diagonal kind's gates cost something.


def saturating_sigmoid(x):
    """A sigmoid that reaches 0 and 1 (Kaiser and Sutskever 2015, section 2.1, "gate cutoff")."""
    return ops.clip(1.2 * ops.sigmoid(x) - 0.1, 0.0, 1.0)


def hard_sigmoid(x):
    """Straight from 0 at -1 to 1 at 1 (Freivalds and Liepins 2017, section 3)."""
    return ops.clip(0.5 * x + 0.5, 0.0, 1.0)


def shift_thirds(x):
    """Of `[batch, length, hidden]`, a third of the channels moves a position on, a third back.

    The rest, which comes first, stays (Freivalds and Liepins 2017, section 3, "diagonal gates").
    """
    third = x.shape[-1] // 3
    rest, length = x.shape[-1] - 2 * third, ops.shape(x)[1]
    stays, moves_on, moves_back = ops.split(x, [rest, rest + third], axis=-1)
    padding = [[0, 0], [1, 1], [0, 0]]
    size = (ops.shape(x)[0], length, third)
    return ops.concatenate(
        [
            stays,
            ops.slice(ops.pad(moves_on, padding), (0, 0, 0), size),
            ops.slice(ops.pad(moves_back, padding), (0, 2, 0), size),
        ],
        axis=-1,
    )


class ConvolutionalGru(Composite):
    """A gated recurrent unit whose products are convolutions (section 2 of the paper)."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        width, size = hparams.hidden_size, hparams.kernel_height
        options = {"is_causal": False, "use_bias": True}
        self.gates = Convolution(
            [width, width], size, hparams, bias_start=1.0, **options, name="gates"
        )
        self.candidate = Convolution(width, size, hparams, **options, name="candidate")

    def call(self, x, present, training=False):
        """State `[batch, length, hidden]` -> the next one, and what its gates cost (nothing)."""
        reset, gate = ops.split(saturating_sigmoid(self.gates(x * present)), 2, axis=-1)
        candidate = ops.tanh(self.candidate(reset * x * present))
        return gate * x + (1.0 - gate) * candidate, ops.zeros(())


class DiagonalGru(Composite):
    """The same with hard gates, and a state that moves to both sides."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        width, size = hparams.hidden_size, hparams.kernel_height
        options = {"is_causal": False, "use_bias": True}
        self.reset = Convolution(width, size, hparams, bias_start=0.5, **options, name="reset")
        self.gate = Convolution(width, size, hparams, bias_start=0.7, **options, name="gate")
        self.candidate = Convolution(width, size, hparams, **options, name="candidate")
        self.dropout = Dropout(hparams.dropout)

    def call(self, x, present, training=False):
        """State `[batch, length, hidden]` -> the next one, and the mean cost of saturated gates."""
        reset, gate = self.reset(x * present), self.gate(x * present)
        candidate = ops.tanh(self.candidate(hard_sigmoid(reset) * x * present))
        candidate = self.dropout(candidate, training=training)
        excess = ops.relu(ops.abs(reset) - SATURATION) + ops.relu(ops.abs(gate) - SATURATION)
        places = ops.maximum(ops.sum(present), 1.0) * x.shape[-1]
        cost = 0.5 * ops.sum(ops.cast(excess * present, "float32")) / ops.cast(places, "float32")
        gate = hard_sigmoid(gate)
        return gate * shift_thirds(x * present) + (1.0 - gate) * candidate, cost


@registry.register_model("neural_gpu")
class NeuralGPU(T2TModel):
    """Neural GPU: convolutional gated recurrent units, as many steps as there are inputs.

    A target depends on the inputs alone, not on targets before it, and stands where the input of
    its position stood; behind the last input all symbols are equally probable. So there are no
    decoding steps to be saved: all is computed with the inputs.
    """

    default_hparams_set = "neural_gpu"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        require_inputs(self)
        require_sequences(self)
        require_unpacked(self)
        self.dropout = Dropout(self.state_dropout)
        self.units = [self.make_unit(f"unit_{i}") for i in range(hparams.num_hidden_layers)]

    @property
    def state_dropout(self) -> float:
        """The rate at which the state loses values before each step."""
        return self.hparams.dropout

    def make_unit(self, name: str) -> Any:
        """A recurrent unit: (state, present) -> next state and cost."""
        return ConvolutionalGru(self.hparams, name=name)

    def body(self, features, training=False):
        state = self._final_state(features, training)
        return fit_length(state, ops.shape(features["targets"])[1])

    def _final_state(self, features, training=False):
        """`[batch, inputs, hidden]`; a sentence takes as many steps as it has symbols."""
        state = features["inputs"]
        present = not_padding(features["inputs_padding"], state.dtype)  # [batch, inputs, 1]
        lengths = ops.sum(present, axis=1, keepdims=True)

        def take_step(t, carried):
            state, cost = carried
            x = self.dropout(state, training=training)
            for unit in self.units:
                x, unit_cost = unit(x, present, training=training)
                cost = cost + unit_cost
            goes_on = ops.cast(t, lengths.dtype) < lengths  # [batch, 1, 1]
            return ops.where(goes_on, x * present, state), cost

        steps = ops.shape(state)[1]
        state, cost = ops.fori_loop(0, steps, take_step, (state, ops.zeros(())))
        if training and self.adds_cost:
            self.add_loss(2.0 * cost / ops.cast(steps, "float32"))
        return state

    adds_cost = False  # Whether what the units' gates cost is part of the training loss.

    def encode(self, features):
        return {"state": self._final_state(self.bottom(features))}

    def init_cache(self, encoded, rows, max_length):
        return {}

    def decode_step(self, ids, position, cache, encoded):
        here = at_position(encoded["state"], position)  # [batch, 1, hidden]
        return self.top_of_step(repeat_beams(here, ids)), cache


@registry.register_model("diagonal_neural_gpu")
class DiagonalNeuralGPU(NeuralGPU):
    """Neural GPU with diagonal gates (Freivalds and Liepins 2017, arXiv:1702.08727).

    Tensor2Tensor's takes the state after the first step, and moves it along an axis of length 1;
    this is the paper's.
    """

    adds_cost = True

    @property
    def state_dropout(self):
        return 0.0  # The candidate has it instead.

    def make_unit(self, name):
        return DiagonalGru(self.hparams, name=name)
