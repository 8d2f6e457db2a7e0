"""Digits (LeCun et al. 1998) and pieces of clothing (Xiao et al. 2017): 60,000 gray pictures each.

"dev" is the data set's test part, as in Tensor2Tensor. The four files are looked for in --tmp_dir,
under their own names; those of Fashion-MNIST, which are the same, with "fashion-" before them, as
Tensor2Tensor has them, or in a folder fashion-mnist. Without them the data set comes from
tensorflow_datasets.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import idx, tfds_source
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import DatasetSplit
from t2t_lite.problems.image import Image2ClassProblem

SIZE = 28


@registry.register_problem
class ImageMnist(Image2ClassProblem):
    """Handwritten digits, 28 x 28 pixels: 60,000 for training, 10,000 for evaluation (MNIST)."""

    num_channels = 1
    image_size = SIZE
    is_stored_in_size = True
    num_classes = 10
    file_prefixes: Any = ("", "mnist/")
    """What may stand before the files' names in --tmp_dir."""
    tfds_name: Any = "mnist"

    @property
    def class_labels(self) -> Any:
        return [str(i) for i in range(self.num_classes)]

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        part = "train" if dataset_split == DatasetSplit.TRAIN else "t10k"
        names = f"{part}-images-idx3-ubyte", f"{part}-labels-idx1-ubyte"
        for prefix in self.file_prefixes:
            images, labels = (_find(tmp_dir, prefix + name) for name in names)
            if images and labels:
                yield from _samples(images, labels)
                return
        split = "train" if part == "train" else "test"
        instead = " and ".join(f"{self.file_prefixes[0]}{name}.gz" for name in names)
        for example in tfds_source.examples(self.tfds_name, split, tmp_dir, instead):
            yield {"image": example["image"], "label": int(example["label"])}


@registry.register_problem
class ImageFashionMnist(ImageMnist):
    """Pieces of clothing, 28 x 28 pixels: 60,000 for training, 10,000 for evaluation."""

    image_normalization = "none"  # As in Tensor2Tensor: values from 0 to 255.
    file_prefixes = ("fashion-", "fashion_mnist/", "fashion-mnist/")
    tfds_name = "fashion_mnist"


def _find(tmp_dir: str, name: str) -> pathlib.Path | None:
    """A file with or without .gz; some write a dot for the first hyphen of the ending."""
    for variant in (name, name.replace("-idx", ".idx")):
        for ending in (".gz", ""):
            path = pathlib.Path(tmp_dir, variant + ending)
            if path.is_file():
                return path
    return None


def _samples(images_path: pathlib.Path, labels_path: pathlib.Path) -> Iterator[dict]:
    images, labels = idx.read(images_path), idx.read(labels_path)
    if images.shape[1:] != (SIZE, SIZE) or labels.shape != images.shape[:1]:
        raise T2TError(
            f"{images_path} holds pictures of shape {images.shape}, {labels_path} labels of shape "
            f"{labels.shape}: they are not MNIST's."
        )
    for image, label in zip(images, labels, strict=True):
        yield {"image": image, "label": int(label)}
