"""Beam search against Tensor2Tensor's own outputs and against enumeration of all sequences."""

import itertools

import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given, settings
from hypothesis import strategies as st

from t2t_lite.decoding.beam_search import NOT_FINISHED, BeamSearch, beam_search

EOS = 1
STATES = 97


class ToyModel:
    """Logits that depend on all ids so far, by a number that the cache carries along."""

    def __init__(self, seed, vocab_size):
        self.vocab_size = vocab_size
        logits = np.random.default_rng(seed).normal(scale=2.0, size=[STATES, vocab_size])
        self.table = tf.nn.log_softmax(tf.constant(logits, tf.float32))

    @staticmethod
    def next_state(state, new_id):
        return (state * 31 + new_id + 1) % STATES

    def step(self, ids, position, cache):
        state = self.next_state(cache["state"], ids)
        return tf.gather(self.table, state), {"state": state}

    def cache(self, rows):
        return {"state": tf.zeros([rows], tf.int32)}

    def all_finished(self, initial_id, limit, alpha):
        """Every sequence that ends in EOS within the limit: [(score, ids)], best first."""
        table, found = self.table.numpy(), []
        for length in range(1, limit + 1):
            others = [i for i in range(self.vocab_size) if i != EOS]
            for body in itertools.product(others, repeat=length - 1):
                ids, log_prob, state = (*body, EOS), 0.0, self.next_state(0, initial_id)
                for new_id in ids:
                    log_prob += table[state, new_id]
                    state = self.next_state(state, new_id)
                found.append((log_prob / ((5 + length) / 6) ** alpha, (initial_id, *ids)))
        return sorted(found, reverse=True)


def run(model, initial_ids, beam_size, limits, alpha=0.6, **options):
    ids, scores = beam_search(
        model.step,
        tf.constant(initial_ids, tf.int32),
        model.cache(len(initial_ids) * beam_size),
        beam_size=beam_size,
        decode_length=limits,
        vocab_size=model.vocab_size,
        alpha=alpha,
        **options,
    )
    return ids.numpy(), scores.numpy()


def trimmed(ids):
    return tuple(np.trim_zeros(ids, "b").tolist())


@pytest.mark.parametrize("jit_compile", [False, True])
@pytest.mark.parametrize("case", range(5))
def test_equals_tensor2tensor(fixtures, case, jit_compile):
    data = np.load(fixtures / "beam_search.npz")
    expected = {k.split("_", 1)[1]: data[k] for k in data if k.startswith(f"case{case}_")}
    table, limit = tf.constant(expected["table"]), int(expected["decode_length"])

    @tf.function(jit_compile=jit_compile)
    def search(initial_ids):
        return beam_search(
            lambda ids, position, cache: (tf.gather(tf.gather(table, position), ids), cache),
            initial_ids,
            {},
            beam_size=int(expected["beam_size"]),
            decode_length=limit,
            vocab_size=table.shape[2],
            alpha=float(expected["alpha"]),
            max_length=limit,
        )

    ids, scores = search(tf.constant(expected["initial_ids"]))
    np.testing.assert_allclose(scores, expected["scores"], atol=1e-4)
    for ours, theirs in zip(ids.numpy(), expected["ids"], strict=True):
        assert [trimmed(i) for i in ours] == [trimmed(i) for i in theirs]


@settings(max_examples=25, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    vocab_size=st.integers(2, 4),
    limits=st.lists(st.integers(1, 3), min_size=1, max_size=3),
    alpha=st.sampled_from([0.0, 0.6, 1.0]),
)
def test_a_wide_beam_finds_the_best_of_all_sequences(seed, vocab_size, limits, alpha):
    model, beam_size = ToyModel(seed, vocab_size), vocab_size ** max(limits)
    initial_ids = [seed % 2 * i for i in range(len(limits))]
    ids, scores = run(model, initial_ids, beam_size, limits, alpha)
    for row, (initial_id, limit) in enumerate(zip(initial_ids, limits, strict=True)):
        expected = model.all_finished(initial_id, limit, alpha)[:beam_size]
        count = len(expected)
        np.testing.assert_allclose(scores[row, :count], [s for s, _ in expected], atol=1e-4)
        assert (scores[row, count:] == NOT_FINISHED).all()
        by_ids = {i: s for s, i in expected}
        found = [trimmed(i) for i in ids[row, :count]]
        assert len(set(found)) == count
        np.testing.assert_allclose([by_ids[i] for i in found], scores[row, :count], atol=1e-4)


def test_stopping_early_keeps_the_best():
    limit = 12
    for seed in range(10):
        model = ToyModel(seed, 6)
        late = run(model, [0, 2, 3], 4, limit)
        early = run(model, [0, 2, 3], 4, limit, stop_early=True)
        np.testing.assert_array_equal(early[0][:, 0], late[0][:, 0])
        np.testing.assert_array_equal(early[1][:, 0], late[1][:, 0])


@pytest.mark.parametrize("stop_early", [False, True])
def test_a_sentence_does_not_depend_on_its_neighbours(stop_early):
    model, initial_ids, limits = ToyModel(3, 7), [0, 2, 3, 4], [5, 1, 14, 9]
    together = run(model, initial_ids, 3, limits, stop_early=stop_early)
    for row, (initial_id, limit) in enumerate(zip(initial_ids, limits, strict=True)):
        alone = run(model, [initial_id], 3, limit, stop_early=stop_early)
        np.testing.assert_array_equal(together[0][row, :, : limit + 1], alone[0][0])
        assert not together[0][row, :, limit + 1 :].any()
        np.testing.assert_array_equal(together[1][row], alone[1][0])


def test_if_nothing_finishes_the_alive_ones_are_returned_with_log_p():
    model = ToyModel(5, 4)
    unending = tf.where(tf.range(4) == EOS, -1e9, model.table)
    model.table = tf.nn.log_softmax(unending)
    ids, scores = run(model, [0], 9, 2)
    table, first = model.table.numpy(), model.next_state(0, 0)
    expected = {
        (0, a, b): table[first, a] + table[model.next_state(first, a), b]
        for a in (0, 2, 3)
        for b in (0, 2, 3)
    }
    assert {tuple(i) for i in ids[0].tolist()} == set(expected)
    np.testing.assert_allclose(scores[0], sorted(expected.values(), reverse=True), atol=1e-5)


def test_stages_give_the_same_as_one_run():
    model = ToyModel(8, 6)
    expected = run(model, [0, 2], 3, [4, 11])
    search = BeamSearch(3, 6, 0.6)
    state = search.start(tf.constant([0, 2]), model.cache(6), tf.constant([4, 11]), 2)
    for room in (2, 4, 8, 11):
        state = search.run(model.step, search.grow(state, room, state.cache))
    ids, scores = search.result(state)
    np.testing.assert_array_equal(ids, expected[0])
    np.testing.assert_array_equal(scores, expected[1])


def test_shapes_need_not_be_known_while_tracing():
    model = ToyModel(9, 6)

    @tf.function(input_signature=[tf.TensorSpec([None], tf.int32), tf.TensorSpec([None], tf.int32)])
    def search(initial_ids, limits):
        cache = model.cache(tf.shape(initial_ids)[0] * 2)
        return beam_search(
            model.step,
            initial_ids,
            cache,
            beam_size=2,
            decode_length=limits,
            vocab_size=6,
            alpha=1.0,
        )

    ids, scores = search(tf.constant([0, 2, 3]), tf.constant([3, 5, 4]))
    expected = run(model, [0, 2, 3], 2, [3, 5, 4], alpha=1.0)
    np.testing.assert_array_equal(ids, expected[0])
    np.testing.assert_allclose(scores, expected[1], atol=1e-5)
