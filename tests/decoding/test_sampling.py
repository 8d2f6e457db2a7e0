"""Greedy decoding against a loop in Python; sampling against the distribution it draws from."""

import numpy as np
import tensorflow as tf

from t2t_lite.decoding.sampling import greedy, sample

LOGITS = np.array([0.0, -1.0, 2.0, 1.0, 0.5, -3.0], "float32")


def constant_model(ids, position, cache):
    return tf.tile(tf.constant(LOGITS)[None], [tf.shape(ids)[0], 1]), cache


def test_greedy_equals_a_loop():
    table = np.random.default_rng(0).normal(size=[12, 9, 9]).astype("float32")

    def step(ids, position, cache):
        return tf.gather(tf.constant(table)[position], ids), {"count": cache["count"] + 1}

    limits, initial_ids = [12, 3, 7, 12], [2, 3, 4, 5]
    cache = {"count": tf.zeros([4])}
    ids, scores = greedy(step, tf.constant(initial_ids), cache, decode_length=limits)
    log_probs = np.log(np.exp(table) / np.exp(table).sum(axis=-1, keepdims=True))
    for row, (previous, limit) in enumerate(zip(initial_ids, limits, strict=True)):
        expected, score = [previous], 0.0
        for position in range(limit):
            best = int(table[position, previous].argmax())
            expected.append(best)
            score += log_probs[position, previous, best]
            previous = best
            if best == 1:
                break
        assert ids[row].numpy()[: len(expected)].tolist() == expected
        assert not ids[row].numpy()[len(expected) :].any()
        np.testing.assert_allclose(scores[row], score, atol=1e-5)


def draw(count=4000, **options):
    ids, scores = sample(
        constant_model, tf.zeros([count], tf.int32), {}, decode_length=1, **options
    )
    return ids.numpy()[:, 1], scores.numpy()


def test_samples_follow_the_distribution():
    for temperature in (1.0, 0.5):
        ids, scores = draw(seed=1, temperature=temperature)
        expected = tf.nn.softmax(LOGITS / temperature).numpy()
        frequencies = np.bincount(ids, minlength=6) / len(ids)
        np.testing.assert_allclose(frequencies, expected, atol=4 * (0.25 / len(ids)) ** 0.5)
        np.testing.assert_allclose(scores, tf.nn.log_softmax(LOGITS).numpy()[ids], atol=1e-5)


def test_top_k_leaves_the_others_out():
    ids, _ = draw(seed=2, keep_top_k=2)
    expected = np.exp(2.0) / (np.exp(2.0) + np.exp(1.0))
    assert set(ids) == {2, 3}
    np.testing.assert_allclose((ids == 2).mean(), expected, atol=0.03)
    assert set(draw(seed=2, keep_top_k=100)[0]) >= {0, 1, 2, 3, 4}


def test_the_seed_decides():
    first, again, other = draw(seed=3)[0], draw(seed=3)[0], draw(seed=4)[0]
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_temperature_near_zero_is_greedy():
    assert set(draw(seed=5, temperature=0.0)[0]) == {2}
    assert set(draw(seed=5, temperature=0.01)[0]) == {2}
