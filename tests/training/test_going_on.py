"""What may change between a run and its continuation, and what happens then."""

import pathlib

import pytest
from toy_problem import ToyProblem, write_split

from t2t_lite import registry
from t2t_lite.data import batching, pipeline
from t2t_lite.errors import T2TError
from t2t_lite.training import checkpoints
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.train import train

SMALL = "hidden_size=16,filter_size=16,num_heads=2,num_hidden_layers=1,max_length=24"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Settings of a tiny run, whose data is there."""
    monkeypatch.setitem(registry.problems._components, "toy_problem", ToyProblem)
    monkeypatch.setattr(pipeline, "SHUFFLE_EXAMPLES", 50)
    monkeypatch.setattr(batching, "BATCH_SHUFFLE", 4)
    examples = [{"inputs": [3 + i % 9] * 6 + [1], "targets": [4] * 5 + [1]} for i in range(200)]
    write_split(ToyProblem, tmp_path, "train", examples)
    write_split(ToyProblem, tmp_path, "dev", examples[:20])
    return RunConfig(
        problem="toy_problem",
        model="transformer",
        hparams_set="transformer_tiny",
        hparams=f"{SMALL},batch_size=96",
        data_dir=str(tmp_path),
        output_dir=str(tmp_path / "run"),
        train_steps=2,
        eval_decode_samples=0,
    )


def test_a_smaller_batch_size_holds_from_the_first_step_on(run, capsys):
    """As somebody who ran out of memory is told to do: no batch of the old size comes any more."""
    train(run)
    run.hparams, run.train_steps = f"{SMALL},batch_size=48", 4
    train(run)
    said = capsys.readouterr().err
    assert "batch_size: 96 -> 48" in said and "begins anew" in said
    lines = checkpoints.input_settings(checkpoints.newest(run.output_dir))
    assert lines["batch_size"] == 48 and lines["seed"] == run.random_seed + 2
    tokens = (pathlib.Path(run.output_dir) / "metrics.jsonl").read_text()
    assert '"target_tokens": 72' in tokens  # 2 steps of 6 examples with 6 symbols


def test_no_example_within_the_limits_is_an_error_and_no_endless_wait(run):
    run.hparams = f"{SMALL},batch_size=96,min_length=20"
    with pytest.raises(T2TError, match="No training example is left"):
        train(run)


def test_changed_variables_are_refused_with_both_values(run):
    train(run)
    run.hparams = run.hparams.replace("hidden_size=16", "hidden_size=32")
    with pytest.raises(T2TError, match="hidden_size=16 to 32"):
        train(run)


def test_evaluation_alone_needs_no_training_data(run, tmp_path):
    train(run)
    (tmp_path / "toy_problem-train-00000-of-00001").unlink()
    run.schedule = "evaluate"
    assert train(run)["loss"] > 0
