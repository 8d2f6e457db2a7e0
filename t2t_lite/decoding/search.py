"""What beam search and sampling have in common.

A search makes ids from left to right with a step function

    (ids [rows], position [], cache) -> (logits [rows, vocab], cache)

which gets the ids at `position` and returns the logits of the next ones. The cache is a nested
structure of tensors `[rows, ...]` that follow the hypotheses they belong to. Rows are sentences
times hypotheses, with the hypotheses of a sentence side by side. What is the same for all
hypotheses of a sentence is better captured by the step function.
"""

from __future__ import annotations

import abc
from collections.abc import Callable
from typing import Any, Protocol

import tensorflow as tf

Cache = Any
StepFunction = Callable[[tf.Tensor, tf.Tensor, Cache], tuple[tf.Tensor, Cache]]


class State(Protocol):
    """What every search's state holds, besides what it is about."""

    position: tf.Tensor  # [] int32: how many ids have been generated
    is_active: tf.Tensor  # [batch] bool: the search of this sentence goes on
    cache: Cache

    @property
    def room(self) -> tf.Tensor | int:
        """How many ids can be generated."""


class Search(abc.ABC):
    """A search as pure functions from state to state; states are named tuples of tensors."""

    @property
    @abc.abstractmethod
    def hypotheses(self) -> int:
        """How many hypotheses there are per sentence; rows = batch * hypotheses."""

    @abc.abstractmethod
    def start(self, initial_ids, cache: Cache, limits, room, given=0) -> Any:
        """The state before the first step.

        Args:
          initial_ids: [batch] int32, which the result begins with.
          cache: of the step function.
          limits: how many ids may be generated: [batch] int32, or one number for all.
          room: how many ids there is room for; `grow` makes more.
          given: how many of the first ids the step function forces: [batch] int32, or one number.
            An EOS among them ends nothing, and the length in a score does not count them.
        """

    @abc.abstractmethod
    def grow(self, state: Any, room, cache: Cache) -> Any:
        """The same state with room for more ids, and with a cache of that size."""

    @abc.abstractmethod
    def step(self, step_fn: StepFunction, state: Any) -> Any:
        """Adds one id to the hypotheses of the active sentences."""

    @abc.abstractmethod
    def result(self, state: Any) -> tuple[tf.Tensor, tf.Tensor]:
        """(ids [batch, hypotheses, 1 + room], scores [batch, hypotheses]), best first."""

    def run(self, step_fn: StepFunction, state: Any) -> Any:
        """Steps until no sentence is active or the room is used up."""

        def goes_on(state):
            return (state.position < state.room) & tf.reduce_any(state.is_active)

        return tf.while_loop(
            goes_on, lambda state: [self.step(step_fn, state)], [state], parallel_iterations=1
        )[0]


def size(x: tf.Tensor, axis: int) -> tf.Tensor | int:
    """A dimension: an int if it is known while tracing."""
    return x.shape[axis] if x.shape[axis] is not None else tf.shape(x)[axis]


def pad_end(x: tf.Tensor, count: tf.Tensor | int) -> tf.Tensor:
    """`count` zeros after the end of the last axis."""
    return tf.pad(x, [[0, 0]] * (x.shape.rank - 1) + [[0, count]])


def write(ids: tf.Tensor, position: tf.Tensor, new_ids: tf.Tensor) -> tf.Tensor:
    """`ids` [..., length] with `new_ids` [...] at `position`; static shapes, so XLA takes it."""
    is_position = tf.range(size(ids, -1)) == position
    return tf.where(is_position, new_ids[..., None], ids)
