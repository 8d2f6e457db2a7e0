"""Batches of a token budget: nothing lost, nothing too large, little padding, exact resume."""

import collections

import numpy as np
import pytest
import tensorflow as tf
from toy_problem import ToyLanguage, ToyProblem, hparams_of, write_split

from t2t_lite import registry
from t2t_lite.data import batching, pipeline
from t2t_lite.errors import T2TError

# What Tensor2Tensor prints for its default of max_length 256.
T2T_BOUNDARIES = [
    *[8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 22, 24, 26, 28, 30, 33, 36, 39, 42, 46, 50],
    *[55, 60, 66, 72, 79, 86, 94, 103, 113, 124, 136, 149, 163, 179, 196, 215, 236],
]


def hparams(overrides=""):
    result = registry.hparams("transformer_tiny")
    result.parse("batch_size=512,max_length=40")
    result.parse(overrides)
    return result.freeze()


def pair(number, inputs, targets):
    """An example that says its number: any ids will do, as long as the last one is EOS."""
    return {
        "inputs": [number + 2] + [3] * (inputs - 2) + [1],
        "targets": [number + 2] + [5] * (targets - 2) + [1],
    }


def sentence_pairs(count):
    """Lengths like those of short translated sentences: two sides that differ a little."""
    rng = np.random.default_rng(1)
    inputs = np.clip(rng.lognormal(2.6, 0.3, count).round().astype(int), 4, 38)
    targets = np.clip((inputs * rng.normal(1.1, 0.15, count)).round().astype(int), 3, 40)
    return [pair(*row) for row in zip(range(count), inputs, targets, strict=True)]


@pytest.fixture(autouse=True)
def small_buffers(monkeypatch):
    """Else every pipeline reads tens of thousands of records before its first batch."""
    monkeypatch.setattr(pipeline, "SHUFFLE_EXAMPLES", 500)
    monkeypatch.setattr(batching, "BATCH_SHUFFLE", 8)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    directory = tmp_path_factory.mktemp("data")
    write_split(ToyProblem, directory, "train", sentence_pairs(1000), shards=4)
    write_split(ToyProblem, directory, "dev", sentence_pairs(300), shards=1)
    write_split(ToyLanguage, directory, "train", sentence_pairs(300), shards=2)
    return str(directory)


def training(data_dir, overrides="", replicas=1, seed=1, problem=ToyProblem):
    settings = hparams(overrides)
    problem_hparams = problem().get_hparams(settings, data_dir)
    return pipeline.training_batches(problem(), problem_hparams, data_dir, settings, replicas, seed)


def evaluation(data_dir, overrides="", problem=ToyProblem):
    return pipeline.evaluation_batches(
        problem(), hparams_of(problem), data_dir, "dev", hparams(overrides)
    )


def rows(batches):
    """The examples of batches, without padding."""
    for batch in batches.as_numpy_iterator():
        for row in range(len(batch["targets"])):
            yield {name: np.trim_zeros(ids[row], "b").tolist() for name, ids in batch.items()}


def numbers(batches):
    """How often each example is in the batches; checks that it is whole."""
    counts = collections.Counter()
    for row in rows(batches):
        number = row["targets"][0] - 2
        assert row == pair(number, len(row["inputs"]), len(row["targets"]))
        counts[number] += 1
    return counts


def test_boundaries_are_tensor2tensors():
    assert batching.bucket_boundaries(256, 8, 1.1) == [*T2T_BOUNDARIES, 256]
    assert batching.bucket_boundaries(11, 8, 1.01) == [8, 9, 10, 11]  # at least one further
    assert batching.bucket_boundaries(33, 8, 2.0) == [8, 16, 32, 33]


def test_a_bucket_has_as_many_rows_as_fit():
    buckets = batching.Buckets.from_hparams(hparams("batch_size=100"), longest=13)
    assert dict(zip(buckets.boundaries, buckets.rows, strict=True)) == {
        **{8: 12, 9: 11, 10: 10, 11: 9},
        **{12: 8, 13: 7},
    }


@pytest.mark.parametrize("replicas", [1, 3])
def test_training_batches_keep_the_budget_of_each_replica(data_dir, replicas):
    padding = places = 0
    for batch in training(data_dir, replicas=replicas).take(60).as_numpy_iterator():
        np.testing.assert_array_equal(batch["inputs"][:, 0], batch["targets"][:, 0])  # pairs
        sizes = [ids.shape for ids in batch.values()]
        count = sizes[0][0]
        assert count % replicas == 0 and sizes[1][0] == count
        longest = max(length for _, length in sizes)
        assert count // replicas * longest <= 512
        assert count // replicas * longest >= 512 / 2, "the budget is not used"
        for ids in batch.values():
            assert ids[:, -1].any(), "a column is padding alone"
            padding, places = padding + (ids == 0).sum(), places + ids.size
    assert padding / places <= 0.08  # Of real sentences 7 %: benchmarks/training_speed.md.


def test_training_goes_through_all_examples_equally_often(tmp_path, monkeypatch):
    """All examples are of one length, and the buffers hold far less than one epoch.

    Every record that is read comes out once. So after N epochs' worth of examples the counts
    differ from N by no more than what the buffers hold: `held` examples were read and are yet to
    come, and as many of a further epoch came in their place.
    """
    epochs, size, shuffled = 8, 400, 32
    monkeypatch.setattr(pipeline, "SHUFFLE_EXAMPLES", shuffled)
    monkeypatch.setattr(batching, "BATCH_SHUFFLE", 2)
    held = shuffled + 10 + 2 * 10  # records, a window, two batches; of 10 rows
    examples = [pair(number, 10, 10) for number in range(size)]
    write_split(ToyProblem, tmp_path, "train", examples, shards=1)
    counts = numbers(training(tmp_path, "batch_size=100").take(epochs * size // 10))
    assert counts.total() == epochs * size
    assert sum(abs(counts[number] - epochs) for number in range(size)) <= 2 * held


def arrays(batches):
    """Lists that can be compared."""
    return [
        {name: ids.tolist() for name, ids in batch.items()} for batch in batches.as_numpy_iterator()
    ]


def test_the_seed_decides_about_the_stream(data_dir):
    streams = [arrays(training(data_dir, seed=seed).take(8)) for seed in (1, 1, 2)]
    assert streams[0] == streams[1]
    assert streams[0] != streams[2]


@pytest.mark.parametrize(
    ("problem", "overrides"),
    [
        (ToyProblem, ""),
        (ToyLanguage, "pack_dataset=true,max_length=128"),
        (ToyProblem, "pack_dataset=true,max_length=128"),
    ],
)
def test_a_saved_iterator_goes_on_exactly(data_dir, tmp_path, problem, overrides):
    def new():
        return iter(training(data_dir, overrides, problem=problem))

    def some(iterator, count):
        return [{k: v.numpy().tolist() for k, v in next(iterator).items()} for _ in range(count)]

    iterator = new()
    some(iterator, 5)
    path = tf.train.Checkpoint(iterator=iterator).write(str(tmp_path / "position"))
    expected = some(iterator, 20)
    again = new()
    some(again, 2)  # Where it stood before does not matter.
    tf.train.Checkpoint(iterator=again).read(path).assert_consumed()
    assert some(again, 20) == expected
    assert some(new(), 20) != expected


@pytest.mark.parametrize(
    ("overrides", "is_kept"),
    [
        ("max_length=14", lambda i, t: max(i, t) <= 14),
        ("min_length=12", lambda i, t: max(i, t) >= 12),
        ("min_length=10,max_length=12", lambda i, t: 10 <= max(i, t) <= 12),
    ],
)
def test_lengths_out_of_bounds_are_left_out_of_training(data_dir, overrides, is_kept):
    found = set(numbers(training(data_dir, overrides).take(80)))
    lengths = [(len(e["inputs"]), len(e["targets"])) for e in sentence_pairs(1000)]
    kept = {number for number, pair in enumerate(lengths) if is_kept(*pair)}
    assert found <= kept
    assert len(found) > 0.9 * len(kept), "too few of those within bounds"


def test_a_limit_cuts_one_side_only(data_dir):
    cut = list(rows(evaluation(data_dir, "max_input_seq_length=9,max_target_seq_length=7")))
    assert len(cut) == 300
    examples = sentence_pairs(300)
    for row in cut:
        example = examples[row["inputs"][0] - 2]
        assert row == {"inputs": example["inputs"][:9], "targets": example["targets"][:7]}


@pytest.mark.parametrize("overrides", ["", "max_length=12", "batch_size=41,max_length=41"])
def test_evaluation_sees_every_example_once(data_dir, overrides):
    assert numbers(evaluation(data_dir, overrides)) == dict.fromkeys(range(300), 1)


def test_evaluation_drops_long_examples_only_if_told_so(data_dir):
    found = numbers(evaluation(data_dir, "max_length=12,eval_drop_long_sequences=true"))
    lengths = [max(len(e["inputs"]), len(e["targets"])) for e in sentence_pairs(300)]
    assert found == {number: 1 for number, length in enumerate(lengths) if length <= 12}


def test_evaluation_batches_keep_the_budget(data_dir):
    for batch in evaluation(data_dir).as_numpy_iterator():
        assert batch["targets"].shape[0] * max(ids.shape[1] for ids in batch.values()) <= 512


def test_prepended_inputs_come_whole(data_dir):
    """inputs, one 0, targets: the 0 within must not be taken for the end."""
    batches = training(data_dir, "prepend_mode=prepend_inputs_masked_attention,max_length=80")
    for batch in batches.take(20).as_numpy_iterator():
        for ids in batch["targets"]:
            inputs, targets = " ".join(map(str, np.trim_zeros(ids, "b"))).split(" 0 ")
            assert inputs.split()[-1] == targets.split()[-1] == "1"


def test_a_batch_that_cannot_hold_the_longest_example_is_refused(data_dir):
    with pytest.raises(T2TError, match=r"batch_size=30 .* max_length=40"):
        training(data_dir, "batch_size=30")
