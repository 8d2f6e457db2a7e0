"""Augmented batches: seeded, the same whatever the threads, resumable."""

import numpy as np
import pytest
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.data import pipeline, records
from t2t_lite.errors import T2TError
from t2t_lite.problems.base import ProblemHParams
from t2t_lite.problems.image import Image2ClassProblem

VALUES = "batch_size=6,image_size=8,image_augmentation=inception,random_erasing=0.5,mixup_alpha=0.3"


class Colors(Image2ClassProblem):
    """Pictures of random colours."""

    name = "colors"
    num_classes = 3
    train_shards = 2

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        rng = np.random.default_rng(0)
        for i in range(20):
            yield {"image": rng.integers(0, 256, (9 + i, 11, 3)).astype(np.uint8), "label": i % 3}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    path = tmp_path_factory.mktemp("colors")
    Colors().generate_data(path, "", num_workers=1)
    return path


def batches(data_dir, seed=5, values=VALUES):
    hparams = registry.hparams("transformer_patches_tiny")
    hparams.parse(values)
    problem = Colors()
    problem_hparams = problem.get_hparams(hparams, data_dir)
    return pipeline.training_batches(problem, problem_hparams, data_dir, hparams, 1, seed)


def equal(left, right):
    return all(np.array_equal(left[name], right[name]) for name in left)


def test_the_seed_alone_says_what_comes(data_dir):
    first, again, other = (
        list(batches(data_dir, seed).take(8).as_numpy_iterator()) for seed in (5, 5, 6)
    )
    assert all(map(equal, first, again)) and not any(map(equal, first, other))
    assert set(first[0]) == {"inputs", "targets", "targets_partner", "targets_share"}
    assert first[0]["inputs"].shape == (6, 8, 8, 3)
    # Twenty pictures come more than twice in 48 examples, never twice alike.
    rows = np.concatenate([batch["inputs"] for batch in first]).reshape(48, -1)
    assert len(np.unique(rows, axis=0)) == 48


def test_it_goes_on_where_it_was_stopped(data_dir, tmp_path):
    iterator = iter(batches(data_dir))
    for _ in range(3):
        next(iterator)
    path = tf.train.Checkpoint(iterator=iterator).save(tmp_path / "input")
    expected = [next(iterator) for _ in range(6)]
    fresh = iter(batches(data_dir))
    tf.train.Checkpoint(iterator=fresh).restore(path)
    assert all(equal(next(fresh), batch) for batch in expected)


def test_evaluation_draws_nothing(data_dir):
    hparams = registry.hparams("transformer_patches_tiny")
    hparams.parse(VALUES)
    problem = Colors()
    problem_hparams = problem.get_hparams(hparams, data_dir)
    two = [
        list(
            pipeline.evaluation_batches(problem, problem_hparams, data_dir, "dev", hparams)
            .unbatch()
            .as_numpy_iterator()
        )
        for _ in range(2)
    ]
    assert len(two[0]) == 20 and all(map(equal, *two))
    assert set(two[0][0]) == {"inputs", "targets"}


def test_a_changed_augmentation_begins_the_data_anew(data_dir):
    hparams = registry.hparams("transformer_patches_tiny")
    before = pipeline.settings(Colors(), data_dir, hparams, 1)
    hparams.image_augmentation = "cifar"
    assert pipeline.settings(Colors(), data_dir, hparams, 1) != before


def shuffled(path, *sizes):
    """What `examples_to_shuffle` says of records of these sizes."""
    with records.RecordWriter(path) as writer:
        for size in sizes:
            writer.write(bytes(size))
    return pipeline.examples_to_shuffle(str(path))


def test_large_records_are_shuffled_within_bounds(tmp_path, monkeypatch):
    path = tmp_path / "records"
    assert shuffled(path, 0, 1 << 21) == pipeline.SHUFFLE_BYTES // ((1 << 20) + 16)  # the mean
    assert shuffled(path, 100) == shuffled(path) == pipeline.SHUFFLE_EXAMPLES
    monkeypatch.setattr(pipeline, "MEASURED_EXAMPLES", 2)
    assert shuffled(path, 0, 10, 1 << 21) == pipeline.SHUFFLE_EXAMPLES
    path.write_bytes(b"\xff" * 9)  # What is damaged is told when it is read.
    assert pipeline.examples_to_shuffle(str(path)) > 0


def test_only_pictures_can_be_mixed():
    hparams = registry.hparams("transformer_tiny")
    hparams.mixup_alpha = 0.2
    text = ProblemHParams({"inputs": "symbol", "targets": "symbol"}, {"inputs": 9, "targets": 9})
    with pytest.raises(T2TError, match="mixup_alpha mixes pictures"):
        pipeline.check_settings(["inputs"], text, hparams, 100, 10)


class Stored(Colors):
    """Says that its pictures have a size that they do not have."""

    image_size = 8
    is_stored_in_size = True


def test_a_picture_of_another_size_is_told_in_a_sentence(data_dir):
    """Wherever the input is read; `data_dir` was made without that condition."""
    hparams, problem = registry.hparams("transformer_patches_tiny"), Stored()
    paths = problem.filepaths(data_dir, "dev")

    def dataset():
        return pipeline.read_examples(problem, str(data_dir), "dev", hparams, "eval").batch(2)

    @tf.function
    def in_a_graph(iterator):
        for _ in tf.range(2):
            next(iterator)

    for read in (lambda: list(dataset()), lambda: in_a_graph(iter(dataset()))):
        with pytest.raises(T2TError) as error, records.naming_damaged(paths):
            read()
        message = str(error.value)
        assert message.startswith(f"An example of {data_dir}/colors-dev-00000-of-00001 is not")
        assert "11,3] is not compatible with expected shape [8,8,3]. If" in message
        assert not set("{}\n") & set(message) and len(message) < 500


def test_other_errors_are_not_those_of_the_input():
    with pytest.raises(tf.errors.InvalidArgumentError), records.naming_damaged([]):
        tf.reshape(tf.zeros(3), (2, 2))
