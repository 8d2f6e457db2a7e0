"""A model and a search put together: from features to ids."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import tensorflow as tf

from t2t_lite.decoding.beam_search import BeamSearch
from t2t_lite.decoding.ctc import CtcReader
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.decoding.sampling import Sampling
from t2t_lite.decoding.search import Search
from t2t_lite.text.encoder import EOS

FIRST_ROOM = 16  # Ids for which there is room at first, a power of two; it doubles when needed.


def generator_for(
    model, hparams: DecodeHParams, jit_compile: bool = False
) -> Generator | Classifier | CtcReader:
    """What makes a model's outputs."""
    if model.problem_hparams.modality["targets"] == "ctc_symbol":
        return CtcReader(model, hparams.beam_size)
    if not model.is_autoregressive:
        return Classifier(model, hparams.beam_size)
    vocab_size = model.problem_hparams.vocab_size["targets"]
    search = search_for(hparams, vocab_size)
    if hparams.coverage_penalty:
        model = WithCoverage(model)
    return Generator(model, search, vocab_size, jit_compile)


def search_for(hparams: DecodeHParams, vocab_size: int) -> Search:
    """The search that decode hparams ask for; one beam is greedy, as in Tensor2Tensor."""
    if hparams.beam_size > 1:
        stop_early = not hparams.return_beams
        return BeamSearch(
            hparams.beam_size,
            vocab_size,
            hparams.alpha,
            stop_early=stop_early,
            coverage_penalty=hparams.coverage_penalty,
        )
    if hparams.sampling_method == "random":
        return Sampling(hparams.sampling_temp, hparams.sampling_keep_top_k)
    return Sampling()


class Classifier:
    """Ranks classes by probability; a `Generator` for models whose target is one class."""

    def __init__(self, model, count: int):
        """`count`: how many of the best classes to return."""
        self._count = count
        self._logits = tf.function(model, autograph=False)

    def generate(self, features: dict[str, np.ndarray], **_: Any) -> tuple[np.ndarray, np.ndarray]:
        """(ids [batch, count, 1], log P [batch, count]), best first; see `Generator.generate`."""
        inputs = {name: tf.constant(value) for name, value in features.items()}
        logits = self._logits.get_concrete_function(_specs_of_any_length(inputs))(inputs)
        log_probs = tf.nn.log_softmax(logits[:, 0])  # [batch, classes]
        scores, ids = tf.math.top_k(log_probs, min(self._count, log_probs.shape[1]))
        return ids[:, :, None].numpy(), scores.numpy()


class WithCoverage:
    """A model whose cache also holds `coverage` [rows, inputs]: all attention so far."""

    def __init__(self, model):
        """T2TError, when it decodes, if the model has no attention to its inputs."""
        model.keeps_attention = True
        self._model = model
        self.encode = model.encode

    def init_cache(self, encoded, rows, max_length):
        """See `T2TModel.init_cache`."""
        cache = self._model.init_cache(encoded, rows, max_length)
        return {"model": cache, "coverage": tf.zeros_like(self._model.attention_of(cache))}

    def decode_step(self, ids, position, cache, encoded):
        """See `T2TModel.decode_step`."""
        logits, updated = self._model.decode_step(ids, position, cache["model"], encoded)
        coverage = cache["coverage"] + self._model.attention_of(updated)
        return logits, {"model": updated, "coverage": coverage}


class Generator:
    """Generates target ids with a model.

    The cache starts small and doubles while sentences are unfinished, since every step reads and
    copies all of it, and most outputs are far shorter than they may be. So the axis of the cache
    that `max_length` sizes must be one of positions from 0 on. One graph is traced per size of
    cache; it serves all lengths of input.
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
        self._encode = tf.function(model.encode, autograph=False, jit_compile=jit_compile)
        self._advance = tf.function(self._run, autograph=False, jit_compile=jit_compile)

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
        inputs = {name: tf.constant(value) for name, value in features.items()}
        encode = self._encode.get_concrete_function(_specs_of_any_length(inputs))
        rules, options = {}, {}
        if eos_from is not None:
            rules["eos_from"] = tf.constant(eos_from, tf.int32)
        if prefix is not None:
            rules["prefix"] = tf.constant(np.pad(prefix, [(0, 0), (0, 1)], constant_values=-1))
            options["given"] = tf.constant((prefix >= 0).sum(axis=1), tf.int32)
        if draws is not None:
            options["draws"] = tf.constant(draws, tf.float32)
        encoded = encode(inputs)

        def advance(state):
            """Runs until the room is used up. The size of the cache is static, lengths are not."""
            specs = encode.structured_outputs, state, _specs_of_any_length(rules)
            specs = tf.nest.map_structure(_spec, specs)
            return self._advance.get_concrete_function(*specs)(encoded, state, rules)

        batch, room = len(limits), FIRST_ROOM
        cache = self._init_cache(encoded, batch, room)
        limits = tf.constant(limits, tf.int32)
        initial_ids = tf.zeros([batch], tf.int32)
        state = advance(self._search.start(initial_ids, cache, limits, room, **options))
        while tf.reduce_any(state.is_active):
            room *= 2
            larger = self._init_cache(encoded, batch, room)
            cache = tf.nest.map_structure(_extend, state.cache, larger)
            state = advance(self._search.grow(state, room, cache))
        ids, scores = self._search.result(state)
        return ids[:, :, 1:].numpy(), scores.numpy()

    def _init_cache(self, encoded, batch: int, room: int):
        return self._model.init_cache(encoded, batch * self._search.hypotheses, room)

    def _run(self, encoded, state, rules):
        return self._search.run(functools.partial(self._step, encoded, rules), state)

    def _step(self, encoded, rules, ids, position, cache):
        """The search's step function: the model's, under the rules."""
        logits, updated = self._model.decode_step(ids, position, cache, encoded)
        # A loop's state keeps its shape, though the inputs' length is not known while tracing.
        cache = tf.nest.map_structure(
            lambda new, old: tf.ensure_shape(new, old.shape), updated, cache
        )
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


def _spec(x) -> tf.TensorSpec:
    return tf.TensorSpec(x.shape, x.dtype)


def _specs_of_any_length(tensors: dict[str, tf.Tensor]) -> dict[str, tf.TensorSpec]:
    """Specs that leave open the length, so that one graph serves all; pictures have one size."""
    return {
        name: _spec(x)
        if len(x.shape) == 4
        else tf.TensorSpec([x.shape[0]] + [None] * (len(x.shape) > 1) + x.shape[2:], x.dtype)
        for name, x in tensors.items()
    }


def _extend(old: tf.Tensor, larger: tf.Tensor) -> tf.Tensor:
    """`larger`, with `old` at the front of the axis in which they differ, if they do."""
    for axis in range(len(old.shape)):
        if old.shape[axis] != larger.shape[axis]:
            rest = tf.split(larger, [old.shape[axis], -1], axis=axis)[1]
            return tf.concat([old, rest], axis=axis)
    return old
