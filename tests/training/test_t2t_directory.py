"""A training directory that Tensor2Tensor wrote: its model gives Tensor2Tensor's own numbers."""

import json
import pathlib
import shutil

import numpy as np
import pytest
from t2t_files import TranslateMulti30k

import t2t_lite
from t2t_lite import registry
from t2t_lite.bin import t2t_decoder, t2t_import, t2t_trainer
from t2t_lite.data import records
from t2t_lite.decoding import batches
from t2t_lite.text.encoder import until_eos

assert TranslateMulti30k  # The problem of the directory.


@pytest.fixture
def t2t(shared_dir):
    return shared_dir / "reference/t2t"


@pytest.fixture
def train_dir(t2t):
    return t2t / "transformer_tiny_train_dir"


@pytest.fixture
def outputs(t2t):
    return np.load(t2t / "transformer_tiny_outputs.npz")


@pytest.fixture
def data_dir(t2t, tmp_path):
    """The data directory, with the one of its ten training files that is there."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in (t2t / "data_dir").iterdir():
        name = path.name.replace("train-00000-of-00010", "train-00000-of-00001")
        shutil.copy(path, folder / name)
    return folder


@pytest.fixture
def translate(train_dir, data_dir):
    return t2t_lite.load(train_dir, "beam_size=4,alpha=0.6,extra_length=50", data_dir=str(data_dir))


def encode(encoder, lines):
    return [[*encoder.encode(line), 1] for line in lines]


def lines_of(path: pathlib.Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def examples(data_dir, split) -> set:
    paths = registry.problem("translate_multi30k").filepaths(str(data_dir), split)
    return {
        tuple(tuple(example[name]) for name in ("inputs", "targets"))
        for path in paths
        for example in records.read_examples(path)
    }


def test_what_is_generated_with_its_vocabulary_is_what_it_wrote(
    t2t, shared_dir, data_dir, tmp_path
):
    ours = tmp_path / "ours"
    ours.mkdir()
    name = "vocab.translate_multi30k.8192.subwords"
    shutil.copy(t2t / "data_dir" / name, ours / name)
    problem = registry.problem("translate_multi30k")
    problem.generate_data(str(ours), str(shared_dir / "data/multi30k"))
    assert sorted(path.name for path in ours.glob("translate*-00*"))[0] == (
        "translate_multi30k-dev-00000-of-00001"
    )
    assert examples(ours, "dev") == examples(data_dir, "dev")
    assert examples(data_dir, "train") <= examples(ours, "train")


def test_logits(t2t, translate, outputs):
    pairs = [lines_of(t2t / name)[:2] for name in ("val40.en", "val40.de")]
    encoder = translate.encoders["targets"]
    inputs, targets = (
        batches.padded(encode(encoder, lines), 2, filler=[1], padding=0) for lines in pairs
    )
    expected = outputs["logits2"].reshape(2, -1, outputs["logits2"].shape[-1])
    logits = np.asarray(translate.model({"inputs": inputs, "targets": targets}))
    for row in range(2):
        length = np.count_nonzero(targets[row])
        np.testing.assert_allclose(logits[row, :length], expected[row, :length], atol=1e-3)


def test_beam_search(t2t, translate, outputs):
    sources = encode(translate.encoders["inputs"], lines_of(t2t / "val40.en"))
    sources = dict(enumerate(sources))
    arguments = batches.arrange(sources, len(sources), translate.decoder.hparams, is_prefix=False)
    ids, scores = translate.decoder._generator.generate(**arguments)
    same = 0
    for row, (found, expected) in enumerate(zip(ids, outputs["beam4_ids"], strict=True)):
        expected = expected.reshape(-1, expected.shape[-1])[0]
        if until_eos(found[0].tolist()) == until_eos(expected.tolist()):
            same += 1
            best = outputs["beam4_scores"].reshape(len(sources), -1)[row, 0]
            assert scores[row, 0] == pytest.approx(best, abs=1e-3)
    assert same >= 39


def test_greedy(t2t, train_dir, data_dir, outputs):
    translate = t2t_lite.load(train_dir, "beam_size=1,extra_length=50", data_dir=str(data_dir))
    encoder = translate.encoders["targets"]
    expected = outputs["greedy_ids"].reshape(40, -1).tolist()
    wanted = [encoder.decode(until_eos(ids)) for ids in expected]
    found = translate(lines_of(t2t / "val40.en"))
    assert np.mean([a == b for a, b in zip(found, wanted, strict=True)]) >= 39 / 40


def test_the_command_decodes_from_the_directory(t2t, train_dir, data_dir, tmp_path, capsys):
    output = tmp_path / "out.de"
    argv = f"t2t-decoder --output_dir={train_dir} --data_dir={data_dir} "
    argv += f"--decode_from_file={t2t / 'val40.en'} --decode_to_file={output}"
    assert t2t_decoder.run(argv.split()) == 0
    assert len(lines_of(output)) == 40
    assert "83 hparams of Tensor2Tensor have no meaning here" in capsys.readouterr().err


def test_an_imported_run_says_the_same_and_trains_on(t2t, train_dir, data_dir, tmp_path):
    run = tmp_path / "run"
    argv = f"t2t-import --t2t_dir={train_dir} --data_dir={data_dir} --output_dir={run}".split()
    assert t2t_import.run(argv) == 0
    source = lines_of(t2t / "val40.en")
    before = t2t_lite.load(train_dir, data_dir=str(data_dir))(source)
    assert t2t_lite.load(run)(source) == before
    assert t2t_import.run(argv) == 2  # There is a run now.
    argv = f"t2t-trainer --output_dir={run} --train_steps=904 --eval_steps=2"
    assert t2t_trainer.run([*argv.split(), "--eval_decode_samples=0"]) == 0
    evaluation = json.loads((run / "metrics.jsonl").read_text().splitlines()[-1])
    assert evaluation["step"] == 904 and evaluation["loss"] < 4
