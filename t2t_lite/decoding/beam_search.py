"""Beam search, as Tensor2Tensor does it, in TensorFlow graph ops.

Each sentence has `beam_size` alive hypotheses and the `beam_size` best finished ones. A step
grows the alive ones to `2 * beam_size` candidates: no more than `beam_size` of these end in EOS,
so that enough of them live on. A finished hypothesis Y scores

    log P(Y | X) / ((5 + |Y|) / 6) ** alpha

(Wu et al. 2016, https://arxiv.org/abs/1609.08144, equation 14), where |Y| counts EOS and not the
initial id. The search of a sentence ends when no alive hypothesis can beat a finished one any
more, or at the sentence's own limit of length. Then its rows stay as they are, so its result does
not depend on the sentences that share its batch.

`beam_search` runs from start to end. A caller that goes in stages, to begin with a small cache
and enlarge it on the way, uses `BeamSearch` itself.
"""

from __future__ import annotations

import dataclasses
from typing import NamedTuple

import tensorflow as tf

from t2t_lite.decoding.search import Cache, Search, StepFunction, pad_end, size, write

NOT_FINISHED = -1e7  # Score of a slot that no finished hypothesis has taken; T2T's value.


class BeamState(NamedTuple):
    """What one step of the search leaves to the next."""

    position: tf.Tensor  # [] int32: how many ids have been generated
    limits: tf.Tensor  # [batch] int32: how many may be
    given: tf.Tensor  # [batch] int32: how many of the first ones the caller forces
    is_active: tf.Tensor  # [batch] bool: the search of this sentence goes on
    alive_ids: tf.Tensor  # [batch, beam, 1 + length] int32, 0 beyond `position`
    alive_log_probs: tf.Tensor  # [batch, beam] float32, best first; -inf: an empty slot
    finished_ids: tf.Tensor  # [batch, beam, 1 + length] int32, 0 beyond EOS
    finished_scores: tf.Tensor  # [batch, beam] float32, best first; or NOT_FINISHED
    cache: Cache  # of the alive hypotheses: [batch * beam, ...]

    @property
    def room(self) -> tf.Tensor | int:
        """How many ids can be generated: `length`."""
        return size(self.alive_ids, 2) - 1


class Candidates(NamedTuple):
    """The best continuations of each sentence's alive hypotheses by one id."""

    ids: tf.Tensor  # [batch, 2 * beam] int32: the new id
    parents: tf.Tensor  # [batch, 2 * beam] int32: which alive hypothesis it continues
    log_probs: tf.Tensor  # [batch, 2 * beam] float32, best first
    is_finished: tf.Tensor  # [batch, 2 * beam] bool: the new id is an EOS of the model's own


@dataclasses.dataclass(frozen=True)
class BeamSearch(Search):
    """The settings of a beam search; see `beam_search` for their meaning."""

    beam_size: int
    vocab_size: int
    alpha: float
    eos_id: int = 1
    stop_early: bool = False
    coverage_penalty: float = 0.0  # If > 0, the cache is a dict with `coverage` [rows, inputs].

    @property
    def hypotheses(self) -> int:
        return self.beam_size

    def start(self, initial_ids, cache: Cache, limits, room, given=0) -> BeamState:
        batch = size(initial_ids, 0)
        initial_ids = tf.tile(initial_ids[:, None, None], [1, self.beam_size, 1])
        ids = pad_end(initial_ids, room)  # [batch, beam, 1 + length]
        # All hypotheses are the same now, so only the first of them may be continued.
        log_probs = tf.constant([[0.0] + [-float("inf")] * (self.beam_size - 1)])
        limits = tf.broadcast_to(limits, [batch])
        return BeamState(
            position=tf.constant(0),
            limits=limits,
            given=tf.broadcast_to(given, [batch]),
            is_active=limits > 0,
            alive_ids=ids,
            alive_log_probs=tf.tile(log_probs, [batch, 1]),
            finished_ids=tf.zeros_like(ids),
            finished_scores=tf.fill([batch, self.beam_size], NOT_FINISHED),
            cache=cache,
        )

    def grow(self, state: BeamState, room, cache: Cache) -> BeamState:
        added = room - state.room
        return state._replace(
            alive_ids=pad_end(state.alive_ids, added),
            finished_ids=pad_end(state.finished_ids, added),
            cache=cache,
        )

    def step(self, step_fn: StepFunction, state: BeamState) -> BeamState:
        last_ids = tf.gather(state.alive_ids, state.position, axis=2)  # [batch, beam]
        logits, cache = step_fn(tf.reshape(last_ids, [-1]), state.position, state.cache)
        candidates = self._candidates(logits, state)
        position = state.position + 1
        alive_ids, alive_log_probs, parents = self._grow_alive(state, candidates, position)
        finished_ids, finished_scores = self._grow_finished(state, candidates, position, cache)
        # No alive hypothesis can end better than this: log P falls, the penalty's divisor rises,
        # and the logarithm of the coverage is not positive.
        bound = alive_log_probs[:, 0] / length_penalty(state.limits - state.given, self.alpha)
        is_certain = finished_scores[:, 0 if self.stop_early else -1] > bound  # [batch]

        def unless_ended(new, old):
            shape = [-1] + [1] * (new.shape.rank - 1)
            return tf.where(tf.reshape(state.is_active, shape), new, old)

        return BeamState(
            position=position,
            limits=state.limits,
            given=state.given,
            is_active=state.is_active & (position < state.limits) & ~is_certain,
            alive_ids=unless_ended(alive_ids, state.alive_ids),
            alive_log_probs=unless_ended(alive_log_probs, state.alive_log_probs),
            finished_ids=unless_ended(finished_ids, state.finished_ids),
            finished_scores=unless_ended(finished_scores, state.finished_scores),
            cache=_gather_rows(cache, parents),
        )

    def result(self, state: BeamState) -> tuple[tf.Tensor, tf.Tensor]:
        """(ids [batch, beam, 1 + length], scores [batch, beam]), best first.

        Of a sentence with no finished hypothesis, the alive ones with their log P.
        """
        has_finished = state.finished_scores[:, :1] > NOT_FINISHED  # [batch, 1]
        ids = tf.where(has_finished[:, :, None], state.finished_ids, state.alive_ids)
        return ids, tf.where(has_finished, state.finished_scores, state.alive_log_probs)

    def _candidates(self, logits: tf.Tensor, state: BeamState) -> Candidates:
        """The best continuations, from the logits [batch * beam, vocab] of all."""
        batch = size(state.alive_log_probs, 0)
        log_probs = tf.reshape(tf.nn.log_softmax(logits), [batch, self.beam_size, self.vocab_size])
        log_probs = log_probs + state.alive_log_probs[:, :, None]
        log_probs = tf.reshape(log_probs, [batch, self.beam_size * self.vocab_size])
        log_probs, chosen = tf.math.top_k(log_probs, 2 * self.beam_size)
        ids = chosen % self.vocab_size
        is_finished = (ids == self.eos_id) & (state.position >= state.given)[:, None]
        return Candidates(ids, chosen // self.vocab_size, log_probs, is_finished)

    def _grow_alive(self, state: BeamState, candidates: Candidates, position: tf.Tensor):
        """The best candidates that go on: their ids, their log P and their parents."""
        log_probs = tf.where(candidates.is_finished, -float("inf"), candidates.log_probs)
        log_probs, chosen = tf.math.top_k(log_probs, self.beam_size)
        parents = tf.gather(candidates.parents, chosen, batch_dims=1)  # [batch, beam]
        new_ids = tf.gather(candidates.ids, chosen, batch_dims=1)  # [batch, beam]
        ids = tf.gather(state.alive_ids, parents, batch_dims=1)
        return write(ids, position, new_ids), log_probs, parents

    def _grow_finished(
        self, state: BeamState, candidates: Candidates, position: tf.Tensor, cache: Cache
    ):
        """The best of the finished hypotheses, old and new: their ids and scores."""
        lengths = tf.maximum(position - state.given, 0)[:, None]  # [batch, 1]
        scores = candidates.log_probs / length_penalty(lengths, self.alpha)
        if self.coverage_penalty:
            missed = tf.reshape(log_coverage(cache["coverage"]), [-1, self.beam_size])
            missed = tf.gather(missed, candidates.parents, batch_dims=1)  # [batch, 2 * beam]
            scores += self.coverage_penalty * missed
        scores = tf.where(candidates.is_finished, scores, -float("inf"))
        scores = tf.concat([state.finished_scores, scores], axis=1)  # [batch, 3 * beam]
        scores, chosen = tf.math.top_k(scores, self.beam_size)
        # The ids before the new one stand in the old finished and in the alive hypotheses.
        batch = size(scores, 0)
        old = tf.tile(tf.range(self.beam_size)[None], [batch, 1])
        sources = tf.concat([old, self.beam_size + candidates.parents], axis=1)
        sources = tf.gather(sources, chosen, batch_dims=1)  # [batch, beam]
        ids = tf.concat([state.finished_ids, state.alive_ids], axis=1)
        new_ids = tf.where(chosen < self.beam_size, 0, self.eos_id)  # [batch, beam]
        return write(tf.gather(ids, sources, batch_dims=1), position, new_ids), scores


def beam_search(
    step_fn: StepFunction,
    initial_ids: tf.Tensor,
    cache: Cache,
    *,
    beam_size: int,
    decode_length: tf.Tensor | int,
    vocab_size: int,
    alpha: float,
    eos_id: int = 1,
    stop_early: bool = False,
    max_length: int | None = None,
) -> tuple[tf.Tensor, tf.Tensor]:
    """The best continuations of `initial_ids`.

    Args:
      step_fn: (ids [batch * beam], position [], cache) -> (logits [batch * beam, vocab], cache);
        see `t2t_lite.decoding.search`.
      initial_ids: [batch] int32, the ids at position 0.
      cache: nested tensors [batch * beam, ...].
      beam_size: hypotheses per sentence.
      decode_length: how many ids may be generated, EOS included: one number, or [batch] of them.
      vocab_size: size of the logits.
      alpha: 0 compares log P; the larger it is, the longer the hypotheses. Not negative.
      eos_id: ends a hypothesis.
      stop_early: end a sentence once its best hypothesis is certain, though the others may not
        be the best yet; else once all are. The best one is the same either way.
      max_length: the length of `ids` less 1, if known before (XLA needs to); at least
        `decode_length`.

    Returns:
      ids [batch, beam, 1 + length] int32, with the initial id, 0 after EOS; and
      scores [batch, beam] float32, best first. A score of -1e7 marks a hypothesis that never
      finished. Of a sentence where none did, the alive ones, with log P instead of a score.
    """
    search = BeamSearch(beam_size, vocab_size, alpha, eos_id, stop_early)
    limits = tf.cast(decode_length, tf.int32)
    room = tf.reduce_max(limits) if max_length is None else max_length
    state = search.start(initial_ids, cache, limits, room)
    return search.result(search.run(step_fn, state))


def length_penalty(length: tf.Tensor, alpha: float) -> tf.Tensor:
    """((5 + length) / 6) ** alpha, by which log P is divided."""
    return ((5.0 + tf.cast(length, tf.float32)) / 6.0) ** alpha


def log_coverage(coverage: tf.Tensor) -> tf.Tensor:
    """How little of the input a hypothesis looked at: [..., inputs] -> [...], 0 at best.

    The sum over the inputs of log min(c, 1), c being the attention that one got from all symbols
    (Wu et al. 2016, equation 14). An input that got none at all counts as padding.
    """
    return tf.reduce_sum(tf.math.log(tf.minimum(tf.where(coverage == 0, 1.0, coverage), 1.0)), -1)


def _gather_rows(cache: Cache, parents: tf.Tensor) -> Cache:
    """Of each tensor [batch * beam, ...] the rows that the beams `parents` [batch, beam] have."""
    batch, beam = size(parents, 0), parents.shape[1]
    rows = tf.reshape(tf.range(batch)[:, None] * beam + parents, [-1])  # [batch * beam]

    def gather(x):
        gathered = tf.gather(x, rows)
        gathered.set_shape(x.shape)
        return gathered

    return tf.nest.map_structure(gather, cache)
