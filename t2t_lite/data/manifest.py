"""`NAME.manifest.json`: what a data directory holds under one name; written last of all.

It records the seed, the shards with their number of records and SHA-256, the vocabularies'
SHA-256, and per split and feature the number of ids and percentiles of the lengths (the final
end of sequence counted). A directory made by Tensor2Tensor has none.
"""

from __future__ import annotations

import collections
import dataclasses
import json
import os
import pathlib
from collections.abc import Iterable, Mapping
from typing import Any

from t2t_lite import files
from t2t_lite.data import records
from t2t_lite.errors import T2TError

PERCENTILES = {"p50": 0.5, "p90": 0.9, "p99": 0.99, "max": 1.0}


def path_of(data_dir: str | os.PathLike, base: str) -> pathlib.Path:
    """Where the manifest of the shards `base`-… is."""
    return pathlib.Path(data_dir) / f"{base}.manifest.json"


def load(data_dir: str | os.PathLike, base: str) -> dict[str, Any] | None:
    """The manifest, or None if there is none."""
    path = path_of(data_dir, base)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError as error:
        raise T2TError(
            f"The manifest {path} is damaged; delete it and run t2t-datagen with --overwrite."
        ) from error


def store(data_dir: str | os.PathLike, base: str, content: dict[str, Any]) -> None:
    """Writes the manifest, whole or not at all."""
    files.write_bytes(path_of(data_dir, base), (json.dumps(content, indent=2) + "\n").encode())


def check_vocabularies(
    data_dir: str | os.PathLike, base: str, paths: Iterable[str | os.PathLike]
) -> None:
    """T2TError if a vocabulary file is not the one that the data was made with."""
    made_with = (load(data_dir, base) or {}).get("vocabularies", {})
    for path in map(pathlib.Path, paths):
        expected = made_with.get(path.name)
        if expected and path.exists() and files.sha256(path) != expected:
            raise T2TError(
                f"The vocabulary {path} is not the one that the data of {base} was made with. "
                "Put the old one back, or run t2t-datagen with --overwrite."
            )


@dataclasses.dataclass
class Counts:
    """How many examples there are, and per feature how long they are: {length: how often}."""

    records: int = 0
    left_out: int = 0
    lengths: dict[str, collections.Counter[int]] = dataclasses.field(default_factory=dict)

    def add(self, example: Mapping[str, Any]) -> None:
        """Counts one example."""
        self.records += 1
        for name, values in example.items():
            self.lengths.setdefault(name, collections.Counter())[len(values)] += 1

    def merge(self, other: Counts) -> None:
        """Adds what another has counted."""
        self.records += other.records
        self.left_out += other.left_out
        for name, lengths in other.lengths.items():
            self.lengths.setdefault(name, collections.Counter()).update(lengths)

    def summary(self) -> dict[str, Any]:
        """What the manifest says of a split."""
        return {
            "records": self.records,
            "left_out": self.left_out,
            "tokens": {
                name: sum(length * times for length, times in lengths.items())
                for name, lengths in self.lengths.items()
            },
            "lengths": {name: percentiles(lengths) for name, lengths in self.lengths.items()},
        }

    def to_json(self) -> dict[str, Any]:
        """A dict for JSON, whose keys must be strings."""
        lengths = {
            name: {str(length): times for length, times in lengths.items()}
            for name, lengths in self.lengths.items()
        }
        return {"records": self.records, "left_out": self.left_out, "lengths": lengths}

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Counts:
        """Undoes `to_json`."""
        lengths = {
            name: collections.Counter({int(length): times for length, times in lengths.items()})
            for name, lengths in content["lengths"].items()
        }
        return cls(content["records"], content["left_out"], lengths)


def count(path: str | os.PathLike) -> Counts:
    """Counts the examples of a shard."""
    counts = Counts()
    for example in records.read_examples(path):
        counts.add(example)
    return counts


def percentiles(lengths: Mapping[int, int]) -> dict[str, int]:
    """Percentiles of lengths that are counted: {length: how often}."""
    total = sum(lengths.values())
    found = {}
    for name, share in PERCENTILES.items():
        seen = 0
        for length in sorted(lengths):
            seen += lengths[length]
            if seen >= share * total:
                found[name] = length
                break
    return found
