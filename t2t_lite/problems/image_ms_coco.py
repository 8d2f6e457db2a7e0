"""Photographs with five captions each (Lin et al. 2014, arXiv:1405.0312; Chen et al. 2015).

In --tmp_dir are looked for `train2014.zip`, `val2014.zip` and the captions
(`annotations_trainval2014.zip`, or Tensor2Tensor's `captions_train-val2014.zip`), packed or
unpacked: then the splits are those of the release, as in Tensor2Tensor. Without the captions'
file it is tensorflow_datasets' coco_captions, whose "dev" and "test" are 5,000 pictures each of
the release's validation part (Karpathy and Li 2015, arXiv:1412.2306).
"""

from __future__ import annotations

import json
import pathlib
from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import tfds_source
from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import DatasetSplit, SpaceID, splits
from t2t_lite.problems.image_to_text import Image2TextProblem
from t2t_lite.problems.text_problems import VocabType

CAPTIONS = Source("annotations_trainval2014.zip", also=("captions_train-val2014.zip",))
PARTS = {DatasetSplit.TRAIN: "train2014", DatasetSplit.EVAL: "val2014"}


@registry.register_problem
class ImageMsCoco(Image2TextProblem):
    """Captions of photographs (MS COCO 2014), in 8k subwords; pictures of 224 x 224 pixels."""

    dataset_splits: Any = splits(train=100, dev=10)
    approx_vocab_size = 2**13
    image_augmentation = "resnet"
    image_normalization = "imagenet"

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        if CAPTIONS.is_here(tmp_dir, _captions_of(PARTS[dataset_split])):
            return self._of_files(tmp_dir, PARTS[dataset_split])
        return self._of_tfds(tmp_dir, dataset_split)

    def _of_files(self, tmp_dir: str, part: str) -> Iterator[dict]:
        captions = _captions(tmp_dir, part)
        for name, file in Source(f"{part}.zip").files(tmp_dir, f"{part}/*.jpg"):
            content = file.read()
            for caption in captions.get(pathlib.PurePath(name).name, ()):
                yield {"image": content, "targets": caption, "name": name}

    def _of_tfds(self, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        instead = f"train2014.zip, val2014.zip and {CAPTIONS.filename}"
        examples = tfds_source.examples(
            "coco_captions/2014", dataset_split, tmp_dir, instead, files="image"
        )
        for example in examples:
            for caption in example["captions"]["text"]:
                yield {
                    "image": example["image"],
                    "targets": _tidy(caption.decode("utf-8")),
                    "name": example["image/filename"],
                }


@registry.register_problem
class ImageMsCocoCharacters(ImageMsCoco):
    """Captions of photographs (MS COCO 2014), in characters."""

    vocab_type = VocabType.CHARACTER
    target_space_id = SpaceID.EN_CHR


@registry.register_problem
class ImageMsCocoTokens32k(ImageMsCoco):
    """Captions of photographs (MS COCO 2014), in 32k subwords.

    Its own ones; Tensor2Tensor wanted those of English-German translation.
    """

    approx_vocab_size: Any = 2**15


def _captions_of(part: str) -> str:
    return f"annotations/captions_{part}.json"


def _captions(tmp_dir: str, part: str) -> dict[str, list[str]]:
    """Name of a picture's file -> its captions."""
    found = CAPTIONS.files(tmp_dir, _captions_of(part))
    name, file = next(found)  # open as long as `found` is not asked for another one
    try:
        content = json.loads(file.read())
        names = {image["id"]: image["file_name"] for image in content["images"]}
        captions: dict[str, list[str]] = {}
        for annotation in content["annotations"]:
            captions.setdefault(names[annotation["image_id"]], []).append(
                _tidy(annotation["caption"])
            )
    except (ValueError, KeyError, TypeError) as error:
        raise T2TError(f"{name} does not hold the captions of MS COCO ({error!r}).") from error
    return captions


def _tidy(caption: str) -> str:
    """On one line: some captions end in several line ends."""
    return " ".join(caption.split())
