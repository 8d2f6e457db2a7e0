"""What an evaluation measures of text, and how long the outputs may be that it decodes."""

import math

import numpy as np
import pytest
from archive_files import write_files
from toy_problem import VOCAB, ToyProblem, hparams_of, write_split

from t2t_lite import registry
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.models.base import build_model
from t2t_lite.problems import shakespeare
from t2t_lite.training.evaluation import Evaluator
from t2t_lite.training.run_config import RunConfig

TEXT = "".join(f"Enter {i} ghosts — “all”.\n" for i in range(150))


@pytest.mark.parametrize("name", ["languagemodel_shakespeare", "languagemodel_shakespeare2k"])
def test_bits_per_character(name, tmp_path, monkeypatch):
    """All nats of a split over its characters, whatever the symbols are."""
    monkeypatch.setattr(shakespeare.LanguagemodelShakespeare, "size", len(TEXT))
    write_files(tmp_path / "tmp", {"input.txt": TEXT})
    problem = registry.problem(name)
    problem.row_length = 60
    problem.generate_data(tmp_path, tmp_path / "tmp", num_workers=1)
    hparams = registry.hparams("transformer_test")
    hparams.num_hidden_layers = 1
    hparams.freeze()
    model = build_model("transformer_lm", hparams, problem.get_hparams(hparams, str(tmp_path)))
    evaluator = Evaluator(model, problem, str(tmp_path), hparams, DecodeHParams())
    found = evaluator.run("dev")
    assert "bits_per_character" in evaluator.names

    encoder = problem.get_feature_encoders(str(tmp_path))["targets"]
    text = problem.text(str(tmp_path / "tmp"), "dev")
    rows = [[*encoder.encode(row), 1] for row in problem.rows(text)]
    nats = 0.0
    targets = np.zeros([len(rows), max(map(len, rows))], "int32")
    for row, ids in zip(targets, rows, strict=True):
        row[: len(ids)] = ids
    logits = np.asarray(model({"targets": targets}, training=False), "float64")
    for row, ids in zip(logits, rows, strict=True):
        for scores, i in zip(row, ids, strict=False):
            nats -= scores[i] - np.log(np.exp(scores).sum())
    assert found["bits_per_character"] == pytest.approx(nats / math.log(2) / len(text), rel=1e-4)


class Longer(ToyProblem):
    """Targets that are much longer than inputs."""

    extra_length = 200


@pytest.mark.parametrize(
    ("problem", "asked", "default", "evaluating"),
    [
        (ToyProblem(), "beam_size=1", 100, 50),
        (Longer(), "beam_size=1", 200, 200),
        (Longer(), "beam_size=1,extra_length=7", 200, 7),
    ],
)
def test_a_problem_may_ask_for_longer_outputs(problem, asked, default, evaluating, tmp_path):
    hparams = registry.hparams("transformer_test")
    assert DecodeHParams.of_model(hparams, problem).extra_length == default
    run = RunConfig(eval_decode_hparams=asked, data_dir=str(tmp_path))
    evaluator = Evaluator.of_run(run, None, problem, hparams)
    assert evaluator.decode_hparams.extra_length == evaluating


def test_one_graph_serves_batches_of_all_shapes(tmp_path):
    rng = np.random.default_rng(0)
    ids = [[*rng.integers(2, VOCAB, length), 1] for length in (3, 9, 20, 21, 40, 60)]
    write_split(ToyProblem, tmp_path, "dev", [{"inputs": x, "targets": x} for x in ids])
    hparams = registry.hparams("transformer_test")
    hparams.batch_size = 64
    model = build_model("transformer", hparams, hparams_of(ToyProblem))
    evaluator = Evaluator(model, ToyProblem(), str(tmp_path), hparams, DecodeHParams())
    first = evaluator.run("dev")
    assert evaluator.run("dev") == first
    assert evaluator._sums.experimental_get_tracing_count() == 1
