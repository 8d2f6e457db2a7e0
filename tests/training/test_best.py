"""Which checkpoint is the best one, and when training stops early."""

import pytest

from t2t_lite.errors import T2TError
from t2t_lite.training.best import Best
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder

NAN = float("nan")
NAMES = ["loss", "accuracy", "neg_log_perplexity", "perplexity", "bleu"]


def best_of(tmp_path, evaluations, **settings):
    """The judge of a run with these evaluations, given as (step, values)."""
    folder = RunFolder(str(tmp_path))
    folder.create()
    folder.metrics.append("train", 5, {"loss": 0.0})  # Lines of training do not count.
    for step, values in evaluations:
        folder.metrics.append("eval", step, values)
    return Best(folder, RunConfig(**settings), NAMES)


def losses(*values, name="loss", every=10):
    return [((i + 1) * every, {name: value}) for i, value in enumerate(values)]


@pytest.mark.parametrize(
    ("metric", "values", "step"),
    [
        ("loss", [3.0, 1.0, 2.0], 20),
        ("loss", [3.0, 1.0, 1.0], 20),  # the earliest among equals
        ("bleu", [3.0, 1.0, 3.0], 10),
        ("neg_log_perplexity", [-3.0, -1.0, -2.0], 20),
        ("perplexity", [9.0, 8.0, 7.0], 30),
        ("accuracy", [0.1, 0.3, 0.2], 20),
        ("loss", [NAN, 1.0, 2.0], 20),
        ("bleu", [NAN, 1.0, 2.0], 30),
        ("loss", [2.0, NAN, 1.0], 30),
    ],
)
def test_the_best_step(tmp_path, metric, values, step):
    best = best_of(tmp_path, losses(*values, name=metric), best_metric=metric)
    assert best.step == step
    assert [best.is_best(s) for s in (10, 20, 30)] == [s == step for s in (10, 20, 30)]


def test_a_decoded_score_goes_before_the_loss(tmp_path):
    evaluations = [(10, {"loss": 1.0, "bleu": 1.0}), (20, {"loss": 2.0, "bleu": 9.0})]
    assert best_of(tmp_path / "a", evaluations).step == 20
    assert best_of(tmp_path / "b", evaluations, best_metric="loss").step == 10
    without = [(step, {"loss": values["loss"]}) for step, values in evaluations]
    assert best_of(tmp_path / "c", without).step == 10


def test_evaluations_without_the_metric_are_passed_over(tmp_path):
    """The run went on with other settings."""
    evaluations = [(10, {"loss": 1.0}), (20, {"loss": 2.0, "bleu": 3.0})]
    assert best_of(tmp_path, evaluations).step == 20


def test_there_is_no_best_without_an_evaluation(tmp_path):
    best = best_of(tmp_path, [])
    assert best.step == 0 and not best.has_stalled()


@pytest.mark.parametrize("flag", ["best_metric", "eval_early_stopping_metric"])
def test_an_unknown_metric_is_an_error_before_the_training(tmp_path, flag):
    with pytest.raises(T2TError, match=f"--{flag}=losss .* 'loss'"):
        best_of(tmp_path, [], **{flag: "losss"}, eval_early_stopping_steps=5)


@pytest.mark.parametrize(
    ("values", "delta", "stalled"),
    [
        ([5, 4, 3, 2], 0.1, False),
        ([5, 4, 4, 4], 0.1, True),  # two evaluations, 20 steps, without improvement
        ([5, 5, 4, 4], 0.1, False),
        ([5, 4, 3.95, 3.9], 0.1, True),  # by less than delta
        ([5, 4, 3.94, 3.88], 0.1, False),  # but together by more
        ([5, 4, 9, 3], 0.1, False),
        ([5, 4, 2.5, 2.5], 2.0, False),  # the third is the first to be better than 5 by delta ...
        ([5, 4.5, 3.5, 3.5], 2.0, True),  # ... and here there is none
        ([5, NAN, NAN, NAN], 0.1, True),
    ],
)
def test_early_stopping(tmp_path, values, delta, stalled):
    """After 40 steps, with an evaluation every 10, and a patience of 20."""
    best = best_of(
        tmp_path,
        losses(*values),
        eval_early_stopping_steps=20,
        eval_early_stopping_metric_delta=delta,
    )
    assert best.has_stalled() == stalled


def test_early_stopping_of_a_score(tmp_path):
    def settings(minimize):
        return {
            "eval_early_stopping_steps": 20,
            "eval_early_stopping_metric": "bleu",
            "eval_early_stopping_metric_minimize": minimize,
        }

    scores = losses(1, 2, 3, 4, name="bleu")
    assert not best_of(tmp_path / "up", scores, **settings(False)).has_stalled()
    assert best_of(tmp_path / "down", scores, **settings(True)).has_stalled()


def test_early_stopping_is_off_by_default(tmp_path):
    assert not best_of(tmp_path, losses(1.0, 1.0, 1.0)).has_stalled()


def test_early_stopping_passes_over_evaluations_without_the_metric(tmp_path):
    evaluations = [(10, {"loss": 1.0}), (20, {"loss": 1.0, "bleu": 3.0})]
    best = best_of(
        tmp_path,
        evaluations,
        eval_early_stopping_steps=20,
        eval_early_stopping_metric="bleu",
        eval_early_stopping_metric_minimize=False,
    )
    assert not best.has_stalled()


def test_early_stopping_waits_for_the_next_evaluation(tmp_path):
    """Steps without a measurement are no reason to stop."""
    best = best_of(tmp_path, losses(5.0, 4.0), eval_early_stopping_steps=5)
    assert not best.has_stalled()
