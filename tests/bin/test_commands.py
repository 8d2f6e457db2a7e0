"""The commands one after the other on the example plug-in: from two text files to a score."""

import importlib
import json
import pathlib
import re
import types

import numpy as np
import pytest

from t2t_lite.bin import command as commands
from t2t_lite.bin import t2t_trainer

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"
SOURCE, REFERENCE = EXAMPLES / "pig_latin/dev.en", EXAMPLES / "pig_latin/dev.pig"
PLUG_IN = f"--t2t_usr_dir={EXAMPLES / 'my_usr_dir'} --problem=translate_pig_latin"
SMALL = (
    "hidden_size=64,filter_size=128,num_hidden_layers=1,batch_size=1024,max_length=64,"
    "learning_rate_constant=1.0,learning_rate_warmup_steps=100,label_smoothing=0.0,"
    "attention_dropout=0.0,relu_dropout=0.0,layer_prepostprocess_dropout=0.02"
)
ODD_LINES = "the dog\r\n\r\n  \n" + "a cat sees the river " * 40 + "\nnaïve 日本語 🏴‍☠️ e\u0301\n"
ODD_LINES += "line\u2028and\x85paragraph\u2029\x0b\x0c\x1c\n\x00\nno end"


def execute(line: str, code: int = 0) -> None:
    """Runs a command line in this process, which ends with the exit code `code`."""
    argv = line.split()
    command = importlib.import_module("t2t_lite.bin." + argv[0].replace("-", "_"))
    assert command.run(argv) == code, line


def evaluations(run: pathlib.Path) -> list[dict]:
    lines = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    return [line for line in lines if line["kind"] == "eval"]


def share_right(lines: list[str]) -> float:
    reference = REFERENCE.read_text().splitlines()
    return np.mean([line == wanted for line, wanted in zip(lines, reference, strict=True)])


def variables(checkpoint: pathlib.Path) -> dict[str, np.ndarray]:
    import tensorflow as tf

    reader = tf.train.load_checkpoint(str(checkpoint))
    names = [n for n in reader.get_variable_to_shape_map() if not n.startswith(("_", "iterator"))]
    return {name: reader.get_tensor(name) for name in names}


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """Generated data and a trained run, by the commands."""
    folder = tmp_path_factory.mktemp("commands")
    data, run = folder / "data", folder / "run"
    execute(f"t2t-datagen {PLUG_IN} --data_dir={data} --tmp_dir={EXAMPLES / 'pig_latin'}")
    execute(
        f"t2t-trainer {PLUG_IN} --model=transformer --hparams_set=transformer_tiny "
        f"--hparams={SMALL} --data_dir={data} --output_dir={run} --train_steps=200 "
        "--local_eval_frequency=100 --eval_steps=0 --eval_decode_samples=50"
    )
    return types.SimpleNamespace(data=data, run=run)


def test_the_data_is_listed(trained, capsys):
    execute(f"t2t-list problem translate_pig_latin {PLUG_IN.split()[0]} --data_dir={trained.data}")
    out = capsys.readouterr().out
    assert re.search(r"\n +train +1,500 +2 +inputs ", out)
    assert re.search(r"\n +dev +100 +1 +inputs ", out)
    files = [EXAMPLES / "pig_latin" / name for name in ("train.en", "train.pig")]
    pairs = set(zip(*[file.read_text().splitlines() for file in files], strict=True))
    samples = re.findall(r"\n  inputs: (.*)\n  targets: (.*)", out)
    assert len(pairs.intersection(samples)) == 3


def test_training_reaches_a_score_and_says_so(trained):
    last = evaluations(trained.run)[-1]
    assert last["step"] == 200
    assert last["accuracy_per_sequence"] > 0.9 and last["bleu"] > 80
    readme = (trained.run / "README.md").read_text()
    assert re.search(r"\n\| 200 \| .*\b" + re.escape(f"{last['bleu']:.4g}"), readme)
    assert "hidden_size=64" in readme
    by_score = [(line["bleu"], -line["loss"], line["step"]) for line in evaluations(trained.run)]
    *_, best = max(by_score)
    assert (trained.run / f"best/model.ckpt-{best}.index").exists()


def test_a_file_is_decoded_and_scored(trained, tmp_path, capsys):
    output = tmp_path / "out.pig"
    execute(
        f"t2t-decoder --output_dir={trained.run} --decode_from_file={SOURCE} "
        f"--decode_to_file={output}"
    )
    assert share_right(output.read_text().splitlines()) > 0.9
    capsys.readouterr()
    execute(f"t2t-bleu --translation={output} --reference={REFERENCE}")
    score = re.search(r"BLEU_cased = +([\d.]+)", capsys.readouterr().out)
    assert float(score[1]) > 90


def test_the_best_weights_and_greedy_decoding(trained, tmp_path):
    output = tmp_path / "out.pig"
    execute(
        f"t2t-decoder --output_dir={trained.run} --checkpoint_path={trained.run / 'best'} "
        f"--decode_hparams=beam_size=1 --decode_from_file={SOURCE} --decode_to_file={output}"
    )
    assert share_right(output.read_text().splitlines()) > 0.9


def test_an_ensemble_of_checkpoints_is_as_good(trained, tmp_path, capsys):
    output, best = tmp_path / "out.pig", trained.run / "model.ckpt-200"
    members = f"--checkpoint_path={trained.run / 'model.ckpt-100'},{best}"
    execute(
        f"t2t-decoder --output_dir={trained.run} {members} --decode_from_file={SOURCE} "
        f"--decode_to_file={output}"
    )
    assert share_right(output.read_text().splitlines()) > 0.9
    execute(f"t2t-decoder --output_dir={trained.run} {members} --score_file={SOURCE}", 2)
    assert "one checkpoint" in capsys.readouterr().err


def test_right_outputs_score_better_than_wrong_ones(trained, tmp_path, capsys):
    sources, references = SOURCE.read_text().splitlines(), REFERENCE.read_text().splitlines()
    pairs = [*zip(sources, references, strict=True), *zip(sources, sources, strict=True)]
    path, output = tmp_path / "pairs.tsv", tmp_path / "scores"
    path.write_text("".join(f"{source}\t{target}\n" for source, target in pairs))
    capsys.readouterr()
    execute(f"t2t-decoder --output_dir={trained.run} --score_file={path}")
    printed = capsys.readouterr().out.splitlines()
    execute(f"t2t-decoder --output_dir={trained.run} --score_file={path} --decode_to_file={output}")
    assert output.read_text().splitlines() == printed
    right, wrong = np.array(printed, float).reshape(2, -1)
    assert np.mean(right < 0.1) > 0.9 and np.mean(wrong > 1) > 0.9


def test_as_many_lines_come_out_as_go_in(trained, tmp_path):
    source, output = tmp_path / "odd", tmp_path / "out"
    source.write_bytes(ODD_LINES.encode())
    execute(
        f"t2t-decoder --output_dir={trained.run} --decode_from_file={source} "
        f"--decode_to_file={output} --decode_hparams=beam_size=1,extra_length=2"
    )
    lines = output.read_bytes().split(b"\n")
    assert len(lines) - 1 == ODD_LINES.count("\n") + 1 and lines[-1] == b""
    assert lines[0] and lines[1:3] == [b"", b""]


def test_averaged_weights_give_the_same_lines_in_python(trained, tmp_path):
    import t2t_lite

    average, output = tmp_path / "average", tmp_path / "out.pig"
    execute(f"t2t-avg-all --model_dir={trained.run} --output_dir={average} --n=2")
    both = [variables(trained.run / f"model.ckpt-{step}") for step in (100, 200)]
    for name, value in variables(average / "model.ckpt-200").items():
        if name.startswith("model/"):
            mean = (both[0][name].astype("float64") + both[1][name]) / 2
            np.testing.assert_allclose(value, mean, rtol=1e-6, atol=1e-8, err_msg=name)
    execute(
        f"t2t-decoder --output_dir={average} --decode_from_file={SOURCE} --decode_to_file={output}"
    )
    lines = output.read_text().splitlines()
    assert share_right(lines) > 0.8
    assert t2t_lite.load(average)(SOURCE.read_text().splitlines()) == lines


def test_a_runs_config_reproduces_it(trained, tmp_path):
    """Flags go before the file, so that half of the run suffices here."""
    run = tmp_path / "again"
    execute(
        f"t2t-trainer --gin_file={trained.run / 'config.gin'} --output_dir={run} "
        "--train_steps=100 --schedule=train"
    )
    expected, found = variables(trained.run / "model.ckpt-100"), variables(run / "model.ckpt-100")
    assert found.keys() == expected.keys() and len(found) > 50
    for name, value in expected.items():
        np.testing.assert_array_equal(found[name], value, err_msg=name)


def test_a_finished_run_goes_on_with_its_folder_alone(trained, capsys):
    """Last of those that use the run, since it changes it."""
    before = evaluations(trained.run)
    execute(f"t2t-trainer --output_dir={trained.run}")
    assert "Done at step 200" in capsys.readouterr().err
    assert evaluations(trained.run) == before
    execute(f"t2t-trainer --output_dir={trained.run} --train_steps=205")
    after = evaluations(trained.run)
    assert after[:-1] == before and after[-1]["step"] == 205 and after[-1]["bleu"] > 90
    assert "run.local_eval_frequency = 100\n" in (trained.run / "config.gin").read_text()


def test_the_model_of_the_plug_in(trained, tmp_path):
    run, output = tmp_path / "gru", tmp_path / "out.pig"
    execute(
        f"t2t-trainer {PLUG_IN} --model=my_gru --hparams_set=my_gru_small --train_steps=120 "
        f"--data_dir={trained.data} --output_dir={run} --eval_steps=0 --eval_decode_samples=0"
    )
    assert evaluations(run)[-1]["accuracy_per_sequence"] > 0.8
    execute(
        f"t2t-decoder --output_dir={run} --decode_from_file={SOURCE} --decode_to_file={output} "
        "--decode_hparams=beam_size=1,extra_length=5"
    )
    assert share_right(output.read_text().splitlines()) > 0.6


def test_relative_paths_are_kept_as_absolute_ones(tmp_path, monkeypatch):
    """So that the run folder can be used from another directory."""
    monkeypatch.chdir(tmp_path)
    flags = t2t_trainer.new_flags()
    names = ["--problem=p", "--model=m", "--hparams_set=s", "--data_dir=data", "--output_dir=run"]
    commands.parse(flags, ["t2t-trainer", *names])
    run, _ = t2t_trainer.run_config(flags)
    assert run.data_dir == str(tmp_path / "data")
