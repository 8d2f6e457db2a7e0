"""Tiny colour pictures of ten or a hundred kinds of things (Krizhevsky 2009).

"dev" is the data set's test part, as in Tensor2Tensor. In --tmp_dir are looked for, in this order:
an archive `cifar10_images.tar.gz` or a folder `cifar10` with `{train,test}/CLASS/*.{jpg,png}`, the
binary version `cifar-10-binary.tar.gz` of the data's home page; and else tensorflow_datasets is
asked. For CIFAR-100 the same names with 100.
"""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import Any

import numpy as np

from t2t_lite import registry
from t2t_lite.data import image_folders, tfds_source
from t2t_lite.data.sources import Source
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import DatasetSplit
from t2t_lite.problems.image import Image2ClassProblem

SIZE = 32
_BYTES = 3 * SIZE * SIZE
_TEN = "airplane automobile bird cat deer dog frog horse ship truck"
_HUNDRED = """
apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus butterfly
camel can castle caterpillar cattle chair chimpanzee clock cloud cockroach couch crab crocodile cup
dinosaur dolphin elephant flatfish forest fox girl hamster house kangaroo keyboard lamp lawn_mower
leopard lion lizard lobster man maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid
otter palm_tree pear pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray
road rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel streetcar
sunflower sweet_pepper table tank telephone television tiger tractor train trout tulip turtle
wardrobe whale willow_tree wolf woman worm
"""


class Cifar(Image2ClassProblem):
    """What CIFAR-10 and CIFAR-100 have in common."""

    image_size = SIZE
    is_stored_in_size = True
    image_augmentation = "cifar"
    version: Any = 10
    binary_files: Any = ("data_batch_*.bin", "test_batch.bin")
    label_bytes: Any = 1
    """Before each picture of the binary version; the last one is the class."""

    @property
    def source_folder(self) -> Any:
        return f"cifar{self.version}"

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        part = "train" if dataset_split == DatasetSplit.TRAIN else "test"
        binary = Source(f"cifar-{self.version}-binary.tar.gz")
        for name in (f"cifar{self.version}_images.tar.gz", f"cifar{self.version}"):
            path = pathlib.Path(tmp_dir, name)
            if path.exists():
                return self._of_folders(path, part)
        if binary.find(tmp_dir):
            return self._of_binary(binary, tmp_dir, part)
        return self._of_tfds(tmp_dir, part)

    def _of_folders(self, path: pathlib.Path, part: str) -> Iterator[dict]:
        folder = image_folders.Folder(path)
        if folder.labels != sorted(self.class_labels):
            raise T2TError(
                f"{path} has the classes {', '.join(folder.labels)}, which are not those of "
                f"{self.name}: {', '.join(self.class_labels)}."
            )
        wanted = ("test",) if part == "test" else ("train", "dev")  # nothing is held out
        for split in wanted:
            for member, content in folder.read(split):
                yield {"image": content, "label": member.label, "name": member.path}

    def _of_binary(self, source: Source, tmp_dir: str, part: str) -> Iterator[dict]:
        pattern = self.binary_files[part == "test"]
        length = self.label_bytes + _BYTES
        for name, file in source.files(tmp_dir, f"*/{pattern}"):
            number = 0
            while record := file.read(length):
                if len(record) < length:
                    raise T2TError(f"{name} is cut off within its picture {number}.")
                pixels = np.frombuffer(record, np.uint8, offset=self.label_bytes)
                image = pixels.reshape(3, SIZE, SIZE).transpose(1, 2, 0)
                yield {"image": image, "label": record[self.label_bytes - 1]}
                number += 1

    def _of_tfds(self, tmp_dir: str, part: str) -> Iterator[dict]:
        instead = f"cifar{self.version}_images.tar.gz or cifar-{self.version}-binary.tar.gz"
        for example in tfds_source.examples(f"cifar{self.version}", part, tmp_dir, instead):
            yield {"image": example["image"], "label": int(example["label"])}


@registry.register_problem
class ImageCifar10(Cifar):
    """Things of ten kinds, 32 x 32 pixels: 50,000 for training, 10,000 for evaluation."""

    class_labels: Any = tuple(_TEN.split())


@registry.register_problem
class ImageCifar10Plain(ImageCifar10):
    """CIFAR-10 without augmentation."""

    image_augmentation = "none"


@registry.register_problem
class ImageCifar100(Cifar):
    """Things of a hundred kinds, 32 x 32 pixels: 50,000 for training, 10,000 for evaluation.

    The classes' names are in the order of their numbers, which is alphabetical; Tensor2Tensor's
    list had another order, and so wrong names.
    """

    version = 100
    binary_files = ("train.bin", "test.bin")
    label_bytes = 2
    class_labels: Any = tuple(_HUNDRED.split())


@registry.register_problem
class ImageCifar100Plain(ImageCifar100):
    """CIFAR-100 without augmentation."""

    image_augmentation = "none"
