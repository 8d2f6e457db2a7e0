"""Generation: deterministic, atomic, restartable, complete, bounded in memory."""

import collections
import fcntl
import os
import pathlib
import random
import resource
import signal
import subprocess
import sys
import threading
import time
import tracemalloc

import numpy as np
import pytest

from t2t_lite import files
from t2t_lite.data import encoding, generation, manifest, records, shards
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import Problem


class Numbers(Problem):
    """Numbered samples with noise from all random generators; encoding takes a moment."""

    name = "numbers"
    dataset_splits = ({"split": "train", "shards": 4}, {"split": "dev", "shards": 1})
    size = 600
    length = 3
    pause = 0.0

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        own = random.Random(self.seed)
        for i in range(self.size if dataset_split == "train" else 20):
            noise = [random.randrange(99), int(np.random.randint(99)), own.randrange(99)]
            yield {"number": i, "noise": noise}

    def encode_sample(self, sample):
        time.sleep(self.pause)
        number = sample["number"]
        return {"inputs": [number + 2, *sample["noise"]], "targets": [number + 2] * self.length}

    def keep_example(self, example, dataset_split):
        return example["inputs"][0] % 100 != 2 or dataset_split != "train"


def contents(data_dir) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in pathlib.Path(data_dir).iterdir() if p.is_file()}


def examples(data_dir, split) -> list[dict]:
    paths = Numbers().filepaths(data_dir, split)
    return [example for path in paths for example in records.read_examples(path)]


@pytest.fixture(scope="module")
def expected(tmp_path_factory) -> dict[str, bytes]:
    """What an undisturbed run of one process writes."""
    data_dir = tmp_path_factory.mktemp("expected")
    Numbers().generate_data(data_dir, "", num_workers=1, seed=1)
    return contents(data_dir)


def generate(data_dir, **kwargs) -> None:
    Numbers().generate_data(data_dir, "", **{"num_workers": 1, "seed": 1, **kwargs})


def test_every_sample_once_and_shuffled(tmp_path):
    generate(tmp_path)
    numbers = [e["inputs"][0] - 2 for e in examples(tmp_path, "train")]
    assert sorted(numbers) == [i for i in range(600) if i % 100]
    assert abs(np.corrcoef(numbers, range(len(numbers)))[0, 1]) < 0.2
    sizes = [len(list(records.read_records(p))) for p in Numbers().filepaths(tmp_path, "train")]
    assert sum(sizes) == 594 and min(sizes) > 140


def test_manifest_tells_what_is_there(tmp_path):
    generate(tmp_path)
    content = manifest.load(tmp_path, "numbers")
    train = content["splits"]["train"]
    assert (train["records"], train["left_out"]) == (594, 6)
    assert train["tokens"] == {"inputs": 594 * 4, "targets": 594 * 3}
    assert train["lengths"]["targets"] == {"p50": 3, "p90": 3, "p99": 3, "max": 3}
    assert content["seed"] == 1
    for name, entry in content["files"].items():
        assert files.sha256(tmp_path / name) == entry["sha256"]
        assert records.verify(tmp_path / name) == entry["records"]


@pytest.mark.parametrize("num_workers", [2, 3])
def test_workers_change_nothing(tmp_path, monkeypatch, expected, num_workers):
    monkeypatch.setattr(encoding, "ALONE_SECONDS", 0.0)
    monkeypatch.setattr(encoding, "CHUNK", 7)
    generate(tmp_path, num_workers=num_workers)
    assert contents(tmp_path) == expected


def test_a_problem_that_cannot_be_sent_is_encoded_alone(tmp_path, monkeypatch, expected):
    class Local(Numbers):
        pass

    monkeypatch.setattr(encoding, "ALONE_SECONDS", 0.0)
    Local().generate_data(tmp_path, "", num_workers=2, seed=1)
    assert contents(tmp_path) == expected


def test_the_seed_changes_data_and_is_not_mixed(tmp_path, expected):
    generate(tmp_path, seed=2)
    assert not set(contents(tmp_path).values()) & set(expected.values())
    before = contents(tmp_path)
    with pytest.raises(T2TError, match=r"another seed: 2, not 1.*--overwrite"):
        generate(tmp_path)
    assert contents(tmp_path) == before
    generate(tmp_path, overwrite=True)
    assert contents(tmp_path) == expected


def test_complete_data_is_left_alone(tmp_path, capsys):
    generate(tmp_path)
    times = {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()}
    generate(tmp_path)
    assert {p.name: p.stat().st_mtime_ns for p in tmp_path.iterdir()} == times
    assert "is complete, nothing to do" in capsys.readouterr().out


@pytest.mark.parametrize("damage", ["delete", "flip"])
def test_a_damaged_shard_alone_is_made_again(tmp_path, expected, damage, capsys):
    generate(tmp_path)
    path = pathlib.Path(Numbers().filepaths(tmp_path, "train")[2])
    inodes = {p.name: p.stat().st_ino for p in tmp_path.iterdir() if p != path}
    if damage == "delete":
        path.unlink()
        with pytest.raises(T2TError, match=f"shard {path.name} is missing"):
            Numbers().filepaths(tmp_path, "train")
    else:
        path.write_bytes(path.read_bytes()[::-1])
    generate(tmp_path)
    assert contents(tmp_path) == expected
    assert "4 finished shards are kept" in capsys.readouterr().out
    kept = {p.name: p.stat().st_ino for p in tmp_path.iterdir() if "-of-" in p.name}
    assert all(inodes[name] == inode for name, inode in kept.items() if name in inodes)


# Where a run is broken off: function, and at which of its calls.
BREAKS = [
    (encoding, "_encode_chunk", 1),
    (encoding, "_encode_chunk", 3),
    (generation._Generation, "_shuffle", 0),
    (generation._Generation, "_shuffle", 3),
    (generation._Generation, "_save_state", 4),
    (generation._Generation, "_publish", 0),
    (manifest, "store", 0),
    (os, "replace", 9),
]


@pytest.mark.parametrize(("owner", "name", "call"), BREAKS)
def test_broken_off_and_carried_on(tmp_path, monkeypatch, expected, owner, name, call):
    original, calls = getattr(owner, name), []

    def breaking(*args):
        calls.append(args)
        if len(calls) == call + 1:
            raise KeyboardInterrupt
        return original(*args)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, breaking)
        with pytest.raises(KeyboardInterrupt):
            generate(tmp_path)
    assert not manifest.path_of(tmp_path, "numbers").exists()
    for split in ("train", "dev"):
        with pytest.raises(T2TError, match=r"not complete.*Run it again"):
            Numbers().filepaths(tmp_path, split)
    generate(tmp_path)
    assert contents(tmp_path) == expected
    assert not shards.work_dir(tmp_path, "numbers").exists()


def test_other_settings_are_not_carried_on(tmp_path, monkeypatch, expected):
    with monkeypatch.context() as patch:
        patch.setattr(generation._Generation, "_publish", lambda self: None)
        generate(tmp_path, seed=2)
    generate(tmp_path)
    assert contents(tmp_path) == expected


def test_killed_at_any_time(tmp_path, expected):
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import test_generation as t; t.Numbers.pause = 0.0005; print('begin', flush=True)\n"
        "t.Numbers().generate_data(sys.argv[2], '', num_workers=1, seed=1)"
    )
    command = [sys.executable, "-c", code, str(pathlib.Path(__file__).parent), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        process.stdout.readline()
        while not list(tmp_path.glob("*.generating/*.dealt")):
            time.sleep(0.01)
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    assert shards.existing(tmp_path, "numbers") == {}
    generate(tmp_path)
    assert contents(tmp_path) == expected


def test_one_stream_is_dealt_to_all_splits(tmp_path):
    class OneStream(Numbers):
        is_generate_per_split = False

        def keep_example(self, example, dataset_split):
            return True

    problem = OneStream()
    problem.generate_data(tmp_path, "", num_workers=1, seed=1)
    numbers = {s: [e["inputs"][0] - 2 for e in examples(tmp_path, s)] for s in ("train", "dev")}
    assert sorted(numbers["train"] + numbers["dev"]) == list(range(600))
    assert len(numbers["dev"]) == 120  # one of five shards
    assert max(np.diff(sorted(numbers["dev"]))) < 20  # drawn from everywhere
    training = [s["number"] for s in generation.training_samples(problem, tmp_path, "")]
    assert training == sorted(numbers["train"])


def test_an_empty_split_is_an_error(tmp_path):
    class NoDev(Numbers):
        def generate_samples(self, data_dir, tmp_dir, dataset_split):
            return iter([] if dataset_split == "dev" else [{"number": 1, "noise": []}])

    with pytest.raises(T2TError, match="numbers has no 'dev' examples"):
        NoDev().generate_data(tmp_path, "")


def test_shards_of_tensor2tensor_are_kept(tmp_path, capsys):
    shard = tmp_path / "numbers-train-00000-of-00002"
    with records.RecordWriter(shard) as writer:
        writer.write(records.serialize({"inputs": [5, 1]}))
    before = contents(tmp_path)
    generate(tmp_path)
    assert contents(tmp_path) == before
    assert "using the shards without manifest" in capsys.readouterr().out
    for _ in range(2):  # though one is missing, which is said once
        assert Numbers().filepaths(tmp_path, "train") == [str(shard)]
    assert capsys.readouterr().err.count("holds 1 of 2 shards of numbers-train") == 1


def test_another_number_of_shards_replaces_the_old(tmp_path, expected):
    class TwoShards(Numbers):
        dataset_splits = ({"split": "train", "shards": 2}, {"split": "dev", "shards": 1})

    TwoShards().generate_data(tmp_path, "", seed=1)
    with pytest.raises(T2TError, match="another shards"):
        generate(tmp_path)
    generate(tmp_path, overwrite=True)
    assert contents(tmp_path) == expected


def test_memory_does_not_grow_with_the_data(tmp_path):
    peaks = []
    for size in (1000, 6000):
        problem = Numbers()
        problem.size, problem.length = size, 300
        tracemalloc.start()
        problem.generate_data(tmp_path / str(size), "", num_workers=1, seed=1)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000  # 5,000 samples more would be 12 MB


def test_full_disk(tmp_path, expected):
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, limits[1]))
        with pytest.raises(T2TError, match=r"No room left to write .*numbers-train"):
            generate(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    generate(tmp_path)
    assert contents(tmp_path) == expected


def test_impossible_directory(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(T2TError, match=r"Cannot write .*file/data"):
        generate(tmp_path / "file" / "data")


def test_two_at_once_wait_for_each_other(tmp_path, expected, capsys):
    handle = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    thread = threading.Thread(target=generate, args=[tmp_path])
    thread.start()
    thread.join(0.3)
    assert thread.is_alive() and not contents(tmp_path)
    os.close(handle)
    thread.join()
    assert contents(tmp_path) == expected
    assert "Waiting for another process" in capsys.readouterr().out


def test_missing_data_names_the_command(tmp_path):
    with pytest.raises(T2TError, match=r"no data directory .*t2t-datagen --problem=numbers"):
        Numbers().filepaths(tmp_path / "missing", "train")
    with pytest.raises(T2TError, match=r"no 'train' shards .*t2t-datagen --problem=numbers"):
        Numbers().filepaths(tmp_path, "train")
    generate(tmp_path)
    with pytest.raises(T2TError, match=r"no 'tests' shards .*there are: dev, train"):
        Numbers().filepaths(tmp_path, "tests")


def test_percentiles_are_those_of_the_sorted_list():
    lengths = random.Random(0).choices(range(50), k=333)
    found = manifest.percentiles(collections.Counter(lengths))
    ordered = sorted(lengths)
    for name, share in manifest.PERCENTILES.items():
        assert found[name] == ordered[int(np.ceil(share * 333)) - 1]
