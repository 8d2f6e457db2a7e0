"""A problem without code: the user's own text files in --tmp_dir."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

from t2t_lite import registry
from t2t_lite.data import text_files
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DEFAULT_SEED, DatasetSplit

_SPLITS = {DatasetSplit.TRAIN: "train", DatasetSplit.EVAL: "eval", DatasetSplit.TEST: "test"}


@registry.register_problem("text2text_tmpdir")
class Text2TextTmpdir(text_problems.Text2TextProblem):
    """Your own parallel files in --tmp_dir: inputs.train.txt, targets.train.txt, ….eval.txt.

    One text a line; also with `.gz`. `inputs.test.txt` and `targets.test.txt` may be there too.
    """

    test_split = {"split": DatasetSplit.TEST, "shards": 1}

    def generate_data(
        self,
        data_dir: str,
        tmp_dir: str,
        num_workers: int | None = None,
        seed: int = DEFAULT_SEED,
        overwrite: bool = False,
    ) -> None:
        if self.has_files(tmp_dir, DatasetSplit.TEST):
            self.dataset_splits = (*type(self).dataset_splits, self.test_split)
        super().generate_data(data_dir, tmp_dir, num_workers, seed, overwrite)

    def has_files(self, tmp_dir: str, dataset_split: str) -> bool:
        """Whether a split's inputs are there."""
        name = f"inputs.{_SPLITS[dataset_split]}.txt"
        return any(pathlib.Path(tmp_dir, name + end).is_file() for end in ("", ".gz"))

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        split = _SPLITS[dataset_split]
        if not self.has_files(tmp_dir, dataset_split):
            raise T2TError(
                f"There is no inputs.{split}.txt in {tmp_dir}. {self.name} needs the files "
                "inputs.train.txt, targets.train.txt, inputs.eval.txt and targets.eval.txt in "
                "--tmp_dir, one text a line."
            )
        pairs = text_files.parallel_lines(tmp_dir, f"inputs.{split}.txt", f"targets.{split}.txt")
        for inputs, targets in pairs:
            yield {"inputs": inputs, "targets": targets}
