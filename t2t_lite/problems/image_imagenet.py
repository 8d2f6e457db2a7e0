"""ImageNet's thousand kinds of things (Russakovsky et al. 2014): 1,281,167 pictures.

It may not be passed on, so people must get it themselves; tensorflow_datasets reads what they got.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import tfds_source
from t2t_lite.problems.base import DatasetSplit
from t2t_lite.problems.image import Image2ClassProblem

FILES = {"train": "ILSVRC2012_img_train.tar", "validation": "ILSVRC2012_img_val.tar"}


@registry.register_problem
class ImageImagenet(Image2ClassProblem):
    """ImageNet in 299 x 299 pixels: a thousand classes."""

    num_classes = 1000
    train_shards = 1024
    dev_shards = 10
    image_size = 299
    image_augmentation = "resnet"
    image_normalization = "imagenet"

    def dataset_filename(self) -> str:
        return "image_imagenet"  # All sizes share the files; the pipeline resizes.

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        split = "train" if dataset_split == DatasetSplit.TRAIN else "validation"
        examples = tfds_source.examples(
            "imagenet2012",
            split,
            tmp_dir,
            f"{' and '.join(FILES.values())}, which you get after signing in at image-net.org,",
            files="image",
            needs=tuple(pathlib.Path(tmp_dir, name) for name in FILES.values()),
        )
        for example in examples:
            name = example["file_name"]
            yield {"image": example["image"], "label": int(example["label"]), "name": name}


@registry.register_problem
class ImageImagenet224(ImageImagenet):
    """ImageNet in 224 x 224 pixels."""

    image_size: Any = 224


@registry.register_problem
class ImageImagenet64(ImageImagenet):
    """ImageNet in 64 x 64 pixels."""

    image_size: Any = 64


@registry.register_problem
class ImageImagenet32(ImageImagenet):
    """ImageNet in 32 x 32 pixels."""

    image_size: Any = 32
