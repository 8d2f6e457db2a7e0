"""Names of the shards, and finding them: `NAME-train-00000-of-00010`, as Tensor2Tensor's."""

from __future__ import annotations

import dataclasses
import functools
import os
import pathlib
import re
import sys

from t2t_lite.data import manifest
from t2t_lite.errors import T2TError, did_you_mean


@dataclasses.dataclass(frozen=True)
class Shard:
    """One file of a split."""

    base: str
    split: str
    index: int
    total: int

    @property
    def filename(self) -> str:
        return f"{self.base}-{self.split}-{self.index:05d}-of-{self.total:05d}"


def work_dir(data_dir: str | os.PathLike, base: str) -> pathlib.Path:
    """Where shards are made; it exists while generation is going on, or was broken off."""
    return pathlib.Path(data_dir) / f"{base}.generating"


def existing(data_dir: str | os.PathLike, base: str) -> dict[str, list[Shard]]:
    """Split -> the shards of `base` in the directory, in order."""
    pattern = re.compile(re.escape(base) + r"-([A-Za-z0-9_.]+)-(\d{5})-of-(\d{5})")
    found: dict[str, list[Shard]] = {}
    for name in sorted(os.listdir(data_dir)):
        if match := pattern.fullmatch(name):
            split, index, total = match.groups()
            found.setdefault(split, []).append(Shard(base, split, int(index), int(total)))
    return found


def find(data_dir: str | os.PathLike, base: str, split: str, problem: str) -> list[str]:
    """Paths of a split's shards.

    Raises:
      T2TError: no such directory or split, generation was broken off, or shards are missing.
        (From a directory without manifest, as Tensor2Tensor makes them, an incomplete set is
        taken with a warning.)
    """
    remedy = f"`t2t-datagen --problem={problem} --data_dir={data_dir}` makes them."
    if not os.path.isdir(data_dir):
        raise T2TError(f"There is no data directory {data_dir}. {remedy}")
    description = manifest.load(data_dir, base)
    if description is None and work_dir(data_dir, base).exists():
        raise T2TError(
            f"The data of {problem} in {data_dir} is not complete: t2t-datagen is at work, or was "
            "broken off. Run it again to carry on."
        )
    splits = existing(data_dir, base)
    found = splits.get(split, [])
    if not found:
        others = f" (there are: {', '.join(splits)})" if splits else ""
        can_be_made = description is None or split in description["splits"]
        raise T2TError(
            f"There are no '{split}' shards of {problem} in {data_dir}{others}."
            + (did_you_mean(split, splits) or f" {remedy}" * can_be_made)
        )
    if len({shard.total for shard in found}) > 1:
        raise T2TError(
            f"{data_dir} holds '{split}' shards of {problem} from several generations, such as "
            f"{found[0].filename} and {found[-1].filename}. Delete the wrong ones."
        )
    _check_complete(found, description, data_dir, remedy)
    return [os.path.join(data_dir, shard.filename) for shard in found]


def _check_not_empty(found: list[Shard], description, data_dir, remedy: str) -> None:
    """Other losses make a record unreadable, but an empty file reads as one without records."""
    written = description["files"] if description else {}
    for shard in found:
        path = os.path.join(data_dir, shard.filename)
        if not os.path.getsize(path) and written.get(shard.filename, {}).get("records"):
            raise T2TError(f"The shard {path} is empty. {remedy}")


def _check_complete(found: list[Shard], description, data_dir, remedy: str) -> None:
    present = {shard.filename for shard in found}
    first = found[0]
    wanted = [dataclasses.replace(first, index=i).filename for i in range(first.total)]
    missing = [name for name in wanted if name not in present]
    if not missing:
        _check_not_empty(found, description, data_dir, remedy)
        return
    if description is not None:
        raise T2TError(f"The shard {missing[0]} is missing from {data_dir}. {remedy}")
    _say_once(
        f"{data_dir} holds {len(found)} of {first.total} shards of {first.base}-{first.split}; "
        "going on with these."
    )


@functools.cache
def _say_once(message: str) -> None:
    """Not again for each evaluation."""
    print(message, file=sys.stderr)
