"""Anybody's pictures, in one folder per class; no code is needed.

    t2t-trainer --generate_data --problem=image_folder --tmp_dir=my/pictures --data_dir=… …

See `t2t_lite/data/image_folders.py` for what --tmp_dir can be, and which picture is in which split.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from t2t_lite import registry
from t2t_lite.data import image_folders
from t2t_lite.problems.base import splits
from t2t_lite.problems.class_folder import ClassFolder
from t2t_lite.problems.image import Image2ClassProblem


@registry.register_problem
class ImageFolder(ClassFolder, Image2ClassProblem):
    """Your own pictures, in a directory or archive (--tmp_dir) with one folder per class.

    The names of the classes are kept beside the data. `image_size` is 128 unless the hparam says
    otherwise; training augments as for Inception.
    """

    folder_class = image_folders.Folder
    dataset_splits: Any = splits(train=10, dev=1, test=1)
    image_size = 128
    image_augmentation = "inception"
    image_normalization = "unit"

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for member, content in image_folders.Folder(tmp_dir).read(dataset_split):
            yield {"image": content, "label": member.label, "name": member.path}
