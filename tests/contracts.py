"""What every component must do; for the built-in ones and for those of plug-in authors.

from contracts import run_problem_test

def test_mine(tmp_path):
    run_problem_test(MyProblem, tmp_path, source_dir="my/files")
"""

from __future__ import annotations

import contextlib
import itertools
import pathlib
from collections.abc import Iterator

from t2t_lite.data import encoding, generation, manifest, records
from t2t_lite.problems.base import Problem
from t2t_lite.text.encoder import EOS, NUM_RESERVED


def run_problem_test(
    problem_class: type[Problem],
    tmp_path: pathlib.Path,
    source_dir: str | pathlib.Path = "",
    max_samples: int = 300,
) -> None:
    """Generates a miniature of a problem's data, reads it back, and checks the contract.

    The miniature is the first `max_samples` samples of each split. Checked are: the same data
    whatever the number of processes; manifest and files agree; ids lie in the vocabulary,
    sequences of symbols end in EOS and hold no reserved id before; encoders give back what was
    written; no split shares a file with another; `_rev` swaps, `_copy` copies.

    Args:
      problem_class: a registered or other subclass of Problem, without required arguments.
      tmp_path: an empty directory.
      source_dir: what --tmp_dir would be.
    """
    data_dir = tmp_path / "one_process"
    problem = problem_class()
    with miniature(max_samples):
        problem.generate_data(data_dir, str(source_dir), num_workers=1)
        check_determinism(problem_class, data_dir, tmp_path / "processes", source_dir)
    check_files(problem, data_dir)
    for split in problem.split_names():
        examples = [e for p in problem.filepaths(data_dir, split) for e in records.read_examples(p)]
        for example in examples:
            check_example(problem, data_dir, example)
        check_parsing(problem, data_dir, split, examples)
    check_suffixes(problem_class, data_dir, examples[0])


@contextlib.contextmanager
def miniature(max_samples: int) -> Iterator[None]:
    """Meanwhile problems have only the first samples of each split."""
    original = generation.samples_of
    generation.samples_of = lambda *args: itertools.islice(original(*args), max_samples)
    try:
        yield
    finally:
        generation.samples_of = original


def check_determinism(problem_class, data_dir, other_dir, source_dir) -> None:
    """A second generation, with processes from the beginning, writes the same bytes."""
    alone = encoding.ALONE_SECONDS
    encoding.ALONE_SECONDS = 0.0
    try:
        problem_class().generate_data(other_dir, str(source_dir), num_workers=2)
    finally:
        encoding.ALONE_SECONDS = alone
    names = sorted(path.name for path in data_dir.iterdir())
    assert sorted(path.name for path in other_dir.iterdir()) == names
    for name in names:
        assert (other_dir / name).read_bytes() == (data_dir / name).read_bytes(), name


def check_files(problem: Problem, data_dir: pathlib.Path) -> None:
    """The manifest counts what is there, and each shard belongs to one split."""
    content = manifest.load(data_dir, problem.dataset_filename())
    seen: set[str] = set()
    for split in problem.dataset_splits:
        paths = problem.filepaths(data_dir, split["split"])
        assert len(paths) == split["shards"]
        assert not seen & set(paths)
        seen |= set(paths)
        counted = sum(records.verify(path) for path in paths)
        assert counted == content["splits"][split["split"]]["records"] > 0


def check_example(problem: Problem, data_dir: pathlib.Path, example: dict[str, list]) -> None:
    """Ids lie in the vocabulary and can be told to people and back."""
    hparams = problem.get_hparams(data_dir=str(data_dir))
    encoders = problem.get_feature_encoders(str(data_dir))
    for name, modality in hparams.modality.items():
        values, size = example[name], hparams.vocab_size.get(name)
        if size is not None:
            assert all(0 <= value < size for value in values), (name, values)
        if modality == "symbol":
            assert values[-1] == EOS and min(values[:-1], default=NUM_RESERVED) >= NUM_RESERVED
            text = encoders[name].decode_until_eos(values)
            again = encoders[name].encode(text)
            assert encoders[name].decode(again) == text


def check_parsing(problem: Problem, data_dir, split: str, examples: list[dict]) -> None:
    """`example_reading_spec` reads all features that a model is told of."""
    import tensorflow as tf

    spec = problem.example_reading_spec()
    assert set(problem.get_hparams(data_dir=str(data_dir)).modality) <= set(spec)
    dataset = tf.data.TFRecordDataset(problem.filepaths(data_dir, split))
    for record, example in zip(dataset.take(5), examples, strict=False):
        for name, value in tf.io.parse_single_example(record, spec).items():
            dense = tf.sparse.to_dense(value) if isinstance(value, tf.SparseTensor) else value
            assert dense.numpy().ravel().tolist() == example[name]


def check_suffixes(problem_class: type[Problem], data_dir, example: dict) -> None:
    """NAME_rev swaps inputs and targets everywhere, NAME_copy copies the inputs."""
    plain, reverse, copy = (
        problem_class(**flags) for flags in ({}, {"was_reversed": True}, {"was_copy": True})
    )
    if "inputs" not in example:
        return
    swapped = reverse.maybe_reverse_and_copy(example)
    assert (swapped["inputs"], swapped["targets"]) == (example["targets"], example["inputs"])
    sizes = [p.get_hparams(None, data_dir).vocab_size for p in (plain, reverse, copy)]
    assert sizes[1] == {"inputs": sizes[0]["targets"], "targets": sizes[0]["inputs"]}
    assert sizes[2]["targets"] == sizes[0]["inputs"]
    assert copy.maybe_reverse_and_copy(example)["targets"] == example["inputs"]
