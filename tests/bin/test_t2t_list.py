"""t2t-list: what there is, and one thing in detail."""

import re

import pytest

from t2t_lite import registry
from t2t_lite.bin import t2t_list
from t2t_lite.problems import text_problems


@pytest.fixture
def run(capsys):
    def run(*arguments: str) -> str:
        assert t2t_list.run(["t2t-list", *arguments]) == 0
        return capsys.readouterr().out

    return run


def test_everything_is_listed(run):
    out = run()
    for kind in ("problem", "model", "hparams", "optimizer", "modality"):
        assert f"{kind} (" in out
    assert re.search(r"translate_ende_multi30k +English to German image descriptions", out)


@pytest.mark.parametrize("word", ["problem", "problems"])
def test_one_kind(run, word):
    lines = run(word).strip().split("\n")
    assert [line.split()[0] for line in lines] == registry.problems.names()


def test_hparams_with_values_and_help(run):
    out = run("hparams", "transformer_base")
    assert re.search(r"\n +hidden_size +512 +width of the network", out)


def test_model(run):
    out = run("model", "transformer")
    assert "Transformer encoder-decoder" in out
    assert re.search(r"\n +num_heads +8 +attention heads", out)


@pytest.fixture
def problem(monkeypatch):
    monkeypatch.setattr(registry.problems, "_components", dict(registry.problems._components))

    @registry.register_problem("listed_problem")
    class ListedProblem(text_problems.Text2TextProblem):
        """Ones and twos."""

        vocab_type = text_problems.VocabType.CHARACTER
        dataset_splits = ({"split": "train", "shards": 2}, {"split": "dev", "shards": 1})

        def generate_samples(self, data_dir, tmp_dir, dataset_split):
            return ({"inputs": "1" * (i + 1), "targets": "2"} for i in range(100))

    return ListedProblem()


def test_problem_without_data(run, problem):
    out = run("problem", "listed_problem")
    assert "Ones and twos." in out and "train (2), dev (1)" in out
    assert "t2t-trainer --generate_data --problem=listed_problem --model=transformer" in out


@pytest.mark.parametrize("has_manifest", [True, False])
def test_problem_with_data(run, problem, tmp_path, has_manifest):
    problem.generate_data(tmp_path, "")
    if not has_manifest:  # as Tensor2Tensor leaves it
        (tmp_path / "listed_problem.manifest.json").unlink()
    out = run("problem", "listed_problem", f"--data_dir={tmp_path}")
    # 1 + 2 + … + 100 characters and 100 EOS; lengths 2 to 101.
    assert re.search(r"\n +train +100 +2 +inputs +5,150 +51 +91 +100 +101\n", out)
    assert re.search(r"\n +targets +200 +2 +2 +2 +2\n", out)
    assert "inputs: symbol, 258 ids (ByteTextEncoder)" in out
    assert len(re.findall(r"\n  inputs: 1+\n  targets: 2", out)) == 3
    reverse = run("problem", "listed_problem_rev", f"--data_dir={tmp_path}")
    assert re.search(r"\n +train +100 +2 +inputs +200 ", reverse)
    assert len(re.findall(r"\n  inputs: 2\n  targets: 1+", reverse)) == 3


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["problms"], "no kind 'problms' of component. Did you mean 'problem'"),
        (["problem", "text2text_tmpdi"], "Did you mean 'text2text_tmpdir'"),
        (["hparams", "transformer_bas"], "Did you mean 'transformer_base'"),
        (["problem", "text2text_tmpdir", "--data_dir=/missing"], "no data directory /missing"),
        (["problem", "a", "b"], "'b' is too much"),
    ],
)
def test_mistakes(capsys, arguments, message):
    assert t2t_list.run(["t2t-list", *arguments]) == 2
    assert message in capsys.readouterr().err
