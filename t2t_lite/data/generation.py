"""Writes a problem's samples to shards: parallel, atomic, restartable, deterministic.

Samples are dealt to the shards at random and encoded; then each shard is shuffled by copying its
records in random order, so that memory holds a few numbers per record of one shard. All this
happens in `NAME.generating/`. When everything is there the shards are moved to the data directory
and the manifest is written, which marks the data as complete. `state.json` tells a later run what
is done.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import itertools
import json
import os
import pathlib
import random
import shutil
from collections.abc import Iterator
from typing import Any

import numpy as np

from t2t_lite import files, from_t2t
from t2t_lite.data import encoding, manifest, records, shards
from t2t_lite.errors import T2TError
from t2t_lite.version import __version__


def generate(
    problem,
    data_dir: str,
    tmp_dir: str,
    num_workers: int | None = None,
    seed: int = 0,
    overwrite: bool = False,
) -> None:
    """Does what `Problem.generate_data` promises."""
    files.make_directory(data_dir)
    with _alone_in(data_dir):
        _Generation(problem, data_dir, tmp_dir, seed).run(num_workers, overwrite)


def training_samples(problem, data_dir: str, tmp_dir: str) -> Iterator[dict]:
    """The samples that are training data, in the source's order; for vocabularies."""
    for group in _groups(problem):
        if all(shard.split != "train" for shard in group):
            continue  # not even read
        order = _dealing(problem.seed, group)
        for i, sample in zip(order, samples_of(problem, data_dir, tmp_dir, group), strict=False):
            if group[i].split == "train":
                yield sample


@contextlib.contextmanager
def _alone_in(data_dir: str) -> Iterator[None]:
    """Waits until no other process generates in the directory; a lock dies with its process."""
    handle = os.open(data_dir, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"Waiting for another process that generates data in {data_dir}", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _groups(problem) -> list[list[shards.Shard]]:
    """The shards that one call of `generate_samples` fills: a split's, or those of all splits."""
    base = problem.dataset_filename()
    groups = [
        [shards.Shard(base, s["split"], i, s["shards"]) for i in range(s["shards"])]
        for s in problem.dataset_splits
    ]
    return groups if problem.is_generate_per_split else [list(itertools.chain(*groups))]


def source_folder(problem, tmp_dir: str) -> str:
    """Where the problem's original files are: its own folder in `tmp_dir`, if there is one."""
    own = pathlib.Path(tmp_dir, problem.source_folder)
    return str(own) if problem.source_folder and own.is_dir() else tmp_dir


def samples_of(problem, data_dir: str, tmp_dir: str, group: list[shards.Shard]) -> Iterator[dict]:
    """The samples that fill a group of shards, always the same for the same seed."""
    split = group[0].split
    random.seed(f"{problem.seed} {split}")
    np.random.seed(_number(problem.seed, split))
    with from_t2t.naming_the_new_way(f"{type(problem).__name__}.generate_samples"):
        yield from problem.generate_samples(data_dir, source_folder(problem, tmp_dir), split)


def _dealing(seed: int, group: list[shards.Shard]) -> Iterator[int]:
    """Which shard each sample goes to: random, but no shard gets more than one ahead."""
    rng = np.random.default_rng(_number(seed, "dealing", group[0].split))
    while True:
        yield from rng.permutation(len(group)).tolist()


def _number(*parts: Any) -> int:
    """A 32-bit number that depends on all parts, the same in every process."""
    text = " ".join(map(str, parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")


class _Generation:
    """One run over one problem."""

    def __init__(self, problem, data_dir: str, tmp_dir: str, seed: int):
        problem.seed = seed
        problem.forget_encoders()
        self.problem = problem
        self.base = problem.dataset_filename()
        self.data_dir = pathlib.Path(data_dir)
        self.tmp_dir = tmp_dir
        self.groups = _groups(problem)
        self.shards = list(itertools.chain(*self.groups))
        self.work_dir = shards.work_dir(data_dir, self.base)
        self.settings: dict[str, Any] = {}
        self.state: dict[str, Any] = {}

    def run(self, num_workers: int | None, overwrite: bool) -> None:
        if overwrite:
            self._remove_old()
        old = manifest.load(self.data_dir, self.base)
        is_new = old is None and not self.work_dir.exists()
        if is_new and shards.existing(self.data_dir, self.base):
            print(f"{self.base}: using the shards without manifest in {self.data_dir}")
            return
        self.problem.build_vocabularies(str(self.data_dir), self.tmp_dir)
        self.settings = self._settings()
        if old is not None and self._is_complete(old):
            print(f"{self.base}: the data in {self.data_dir} is complete, nothing to do")
            shutil.rmtree(self.work_dir, ignore_errors=True)  # of a run killed at its very end
            return
        files.make_directory(self.work_dir)
        self._load_state(old)
        for group in self.groups:
            self._deal(group, num_workers)
        for shard in self.shards:
            if shard.filename not in self.state["finished"]:
                self._shuffle(shard)
        self._publish()

    def _settings(self) -> dict[str, Any]:
        """What shards must have in common."""
        paths = self.problem.vocab_filepaths(str(self.data_dir))
        settings = {
            "problem": self.base,
            "seed": self.problem.seed,
            "shards": {s["split"]: s["shards"] for s in self.problem.dataset_splits},
            "vocabularies": {os.path.basename(path): files.sha256(path) for path in paths},
            "extras": self.problem.manifest_extras(),
        }
        return json.loads(json.dumps(settings))  # as it will be read back

    def _remove_old(self) -> None:
        with files.writing(self.data_dir):
            manifest.path_of(self.data_dir, self.base).unlink(missing_ok=True)
            self.work_dir.mkdir(exist_ok=True)  # what remains now looks incomplete
            for old in itertools.chain(*shards.existing(self.data_dir, self.base).values()):
                (self.data_dir / old.filename).unlink()
            shutil.rmtree(self.work_dir)

    def _is_complete(self, old: dict[str, Any]) -> bool:
        """Whether all shards are there and sound; T2TError if they are other data."""
        for key in ("seed", "shards", "vocabularies", "extras"):
            if old[key] != self.settings[key]:
                raise T2TError(
                    f"{self.data_dir} holds data of {self.base} with another {key}: "
                    f"{old[key]}, not {self.settings[key]}. Choose another --data_dir, or replace "
                    "the data with t2t-datagen --overwrite."
                )
        damaged = [name for name in old["files"] if not self._is_sound(name, old["files"])]
        for name in damaged:
            print(f"{name} is missing or damaged and is made again", flush=True)
        return not damaged

    def _is_sound(self, filename: str, finished: dict[str, Any]) -> bool:
        path = self._path_of(filename)
        return path.exists() and files.sha256(path) == finished[filename]["sha256"]

    def _path_of(self, filename: str) -> pathlib.Path:
        """Where a finished shard is: it may have been moved already."""
        path = self.work_dir / filename
        return path if path.exists() else self.data_dir / filename

    def _load_state(self, old: dict[str, Any] | None) -> None:
        """Carries on from a run that was broken off, if its settings were the same."""
        path = self.work_dir / "state.json"
        state = json.loads(path.read_text()) if path.exists() else {}
        if state.get("settings") != self.settings:
            if state:
                print(f"{self.base}: starting afresh, the settings are not those of the last run")
            state = {"settings": self.settings, "dealt": {}, "finished": {}}
            if old is not None:
                state["finished"] = old["files"]
        finished = state["finished"]
        state["finished"] = {
            name: finished[name] for name in finished if self._is_sound(name, finished)
        }
        if state["finished"]:
            print(f"{self.base}: {len(state['finished'])} finished shards are kept")
        self.state = state
        self._save_state()
        with files.writing(self.data_dir):
            manifest.path_of(self.data_dir, self.base).unlink(missing_ok=True)

    def _save_state(self) -> None:
        files.write_bytes(self.work_dir / "state.json", json.dumps(self.state).encode())

    def _dealt_path(self, shard: shards.Shard) -> pathlib.Path:
        return self.work_dir / f"{shard.filename}.dealt"

    def _deal(self, group: list[shards.Shard], num_workers: int | None) -> None:
        """Encodes the samples of unfinished shards and writes each to its shard, unshuffled."""
        finished, dealt = self.state["finished"], self.state["dealt"]
        wanted = [i for i, shard in enumerate(group) if shard.filename not in finished]
        if all(group[i].filename in dealt for i in wanted):
            return
        counts = {i: manifest.Counts() for i in wanted}
        dealing = _dealing(self.problem.seed, group)
        samples = samples_of(self.problem, str(self.data_dir), self.tmp_dir, group)
        pairs = zip(dealing, samples, strict=False)
        chosen = (pair for pair in self._progress(pairs, group) if pair[0] in counts)
        with contextlib.ExitStack() as stack:
            writers = {
                i: stack.enter_context(records.RecordWriter(self._dealt_path(group[i])))
                for i in wanted
            }
            for i, example in encoding.encode_samples(
                self.problem, str(self.data_dir), chosen, num_workers
            ):
                if self.problem.keep_example(example, group[i].split):
                    writers[i].write(records.serialize(example))
                    counts[i].add(example)
                else:
                    counts[i].left_out += 1
        for i in wanted:
            dealt[group[i].filename] = counts[i].to_json()
        self._save_state()

    def _progress(self, pairs: Iterator, group: list[shards.Shard]) -> Iterator:
        """A line that counts the samples, on a terminal only."""
        import tqdm

        return tqdm.tqdm(
            pairs, f"{self.base} {group[0].split}", unit=" samples", disable=None, leave=False
        )

    def _shuffle(self, shard: shards.Shard) -> None:
        """Writes the finished shard: the dealt records in random order."""
        source, path = self._dealt_path(shard), self.work_dir / shard.filename
        offsets = records.frame_offsets(source)
        rng = np.random.default_rng(_number(self.problem.seed, shard.filename))
        digest = hashlib.sha256()
        with files.writing(path), open(source, "rb") as dealt, open(path, "wb") as file:
            for i in rng.permutation(len(offsets) - 1):
                frame = os.pread(dealt.fileno(), offsets[i + 1] - offsets[i], offsets[i])
                digest.update(frame)
                file.write(frame)
            file.flush()
            os.fsync(file.fileno())
        counts = self.state["dealt"].pop(shard.filename)
        self.state["finished"][shard.filename] = counts | {"sha256": digest.hexdigest()}
        self._save_state()
        source.unlink()

    def _publish(self) -> None:
        """Moves the finished shards to the data directory and writes the manifest."""
        content = self._manifest()
        with files.writing(self.data_dir):
            for name in self.state["finished"]:
                if (self.work_dir / name).exists():
                    os.replace(self.work_dir / name, self.data_dir / name)
            for old in itertools.chain(*shards.existing(self.data_dir, self.base).values()):
                if old.filename not in self.state["finished"]:
                    (self.data_dir / old.filename).unlink()
        manifest.store(self.data_dir, self.base, content)
        shutil.rmtree(self.work_dir)
        for split, found in content["splits"].items():
            left_out = f", {found['left_out']:,} left out" if found["left_out"] else ""
            print(f"{self.base} {split}: {found['records']:,} examples{left_out}", flush=True)

    def _manifest(self) -> dict[str, Any]:
        finished = self.state["finished"]
        splits: dict[str, manifest.Counts] = {}
        for shard in self.shards:
            entry = finished[shard.filename]
            if "lengths" not in entry:  # kept from an older run, whose manifest leaves them out
                entry["lengths"] = manifest.count(self._path_of(shard.filename)).lengths
            counts = manifest.Counts.from_json(entry)
            splits.setdefault(shard.split, manifest.Counts()).merge(counts)
        for split, counts in splits.items():
            if not counts.records:
                raise T2TError(
                    f"{self.base} has no '{split}' examples: of the {counts.left_out} samples "
                    "that generate_samples gave for it none could be used."
                )
        return {
            "t2t_lite_version": __version__,
            **self.settings,
            "splits": {split: counts.summary() for split, counts in splits.items()},
            "files": {
                s.filename: {
                    key: finished[s.filename][key] for key in ("records", "left_out", "sha256")
                }
                for s in self.shards
            },
        }
