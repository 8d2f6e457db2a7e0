"""Recurrent decoders: without attention, with it, and as GNMT has them.

All have the same methods. `prepare` makes of an encoder's outputs what attention needs; `call`
trains; `start` and `step` decode. A step gives the output `[rows, width]` at one position, the next
state, and where it looked in the memory, `[rows, memory]`, or None. `width` is that of the outputs.
"""

from __future__ import annotations

from typing import Any

from keras import ops

from t2t_lite.errors import T2TError
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.linear import Linear
from t2t_lite.layers.loop import products_of, scan
from t2t_lite.layers.recurrent import (
    RecurrentLayer,
    RecurrentStack,
    make_cell,
    states_by_layer,
    swap_batch_and_length,
)
from t2t_lite.layers.recurrent_attention import AttentionVector, attend


class FedLayers(Composite):
    """Recurrent layers whose bottom one sees the last attention vector besides its input.

    This is input feeding (Luong et al. 2015, section 3.3; TensorFlow's AttentionWrapper): the
    attention is a part of the loop.
    """

    def __init__(
        self, num_layers, width, units, vector: AttentionVector, hparams, num_residual=0, **kwargs
    ):
        super().__init__(**kwargs)
        self.vector = vector
        self.units = units
        self.first_residual = num_layers - num_residual
        self.cells = [
            make_cell(
                0 if i else width,
                units if i else vector.width,
                units,
                hparams,
                name=f"layer_{i}",
            )
            for i in range(num_layers)
        ]
        self.dropouts = [Dropout(hparams.dropout) for _ in range(num_layers + 1)]

    @property
    def loop_kernels(self) -> list:
        """Those of the cells, from the bottom, then those of the attention vector."""
        kernels = [kernel for cell in self.cells for kernel in cell.loop_kernels]
        return kernels + self.vector.loop_kernels

    def _project(self, x):
        """The known input `[..., width]` -> the products' other terms `[..., …]`."""
        upper = [cell.project(None) for cell in self.cells[1:]]
        upper += [ops.zeros((kernel.shape[1],)) for kernel in self.vector.loop_kernels]
        upper = [ops.broadcast_to(part, (*ops.shape(x)[:-1], part.shape[0])) for part in upper]
        return ops.concatenate([self.cells[0].project(x), *upper], axis=-1)

    def start(self, states, rows):
        """The state before the first position."""
        if states is None:
            states = [cell.zero_state(rows) for cell in self.cells]
        by_name = {cell.name: state for cell, state in zip(self.cells, states, strict=True)}
        return {"layers": by_name, "vector": ops.zeros((rows, self.vector.width), "float32")}

    def call(self, x, states, prepared, training=False):
        """`[length, batch, width]` -> the top layer's outputs `[length, batch, units]`, and the
        attention vectors `[length, batch, …]`."""
        length, batch = ops.shape(x)[:2]
        x = self.dropouts[0](x, training=training)
        masks = [
            self._mask((length, batch, cell.fed), dropout, training)
            for cell, dropout in zip(self.cells, self.dropouts[1:], strict=True)
        ]

        def step(t, old, products):
            now = [mask if mask is None else mask[t] for mask in masks]
            output, new, _ = self._advance(products, old["state"], prepared, now)
            return {"state": new, "output": output}

        start = {
            "state": self.start(states, batch),
            "output": ops.zeros((batch, self.units), "float32"),
        }
        every, _ = scan(step, start, self._project(x), self.loop_kernels)
        return every["output"], every["state"]["vector"]

    def _mask(self, shape, dropout, training):
        """Dropout of what comes up in the loop; None if there is none."""
        if not training or not dropout.rate:
            return None
        return ops.stop_gradient(dropout(ops.ones(shape, "float32"), training=True))

    def step(self, x, state, prepared):
        """One position `[rows, width]` -> the output, the next state with the attention vector in
        it, and where each row looked."""
        products = products_of(self._project(x), self.loop_kernels)
        return self._advance(products, state, prepared, [None] * len(self.cells))

    def _advance(self, products, state, prepared, masks):
        below, new = state["vector"], {}
        for i, (cell, mask) in enumerate(zip(self.cells, masks, strict=True)):
            fed = below if mask is None else below * mask
            count = len(cell.loop_kernels)
            own, products = products[:count], products[count:]
            new[cell.name] = cell.step(own, [fed], state["layers"][cell.name])
            output = new[cell.name]["h"]
            if i >= self.first_residual:
                output = output + below
            below = output
        vector, seen = attend(self.vector, output, prepared, products)
        return output, {"layers": new, "vector": vector}, seen


class PlainDecoder(Composite):
    """Recurrent layers that know of the source what their first states tell."""

    def __init__(self, num_layers, width, units, hparams, num_residual=0, **kwargs):
        super().__init__(**kwargs)
        self.stack = RecurrentStack(
            num_layers, width, units, hparams, num_residual=num_residual, name="stack"
        )
        self.width = units

    def prepare(self, memory, is_padding):
        """Nothing."""
        return {}

    def start(self, states, rows):
        """The state before the first position, from those of the encoder or None."""
        return self.stack.by_layer(states, rows)

    def call(self, x, states, prepared, training=False):
        """`[length, batch, width]` -> `[length, batch, self.width]`."""
        return self.stack(x, states, training=training)[0]

    def step(self, x, state, prepared):
        """One position `[rows, width]`."""
        return (*self.stack.step(x, state), None)


class AttentionDecoder(Composite):
    """Recurrent layers with attention from the top one, fed back or not."""

    def __init__(self, num_layers, width, units, memory_width, hparams, num_residual=0, **kwargs):
        super().__init__(**kwargs)
        size = hparams.attention_layer_size or units
        self.vector = AttentionVector(size, units, memory_width, units, hparams, name="vector")
        self.is_fed = hparams.input_feeding
        self.gives_vector = hparams.output_attention
        if not self.is_fed and not self.gives_vector:
            raise T2TError(
                "With input_feeding=false and output_attention=false nothing sees the attention; "
                "set one of them to true."
            )
        shape = (num_layers, width, units)
        if self.is_fed:
            self.layers: Any = FedLayers(*shape, self.vector, hparams, num_residual, name="layers")
        else:
            self.layers = RecurrentStack(*shape, hparams, num_residual=num_residual, name="layers")
        self.width = self.vector.width if self.gives_vector else units
        self.merge: Any = None
        if self.gives_vector and self.vector.attention.heads > 1:
            self.width = units
            self.merge = Linear(units, hparams, use_bias=True, name="merge")
            self.merge.build((None, self.vector.width))

    def prepare(self, memory, is_padding):
        """What attention needs of the encoder's outputs `[batch, memory, width]`."""
        return self.vector.attention.prepare(memory, is_padding)

    def start(self, states, rows):
        """The state before the first position, from those of the encoder or None."""
        if self.is_fed:
            return self.layers.start(states, rows)
        return self.layers.by_layer(states, rows)

    def call(self, x, states, prepared, training=False):
        """`[length, batch, width]` -> `[length, batch, self.width]`."""
        if self.is_fed:
            outputs, vectors = self.layers(x, states, prepared, training=training)
        else:
            outputs, _ = self.layers(x, states, training=training)
            vectors, _ = self.vector(swap_batch_and_length(outputs), prepared)
            vectors = swap_batch_and_length(vectors)
        return self._output(outputs, vectors)

    def step(self, x, state, prepared):
        """One position `[rows, width]`."""
        if self.is_fed:
            output, state, seen = self.layers.step(x, state, prepared)
            return self._output(output, state["vector"]), state, seen
        output, state = self.layers.step(x, state)
        vector, seen = attend(self.vector, output, prepared)
        return self._output(output, vector), state, seen

    def _output(self, outputs, vectors):
        if not self.gives_vector:
            return outputs
        return vectors if self.merge is None else self.merge(vectors)


class GNMTDecoder(Composite):
    """Attention from the bottom layer; every layer sees the context (Wu et al. 2016, section 3).

    The bottom layer sees the last context. The others see the last one, too, or
    (`uses_new_context`, the tutorial's gnmt_v2) that of the same position.
    """

    def __init__(
        self,
        num_layers,
        width,
        units,
        memory_width,
        hparams,
        num_residual=0,
        uses_new_context=True,
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.uses_new_context = uses_new_context
        vector = AttentionVector(0, units, memory_width, units, hparams, name="vector")
        self.bottom = FedLayers(1, width, units, vector, hparams, name="bottom")
        self.upper = [
            RecurrentLayer(
                units + vector.width,
                units,
                hparams,
                is_residual=i >= num_layers - num_residual,
                name=f"layer_{i}",
            )
            for i in range(1, num_layers)
        ]
        self.width = units

    def prepare(self, memory, is_padding):
        """What attention needs of the encoder's outputs `[batch, memory, width]`."""
        return self.bottom.vector.attention.prepare(memory, is_padding)

    def start(self, states, rows):
        """The state before the first position, from those of the encoder or None."""
        first, others = (None, None) if states is None else (states[:1], states[1:])
        return {
            "bottom": self.bottom.start(first, rows),
            "upper": states_by_layer(self.upper, others, rows),
        }

    def call(self, x, states, prepared, training=False):
        """`[length, batch, width]` -> `[length, batch, self.width]`."""
        x, contexts = self.bottom(x, states and states[:1], prepared, training=training)
        if not self.uses_new_context:
            length, batch, width = ops.shape(contexts)
            before = ops.slice(contexts, (0, 0, 0), (length - 1, batch, width))
            contexts = ops.pad(before, [[1, 0], [0, 0], [0, 0]])
        for i, layer in enumerate(self.upper, 1):
            x = ops.concatenate([x, contexts], axis=-1)
            x, _ = layer(x, states and states[i], training=training)
        return x

    def step(self, x, state, prepared):
        """One position `[rows, width]`."""
        context = state["bottom"]["vector"]
        x, bottom, seen = self.bottom.step(x, state["bottom"], prepared)
        if self.uses_new_context:
            context = bottom["vector"]
        upper = {}
        for layer in self.upper:
            x = ops.concatenate([x, context], axis=-1)
            x, upper[layer.name] = layer.step(x, state["upper"][layer.name])
        return x, {"bottom": bottom, "upper": upper}, seen
