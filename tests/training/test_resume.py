"""Kill it anywhere: the same command goes on to the same weights as if nothing had happened."""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"
COMMAND = [
    sys.executable,
    "-m",
    "t2t_lite.bin.t2t_trainer",
    f"--t2t_usr_dir={EXAMPLES / 'my_usr_dir'}",
    "--problem=translate_pig_latin",
    "--model=transformer",
    "--hparams_set=transformer_tiny",
    "--hparams=batch_size=256,max_length=64,hidden_size=32,filter_size=32,num_hidden_layers=1,"
    "moving_average_decay=0.9",
    "--train_steps=120",
    "--local_eval_frequency=20",
    "--log_step_count_steps=10",
    "--eval_steps=2",
    "--eval_decode_samples=0",
]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    directory = tmp_path_factory.mktemp("data")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "t2t_lite.bin.t2t_datagen",
            f"--t2t_usr_dir={EXAMPLES / 'my_usr_dir'}",
            "--problem=translate_pig_latin",
            f"--data_dir={directory}",
            f"--tmp_dir={EXAMPLES / 'pig_latin'}",
        ],
        check=True,
    )
    return directory


def start(data_dir, output_dir):
    return subprocess.Popen([*COMMAND, f"--data_dir={data_dir}", f"--output_dir={output_dir}"])


def checkpoint_values(output_dir):
    import tensorflow as tf

    reader = tf.train.load_checkpoint(str(output_dir / "model.ckpt-120"))
    parts = ("model/", "average/", "seeds/", "optim")
    names = [name for name in reader.get_variable_to_shape_map() if name.startswith(parts)]
    assert {name.split("/")[0] for name in names} == {"model", "average", "seeds", "optimizer"}
    return {name: reader.get_tensor(name) for name in names}


def metric_lines(output_dir):
    """All lines, without how fast it went."""
    text = (output_dir / "metrics.jsonl").read_text()
    lines = [json.loads(line) for line in text.splitlines()]
    for line in lines:
        line.pop("target_tokens_per_second", None)
    return lines


def kill_at_random(process, output_dir, rng):
    """SIGKILL at a random moment after the first checkpoint."""
    while not (output_dir / "model.ckpt-20.index").exists() and process.poll() is None:
        time.sleep(0.02)
    time.sleep(rng.uniform(0, 1.0))
    os.kill(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the run was over before it could be killed"


def test_a_killed_run_ends_as_one_that_was_not(data_dir, tmp_path):
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    assert start(data_dir, whole).wait() == 0
    kill_at_random(start(data_dir, killed), killed, random.Random())
    assert start(data_dir, killed).wait() == 0
    expected, found = checkpoint_values(whole), checkpoint_values(killed)
    assert expected.keys() == found.keys()
    for name, value in expected.items():
        np.testing.assert_array_equal(found[name], value, err_msg=name)
    assert metric_lines(killed) == metric_lines(whole)
    steps = [(line["kind"], line["step"]) for line in metric_lines(whole)]
    assert steps == sorted(set(steps), key=lambda pair: (pair[1], pair[0] == "eval"))
