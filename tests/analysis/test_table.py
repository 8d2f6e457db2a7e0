"""t2t-table: runs side by side."""

import csv
import json

import pytest
import sacrebleu

from t2t_lite import registry
from t2t_lite.bin import t2t_table
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder

TARGETS = ["ein Hund läuft durch das Gras", "zwei Männer reden", "eine Frau singt laut"]
OUTPUTS = ["ein Hund läuft durch den Schnee", "zwei Männer reden", "eine Frau tanzt laut"]


def make_run(path, overrides: str = "") -> RunFolder:
    run = RunConfig(
        problem="translate_ende_cldr", model="transformer", hparams_set="transformer_tiny"
    )
    hparams = registry.hparams(run.hparams_set)
    hparams.parse(overrides)
    folder = RunFolder(str(path))
    folder.create()
    folder.save(run, hparams, [])
    for step, tokens, rate in ((100, 5000, 50.0), (200, 7000, 100.0)):
        values = {"target_tokens": tokens, "target_tokens_per_second": rate}
        folder.metrics.append("train", step, values)
    folder.write_summary(run, 1234567)
    folder.decodes.mkdir()
    for name, lines in (("decodes", OUTPUTS), ("targets", TARGETS)):
        (folder.decodes / f"test.beam4.alpha0.6.{name}").write_text("\n".join(lines) + "\n")
    return folder


def test_a_row_says_what_the_run_was_and_how_good(tmp_path, capsys):
    make_run(tmp_path / "first")
    second = make_run(tmp_path / "second", "hidden_size=64")
    greedy = second.decodes / "test.beam1.alpha0.6"
    for name in ("decodes", "targets"):
        greedy.with_name(f"{greedy.name}.{name}").write_text("\n".join(TARGETS) + "\n")
    flags = [str(tmp_path / "first"), str(tmp_path / "second"), "--format=csv"]
    assert t2t_table.run(["t2t-table", *flags]) == 0
    first, other = csv.DictReader(capsys.readouterr().out.splitlines())
    expected = sacrebleu.corpus_bleu(OUTPUTS, [TARGETS]).score
    assert first["test BLEU beam 4"] == f"{expected:.1f}"
    assert first["test BLEU greedy"] == ""
    assert other["test BLEU greedy"] == "100.0"
    assert first["parameters"] == "1,234,567"
    assert (first["steps"], first["target tokens"]) == ("200", "12,000")
    assert first["minutes"] == f"{(5000 / 50 + 7000 / 100) / 60:.1f}"
    assert (first["hparams"], other["hparams"]) == (
        "transformer_tiny",
        "transformer_tiny hidden_size=64",
    )


def test_markdown_has_the_signatures(tmp_path, capsys):
    make_run(tmp_path / "first")
    output = tmp_path / "table.md"
    assert t2t_table.run(["t2t-table", str(tmp_path / "first"), f"--output_file={output}"]) == 0
    text = output.read_text()
    assert text.startswith("| run | problem | model |")
    assert "tok:13a" in text and "nrefs:1" in text


@pytest.mark.parametrize(
    ("break_it", "named"),
    [
        (lambda folder: (folder.path / "summary.json").unlink(), "summary.json"),
        (lambda folder: (folder.path / "hparams.json").unlink(), "no run folder"),
    ],
)
def test_what_is_no_run_is_named(tmp_path, capsys, break_it, named):
    folder = make_run(tmp_path / "first")
    break_it(folder)
    assert t2t_table.run(["t2t-table", str(folder.path)]) == 2
    assert named in capsys.readouterr().err


def test_summary_survives_a_second_writing(tmp_path):
    folder = make_run(tmp_path / "first")
    before = json.loads((folder.path / "summary.json").read_text())
    folder.write_summary(folder.load_run(), 1234567)
    assert json.loads((folder.path / "summary.json").read_text()) == before


def make_run_of_two(path, bleu: float, seed: int) -> str:
    run = RunConfig(
        problem="translate_ende_cldr,algorithmic_reverse_binary40",
        model="transformer",
        hparams_set="transformer_tiny",
        random_seed=seed,
    )
    folder = RunFolder(str(path))
    folder.create()
    folder.save(run, registry.hparams(run.hparams_set), [])
    for step in (50, 100):
        folder.metrics.append("train", step, {"translate_ende_cldr/target_tokens": 700})
    values = {
        "loss": 1.0,
        "translate_ende_cldr/bleu": bleu,
        "translate_ende_cldr/loss": 1.0,
        "translate_ende_cldr/experts/body/moe": 3.0,
        "algorithmic_reverse_binary40/accuracy": 0.25,
    }
    folder.metrics.append("eval", 50, dict.fromkeys(values, 0.0))
    folder.metrics.append("eval", 100, values)
    return str(path)


def test_problems_side_by_side(tmp_path, capsys):
    joint = ",".join(make_run_of_two(tmp_path / f"j{i}", 20.0 + i, i) for i in (1, 2, 3))
    alone = make_run(tmp_path / "alone")
    alone.metrics.append("eval", 200, {"bleu": 24.5, "loss": 2.0})
    flags = ["--by_problem", "--format=csv", f"joint={joint}", f"alone={alone.path}"]
    assert t2t_table.run(["t2t-table", *flags]) == 0
    rows = list(csv.reader(capsys.readouterr().out.splitlines()))
    assert rows == [
        ["problem", "", "joint", "alone"],
        ["translate_ende_cldr", "target tokens", "1,400 ± 0", "12,000"],
        ["translate_ende_cldr", "bleu", "22 ± 1", "24.5"],
        ["algorithmic_reverse_binary40", "target tokens", "0 ± 0", ""],
        ["algorithmic_reverse_binary40", "accuracy", "0.25 ± 0", ""],
    ]
    assert t2t_table.run(["t2t-table", *flags, "--metrics=loss"]) == 0
    assert "translate_ende_cldr,loss,1 ± 0,2" in capsys.readouterr().out
