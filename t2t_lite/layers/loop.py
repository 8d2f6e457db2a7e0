"""Loops over the positions of a sequence."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from typing import Any

import keras
from keras import ops

from t2t_lite.layers.own_gradient import with_own_gradient
from t2t_lite.layers.precision import operand_type

Product = Callable[[Any], Any]
"""`[batch, input]` -> `[batch, output]`."""


def product(x, kernel):
    """`x @ kernel` for `x` `[..., input]`: one matmul over all rows, in float32 after it."""
    rows = _operand(ops.reshape(x, (-1, x.shape[-1])))
    rows = ops.cast(ops.matmul(rows, _operand(kernel)), "float32")
    return ops.reshape(rows, (*ops.shape(x)[:-1], kernel.shape[-1]))


def _operand(x):
    """In the type in which products are computed; states are float32, even if the policy is not."""
    return ops.cast(x, operand_type(keras.config.dtype_policy().compute_dtype))


def products_of(element, kernels) -> list[Product]:
    """What a step of `scan` gets: u -> u @ kernel + its columns of `element`, for each kernel.

    Without an `element`, nothing is added.
    """
    if element is None:
        return [functools.partial(_add_product, None, kernel) for kernel in kernels]
    parts = _columns(element, kernels)
    return [
        functools.partial(_add_product, part, kernel)
        for part, kernel in zip(parts, kernels, strict=True)
    ]


def _add_product(part, kernel, u):
    result = product(u, kernel)
    return result if part is None else part + result


def _columns(x, kernels) -> list:
    """The columns of `x` that belong to each kernel's output."""
    if len(kernels) == 1:
        return [x]
    ends = list(itertools.accumulate(kernel.shape[1] for kernel in kernels))
    return ops.split(x, ends[:-1], axis=-1)


def scan(step: Callable[..., Any], state, sequence, kernels=(), backwards=False):
    """Runs `state = step(t, state, products)` for every position t.

    `products` are those of `products_of(sequence[t], kernels)`, each of which a step must call
    once. Without kernels they are `sequence[t]` itself. The gradient goes through `sequence` and
    `kernels`, and through what is the same in all steps; not through other sequences that a step
    reads, such as `mask[t]`.

    A loop's own gradient would multiply and add once a step for each kernel. Here the loop sees
    the kernels as constant and keeps what it multiplies them with. As a product's gradient is
    that of its columns of `sequence`, theirs is one matmul after the loop.

    Args:
      state: nested dicts of `[batch, ...]` arrays; it keeps its shapes.
      sequence: `[length, batch, sum of the kernels' outputs]` float32. (`keras.ops.scan` takes
        several sequences of unknown length on some backends only.)
      backwards: t goes from the last position to the first.
    Returns:
      the states after each step, `[length, batch, ...]` at their t, and the last one.
    """
    is_deferred = keras.backend.backend() == "tensorflow" and bool(kernels)
    kept: dict[str, list] = {}
    operands = list(kernels)
    if is_deferred:
        operands = [ops.stop_gradient(_operand(kernel)) for kernel in kernels]
        sequence = _with_gradient_of_kernels(sequence, kernels, kept)
    length, batch = ops.shape(sequence)[:2]
    direction = -1 if backwards else 1

    def advance(carry, element):
        t = carry["t"]
        inputs: list = []
        products: Any = element
        if kernels:
            products = [_keeping(inputs, multiply) for multiply in products_of(element, operands)]
        new_state = step(t, carry["state"], products)
        new = {"t": t + direction, "state": new_state, "inputs": inputs if is_deferred else []}
        return new, new

    start = {
        "t": ops.convert_to_tensor(length - 1 if backwards else 0, "int32"),
        "state": state,
        "inputs": [
            ops.zeros((batch, operand.shape[0]), operand.dtype)
            for operand in (operands if is_deferred else [])
        ],
    }
    last, every = ops.scan(advance, start, sequence, reverse=backwards)
    kept["inputs"] = every["inputs"]
    return every["state"], last["state"]


def _keeping(inputs: list, multiply: Product) -> Product:
    """`multiply`, which also appends its argument to `inputs`."""

    def multiply_and_keep(u):
        inputs.append(_operand(u))
        return multiply(u)

    return multiply_and_keep


def _with_gradient_of_kernels(sequence, kernels, kept):
    """`sequence`, from whose gradient that of the kernels is made with `kept["inputs"]`.

    Those are there when the gradient is asked for.
    """

    def identity(sequence, *kernels):
        def gradient(upstream):
            rows = ops.reshape(upstream, (-1, sequence.shape[-1]))
            of_kernels = [
                _gradient_of_kernel(inputs, part)
                for inputs, part in zip(kept["inputs"], _columns(rows, kernels), strict=True)
            ]
            return [ops.reshape(upstream, ops.shape(sequence)), *of_kernels]

        return sequence, gradient

    return with_own_gradient(identity, sequence, *kernels)


def _gradient_of_kernel(inputs, upstream):
    """`[length, batch, input]`, `[length * batch, output]` -> `[input, output]` float32."""
    rows = ops.reshape(inputs, (-1, inputs.shape[-1]))
    return ops.cast(ops.matmul(ops.transpose(rows), _operand(upstream)), "float32")
