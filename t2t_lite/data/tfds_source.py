"""Data sets that tensorflow_datasets knows, as a source of samples; its one way in here."""

from __future__ import annotations

import os
import pathlib
import urllib.parse
from collections.abc import Iterator, Sequence
from typing import Any

from t2t_lite.data import download
from t2t_lite.errors import T2TError


def examples(
    name: str,
    split: str,
    tmp_dir: str | os.PathLike,
    instead: str,
    files: str = "",
    needs: Sequence[pathlib.Path] = (),
) -> Iterator[dict[str, Any]]:
    """The examples of a split, texts as `str`, always in the same order.

    The data set is looked for in `tmp_dir` and where tensorflow_datasets keeps its own
    ($TFDS_DATA_DIR or ~/tensorflow_datasets); else it is downloaded and prepared in `tmp_dir`.

    Args:
      name: such as "wmt14_translate/fr-en".
      split: our name of it; "dev" is called "validation" there.
      instead: the files that would serve as well, for the message if it cannot be had.
      files: a feature that stays as it is stored: the bytes of a picture's file.
      needs: files in `tmp_dir` that people must have laid there, if it is not prepared yet.

    Raises:
      T2TError: it is neither there nor can it be downloaded, or it cannot be read.
    """
    try:
        import tensorflow_datasets as tfds

        config = tfds.ReadConfig(try_autocache=False)  # a cache would hold the data set in memory
        decoders = {files: tfds.decode.SkipDecoding()} if files else None
        builder = _prepared(tfds, name, tmp_dir, needs)
        split = {"dev": "validation"}.get(split, split)
        dataset = builder.as_dataset(split=split, read_config=config, decoders=decoders)
        for example in tfds.as_numpy(dataset):
            yield {
                feature: value if feature == files else _decoded(value)
                for feature, value in example.items()
            }
    except Exception as error:  # it raises everything, from AssertionError to requests' own errors
        reason = " ".join(str(error).split()) or type(error).__name__
        raise T2TError(
            f"tensorflow_datasets cannot give {name} ({reason[:300]}). Lay {instead} in --tmp_dir "
            "instead, or prepare it there on a machine that can reach its sources."
        ) from error


def is_prepared(name: str, tmp_dir: str | os.PathLike) -> bool:
    """Whether a data set is there to be read: in `tmp_dir`, or where `examples` looks besides."""
    import tensorflow_datasets as tfds

    places = (os.fspath(tmp_dir), None)
    return any(
        pathlib.Path(tfds.builder(name, data_dir=place).data_dir).is_dir() for place in places
    )


def _prepared(tfds, name: str, tmp_dir: str | os.PathLike, needs: Sequence[pathlib.Path]):
    """The builder of a prepared data set."""
    here, elsewhere = (tfds.builder(name, data_dir=place) for place in (os.fspath(tmp_dir), None))
    for builder in (here, elsewhere):
        if pathlib.Path(builder.data_dir).is_dir():
            return builder
    for path in needs:
        if not path.exists():
            raise FileNotFoundError(f"there is no {path}")
    if not needs:  # Else all that it takes is there.
        _check_servers(here)
    print(f"Preparing {name} with tensorflow_datasets in {here.data_dir}", flush=True)
    by_hand = tfds.download.DownloadConfig(manual_dir=os.fspath(tmp_dir)) if needs else None
    here.download_and_prepare(download_config=by_hand)
    return here


def _check_servers(builder) -> None:
    """ConnectionError if nobody answers: tensorflow_datasets itself tries for minutes.

    What it once downloaded it finds again without them.
    """
    servers = {"://".join(urllib.parse.urlsplit(url)[:2]) for url in builder.url_infos}
    is_fresh = not (pathlib.Path(builder.data_dir_root) / "downloads").is_dir()
    if servers and is_fresh and not download.is_any_there(servers):
        raise ConnectionError(f"no answer from {', '.join(sorted(servers))}")


def _decoded(value: Any) -> Any:
    return value.decode("utf-8") if isinstance(value, bytes) else value
