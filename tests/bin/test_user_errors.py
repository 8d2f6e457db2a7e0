"""Each mistake that a user can make ends with one clear sentence and code 2, no traceback."""

import importlib
import pathlib
import shutil
import types

import pytest
from damage import cut_off, flip_bit, room_for

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"
TINY = "hidden_size=16,filter_size=16,num_heads=2,num_hidden_layers=1,batch_size=256,max_length=64"
USR_DIR = f"--t2t_usr_dir={EXAMPLES / 'my_usr_dir'}"
NAMES = "--problem=translate_pig_latin --model=transformer --hparams_set=transformer_tiny"
LENGTHS = "--train_steps=4 --local_eval_frequency=2 --eval_steps=1 --eval_decode_samples=0"
DATAGEN = f"t2t-datagen {USR_DIR} --problem=translate_pig_latin --data_dir={{new}}"
TRAINER = f"t2t-trainer {USR_DIR} {NAMES} --hparams={TINY} {LENGTHS} --data_dir={{data}}"
DECODER = f"t2t-decoder {USR_DIR} --output_dir={{run}} --decode_from_file={{text}}"
BLEU = "t2t-bleu --translation={text} --reference={text}"
TRAIN_SHARD = "translate_pig_latin-train-00001-of-00002"
DEV_SHARD = "translate_pig_latin-dev-00000-of-00001"
VOCABULARY = "vocab.translate_pig_latin.512.model"


def execute(line: str) -> int:
    """Runs a command line in this process; returns its exit code. Later flags beat earlier."""
    argv = line.split()
    command = importlib.import_module("t2t_lite.bin." + argv[0].replace("-", "_"))
    return command.run(argv)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """Data, and a run of four steps with two checkpoints, that no test changes."""
    folder = tmp_path_factory.mktemp("base")
    data, run = folder / "data", folder / "run"
    datagen = DATAGEN.format(new=data) + f" --tmp_dir={EXAMPLES / 'pig_latin'}"
    assert execute(datagen) == 0
    assert execute(TRAINER.format(data=data) + f" --output_dir={run}") == 0
    return types.SimpleNamespace(data=data, run=run)


@pytest.fixture
def places(base, tmp_path):
    """The places that command lines name: `run` and `data` as they are, and others to be spoilt."""
    text, source = tmp_path / "text", tmp_path / "source"
    text.write_text("the dog\na cat\n")
    shutil.copytree(EXAMPLES / "pig_latin", source)
    shorter = tmp_path / "shorter"
    shorter.write_text("the dog\n")
    return types.SimpleNamespace(
        data=base.data, run=base.run, new=tmp_path / "new", text=text, shorter=shorter, src=source
    )


def copy(places, name: str) -> pathlib.Path:
    """Lets the command line use a copy of the run or the data; returns it."""
    original = getattr(places, name)
    setattr(places, name, places.new.with_name(f"copy_of_{name}"))
    shutil.copytree(original, getattr(places, name))
    return getattr(places, name)


def plug_in(places, code: str) -> None:
    places.new.mkdir()
    (places.new / "__init__.py").write_text(code)


def check(capsys, line: str, places, words) -> None:
    capsys.readouterr()
    line = line.format(**vars(places))
    assert execute(line) == 2
    err = capsys.readouterr().err
    message = err.strip().splitlines()[-1]
    assert "Traceback" not in err
    assert message.startswith(f"{line.split()[0]}: ")
    for word in words:
        assert word.format(**vars(places)) in message


@pytest.mark.parametrize(
    ("line", "words"),
    [
        # Names
        (f"{TRAINER} --output_dir={{new}} --problem=translate_pig_latn", ["'translate_pig_latin'"]),
        (f"{TRAINER} --output_dir={{new}} --model=transfomer", ["no model", "'transformer'"]),
        (f"{TRAINER} --output_dir={{new}} --hparams_set=transformer_tny", ["'transformer_tiny'"]),
        (f"{TRAINER} --output_dir={{new}} --train_stps=3", ["no flag", "'--train_steps'"]),
        (f"{TRAINER} --output_dir={{new}} --hparams=hiden_size=8", ["no hparam", "'hidden_size'"]),
        (f"{TRAINER} --output_dir={{new}} --hparams=optimizer=adm", ["no optimizer", "'adam'"]),
        (f"{TRAINER} --output_dir={{new}} --schedule=train_and_eval", ["'train_and_evaluate'"]),
        (f"{TRAINER} --output_dir={{new}} --best_metric=los", ["--best_metric=los", "'loss'"]),
        (f"{TRAINER} --output_dir={{new}} --eval_decode_hparams=beam_sise=1", ["'beam_size'"]),
        (f"{DECODER} --decode_hparams=beam_sise=3", ["no decode hparam", "'beam_size'"]),
        (f"{DECODER} --problem=translate_ende_cldr", ["--problem=translate_pig_latin"]),
        (f"t2t-decoder {USR_DIR} --output_dir={{run}} --split=tset", ["'tset'", "train, dev"]),
        (f"{BLEU} --metrics=inlt", ["--metrics=inlt", "'intl'"]),
        ("t2t-list modls", ["'modls'", "'model'"]),
        # Types and values
        (f"{TRAINER} --output_dir={{new}} --train_steps=many", ["--train_steps", "whole number"]),
        (f"{TRAINER} --output_dir={{new}} --hparams=hidden_size=big", ["hidden_size", "'big'"]),
        (f"{TRAINER} --output_dir={{new}} --hparams=batch_size=0", ["batch_size", "at least 1"]),
        (f"{TRAINER} --output_dir={{new}} --local_eval_frequency=0", ["at least 1"]),
        (f"{TRAINER} --output_dir={{new}} --hparams=hidden_size", ["'hidden_size'", "name=value"]),
        (f"{TRAINER} --output_dir={{new}} --hparams={TINY},num_heads=3", ["num_heads", "twice"]),
        (f"{TRAINER} --output_dir={{new}} --hparams=prepend_mode=all", ["prepend_mode", "'all'"]),
        (f"{TRAINER} --output_dir={{new}} --hparams={TINY},pos=sine", ["'sine'", "'timing'"]),
        (f"{TRAINER} --output_dir={{new}} --precision=fp16", ["fp16", "bf16"]),
        (f"{DECODER} --decode_hparams=beam_size=x", ["beam_size", "whole number"]),
        ("t2t-avg-all --model_dir={run} --n=0", ["--n", "at least 1"]),
        # What is not there
        (f"{TRAINER} --output_dir={{new}} --data_dir={{new}}", ["data directory {new}", "datagen"]),
        (TRAINER, ["--output_dir is missing"]),
        (f"{TRAINER} --output_dir={{new}} --gin_file={{new}}", ["no gin file {new}"]),
        (f"{TRAINER} --output_dir={{new}} --gin_param=run.train_stps=3", ["'train_steps'"]),
        (f"{TRAINER} --output_dir={{new}} --warm_start_from={{new}}", ["no checkpoint at {new}"]),
        (f"{TRAINER} --output_dir={{new}} --schedule=evaluate", ["no checkpoint at {new}"]),
        (f"{TRAINER} --output_dir={{new}} --eval_use_test_set", ["no 'test' shards", "dev, train"]),
        (f"{TRAINER} --output_dir={{new}} --t2t_usr_dir={{new}}", ["{new} is no directory"]),
        (f"{DECODER} --decode_from_file={{new}}", ["no file {new}"]),
        (f"{DECODER} --output_dir={{new}}", ["{new} is no run folder"]),
        (f"{DECODER} --data_dir={{new}}", [VOCABULARY, "--data_dir"]),
        (f"{DECODER} --checkpoint_path={{new}}", ["no checkpoint at {new}"]),
        ("t2t-avg-all --model_dir={run} --min_steps=100", ["no checkpoint", "--min_steps=100"]),
        (f"{BLEU} --reference={{new}}", ["no file {new}"]),
        (f"{BLEU} --reference={{shorter}}", ["{text} has 2 lines", "{shorter} has 1"]),
        (f"{DATAGEN} --tmp_dir={{new}}", ["no file train.en", "--tmp_dir"]),
        # What cannot be written
        (f"{TRAINER} --output_dir={{text}}/run", ["Cannot write {text}/run", "not a directory"]),
        (f"{DATAGEN} --tmp_dir={{src}} --data_dir={{text}}/data", ["Cannot write {text}/data"]),
        (f"{DECODER} --decode_to_file={{text}}/out", ["Cannot write"]),
        (f"{DECODER} --decode_to_file={{src}}", ["{src}", "is a directory"]),
        ("t2t-avg-all --model_dir={run} --output_dir={run}", ["holds a training run"]),
        # Another run
        (f"{TRAINER} --output_dir={{run}} --model=my_gru", ["--model=transformer, not my_gru"]),
        (
            f"{TRAINER} --output_dir={{run}} --hparams=hidden_size=32 --train_steps=6",
            ["changed variables", "hidden_size=16 to 32"],
        ),
        (
            f"{TRAINER} --output_dir={{run}} --hparams=max_length=512",
            ["batch_size=256 (tokens)", "max_length=512"],
        ),
    ],
)
def test_a_wrong_command(capsys, places, line, words):
    check(capsys, line, places, words)


def unequal(places):
    (places.src / "dev.pig").write_text("one line\n")


def not_utf8(places):
    lines = (places.src / "train.pig").read_bytes().split(b"\n")
    lines[6] = b"caf\xe9"
    (places.src / "train.pig").write_bytes(b"\n".join(lines))


def no_vocabulary(places):
    (copy(places, "data") / VOCABULARY).unlink()


def other_vocabulary(places):
    source = places.src / "train.en"
    source.write_text(source.read_text().replace("the", "teh"))
    places.data = places.new
    assert execute(f"{DATAGEN} --tmp_dir={{src}}".format(**vars(places))) == 0


def no_checkpoint(places):
    for path in copy(places, "run").glob("model.ckpt*"):
        path.unlink()


def no_hparams(places):
    (copy(places, "run") / "hparams.json").write_text('{"hidden_size": 16')


def no_problem(places):
    (copy(places, "run") / "config.gin").write_text("run.model = 'transformer'\n")


@pytest.mark.parametrize(
    ("spoil", "line", "words"),
    [
        (unequal, f"{DATAGEN} --tmp_dir={{src}}", ["dev.en has 100", "dev.pig has 1."]),
        (not_utf8, f"{DATAGEN} --tmp_dir={{src}}", ["{src}/train.pig, line 7", "not UTF-8"]),
        (
            lambda places: places.text.write_bytes(b"ok\ncaf\xe9\n"),
            DECODER,
            ["{text}, line 2", "not UTF-8"],
        ),
        (no_vocabulary, f"{TRAINER} --output_dir={{new}}", [VOCABULARY, "t2t-datagen"]),
        (other_vocabulary, f"{TRAINER} --output_dir={{run}}", [VOCABULARY, "SHA-256"]),
        (no_checkpoint, DECODER, ["no checkpoint at {run}", "t2t-trainer"]),
        (no_checkpoint, "t2t-avg-all --model_dir={run}", ["no checkpoint at {run}"]),
        (no_hparams, f"{TRAINER} --output_dir={{run}}", ["{run}/hparams.json is damaged"]),
        (no_hparams, DECODER, ["{run}/hparams.json is damaged"]),
        (no_problem, DECODER, ["{run}/config.gin is damaged", "run.problem"]),
        (
            lambda places: cut_off(copy(places, "data") / TRAIN_SHARD),
            f"{TRAINER} --output_dir={{new}}",
            [f"{{data}}/{TRAIN_SHARD} is damaged at record ", "t2t-datagen"],
        ),
        (
            lambda places: (copy(places, "data") / TRAIN_SHARD).write_bytes(b""),
            f"{TRAINER} --output_dir={{new}}",
            [f"{{data}}/{TRAIN_SHARD} is empty"],
        ),
        (
            lambda places: flip_bit(copy(places, "data") / DEV_SHARD),
            f"{TRAINER} --output_dir={{run}} --schedule=evaluate --eval_steps=0",
            [f"{{data}}/{DEV_SHARD} is damaged at record ", "t2t-datagen"],
        ),
        (
            lambda places: flip_bit(copy(places, "data") / DEV_SHARD),
            f"t2t-decoder {USR_DIR} --output_dir={{run}} --data_dir={{data}}",
            [f"{{data}}/{DEV_SHARD} is damaged at record "],
        ),
        (
            lambda places: cut_off(copy(places, "run") / "model.ckpt-4.data-00000-of-00001"),
            f"{TRAINER} --output_dir={{run}} --train_steps=6",
            ["{run}/model.ckpt-4 ", "damaged", "delete {run}/model.ckpt-4.*"],
        ),
        (
            lambda places: cut_off(copy(places, "run") / "model.ckpt-4.index"),
            DECODER,
            ["{run}/model.ckpt-4 ", "damaged"],
        ),
        (
            lambda places: cut_off(copy(places, "run") / "model.ckpt-4.index"),
            f"{TRAINER} --output_dir={{run}} --train_steps=6",
            ["{run}/model.ckpt-4 ", "damaged"],
        ),
        (
            lambda places: copy(places, "run"),
            f"{TRAINER} --output_dir={{run}} --train_steps=9 --hparams=learning_rate_constant=1e38",
            ["not a number at step ", "checkpoint is {run}/model.ckpt-4;", "learning rate"],
        ),
        (
            lambda places: plug_in(places, "x = 1\nraise RuntimeError('on purpose')\n"),
            f"{TRAINER} --t2t_usr_dir={{new}}",
            ["{new}/__init__.py, line 2: RuntimeError: on purpose"],
        ),
        (
            lambda places: plug_in(places, "from tensor2tensor.utils import registry\n"),
            f"{TRAINER} --t2t_usr_dir={{new}}",
            ["line 1", "from t2t_lite import registry"],
        ),
    ],
)
def test_something_is_wrong_with_a_file(capsys, places, spoil, line, words):
    spoil(places)
    check(capsys, line, places, words)


def test_a_damaged_checkpoint_can_be_left_behind(places):
    """The way out that its message tells."""
    run = copy(places, "run")
    for path in run.glob("model.ckpt-4.*"):
        path.unlink()
    assert execute(TRAINER.format(data=places.data) + f" --output_dir={run}") == 0
    assert (run / "model.ckpt-4.index").exists()


@pytest.mark.parametrize(
    ("num_bytes", "line", "words"),
    [
        (1000, f"{TRAINER} --output_dir={{new}}", ["No room left to write {new}"]),
        (100_000, f"{TRAINER} --output_dir={{new}}", ["Cannot write a checkpoint to {new}: File "]),
        (10_000, "t2t-avg-all --model_dir={run} --output_dir={new}", ["Cannot write a checkpoint"]),
        (0, f"{DECODER} --decode_to_file={{new}}", ["No room left to write {new}"]),
        (1000, f"{DATAGEN} --tmp_dir={{src}}", ["No room left to write {new}"]),
    ],
)
def test_a_full_disk(capsys, places, num_bytes, line, words):
    with room_for(num_bytes):
        check(capsys, line, places, words)
