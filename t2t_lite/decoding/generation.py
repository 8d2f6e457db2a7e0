"""A model and a search put together: from features to ids."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import tensorflow as tf

from t2t_lite.decoding.beam_search import BeamSearch
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.decoding.sampling import Sampling
from t2t_lite.decoding.search import Search
from t2t_lite.text.encoder import EOS

FIRST_ROOM = 16  # Ids for which there is room at first, a power of two; it doubles when needed.


def search_for(hparams: DecodeHParams, vocab_size: int) -> Search:
    """The search that decode hparams ask for; one beam is greedy, as in Tensor2Tensor."""
    if hparams.beam_size > 1:
        stop_early = not hparams.return_beams
        return BeamSearch(hparams.beam_size, vocab_size, hparams.alpha, stop_early=stop_early)
    if hparams.sampling_method == "random":
        return Sampling(hparams.sampling_temp, hparams.sampling_keep_top_k)
    return Sampling()


class Generator:
    """Generates target ids with a model.

    The cache starts small and doubles while sentences are unfinished, since every step reads and
    copies all of it, and most outputs are far shorter than they may be. One graph is traced per
    size of cache; it serves all lengths of input.
    """

    def __init__(self, model, search: Search, vocab_size: int, jit_compile: bool = False):
        """
        Args:
          model: a `T2TModel`.
          search: how to choose ids.
          vocab_size: of the targets; the model's logits may be longer, by padding.
          jit_compile: compile by XLA: faster steps, but a compilation per shape of input.
        """
        self._model = model
        self._search = search
        self._vocab_size = vocab_size
        self._function = functools.partial(
            tf.function, reduce_retracing=True, jit_compile=jit_compile, autograph=False
        )
        self._encode = self._function(model.encode)
        self._advance: dict[int, Any] = {}  # room -> the search until the room is used up

    def generate(
        self,
        features: dict[str, np.ndarray],
        limits: np.ndarray,
        eos_from: np.ndarray | None = None,
        prefix: np.ndarray | None = None,
        draws: np.ndarray | None = None,
    ) -> tuple[np.ndarray, np.ndarray]:
        """Generates the outputs of a batch.

        Args:
          features: of the model's `encode`: [batch, ...] each.
          limits: [batch] int32, how many ids may be generated; 0 for a row that only fills up.
          eos_from: [batch] int32, no EOS before this position; the first id has position 0.
          prefix: [batch, length] int32, ids that the outputs begin with, then -1.
          draws: [batch, >= limits] float32, the random numbers of `Sampling`.

        Returns:
          ids [batch, hypotheses, length] int32, with the prefix, 0 after EOS; and
          scores [batch, hypotheses]; best first.
        """
        encoded = self._encode({name: tf.constant(value) for name, value in features.items()})
        rules, options = {}, {}
        if eos_from is not None:
            rules["eos_from"] = tf.constant(eos_from, tf.int32)
        if prefix is not None:
            rules["prefix"] = tf.constant(np.pad(prefix, [(0, 0), (0, 1)], constant_values=-1))
            options["given"] = tf.constant((prefix >= 0).sum(axis=1), tf.int32)
        if draws is not None:
            options["draws"] = tf.constant(draws, tf.float32)
        return self._search_in_stages(encoded, tf.constant(limits, tf.int32), rules, options)

    def _search_in_stages(self, encoded, limits: tf.Tensor, rules: dict, options: dict):
        batch, room = limits.shape[0], FIRST_ROOM
        initial_ids = tf.zeros([batch], tf.int32)
        cache = self._init_cache(encoded, batch, room)
        state = self._search.start(initial_ids, cache, limits, room, **options)
        state = self._advance_function(room)(encoded, state, rules)
        while tf.reduce_any(state.is_active):
            room *= 2
            larger = self._init_cache(encoded, batch, room)
            cache = tf.nest.map_structure(_extend, state.cache, larger)
            state = self._search.grow(state, room, cache)
            state = self._advance_function(room)(encoded, state, rules)
        ids, scores = self._search.result(state)
        return ids[:, :, 1:].numpy(), scores.numpy()

    def _init_cache(self, encoded, batch: int, room: int):
        return self._model.init_cache(encoded, batch * self._search.hypotheses, room)

    def _advance_function(self, room: int):
        """The compiled search for one size of cache, which is thereby a static shape."""
        if room not in self._advance:

            def advance(encoded, state, rules):
                return self._search.run(functools.partial(self._step, encoded, rules), state)

            self._advance[room] = self._function(advance)
        return self._advance[room]

    def _step(self, encoded, rules, ids, position, cache):
        """The search's step function: the model's, under the rules."""
        logits, cache = self._model.decode_step(ids, position, cache, encoded)
        logits = logits[:, : self._vocab_size]
        symbols = tf.range(self._vocab_size)
        if "eos_from" in rules:
            too_early = self._per_row(position < rules["eos_from"])
            logits = tf.where(too_early & (symbols == EOS), -float("inf"), logits)
        if "prefix" in rules:
            last = tf.shape(rules["prefix"])[1] - 1  # This column and all after it are -1.
            column = tf.gather(rules["prefix"], tf.minimum(position, last), axis=1)
            wanted = self._per_row(column)
            certain = tf.where(symbols == wanted, 0.0, -float("inf"))  # [rows, vocab]
            logits = tf.where(wanted >= 0, certain, logits)
        return logits, cache

    def _per_row(self, x: tf.Tensor) -> tf.Tensor:
        """`x` [batch] -> [rows, 1]"""
        return tf.repeat(x, self._search.hypotheses)[:, None]


def _extend(old: tf.Tensor, larger: tf.Tensor) -> tf.Tensor:
    """`larger`, with `old` at the front of the axis in which they differ, if they do."""
    for axis in range(len(old.shape)):
        if old.shape[axis] != larger.shape[axis]:
            rest = tf.split(larger, [old.shape[axis], -1], axis=axis)[1]
            return tf.concat([old, rest], axis=axis)
    return old
