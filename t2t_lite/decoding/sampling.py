"""Greedy decoding and sampling: one hypothesis per sentence, id by id, in graph ops."""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

import tensorflow as tf

from t2t_lite.decoding.search import Cache, Search, StepFunction, pad_end, size, write


class SamplingState(NamedTuple):
    """What one step leaves to the next."""

    position: tf.Tensor  # [] int32: how many ids have been generated
    limits: tf.Tensor  # [batch] int32: how many may be
    given: tf.Tensor  # [batch] int32: how many of the first ones the caller forces
    is_active: tf.Tensor  # [batch] bool: neither EOS nor the limit is reached
    ids: tf.Tensor  # [batch, 1 + length] int32, 0 beyond EOS
    log_probs: tf.Tensor  # [batch] float32: of the ids, by the model
    draws: tf.Tensor  # [batch, >= limits] float32 in [0, 1), one per id; not used by greedy
    cache: Cache  # [batch, ...]

    @property
    def room(self) -> tf.Tensor | int:
        """How many ids can be generated: `length`."""
        return size(self.ids, 1) - 1


@dataclasses.dataclass(frozen=True)
class Sampling(Search):
    """Draws each id from the model's distribution, or takes the most probable one.

    Attributes:
      temperature: divides the logits. Below 1 the draws are nearer to the most probable id, and 0
        is greedy decoding.
      keep_top_k: draws among that many of the most probable ids only (Fan et al. 2018,
        https://arxiv.org/abs/1805.04833, section 5.1); -1: among all.
      eos_id: ends a hypothesis.
    """

    temperature: float = 0.0
    keep_top_k: int = -1
    eos_id: int = 1

    @property
    def hypotheses(self) -> int:
        return 1

    def start(self, initial_ids, cache: Cache, limits, room, given=0, draws=None) -> SamplingState:
        """See `Search.start`.

        `draws` are uniform random numbers in [0, 1), [batch, >= limits]; what is drawn for a
        sentence depends on its own numbers only. Greedy decoding needs none.
        """
        batch = size(initial_ids, 0)
        limits = tf.broadcast_to(limits, [batch])
        return SamplingState(
            position=tf.constant(0),
            limits=limits,
            given=tf.broadcast_to(given, [batch]),
            is_active=limits > 0,
            ids=pad_end(initial_ids[:, None], room),
            log_probs=tf.zeros([batch]),
            draws=tf.zeros([batch, 1]) if draws is None else draws,
            cache=cache,
        )

    def grow(self, state: SamplingState, room, cache: Cache) -> SamplingState:
        return state._replace(ids=pad_end(state.ids, room - state.room), cache=cache)

    def step(self, step_fn: StepFunction, state: SamplingState) -> SamplingState:
        last_ids = tf.gather(state.ids, state.position, axis=1)  # [batch]
        logits, cache = step_fn(last_ids, state.position, state.cache)
        chosen = self._choose(logits, state)  # [batch]
        log_probs = tf.gather(logits, chosen, batch_dims=1) - tf.reduce_logsumexp(logits, axis=1)
        is_end = (chosen == self.eos_id) & (state.position >= state.given)
        position = state.position + 1
        return state._replace(
            position=position,
            is_active=state.is_active & ~is_end & (position < state.limits),
            ids=write(state.ids, position, tf.where(state.is_active, chosen, 0)),
            log_probs=state.log_probs + tf.where(state.is_active, log_probs, 0.0),
            cache=cache,
        )

    def result(self, state: SamplingState) -> tuple[tf.Tensor, tf.Tensor]:
        """(ids [batch, 1, 1 + length], log P [batch, 1])."""
        return state.ids[:, None], state.log_probs[:, None]

    def _choose(self, logits: tf.Tensor, state: SamplingState) -> tf.Tensor:
        """The next ids [batch], by inverting the cumulative distribution at the draws."""
        if self.temperature == 0:
            return tf.argmax(logits, axis=1, output_type=tf.int32)
        ids = None
        if self.keep_top_k > 0:
            logits, ids = tf.math.top_k(logits, tf.minimum(self.keep_top_k, size(logits, 1)))
        cumulative = tf.cumsum(tf.nn.softmax(logits / self.temperature), axis=1)
        draws = tf.gather(state.draws, state.position, axis=1)[:, None]  # [batch, 1]
        is_below = cumulative <= draws * cumulative[:, -1:]
        chosen = tf.reduce_sum(tf.cast(is_below, tf.int32), axis=1)  # [batch]
        return chosen if ids is None else tf.gather(ids, chosen, batch_dims=1)


def greedy(
    step_fn: StepFunction,
    initial_ids: tf.Tensor,
    cache: Cache,
    *,
    decode_length: tf.Tensor | int,
    eos_id: int = 1,
    max_length: int | None = None,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Takes the most probable id at every step.

    Args:
      step_fn: see `t2t_lite.decoding.search`; rows = batch.
      initial_ids: [batch] int32, the ids at position 0.
      cache: nested tensors [batch, ...].
      decode_length: how many ids may be generated, EOS included: one number, or [batch] of them.
      eos_id: ends a hypothesis.
      max_length: the length of the ids less 1, if known before (XLA needs to).

    Returns:
      ids [batch, 1 + length] int32, with the initial id, 0 after EOS; and log P [batch].
    """
    limits = tf.cast(decode_length, tf.int32)
    room = tf.reduce_max(limits) if max_length is None else max_length
    search = Sampling(eos_id=eos_id)
    state = search.run(step_fn, search.start(initial_ids, cache, limits, room))
    return state.ids, state.log_probs


def sample(
    step_fn: StepFunction,
    initial_ids: tf.Tensor,
    cache: Cache,
    *,
    decode_length: tf.Tensor | int,
    seed: int,
    temperature: float = 1.0,
    keep_top_k: int = -1,
    eos_id: int = 1,
    max_length: int | None = None,
) -> tuple[tf.Tensor, tf.Tensor]:
    """Draws every id from the model's distribution; the same seed draws the same.

    See `Sampling` for `temperature` and `keep_top_k`, and `greedy` for the rest.
    """
    limits = tf.cast(decode_length, tf.int32)
    room = tf.reduce_max(limits) if max_length is None else max_length
    search = Sampling(temperature, keep_top_k, eos_id)
    draws = tf.random.stateless_uniform([size(initial_ids, 0), room], seed=[seed, 0])
    state = search.run(step_fn, search.start(initial_ids, cache, limits, room, draws=draws))
    return state.ids, state.log_probs
