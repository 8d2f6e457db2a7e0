"""What problems have in common whose classes are folders: of pictures, of sounds."""

from __future__ import annotations

import pathlib
import sys
from typing import Any

from t2t_lite import files
from t2t_lite.data import image_folders, manifest
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import Problem


class ClassFolder(Problem):
    """Names of classes that are those of folders, and are kept beside the data."""

    folder_class: Any = image_folders.Folder

    def classes_path(self, data_dir: str) -> pathlib.Path:
        """The file with the names of the classes, one a line."""
        return pathlib.Path(data_dir, f"{self.dataset_filename()}.classes.txt")

    def vocab_filepaths(self, data_dir: str) -> list[str]:
        return [str(self.classes_path(data_dir))]

    def class_labels(self, data_dir: str) -> list[str]:
        path = self.classes_path(data_dir)
        if not path.exists():
            raise T2TError(
                f"There is no file {path} with the names of the classes; "
                f"`t2t-datagen --problem={self.name} --tmp_dir={self.folder_class.kind.upper()} "
                f"--data_dir={data_dir}` makes it."
            )
        return path.read_text(encoding="utf-8").splitlines()

    def build_vocabularies(self, data_dir: str, tmp_dir: str) -> None:
        folder = self.folder_class(tmp_dir)
        labels, path = folder.labels, self.classes_path(data_dir)
        if len(labels) < 2:
            raise T2TError(f"{tmp_dir} has {folder.kind} of one class only, '{labels[0]}'.")
        is_made = manifest.load(data_dir, self.dataset_filename()) is not None
        if is_made and path.exists() and self.class_labels(data_dir) != labels:
            raise T2TError(
                f"{data_dir} holds {folder.kind} of other classes than {tmp_dir}. Choose another "
                "--data_dir, or replace the data with t2t-datagen --overwrite."
            )
        self._check(folder)
        files.write_bytes(path, "".join(f"{label}\n" for label in labels).encode())

    def _check(self, folder: image_folders.Folder) -> None:
        """Each class can be trained, and each split has pictures."""
        counts = folder.counts()
        for label, count in counts.items():
            if not count["train"]:
                raise T2TError(
                    f"The class '{label}' of {folder.path} has no training {folder.kind}."
                )
        for split in self.split_names():
            if not any(count[split] for count in counts.values()):
                raise T2TError(
                    f"{folder.path} has too few {folder.kind} ({len(folder.members)}) to hold some "
                    f"out for '{split}'. Make folders train/, dev/ and test/ with the classes in "
                    "each."
                )
        if folder.ignored:
            print(
                f"{self.name}: {len(folder.ignored)} files that are no {folder.kind}, or in no "
                f"class' folder, are ignored, such as {folder.ignored[0]}",
                file=sys.stderr,
            )
