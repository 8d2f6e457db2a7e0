"""Tensor2Tensor's training directories, small ones: taken over whole, or refused in a sentence."""

import importlib
import json
import pathlib
import re
import shutil
import types

import numpy as np
import pytest
import t2t_files
from damage import cut_off, room_for

import t2t_lite
from t2t_lite import registry
from t2t_lite.data import records
from t2t_lite.problems import text_problems
from t2t_lite.text.vocabulary import VocabType
from t2t_lite.training import checkpoints
from t2t_lite.training.run_folder import RunFolder
from t2t_lite.training.train import build

ROOT = pathlib.Path(__file__).parents[2]
TINY = "hidden_size=8,filter_size=12,num_heads=2,num_hidden_layers=1,batch_size=64,max_length=32"
VOCABULARY = "vocab.t2t_miniature.512.subwords"
SIZE = 25
DEV_SHARD = "t2t_miniature-dev-00000-of-00001"
IMPORT = "t2t-import --t2t_dir={t2t} --data_dir={data} --output_dir={run}"
DECODER = "t2t-decoder --output_dir={t2t} --data_dir={data} --decode_from_file={text}"
DECODER += " --decode_to_file={run}/out --decode_hparams=beam_size=1,extra_length=2"


class Miniature:
    approx_vocab_size = 512
    dataset_splits = ({"split": "train", "shards": 1}, {"split": "dev", "shards": 1})


@registry.register_problem("t2t_miniature")
class T2TMiniature(Miniature, text_problems.Text2TextProblem):
    """Text to text."""


@registry.register_problem("t2t_miniature_lm")
class T2TMiniatureLm(Miniature, text_problems.Text2SelfProblem):
    """A language model in bytes, which needs no file."""

    vocab_type = VocabType.CHARACTER


@registry.register_problem("t2t_miniature_classes")
class T2TMiniatureClasses(Miniature, text_problems.Text2ClassProblem):
    """Text to one of three classes."""

    vocab_type = VocabType.CHARACTER
    num_classes = 3


def hparams_of(hparams_set: str = "transformer_tiny", changes: str = ""):
    hparams = registry.hparams(hparams_set)
    hparams.parse(",".join(filter(None, [TINY, changes])))
    return hparams


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A training directory and its data, that no test changes."""
    folder = tmp_path_factory.mktemp("base")
    data = folder / "data"
    data.mkdir()
    assert t2t_files.write_vocabulary(data / VOCABULARY, ["bad", "bee", "cab"]) == SIZE
    for split in ("train", "dev"):
        with records.RecordWriter(data / f"t2t_miniature-{split}-00000-of-00001") as writer:
            for i in range(9):
                example = {"inputs": [2, 3 + i % 2, 1], "targets": [4, 2 + i % 3, 2, 1]}
                writer.write(records.serialize(example))
    sizes = dict.fromkeys(("inputs", "targets"), SIZE)
    reference = t2t_files.write_train_dir(folder / "t2t", hparams_of(), sizes, "t2t_miniature")
    return types.SimpleNamespace(data=data, t2t=folder / "t2t", reference=reference)


@pytest.fixture
def places(base, tmp_path):
    """The places that command lines name: copies, and `run`, which is not there yet."""
    t2t, data, text = tmp_path / "t2t", tmp_path / "data", tmp_path / "text"
    shutil.copytree(base.t2t, t2t)
    shutil.copytree(base.data, data)
    text.write_text("bad bee\ncab\n")
    return types.SimpleNamespace(t2t=t2t, data=data, text=text, run=tmp_path / "run")


def execute(line: str) -> int:
    argv = line.split()
    return importlib.import_module("t2t_lite.bin." + argv[0].replace("-", "_")).run(argv)


def documented_commands() -> list[str]:
    page = (ROOT / "docs" / "from_t2t.md").read_text(encoding="utf-8")
    return re.findall(r"^    (t2t-.*)$", page, re.MULTILINE)


def test_what_the_documentation_says_of_checkpoints(base, tmp_path, monkeypatch, capsys):
    """Its commands decode, import, and go on training, in a home with Tensor2Tensor's files."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    shutil.copytree(base.t2t, tmp_path / "t2t_train" / "base")
    shutil.copytree(base.data, tmp_path / "t2t_data")
    (tmp_path / "in.en").write_text("bad bee\ncab\n")
    decoder, importer, trainer = documented_commands()
    assert execute(f"{decoder} --decode_hparams=beam_size=1,extra_length=2") == 0
    assert len((tmp_path / "out.de").read_text().splitlines()) == 2
    assert "3 hparams of Tensor2Tensor have no meaning here" in capsys.readouterr().err
    assert execute(importer) == 0
    assert "no meaning here: bottom, moe_k, symbol_modality_num_shards." in capsys.readouterr().out
    run = tmp_path / "t2t" / "runs" / "base"
    source, targets = [2, 3, 1], [4, 2, 1]
    features = {"inputs": np.int32([source]), "targets": np.int32([targets])}
    logits = t2t_lite.load(run).model(features)
    expected = base.reference.logits(source, targets)
    np.testing.assert_allclose(np.asarray(logits)[0], expected, atol=1e-4)
    assert execute(f"{trainer} --eval_decode_samples=0") == 0
    lines = [json.loads(line) for line in (run / "metrics.jsonl").read_text().splitlines()]
    evaluated = [line["step"] for line in lines if line["kind"] == "eval"]
    assert evaluated == [10, 12], "train_steps and local_eval_frequency are Tensor2Tensor's"


def test_moments_of_adam_come_along(places, capsys):
    assert execute(IMPORT.format(**vars(places))) == 0
    assert "The state of the optimizer 'adam' is not there" in capsys.readouterr().out
    hparams = RunFolder(str(places.run)).load_hparams("transformer_tiny")
    assert hparams.learning_rate_restart_step == 7
    shutil.rmtree(places.run)
    shutil.rmtree(places.t2t)
    sizes = dict.fromkeys(("inputs", "targets"), SIZE)
    t2t_files.write_train_dir(places.t2t, hparams_of(), sizes, "t2t_miniature", with_moments=True)
    assert execute(IMPORT.format(**vars(places))) == 0
    assert "optimizer" not in capsys.readouterr().out.replace("_optimizer", "")
    folder = RunFolder(str(places.run))
    run, hparams = folder.load_run(), folder.load_hparams("transformer_tiny").freeze()
    assert hparams.learning_rate_restart_step == 0
    problem_hparams = registry.problem("t2t_miniature").get_hparams(hparams, run.data_dir)
    model, optimizer = build(run, hparams, problem_hparams)
    files = checkpoints.Checkpoints(run.output_dir, model, optimizer, None, {}, keep=0)
    assert files.restore_latest() == 7
    for weight in model.trainable_variables:
        value = weight.numpy()
        first, second = (moment.numpy() for moment in optimizer.moments(weight))
        np.testing.assert_allclose(first, 2 * value, rtol=1e-6)
        np.testing.assert_allclose(second, value**2, rtol=1e-6)


def test_language_models_and_classes(tmp_path):
    hparams = hparams_of("transformer_relative_tiny")
    reference = t2t_files.write_train_dir(
        tmp_path / "lm", hparams, {"targets": 258}, "t2t_miniature_lm"
    )
    given = f"--data_dir={tmp_path}"
    assert execute(f"t2t-import --t2t_dir={tmp_path}/lm {given} --output_dir={tmp_path}/a") == 0
    logits = t2t_lite.load(tmp_path / "a").model({"targets": np.int32([[5, 6, 1]])})
    expected = reference.logits(None, [5, 6, 1])
    np.testing.assert_allclose(np.asarray(logits)[0], expected, atol=1e-4)
    reference = t2t_files.write_train_dir(
        tmp_path / "classes",
        hparams_of(),
        {"inputs": 258, "targets": 3},
        "t2t_miniature_classes",
        model="transformer_encoder",
    )
    folder = tmp_path / "classes"
    assert execute(f"t2t-import --t2t_dir={folder} {given} --output_dir={tmp_path}/b") == 0
    features = {"inputs": np.int32([[5, 6, 1]]), "targets": np.int32([[0]])}
    logits = t2t_lite.load(tmp_path / "b").model(features)
    np.testing.assert_allclose(np.asarray(logits)[0], reference.classes([5, 6, 1]), atol=1e-4)


def test_a_set_that_is_not_here_and_another_checkpoint(places, monkeypatch, capsys):
    """All values are in hparams.json."""
    change(places.t2t / "flags_t2t.txt", "=transformer_tiny", "=transformer_mine")
    shutil.copytree(places.t2t, places.t2t / "averaged")
    (places.t2t / "checkpoint").unlink()
    (places.t2t / "model.ckpt-7.index").unlink()
    (places.t2t / "flags_t2t.txt").rename(places.t2t / "flags.txt")
    monkeypatch.chdir(places.data.parent)
    line = IMPORT.format(**{**vars(places), "data": "data"})
    assert execute(f"{line} --checkpoint_path={places.t2t}/averaged") == 0
    monkeypatch.chdir("/")
    out = capsys.readouterr().out
    assert "no hparams set 'transformer_mine' here" in out and "'transformer_base'" in out
    assert t2t_lite.load(places.run).model.hparams.hidden_size == 8


def test_what_only_training_had_is_told(places, capsys):
    early = {"ffn_layer": "conv_hidden_relu", "shared_embedding_and_softmax_weights": 1}
    edit(scheduled_sampling_prob=0.5, weight_noise=0.1, **early)(places)
    assert execute(IMPORT.format(**vars(places))) == 0
    out = capsys.readouterr().out
    assert "trained with scheduled_sampling_prob=0.5, weight_noise=0.1, which does not" in out


def change(path: pathlib.Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def edit(**values):
    """Spoils hparams.json."""

    def spoil(places):
        path = places.t2t / "hparams.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | values))

    return spoil


def other_flag(old: str, new: str):
    return lambda places: change(places.t2t / "flags_t2t.txt", old, new)


def fewer_subwords(places):
    change(places.data / VOCABULARY, "'cab_'\n", "")


def checkpoint_of_another_model(places):
    t2t_files.write_checkpoint(places.t2t / "model.ckpt-7", {"lstm_seq2seq/body/kernel": [1.0]})


CHECKPOINT = "model.ckpt-7.data-00000-of-00001"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (checkpoint_of_another_model, ["{t2t}/model.ckpt-7 is of the model 'lstm_seq2seq', not"]),
        (lambda places: cut_off(places.t2t / CHECKPOINT), ["{t2t}/model.ckpt-7 is damaged"]),
        (lambda places: cut_off(places.t2t / "model.ckpt-7.index"), ["model.ckpt-7 is damaged"]),
        (lambda places: (places.t2t / "model.ckpt-7.index").unlink(), ["no checkpoint at {t2t}"]),
        (fewer_subwords, ["has embeddings for 25 ids of width 8", "make 24 ids", "--data_dir"]),
        (lambda places: cut_off(places.data / VOCABULARY), [f"{{data}}/{VOCABULARY}", "damaged"]),
        (lambda places: (places.data / VOCABULARY).unlink(), [VOCABULARY, "--data_dir"]),
        (lambda places: (places.t2t / "hparams.json").unlink(), ["{t2t} is no", "hparams.json"]),
        (lambda places: cut_off(places.t2t / "hparams.json"), ["{t2t}/hparams.json is damaged"]),
        (
            lambda places: (places.t2t / "hparams.json").write_text("[1]"),
            ["{t2t}/hparams.json is damaged (it holds a list)"],
        ),
        (
            lambda places: (places.t2t / "hparams.json").write_text("{}"),
            ["{t2t}/hparams.json is damaged (it gives no hidden_size)"],
        ),
        (
            lambda places: (places.t2t / "flags_t2t.txt").write_bytes(b"\xff"),
            ["{t2t}/flags_t2t.txt is damaged"],
        ),
        (lambda places: (places.t2t / "flags_t2t.txt").unlink(), ["flags.txt", "add --problem"]),
        (edit(hidden_size="big"), ["{t2t}/hparams.json", "'hidden_size' must be a whole number"]),
        (edit(hidden_size=16), ["25 ids of width 8, but", "25 ids of width 16"]),
        (edit(num_hidden_layers=2), ["lacks", "layer_1/"]),
        (edit(my_own={"a": 1}), ["{t2t}/hparams.json", "'my_own' cannot be {{'a': 1}}"]),
        (
            edit(num_area_layers=2, weight_dtype="bfloat16", scheduled_sampling_prob=0.5),
            ["{t2t}/hparams.json", "it has num_area_layers=2, weight_dtype=bfloat16."],
        ),
        (edit(self_attention_type="local_masked"), ["self_attention_type='local_masked' is not"]),
        (edit(ffn_layer="local_moe"), ["ffn_layer='local_moe' is not known"]),
        (edit(norm_type="batch"), ["norm_type='batch' is not known"]),
        (edit(prepend_mode="prepend_inputs_masked_attention"), ["had an encoder besides"]),
        (other_flag("=transformer\n", "=slicenet\n"), ["There is no model 'slicenet'"]),
        (other_flag("=t2t_miniature", "=t2t_minature"), ["no problem 't2t_minature'"]),
    ],
)
def test_what_is_no_run_for_us_is_told_in_a_sentence(places, capsys, spoil, words):
    """Of both commands that read such a directory; nothing is left where they should write."""
    spoil(places)
    for line in (IMPORT, DECODER):
        capsys.readouterr()
        assert execute(line.format(**vars(places))) == 2
        err = capsys.readouterr().err
        message = err.strip().splitlines()[-1]
        assert "Traceback" not in err and message.startswith(f"{line.split()[0]}: ")
        for word in words:
            assert word.format(**vars(places)) in message, message
        assert not places.run.exists()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (IMPORT + " --t2t_dir={run}", ["{run} is no training directory of Tensor2Tensor"]),
        (IMPORT + " --output_dir={t2t}", ["There is a run in {t2t} already"]),
        (IMPORT + " --output_dir={text}/run", ["Cannot write {text}/run"]),
        (IMPORT + " --optimizer=adam", ["no flag --optimizer"]),
        ("t2t-import --t2t_dir={t2t}", ["--output_dir is missing"]),
        ("t2t-avg-all --model_dir={t2t}", ["t2t-import --t2t_dir={t2t}"]),
        ("t2t-trainer --output_dir={t2t}", ["t2t-import --t2t_dir={t2t}"]),
        (
            "t2t-trainer --output_dir={t2t} --data_dir={data} --problem=t2t_miniature "
            "--model=transformer --hparams_set=transformer_tiny",
            ["{t2t} is a training directory of Tensor2Tensor", "t2t-import --t2t_dir={t2t}"],
        ),
        (
            "t2t-decoder --output_dir={t2t} --data_dir={data} --decode_to_file={text}.out",
            [f"{{data}}/{DEV_SHARD} is damaged at record ", "with --overwrite"],
        ),
    ],
)
def test_a_wrong_command(places, capsys, line, words):
    cut_off(places.data / DEV_SHARD)
    before = sorted(places.t2t.iterdir())
    assert execute(line.format(**vars(places))) == 2
    message = capsys.readouterr().err.strip().splitlines()[-1]
    for word in words:
        assert word.format(**vars(places)) in message
    assert sorted(places.t2t.iterdir()) == before and not places.run.exists()


def test_a_split_without_examples(places, capsys):
    """Tensor2Tensor's data has no manifest that would tell how many there were."""
    assert execute(IMPORT.format(**vars(places))) == 0
    (places.data / DEV_SHARD).write_bytes(b"")
    for line in ("t2t-decoder", "t2t-trainer --schedule=evaluate"):
        assert execute(f"{line} --output_dir={places.run}") == 2
        message = capsys.readouterr().err.strip().splitlines()[-1]
        assert f"'dev' of t2t_miniature in {places.data} has no examples" in message


@pytest.mark.parametrize("num_bytes", [0, 5000, 20_000])
@pytest.mark.parametrize("is_there", [True, False])
def test_a_full_disk_leaves_nothing_half_made(places, capsys, num_bytes, is_there):
    if is_there:
        places.run.mkdir()
        (places.run / "notes").touch()
    with room_for(num_bytes):
        assert execute(IMPORT.format(**vars(places))) == 2
    assert str(places.run) in capsys.readouterr().err.strip().splitlines()[-1]
    left = sorted(path.name for path in places.run.iterdir()) if places.run.exists() else []
    assert left == ["notes"] * is_there
