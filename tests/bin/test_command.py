"""Flags and errors of the commands, in this process and through the shell."""

import dataclasses
import os
import subprocess
import sys

import pytest

from t2t_lite.bin import command, t2t_flags
from t2t_lite.errors import T2TError


@dataclasses.dataclass
class Settings:
    """What a command might be told."""

    data_dir: str = dataclasses.field(default="", metadata={"help": "Where the data is."})
    train_steps: int = dataclasses.field(default=10, metadata={"help": "How long."})
    rate: float = dataclasses.field(default=0.1, metadata={"help": "How fast."})
    use_it: bool = dataclasses.field(default=True, metadata={"help": "Whether."})


def new_flags():
    flags = command.new_flags()
    command.define_fields(flags, Settings)
    command.define(flags, "gin_param", [], "Bindings.")
    command.define(flags, "gin_file", [], "Files.")
    return flags


def run(*argv, main=lambda flags, arguments: None, arguments=""):
    return command.run(main, new_flags(), "Does things.", ["t2t_things.py", *argv], arguments)


def test_values_and_what_was_given(monkeypatch):
    monkeypatch.setenv("WHERE", "/data")
    flags = new_flags()
    line = "x --data-dir=$WHERE/a word --train-steps 3 --nouse-it --rate=None"
    line += " --gin_param=a=1 --gin-param b-c=-2 --gin_file=$WHERE/x.gin"
    rest = command.parse(flags, line.split())
    assert rest == ["word"]
    assert command.given(flags, Settings) == {
        "data_dir": "/data/a",
        "train_steps": 3,
        "use_it": False,
    }
    assert (flags.rate, flags.gin_param) == (0.1, ["a=1", "b-c=-2"])
    assert flags.gin_file == ["/data/x.gin"]


def test_paths(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.delenv("NOWHERE", raising=False)
    assert command.path("~/x") == "/home/me/x"
    with pytest.raises(T2TError, match="NOWHERE"):
        command.path("$NOWHERE/x")
    odd = tmp_path / "a$b"
    odd.mkdir()
    assert command.path(str(odd)) == str(odd)


@pytest.mark.parametrize(
    "argv, words",
    [
        (["--train_step=3"], ["--train_step", "'--train_steps'", "--help"]),
        (["--train_steps=many"], ["--train_steps=many", "whole number"]),
        (["--rate=a:b"], ["--rate=a:b", "a number"]),
        (["--use_it=perhaps"], ["true or false"]),
        (["--train_steps"], ["--train_steps"]),
        (["train"], ["'train'"]),
        (["--data_dir=${NOT_SET_ANYWHERE}/x"], ["NOT_SET_ANYWHERE"]),
        (["--sync"], ["one machine", "--worker_gpu=N"]),
        (["--worker_replicas=2"], ["one machine", "--emulate_workers=N"]),
        (["--use-tpu"], ["TPU"]),
        (["--decode_shards=2"], ["--decode_hparams=shards=N,shard_id=I"]),
        (["--decode_beam_size=4"], ["--decode_hparams=beam_size=N"]),
        (["--schedule=run_std_server"], ["run_std_server", "one machine"]),
    ],
)
def test_a_wrong_command_line_is_one_sentence_and_code_2(capsys, argv, words):
    assert run(*argv) == 2
    out, err = capsys.readouterr()
    assert not out and err.startswith("t2t-things: ") and err.count("\n") == 1
    assert all(word in err for word in words), err


@pytest.mark.parametrize(
    "error, words",
    [
        (T2TError("What to do."), ["What to do."]),
        (OSError(28, "No space left on device", "/full/x"), ["No space", "/full/x"]),
        (PermissionError(13, "Permission denied", "/mine"), ["permission", "/mine"]),
        (FileNotFoundError(2, "No such file or directory", "/gone"), ["No such file", "/gone"]),
        (MemoryError(), ["memory", "batch_size"]),
        (ConnectionError("the network is gone"), ["the network is gone"]),
    ],
)
def test_what_the_user_can_mend_has_no_traceback(capsys, error, words):
    def main(flags, arguments):
        raise error

    assert run(main=main) == 2
    err = capsys.readouterr().err
    assert all(word in err for word in words) and "Traceback" not in err
    assert run("--debug", main=main) == 2
    assert "Traceback" in capsys.readouterr().err


def test_tensorflows_errors_are_known_by_name(capsys):
    class ResourceExhaustedError(Exception):
        pass

    def main(flags, arguments):
        raise ResourceExhaustedError(flags.data_dir)

    assert run(main=main) == 2 and "batch_size" in capsys.readouterr().err
    assert run("--data_dir=/x: No space left on device", main=main) == 2
    assert "No space is left" in capsys.readouterr().err


def test_an_error_of_our_own_keeps_its_traceback_and_interrupting_is_clean(capsys):
    with pytest.raises(ZeroDivisionError):
        run(main=lambda flags, arguments: 1 / 0)

    def interrupted(flags, arguments):
        raise KeyboardInterrupt

    assert run(main=interrupted) == 130
    assert "Traceback" not in capsys.readouterr().err


def test_help_shows_our_flags_only(capsys):
    assert run("--help", arguments="[NAME]") == 0
    out = capsys.readouterr().out
    assert "t2t-things [flags] [NAME]" in out and "Does things." in out
    assert "--train_steps=INT\n      How long. (default: 10)" in out and "--[no]use_it" in out
    assert "worker_job" not in out and "verbosity" not in out


def test_flags_of_tensor2tensor_without_meaning_are_accepted_with_a_line(capsys):
    assert run("--worker_job=/job:x", "--nosync", "--ps-replicas=0", "--log_device_placement") == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3 and all("ignored" in line for line in lines)
    assert any("--worker_job" in line for line in lines)


def test_older_names_of_flags():
    flags = command.new_flags()
    command.define(flags, "problem", "", "What to train on.")
    command.parse(flags, ["x", "--problems=translate_mine"])
    assert flags.problem == "translate_mine"


def test_every_flag_of_tensor2tensors_trainer_is_known(shared_dir):
    flags_file = shared_dir / "reference/t2t/lstm_train_dir/flags_t2t.txt"
    assert run(*flags_file.read_text().split()) == 0


def test_no_flag_is_listed_twice():
    flags = command.new_flags()
    t2t_flags.define(flags)
    t2t_flags.define(flags)
    assert all(flags[name].help == t2t_flags.HELP for name in t2t_flags.REFUSED)


def test_tensorflow_says_nothing_and_the_pipe_may_close():
    program = """
import sys
from t2t_lite.bin import command
def main(flags, arguments):
    import tensorflow as tf
    tf.constant(1)
    for _ in range(100_000):
        print("line")
sys.exit(command.run(main, command.new_flags(), "Prints."))
"""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TF_CPP")}
    with subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    ) as process:
        assert process.stdout.readline() == "line\n"
        process.stdout.close()
        assert process.stderr.read() == ""
