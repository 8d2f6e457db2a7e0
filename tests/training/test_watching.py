"""The schedules for checkpoints: they see what the training process saw, and leave it alone."""

import dataclasses
import hashlib
import json
import pathlib
import subprocess
import sys

import pytest
import tensorflow as tf
from toy_problem import ToyProblem, write_split

from t2t_lite import registry
from t2t_lite.data import batching, pipeline
from t2t_lite.errors import T2TError
from t2t_lite.training import checkpoints, watching
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.train import SCHEDULES, train

EXAMPLES = pathlib.Path(__file__).parents[2] / "examples"
SMALL = "hidden_size=16,filter_size=16,num_heads=2,num_hidden_layers=1,max_length=24,batch_size=96"


class ToyPairs(ToyProblem):
    """With a score of decoded text."""

    name = "toy_pairs"

    def eval_metrics(self):
        return [*super().eval_metrics(), "bleu"]


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data")
    sources = [[n] * 6 + [1] for n in (3, 4, 5)] * 14
    targets = [[n] * 5 + [1] for n in (7, 8)] * 20
    examples = [{"inputs": i, "targets": t} for i, t in zip(sources, targets, strict=False)]
    write_split(ToyPairs, folder, "train", examples)
    write_split(ToyPairs, folder, "dev", examples[:12])
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(registry.problems._components, "toy_pairs", ToyPairs)
        patch.setattr(pipeline, "SHUFFLE_EXAMPLES", 20)
        patch.setattr(batching, "BATCH_SHUFFLE", 2)
        patch.setattr(watching, "POLL_SECONDS", 0.05)
        yield folder


def settings(data_dir, output_dir, **others) -> RunConfig:
    return RunConfig(
        problem="toy_pairs",
        model="transformer",
        hparams_set="transformer_tiny",
        hparams=SMALL,
        data_dir=str(data_dir),
        output_dir=str(output_dir),
        local_eval_frequency=2,
        eval_steps=0,
        eval_decode_samples=4,
        eval_decode_hparams="beam_size=1,extra_length=2",
        decode_hparams="beam_size=2,extra_length=2",
        eval_timeout_mins=0,
        **{"train_steps": 4, **others},
    )


@pytest.fixture(scope="module")
def run(data_dir, tmp_path_factory):
    """A run of four steps with two checkpoints, decoded at each evaluation."""
    folder = tmp_path_factory.mktemp("run")
    run = settings(data_dir, folder, schedule="train_eval_and_decode")
    train(run)
    return run


def files_of(run) -> dict[str, str]:
    """What the training process wrote, with its hash."""
    paths = pathlib.Path(run.output_dir).rglob("*")
    own = ("continuous_", "decodes")
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in paths
        if path.is_file() and not path.relative_to(run.output_dir).parts[0].startswith(own)
    }


def lines_of(run, name: str) -> list[dict]:
    path = pathlib.Path(run.output_dir, name)
    return [json.loads(line) for line in path.read_text().splitlines()]


def scheduled(run, schedule: str, **others) -> dict:
    return train(dataclasses.replace(run, schedule=schedule, **others))


def test_watching_gives_the_evaluations_of_the_training_process(run):
    before = files_of(run)
    scheduled(run, "continuous_eval")
    found = lines_of(run, "continuous_eval.jsonl")
    expected = [line for line in lines_of(run, "metrics.jsonl") if line["kind"] == "eval"]
    assert [line["step"] for line in found] == [2, 4]
    for line, wanted in zip(found, expected, strict=True):
        assert line == pytest.approx(wanted)
    assert files_of(run) == before
    assert list(pathlib.Path(run.output_dir, "continuous_eval").glob("events*"))
    scheduled(run, "continuous_eval")  # Nothing is left to do.
    assert lines_of(run, "continuous_eval.jsonl") == found


def test_only_what_came_since_is_evaluated(run):
    schedule = "continuous_eval_on_train_data"
    scheduled(run, schedule, train_steps=2)
    (first,) = lines_of(run, f"{schedule}.jsonl")
    with open(pathlib.Path(run.output_dir, f"{schedule}.jsonl"), "a") as file:
        file.write('{"kind": "eval", "st')  # as a kill leaves it
    scheduled(run, schedule)
    lines = lines_of(run, f"{schedule}.jsonl")
    assert lines[0] == first and [line["step"] for line in lines] == [2, 4]
    newest = scheduled(run, "evaluate_on_train_data")
    assert lines[-1] == pytest.approx({"kind": "eval", "step": 4, **newest})


@pytest.mark.parametrize(
    ("schedule", "split", "count"),
    [
        ("continuous_decode", "dev", 12),
        ("continuous_decode_on_eval_data", "dev", 12),
        ("continuous_decode_on_train_data", "train", 40),
    ],
)
def test_each_checkpoint_decodes(run, schedule, split, count):
    before = files_of(run)
    scheduled(run, schedule)
    folder = pathlib.Path(run.output_dir, "decodes", schedule)
    name = f"{split}.beam2.alpha0.6"
    assert {path.name for path in folder.iterdir()} == {
        f"{name}.decodes-2",
        f"{name}.decodes-4",
        f"{name}.inputs",
        f"{name}.targets",
    }
    for path in folder.iterdir():
        assert len(path.read_text().splitlines()) == count
    lines = lines_of(run, f"{schedule}.jsonl")
    assert [(line["kind"], line["step"]) for line in lines] == [("decode", 2), ("decode", 4)]
    assert all("bleu" in line for line in lines)
    assert files_of(run) == before


def test_a_file_is_decoded_by_each_checkpoint(run, tmp_path):
    source, reference = tmp_path / "in", tmp_path / "reference"
    source.write_text("1 1 1\n2 2\n")
    reference.write_text("2 2 2\n2 2\n")
    scheduled(run, "continuous_decode_from_file", decode_from_file=str(source))
    folder = pathlib.Path(run.output_dir, "decodes", "continuous_decode_from_file")
    for step in (2, 4):
        assert len((folder / f"in.beam2.alpha0.6.decodes-{step}").read_text().splitlines()) == 2
    (pathlib.Path(run.output_dir) / "continuous_decode_from_file.jsonl").unlink()
    scheduled(
        run,
        "continuous_decode_from_file",
        decode_from_file=str(source),
        decode_to_file=str(tmp_path / "out"),
        decode_reference=str(reference),
    )
    assert (tmp_path / "out-2").exists() and (tmp_path / "out-4").exists()
    assert all("bleu" in line for line in lines_of(run, "continuous_decode_from_file.jsonl"))


def test_the_newest_checkpoint_decodes(run):
    assert "bleu" in scheduled(run, "decode")
    path = pathlib.Path(run.output_dir, "decodes", "dev.beam2.alpha0.6.decodes")
    assert len(path.read_text().splitlines()) == 12


def test_training_with_decoding(run):
    folder = pathlib.Path(run.output_dir, "decodes", "train_eval_and_decode")
    written = sorted(path.name for path in folder.glob("*.decodes-*"))
    assert written == ["dev.beam2.alpha0.6.decodes-2", "dev.beam2.alpha0.6.decodes-4"]
    assert [e["step"] for e in lines_of(run, "metrics.jsonl") if e["kind"] == "eval"] == [2, 4]


def test_a_trial_is_one_step_and_no_part_of_what_the_run_is(data_dir, tmp_path):
    run = settings(data_dir, tmp_path)
    assert scheduled(run, "test")["step"] == 1
    assert [checkpoints.step_of(path) for path in checkpoints.all_in(str(tmp_path))] == [1]
    again = scheduled(run, "test")  # The step is made, so this is an evaluation.
    assert again["loss"] == pytest.approx(lines_of(run, "metrics.jsonl")[-1]["loss"])
    config = (tmp_path / "config.gin").read_text()
    assert "run.train_steps = 4\n" in config and "'continuous_train_and_eval'" in config


def test_all_names_of_tensor2tensor():
    names = """train train_and_evaluate continuous_train_and_eval evaluate continuous_eval
    continuous_eval_on_train_data continuous_decode continuous_decode_on_train_data
    continuous_decode_on_eval_data continuous_decode_from_file train_eval_and_decode test
    evaluate_on_train_data decode"""
    assert set(SCHEDULES) == set(names.split())


def test_what_is_missing_is_said_at_once(run, data_dir, tmp_path):
    for schedule, others, words in (
        ("continuous_decode_from_file", {}, "--decode_from_file is missing"),
        ("continuous_decode_from_file", {"decode_from_file": "/no/file"}, "no file /no/file"),
        ("continuous_eval", {"eval_use_test_set": True}, "no 'test' shards"),
        ("decode", {"output_dir": str(tmp_path)}, "no checkpoint"),
        ("continuous_eval", {"eval_timeout_mins": -2}, "at least -1"),
    ):
        with pytest.raises(T2TError, match=words):
            scheduled(run, schedule, **others)


@pytest.mark.parametrize(
    "config",
    [
        '{"cluster": {"worker": ["a:1", "b:1"]}, "task": {"type": "worker", "index": 0}}',
        '{"cluster": {"master": ["a:1"], "ps": ["b:1"]}}',
        "{",
    ],
)
def test_a_cluster_is_refused(run, monkeypatch, config):
    monkeypatch.setenv("TF_CONFIG", config)
    with pytest.raises(T2TError, match=r"TF_CONFIG .*unset"):
        train(run)
    assert scheduled(run, "evaluate")["loss"] > 0


def test_a_cluster_of_one_is_none(run, monkeypatch):
    monkeypatch.setenv("TF_CONFIG", '{"cluster": {"worker": ["a:1"]}}')
    train(run)


class Writer:
    """Another process that writes a checkpoint whenever the one that waits sleeps."""

    def __init__(self, directory, steps):
        self.steps = list(steps)
        self.manager = tf.train.CheckpointManager(
            tf.train.Checkpoint(x=tf.Variable(1.0)), str(directory), 2, checkpoint_name="model.ckpt"
        )

    def __call__(self, seconds):
        if self.steps:
            self.manager.save(checkpoint_number=self.steps.pop(0))


def steps_seen(directory, *arguments):
    return [checkpoints.step_of(p) for p in watching.new_checkpoints(str(directory), *arguments)]


def test_checkpoints_are_waited_for_up_to_the_last(tmp_path, monkeypatch):
    monkeypatch.setattr(watching.time, "sleep", Writer(tmp_path, [10, 20, 30, 40]))
    assert steps_seen(tmp_path, 0, 30, 240) == [10, 20, 30]
    assert steps_seen(tmp_path, 30, 30, 240) == []


def test_waiting_ends(tmp_path, monkeypatch):
    clock = [0.0]
    writer = Writer(tmp_path, [10, 20])

    def sleep(seconds):
        clock[0] += 59
        writer(seconds)

    monkeypatch.setattr(watching.time, "sleep", sleep)
    monkeypatch.setattr(watching.time, "monotonic", lambda: clock[0])
    assert steps_seen(tmp_path, 0, 100, 2) == [10, 20]
    assert 2 * 59 + 120 <= clock[0] < 2 * 59 + 120 + 60
    assert steps_seen(tmp_path, 20, 100, 0) == []


def test_a_checkpoint_that_is_being_written_is_not_read(tmp_path):
    writer = Writer(tmp_path, [10])
    writer(0)
    (tmp_path / "model.ckpt-20.index").write_bytes(b"")
    assert steps_seen(tmp_path, 0, 100, 0) == [10]


def test_a_checkpoint_that_is_gone_is_left_out(run, monkeypatch, capsys):
    real = checkpoints.complete_in(run.output_dir)
    gone = f"{run.output_dir}/model.ckpt-3"
    monkeypatch.setattr(checkpoints, "complete_in", lambda directory: [gone, *real])
    log = pathlib.Path(run.output_dir, "continuous_eval.jsonl")
    log.unlink(missing_ok=True)
    scheduled(run, "continuous_eval")
    assert [line["step"] for line in lines_of(run, log.name)] == [2, 4]
    assert f"{gone} was deleted" in capsys.readouterr().err


def test_beside_a_training_process_and_before_it(tmp_path):
    """The watcher begins when there is no run folder yet, and ends with the last checkpoint."""
    command = [sys.executable, "-m", "t2t_lite.bin.t2t_trainer"]
    command += [f"--t2t_usr_dir={EXAMPLES / 'my_usr_dir'}", "--problem=translate_pig_latin"]
    command += ["--model=transformer", "--hparams_set=transformer_tiny"]
    command += [f"--hparams={SMALL.replace('=24', '=64').replace('=96', '=256')}"]
    command += ["--local_eval_frequency=3", "--eval_steps=2", "--eval_decode_samples=0"]
    command += [f"--data_dir={tmp_path / 'data'}", f"--output_dir={tmp_path / 'run'}"]
    command += ["--train_steps=9"]
    datagen = [sys.executable, "-m", "t2t_lite.bin.t2t_datagen", *command[3:5]]
    datagen += [f"--data_dir={tmp_path / 'data'}", f"--tmp_dir={EXAMPLES / 'pig_latin'}"]
    subprocess.run(datagen, check=True)
    watcher = subprocess.Popen([*command, "--schedule=continuous_eval"])
    subprocess.run([*command, "--schedule=train_and_evaluate"], check=True)
    assert watcher.wait(timeout=120) == 0
    found, expected = (
        [json.loads(line) for line in (tmp_path / "run" / name).read_text().splitlines()]
        for name in ("continuous_eval.jsonl", "metrics.jsonl")
    )
    expected = [line for line in expected if line["kind"] == "eval"]
    assert [line["step"] for line in found] == [3, 6, 9]
    for line, wanted in zip(found, expected, strict=True):
        assert line == pytest.approx(wanted)
