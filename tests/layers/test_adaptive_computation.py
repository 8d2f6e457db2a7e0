"""Halting against a transcription of it for one position."""

import numpy as np
import pytest

from t2t_lite.hparams.universal_transformer import adaptive_universal_transformer_tiny
from t2t_lite.layers import adaptive_computation


def one_position(probabilities, states, epsilon, accumulates):
    """(output, N, R) of one position, step by step, as Tensor2Tensor weights its states."""
    output, total = np.zeros_like(states[0]), 0.0
    for n, (p, state) in enumerate(zip(probabilities, states, strict=True), start=1):
        halts = total + p > 1 - epsilon
        weight = 1 - total if halts else p
        output = weight * state + (output if accumulates else (1 - weight) * output)
        if halts:
            return output, n, weight
        total += p
    return output, n, 0.0


@pytest.mark.parametrize("act_type", ["basic", "accumulated"])
def test_each_position_halts_by_itself(act_type):
    hparams = adaptive_universal_transformer_tiny()
    hparams.act_type = act_type
    halting = adaptive_computation.Halting(hparams)
    rng = np.random.default_rng(0)
    p = rng.uniform(0.05, 0.6, size=(4, 2, 5)).astype(np.float32)  # [steps, batch, length]
    p[:, 0, 0], p[0, 0, 1], p[:2, 0, 2] = 0.1, 0.995, 0.5  # never; at once; at exactly 1
    states = rng.normal(size=(4, 2, 5, 3)).astype(np.float32)
    progress = adaptive_computation.start(states[0])
    for step in range(4):
        progress = halting.update(progress, p[step], states[step])
    for i in range(2):
        for t in range(5):
            output, updates, remainder = one_position(
                p[:, i, t], states[:, i, t], 0.01, act_type == "accumulated"
            )
            np.testing.assert_allclose(progress.output[i, t], output, atol=1e-5)
            assert progress.updates[i, t] == updates
            np.testing.assert_allclose(progress.remainder[i, t], remainder, atol=1e-5)
            np.testing.assert_allclose(progress.ponder_time[i, t], updates + remainder, atol=1e-5)
    assert np.asarray(progress.is_running).tolist() == [
        [one_position(p[:, i, t], states[:, i, t], 0.01, False)[2] == 0 for t in range(5)]
        for i in range(2)
    ]


def test_halting_starts_with_its_bias():
    halting = adaptive_computation.Halting(adaptive_universal_transformer_tiny())
    p = np.asarray(halting(np.zeros((1, 2, 128), np.float32)))
    np.testing.assert_allclose(p, 1 / (1 + np.exp(-1.0)), atol=1e-6)
