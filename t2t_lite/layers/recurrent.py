"""Recurrent cells, and layers that run them along a sequence.

Sequences are `[length, batch, width]` in here, so that what a step reads lies together; the state
of a cell is a dict of `[batch, units]` arrays, in float32. `h` is a cell's output.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.initializers import RowsOf, initializer
from t2t_lite.layers.loop import Product, product, products_of, scan
from t2t_lite.layers.normalization import LayerNorm

State = dict[str, Any]


def swap_batch_and_length(x):
    """`[batch, length, width]` <-> `[length, batch, width]`."""
    return ops.transpose(x, (1, 0, 2))


class Cell(keras.layers.Layer):
    """One step of a recurrence.

    A cell's input has two parts: `known` columns that are known for all steps before the loop
    begins, whose product with the weights is made at once, by `project`; then `fed` columns that
    come up in the loop. The weights are those of one kernel `[known + fed + units, …]`.
    """

    state_names: tuple[str, ...] = ("c", "h")
    loop_kernels: list[keras.Variable]  # `[fed + units, …]` each

    def __init__(self, known: int, fed: int, units: int, hparams, **kwargs):
        super().__init__(autocast=False, **kwargs)
        self.known, self.fed, self.units = known, fed, units
        self.kernel_initializer = initializer(hparams)

    def _kernels(self, width: int, name: str):
        """(kernel of the known input or None, kernel of the rest)."""
        later = self.fed + self.units
        start = RowsOf(self.kernel_initializer, self.known + later)
        first = None
        if self.known:
            first = self.add_weight(
                shape=(self.known, width), initializer=start, name=f"{name}_known"
            )
        return first, self.add_weight(shape=(later, width), initializer=start, name=f"{name}_later")

    def zero_state(self, batch) -> State:
        """All zeros, for `batch` rows."""
        return {name: ops.zeros((batch, self.units), "float32") for name in self.state_names}

    def project(self, x):
        """The known input `[..., known]`, None if there is none -> the products' other terms."""
        raise NotImplementedError

    def products(self, x) -> list[Product]:
        """What `step` takes, for the known input of one position."""
        return products_of(self.project(x), self.loop_kernels)

    def step(self, products: list[Product], fed: list, state: State) -> State:
        """The next state.

        Args:
          products: with the loop_kernels, plus what `project` gives.
          fed: the parts of the fed input, `[batch, …]` each.
        """
        raise NotImplementedError


def _joined(parts: list):
    return ops.concatenate(parts, axis=-1) if len(parts) > 1 else parts[0]


class LSTMCell(Cell):
    """Long short-term memory (Hochreiter and Schmidhuber 1997; Zaremba et al. 2014, section 3.1).

    The kernel's columns are gates i, j (the new content), f, o; c = sigmoid(f + forget bias) * c
    + sigmoid(i) * tanh(j), h = sigmoid(o) * tanh(c).
    """

    def __init__(self, known, fed, units, hparams, **kwargs):
        super().__init__(known, fed, units, hparams, **kwargs)
        self.forget_bias = hparams.lstm_forget_bias
        self.kernel_known, self.kernel_later = self._kernels(4 * units, "kernel")
        self.loop_kernels = [self.kernel_later]
        self._add_bias()

    def _add_bias(self):
        self.bias = self.add_weight(shape=(4 * self.units,), initializer="zeros", name="bias")

    def project(self, x):
        bias = ops.convert_to_tensor(self.bias)
        return bias if x is None else product(x, self.kernel_known) + bias

    def step(self, products, fed, state):
        gates = products[0](_joined([*fed, state["h"]]))
        return self._combine(ops.split(gates, 4, axis=-1), state["c"])

    def _combine(self, gates, c) -> State:
        i, j, f, o = gates
        c = c * ops.sigmoid(f + self.forget_bias) + ops.sigmoid(i) * ops.tanh(j)
        return {"c": c, "h": ops.tanh(c) * ops.sigmoid(o)}


class LayerNormLSTMCell(LSTMCell):
    """An LSTM whose gates and whose c are normalised over the units (Ba et al. 2016, section 3.1).

    As TensorFlow's LayerNormBasicLSTMCell: no bias, a gain and a shift for each, and the
    normalised c is the next step's.
    """

    NAMES = ("input", "transform", "forget", "output", "state")

    def _add_bias(self):
        self.norms = [LayerNorm(epsilon=1e-12, name=name) for name in self.NAMES]
        for norm in self.norms:
            norm.build((None, self.units))

    def project(self, x):
        if x is None:
            return ops.zeros((4 * self.units,), "float32")
        return product(x, self.kernel_known)

    def _combine(self, gates, c) -> State:
        *of_gates, of_state = self.norms
        i, j, f, o = (norm(gate) for norm, gate in zip(of_gates, gates, strict=True))
        c = of_state(c * ops.sigmoid(f + self.forget_bias) + ops.sigmoid(i) * ops.tanh(j))
        return {"c": c, "h": ops.tanh(c) * ops.sigmoid(o)}


class GRUCell(Cell):
    """Gated recurrent unit (Cho et al. 2014, section 2.3), with TensorFlow's order of gates: r, u.

    candidate = tanh of a product of the input and r * h; h = u * h + (1 - u) * candidate.
    """

    state_names = ("h",)

    def __init__(self, known, fed, units, hparams, **kwargs):
        super().__init__(known, fed, units, hparams, **kwargs)
        self.gates_known, self.gates_later = self._kernels(2 * units, "gates")
        self.candidate_known, self.candidate_later = self._kernels(units, "candidate")
        self.loop_kernels = [self.gates_later, self.candidate_later]
        self.gates_bias = self.add_weight(shape=(2 * units,), initializer="ones", name="gates_bias")
        self.candidate_bias = self.add_weight(
            shape=(units,), initializer="zeros", name="candidate_bias"
        )

    def project(self, x):
        bias = ops.concatenate([self.gates_bias, self.candidate_bias], axis=0)
        if x is None:
            return bias
        kernel = ops.concatenate([self.gates_known, self.candidate_known], axis=1)
        return product(x, kernel) + bias

    def step(self, products, fed, state):
        h = state["h"]
        gates = ops.sigmoid(products[0](_joined([*fed, h])))
        r, u = ops.split(gates, 2, axis=-1)
        candidate = ops.tanh(products[1](_joined([*fed, r * h])))
        return {"h": u * h + (1 - u) * candidate}


CELLS = {"lstm": LSTMCell, "gru": GRUCell, "layer_norm_lstm": LayerNormLSTMCell}


def make_cell(known: int, fed: int, units: int, hparams, **kwargs) -> Cell:
    """The cell that `hparams.recurrent_cell` names."""
    name = hparams.recurrent_cell
    if name not in CELLS:
        raise T2TError(
            f"recurrent_cell='{name}' is not known; it can be {', '.join(CELLS)}."
            + did_you_mean(name, CELLS)
        )
    return CELLS[name](known, fed, units, hparams, **kwargs)


class RecurrentLayer(Composite):
    """A cell along a sequence, with dropout of its input, in one direction."""

    def __init__(self, width, units, hparams, backwards=False, is_residual=False, **kwargs):
        """
        Args:
          width: of the input.
          backwards: from the last position to the first.
          is_residual: adds the first `units` columns of the input to the output.
        """
        super().__init__(**kwargs)
        self.backwards, self.is_residual = backwards, is_residual
        self.cell = make_cell(width, 0, units, hparams, name="cell")
        self.dropout = Dropout(hparams.dropout)

    def call(self, x, state=None, is_word=None, training=False):
        """`[length, batch, width]` -> `[length, batch, units]`, and the last state.

        Where `is_word` `[length, batch, 1]` is false the state stays as it is.
        """
        if state is None:
            state = self.cell.zero_state(ops.shape(x)[1])
        projected = self.cell.project(self.dropout(x, training=training))

        def step(t, old, products):
            new = self.cell.step(products, [], old)
            if is_word is None:
                return new
            return {name: ops.where(is_word[t], new[name], old[name]) for name in new}

        states, last = scan(step, state, projected, self.cell.loop_kernels, self.backwards)
        return self._output(x, states["h"]), last

    def step(self, x, state):
        """One position `[rows, width]` -> `[rows, units]`, and the next state."""
        state = self.cell.step(self.cell.products(x), [], state)
        return self._output(x, state["h"]), state

    def _output(self, x, h):
        if not self.is_residual:
            return h
        return h + ops.cast(ops.split(x, [self.cell.units], axis=-1)[0], h.dtype)


class RecurrentStack(Composite):
    """Recurrent layers on top of each other, in one direction."""

    def __init__(
        self, num_layers, width, units, hparams, backwards=False, num_residual=0, **kwargs
    ):
        """
        Args:
          width: of the input.
          num_residual: how many layers, from the top, add their input to their output.
        """
        super().__init__(**kwargs)
        first_residual = num_layers - num_residual
        self.layers = [
            RecurrentLayer(
                width if i == 0 else units,
                units,
                hparams,
                backwards,
                is_residual=i >= first_residual,
                name=f"layer_{i}",
            )
            for i in range(num_layers)
        ]

    def call(self, x, states=None, is_word=None, training=False):
        """`[length, batch, width]` -> `[length, batch, units]`, and each layer's last state."""
        last = []
        for i, layer in enumerate(self.layers):
            x, state = layer(x, states and states[i], is_word, training=training)
            last.append(state)
        return x, last

    def step(self, x, states):
        """One position `[rows, width]` -> `[rows, units]`, and the next states, by layer."""
        new = {}
        for layer in self.layers:
            x, new[layer.name] = layer.step(x, states[layer.name])
        return x, new

    def by_layer(self, states, rows) -> dict[str, State]:
        """What `step` takes: the layers' `states` under their names; zeros if they are None."""
        return states_by_layer(self.layers, states, rows)


def states_by_layer(layers, states, rows) -> dict[str, State]:
    """The states of layers under their names; those of `rows` zeros if `states` is None."""
    states = states or [layer.cell.zero_state(rows) for layer in layers]
    return {layer.name: state for layer, state in zip(layers, states, strict=True)}
