"""Mixtures of experts: each position is sent to k of many networks (Shazeer et al. 2017).

Outrageously Large Neural Networks, arXiv:1701.06538, as Tensor2Tensor builds it. Every position
gets the experts that it chose, however many others chose them: nothing is dropped, so that a
position's output depends on no other one. How many rows an expert gets is only known as it runs; a
compiler that wants to know all shapes before cannot compile `grouped_matmul` as it stands.
"""

from __future__ import annotations

import contextlib
import itertools
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import keras
from keras import ops

from t2t_lite.errors import T2TError
from t2t_lite.layers.feed_forward import Pointwise
from t2t_lite.layers.initializers import Blocks, initializer
from t2t_lite.layers.own_gradient import with_own_gradient
from t2t_lite.layers.precision import matmul
from t2t_lite.layers.randomness import SeedGenerator

NOISE_FLOOR = 0.01  # The least standard deviation of the noise.


class Routing(NamedTuple):
    """Which experts each row is sent to, best first."""

    experts: Any  # [rows, k] int32
    gates: Any  # [rows, k] float32, positive, with sum 1
    load: Any  # [rows, num_experts] float32: how probably each expert is among the k


def top_k_gates(logits, k: int):
    """Softmax over the k greatest logits of each row (equations 3 and 5).

    Args:
      logits: `[rows, num_experts]`.
    Returns:
      gates `[rows, k]` and experts `[rows, k]`, best first.
    """
    greatest, experts = ops.top_k(logits, k)
    return ops.softmax(greatest), ops.cast(experts, "int32")


def dense_gates(routing: Routing, num_experts: int):
    """`[rows, num_experts]`: the gates, and 0 for the experts that were not chosen."""
    chosen = ops.one_hot(routing.experts, num_experts, dtype="float32")  # [rows, k, num_experts]
    return ops.sum(chosen * routing.gates[..., None], axis=1)


def probability_in_top_k(clean, noisy, deviation, k: int):
    """How probably each expert would be among the k, were its noise alone drawn anew (eq. 8, 9).

    Args:
      clean, noisy: logits `[rows, num_experts]` without and with noise; num_experts > k.
      deviation: `[rows, num_experts]`, the noise's standard deviations.
    Returns:
      `[rows, num_experts]`, with a gradient, which the choice itself does not have.
    """
    greatest, _ = ops.top_k(noisy, k + 1)
    # What must be exceeded: by one of the k, the best of the others; by the others, the last of
    # the k.
    if_in, if_out = greatest[:, k : k + 1], greatest[:, k - 1 : k]
    threshold = ops.where(noisy > if_in, if_in, if_out)
    return 0.5 * (1.0 + ops.erf((clean - threshold) / (math.sqrt(2.0) * deviation + 1e-20)))


def squared_variation(x):
    """The squared coefficient of variation: variance / mean² (equation 7)."""
    mean = ops.mean(x)
    return ops.mean(ops.square(x - mean)) / (ops.square(mean) + 1e-10)


def balance_loss(routing: Routing, num_experts: int, weights=None):
    """CV(importance)² + CV(load)²: 0 if all experts are used equally (equations 7 and 11).

    Args:
      weights: `[rows]`, how much each row counts; None: all count 1.
    """
    gates, load = dense_gates(routing, num_experts), routing.load
    if weights is not None:
        gates, load = gates * weights[:, None], load * weights[:, None]
    return squared_variation(ops.sum(gates, axis=0)) + squared_variation(ops.sum(load, axis=0))


def grouped_matmul(x, kernels, sizes):
    """Each group of rows times its own matrix.

    Args:
      x: `[rows, input]`, the rows of group 0 first, then those of group 1, and so on.
      kernels: `[groups, input, output]`.
      sizes: `[groups]` int32, whose sum is `rows`.
    Returns:
      `[rows, output]`, in `x`'s type.
    """
    groups = range(kernels.shape[0])
    starts = ops.cumsum(sizes) - sizes
    # Unstacked at once: a tenth of the operations that an index for each group would take.
    corners = ops.unstack(ops.stack([starts, ops.zeros_like(starts)], axis=1))  # [row, column]

    def grouped(values):
        width = ops.full_like(sizes, values.shape[1])
        extents = ops.unstack(ops.stack([sizes, width], axis=1))
        return [ops.slice(values, corners[g], extents[g]) for g in groups]

    def products(x, kernels):
        xs, matrices = grouped(x), ops.unstack(kernels)

        def gradient(upstream):
            ups = grouped(upstream)
            of_x = [matmul(ups[g], ops.transpose(matrices[g])) for g in groups]
            of_kernels = [matmul(ops.transpose(xs[g]), ups[g]) for g in groups]
            of_x, of_kernels = ops.concatenate(of_x), ops.stack(of_kernels)
            return [ops.cast(of_x, x.dtype), ops.cast(of_kernels, kernels.dtype)]

        y = [matmul(xs[g], matrices[g]) for g in groups]
        return ops.cast(ops.concatenate(y), x.dtype), gradient

    return with_own_gradient(products, x, kernels)


_records: list[dict[str, Any]] = []
"""Of the blocks `recording` that are open, innermost last."""


@contextlib.contextmanager
def recording() -> Iterator[dict[str, Any]]:
    """A block in which mixtures write down, under their paths, how much each expert is used.

    That is the sum of its gates over all positions that count: `[num_experts]` float32.
    """
    _records.append({})
    try:
        yield _records[-1]
    finally:
        _records.pop()


class Gate(keras.layers.Layer):
    """Chooses k experts for each row: noisy top-k gating (section 2.1)."""

    def __init__(self, num_experts: int, k: int, is_noisy: bool = True, **kwargs):
        super().__init__(autocast=False, **kwargs)
        self.num_experts, self.k, self.is_noisy = num_experts, min(k, num_experts), is_noisy
        self.seed_generator = SeedGenerator()

    def build(self, input_shape):
        shape = (input_shape[-1], self.num_experts)
        # Zeros, so that all experts are equally probable at first.
        self.kernel = self.add_weight(shape=shape, initializer="zeros", name="w_gate")
        if self.is_noisy:
            self.noise_kernel = self.add_weight(shape=shape, initializer="zeros", name="w_noise")

    def call(self, x, training=False) -> Routing:
        """`[rows, input]` -> `Routing`; noise is added while training only."""
        x = ops.cast(x, "float32")
        clean = ops.matmul(x, ops.cast(self.kernel, "float32"))
        if not (training and self.is_noisy):
            gates, experts = top_k_gates(clean, self.k)
            chosen = ops.one_hot(experts, self.num_experts, dtype="float32")
            return Routing(experts, gates, ops.sum(chosen, axis=1))
        raw = ops.matmul(x, ops.cast(self.noise_kernel, "float32"))
        deviation = ops.softplus(raw) + NOISE_FLOOR
        noise = keras.random.normal(ops.shape(clean), seed=self.seed_generator)
        noisy = clean + noise * deviation
        gates, experts = top_k_gates(noisy, self.k)
        if self.k == self.num_experts:  # Each has all rows, whatever the noise.
            return Routing(experts, gates, ops.ones_like(clean))
        return Routing(experts, gates, probability_in_top_k(clean, noisy, deviation, self.k))


class MixtureOfExperts(Pointwise):
    """`[..., hidden] -> [..., output]`: the sum of k experts' outputs, weighted by their gates.

    An expert is a network of linear layers without bias, with ReLUs between. While training, the
    layer adds `moe_loss_coef` times the `balance_loss` to the model's losses.
    """

    def __init__(self, hparams, output_size: int | None = None, **kwargs):
        """
        Args:
          output_size: width of the output; None: that of the input.
        """
        super().__init__(**kwargs)
        self.hparams, self.output_size = hparams, output_size
        self.num_experts = hparams.moe_num_experts
        if hparams.moe_k > self.num_experts:
            raise T2TError(
                f"moe_k={hparams.moe_k} experts cannot be chosen from moe_num_experts="
                f"{self.num_experts}; lower moe_k."
            )
        self.hidden_sizes = _read_sizes(hparams.moe_hidden_sizes)
        self.gate = Gate(self.num_experts, hparams.moe_k, hparams.moe_noisy_gating, name="gate")
        self.kernel_initializer = initializer(hparams)

    def build(self, input_shape):
        widths = [input_shape[-1], *self.hidden_sizes, self.output_size or input_shape[-1]]
        each = Blocks(self.kernel_initializer, [1] * self.num_experts, axis=0)
        self.kernels = [
            self.add_weight(shape=(self.num_experts, *pair), initializer=each, name=f"w_{i}")
            for i, pair in enumerate(itertools.pairwise(widths))
        ]
        self.built = True

    def call(self, x, present=None, training=False):
        """`[..., hidden] -> [..., output]`.

        Args:
          present: `[..., 1]`, 0 at positions (padding) that shall not count in the loss.
        """
        rows = ops.reshape(x, (-1, x.shape[-1]))
        routing = self.gate(rows, training=training)
        weights = None if present is None else ops.reshape(ops.cast(present, "float32"), (-1,))
        if _records:
            gates = dense_gates(routing, self.num_experts)
            gates = gates if weights is None else gates * weights[:, None]
            _records[-1][self.path] = ops.sum(gates, axis=0)
        if training and self.hparams.moe_loss_coef:
            loss = balance_loss(routing, self.num_experts, weights)
            self.add_loss(self.hparams.moe_loss_coef * loss)
        y = self._mixed(rows, routing)
        return ops.reshape(y, (*ops.shape(x)[:-1], y.shape[-1]))

    def _mixed(self, rows, routing: Routing):
        """`[rows, hidden] -> [rows, output]`: sorted by expert, dealt with, put back, summed."""
        count, k = ops.shape(rows)[0], self.gate.k
        chosen = ops.reshape(routing.experts, (-1,))  # [rows * k]
        order = ops.argsort(chosen)
        is_group = ops.expand_dims(chosen, 1) == ops.arange(self.num_experts)
        sizes = ops.sum(ops.cast(is_group, "int32"), axis=0)
        outputs = self._experts(ops.take(rows, order // k, axis=0), sizes)  # [rows * k, output]
        outputs = ops.take(outputs, ops.argsort(order), axis=0)
        outputs = ops.reshape(outputs, (count, k, outputs.shape[-1]))
        return ops.sum(outputs * ops.cast(routing.gates, rows.dtype)[..., None], axis=1)

    def _experts(self, x, sizes):
        """Rows sorted by expert, of which expert e has `sizes[e]`, through their experts."""
        inputs = x.shape[-1]
        for i, kernel in enumerate(self.kernels):
            width = x.shape[-1]
            x = grouped_matmul(x, kernel, sizes)
            if i < len(self.kernels) - 1:
                x = ops.relu(x)
            if width != inputs:  # Tensor2Tensor's way of keeping the variance.
                x = x * (width / inputs) ** -0.5
        return x


def _read_sizes(text: str) -> list[int]:
    """`"2048,512"` -> [2048, 512]."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not all(part.isdigit() and int(part) for part in parts):
        raise T2TError(
            f"moe_hidden_sizes='{text}' is no list of whole numbers with commas between, such as "
            "'2048'."
        )
    return [int(part) for part in parts]
