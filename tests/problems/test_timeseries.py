"""Time series: what is written, and what a model gets."""

import numpy as np
import pytest
from contracts import run_problem_test

from t2t_lite import registry
from t2t_lite.data import pipeline
from t2t_lite.errors import T2TError
from t2t_lite.problems import timeseries


@pytest.mark.parametrize("name", ["timeseries_toy_problem", "timeseries_toy_problem_no_inputs"])
def test_contract(tmp_path, name):
    run_problem_test(registry.problems.get(name), tmp_path)


def test_windows_follow_each_other(tmp_path):
    """Tensor2Tensor's toy: series n is n, n + 1, … ; two timestamps in, two out."""
    problem, hparams = (
        registry.problem("timeseries_toy_problem"),
        registry.hparams("transformer_timeseries"),
    )
    problem.generate_data(tmp_path, "", num_workers=1)
    problem_hparams = problem.get_hparams(hparams, str(tmp_path))
    assert problem_hparams.modality == dict.fromkeys(("inputs", "targets"), "real_l2_loss")
    assert problem_hparams.vocab_size == {"inputs": 2, "targets": 2}
    found = {}
    for split in ("train", "dev"):
        for batch in pipeline.evaluation_batches(
            problem, problem_hparams, str(tmp_path), split, hparams
        ):
            for inputs, targets in zip(
                batch["inputs"].numpy(), batch["targets"].numpy(), strict=True
            ):
                found[inputs[0, 0]] = np.concatenate([inputs, targets])
    assert sorted(found) == list(range(7))
    for start, window in found.items():
        np.testing.assert_array_equal(window, [[start + i, start + i + 1] for i in range(4)])


def test_series_are_tensor2tensors():
    """Ten series of 100,000: their means and deviations by its formula, integrated in NumPy."""
    problem = registry.problem("timeseries_synthetic_data_series10_samples100k")
    series = problem.timeseries_dataset()
    assert series.shape == (100_000, 10)
    time = np.arange(100_000.0)
    fourth = 0.009 * time + 600 + 20 * np.cos(time / 1000)  # noise of deviation 1
    np.testing.assert_allclose(series[:, 3] - fourth, 0, atol=6)
    assert np.std(series[:, 3] - fourth) == pytest.approx(1, rel=0.02)
    eighth = series[:, 7] - (0.004 * time + 1500 + 54 * np.cos(time / 900))
    assert np.std(eighth) == pytest.approx(55, rel=0.02) and abs(eighth.mean()) < 1
    below_zero = timeseries.Series(-1, 2, 0, 1, 0, np.sin)
    np.testing.assert_array_equal(below_zero.draw(5, np.random.default_rng(0)), [2, 1, 0, 0, 0])
    windows = problem.num_input_timestamps, problem.num_target_timestamps
    assert (*windows, problem.normalizing_constant) == (250, 100, 0.01)


def test_series_of_another_shape():
    class Mine(timeseries.TimeseriesToyProblem):
        name = "mine"

        def timeseries_dataset(self):
            return np.zeros((3, 2))

    with pytest.raises(T2TError, match=r"gives the shape \(3, 2\); it must be \[timestamps, 2\]"):
        next(Mine().generate_samples("", "", "train"))
