"""From a problem's shards to batches for training and evaluation.

TensorFlow is imported inside functions only.
"""

from __future__ import annotations

import os

from t2t_lite import from_t2t
from t2t_lite.data import augmentation, batching, packing, records
from t2t_lite.errors import T2TError

SHUFFLE_EXAMPLES = 1 << 14
"""Examples among which the next one is drawn while training."""

SHUFFLE_BYTES = 1 << 28
"""Unless they are larger than this; the files themselves are in random order."""

MEASURED_EXAMPLES = 256

RANDOM_SEED = "random_seed"

PACKED_LENGTH = 256
"""Length of packed rows where `max_length` is not set."""

SOUNDS = ("audio", "audio_spectral")
SEQUENCES = ("symbol", "ctc_symbol", *SOUNDS)
"""Modalities of features whose first axis is a length."""


def read_examples(problem, data_dir: str, split: str, hparams, mode: str, seed: int | None = None):
    """The examples of a split as a dataset of dicts of dense tensors.

    Args:
      mode: "train" or "eval"; passed to `problem.preprocess_example`.
      seed: None reads once, in order; a number shuffles and repeats for ever.
    """
    import tensorflow as tf

    paths = problem.filepaths(data_dir, split)
    if seed is None:
        examples = tf.data.TFRecordDataset(paths)
    else:
        files = tf.data.Dataset.from_tensor_slices(paths).shuffle(len(paths), seed=seed).repeat()
        examples = files.interleave(
            tf.data.TFRecordDataset, cycle_length=min(len(paths), 8), block_length=16
        )
        examples = examples.shuffle(examples_to_shuffle(paths[0]), seed=seed)
    draws = seed is not None and problem.draws_random_numbers
    if draws:
        # Numbered after all shuffling: whichever thread deals with an example, and wherever a run
        # was stopped, it gets the same random numbers. (With Dataset.counter, which is a scan,
        # this would be a third of the time that a small picture takes.)
        examples = examples.enumerate()
    spec = {name: _dense_spec(kind) for name, kind in problem.get_reading_spec().items()}
    hook = f"{type(problem).__name__}.preprocess_example"

    def parse(*numbered):
        *numbers, record = numbered
        example = tf.io.parse_single_example(record, spec)
        example = {name: dense(value) for name, value in example.items()}
        example = problem.maybe_reverse_and_copy(problem.decode_example(example))
        if numbers:
            example[RANDOM_SEED] = tf.stack([(seed or 0) % 2**24, tf.cast(numbers[0], tf.int32)])
        example = problem.preprocess_example(example, mode, hparams)
        if not isinstance(example, dict):
            raise T2TError(f"{hook} gives a {type(example).__name__}; let it give one dict.")
        example.pop(RANDOM_SEED, None)
        return preprocess_lengths(example, hparams)

    with from_t2t.naming_the_new_way(hook):
        return examples.map(parse, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True)


def examples_to_shuffle(path: str) -> int:
    """SHUFFLE_EXAMPLES, or fewer if examples are so large that they would fill the memory.

    How large they are is told by the first ones of a file.
    """
    offsets = records.frame_offsets(path, MEASURED_EXAMPLES)
    length = int(offsets[-1]) // max(len(offsets) - 1, 1)  # the mean
    return max(1, min(SHUFFLE_EXAMPLES, SHUFFLE_BYTES // max(length, 1)))


def _dense_spec(kind):
    """Reads a list of any length as a dense tensor at once, which is faster."""
    import tensorflow as tf

    if isinstance(kind, tf.io.VarLenFeature):
        return tf.io.FixedLenSequenceFeature([], kind.dtype, allow_missing=True)
    return kind


def dense(value):
    """Sparse -> dense; int64 -> int32."""
    import tensorflow as tf

    if isinstance(value, tf.sparse.SparseTensor):
        value = tf.sparse.to_dense(value)
    return tf.cast(value, tf.int32) if value.dtype == tf.int64 else value


def preprocess_lengths(example, hparams):
    """Cuts to `max_input_seq_length` and `max_target_seq_length`; applies `prepend_mode`."""
    import tensorflow as tf

    for name, limit in (
        ("inputs", hparams.max_input_seq_length),
        ("targets", hparams.max_target_seq_length),
    ):
        if limit and name in example and example[name].shape.rank == 1:
            example[name] = example[name][:limit]
    if hparams.prepend_mode != "none":
        example["targets"] = tf.concat([example.pop("inputs"), [0], example["targets"]], 0)
    return example


def keep_lengths(dataset, names, shortest: int, longest: int):
    """Leaves out examples whose longest feature is not within the limits (0: no limit)."""
    import tensorflow as tf

    def is_kept(example):
        length = batching.longest_length(example, names)
        return tf.logical_and(length >= shortest, length <= (longest or length))

    return dataset.filter(is_kept) if shortest or longest else dataset


def sequence_features(problem_hparams) -> list[str]:
    """The features that are sequences of symbols or frames, to be padded and counted.

    None where there are pictures: these are what fills a batch, whatever is said of them.
    """
    if "image" in problem_hparams.modality.values():
        return []
    return [name for name, kind in problem_hparams.modality.items() if kind in SEQUENCES]


def batch_unit(problem_hparams) -> str:
    """What `batch_size` counts."""
    if any(kind in SOUNDS for kind in problem_hparams.modality.values()):
        return "frames"
    return "tokens" if sequence_features(problem_hparams) else "examples"


def _finish(dataset):
    import tensorflow as tf

    options = tf.data.Options()
    options.deterministic = True
    options.experimental_warm_start = False
    return dataset.with_options(options).prefetch(2)


def settings(problem, data_dir, hparams, shares: int) -> dict:
    """What the training batches depend on, besides the seed; JSON types."""
    names: tuple[str, ...] = (
        "batch_size",
        "min_length",
        "max_length",
        "min_length_bucket",
        "length_bucket_step",
        "max_input_seq_length",
        "max_target_seq_length",
        "pack_dataset",
        "prepend_mode",
        "image_size",
        "image_augmentation",
        "image_normalization",
        "random_erasing",
        "mixup_alpha",
    )
    if hasattr(problem, "sample_rate"):  # Runs of other problems go on from old checkpoints.
        names += ("audio_input", "audio_frame_step")
    shards = [os.path.basename(path) for path in problem.filepaths(data_dir, "train")]
    return {"shares": shares, "shards": shards, **{name: hparams.get(name) for name in names}}


def training_batches(problem, problem_hparams, data_dir, hparams, replicas: int, seed: int):
    """Endless shuffled batches of the training split.

    They are the same ones for the same seed and the same global seed of TensorFlow. Every batch
    holds `replicas` equal shares of rows, each of at most `hparams.batch_size` tokens. Its
    iterator can be saved in a `tf.train.Checkpoint`.

    Raises:
      T2TError: settings that contradict each other, or leave no example.
    """
    names = sequence_features(problem_hparams)
    budget = hparams.batch_size * problem_hparams.batch_size_multiplier
    longest = hparams.max_length or budget
    check_settings(names, problem_hparams, hparams, budget, longest)
    if names and not hparams.pack_dataset:
        once = read_examples(problem, data_dir, "train", hparams, "train")
        check_some_are_kept(keep_lengths(once, names, hparams.min_length, longest), hparams)
    dataset = read_examples(problem, data_dir, "train", hparams, "train", seed)
    if not names:
        dataset = batching.batch_by_examples(dataset, budget, replicas, is_training=True)
        return _finish(_mixed(dataset, hparams.mixup_alpha, seed))
    if hparams.pack_dataset:
        row_length = hparams.max_length or PACKED_LENGTH
        dataset = packing.pack_dataset(dataset, names, row_length)
        rows = max(1, budget // row_length)
        return _finish(batching.batch_by_examples(dataset, rows, replicas, is_training=True))
    multiplier = problem_hparams.batch_size_multiplier
    buckets = batching.Buckets.from_hparams(hparams, longest, multiplier)
    limits = hparams.min_length, longest
    return _finish(batching.batch_by_length(dataset, names, buckets, replicas, seed, limits))


def _mixed(dataset, alpha: float, seed: int):
    """Batches of pictures with `augmentation.mixup`, if alpha is not 0."""
    import tensorflow as tf

    if not alpha:
        return dataset

    def mix(number, batch):
        return augmentation.mixup(batch, alpha, tf.stack([tf.constant(~seed, tf.int64), number]))

    return dataset.enumerate().map(mix, num_parallel_calls=tf.data.AUTOTUNE, deterministic=True)


def check_settings(names, problem_hparams, hparams, budget: int, longest: int) -> None:
    """T2TError for settings that no batch could satisfy."""
    if names and longest > budget:
        unit = batch_unit(problem_hparams)
        raise T2TError(
            f"batch_size={hparams.batch_size} ({unit}) is smaller than max_length={longest}: an "
            "example of that length would not fit. Raise batch_size or lower max_length."
        )
    if hparams.mixup_alpha:
        check_mixup(problem_hparams)
    if not hparams.pack_dataset:
        return
    if any(kind != "symbol" for kind in problem_hparams.modality.values()):
        raise T2TError("pack_dataset=true needs features that are all sequences of symbols.")
    if hparams.prepend_mode != "none":
        raise T2TError("pack_dataset=true and prepend_mode do not go together; choose one.")


def check_mixup(problem_hparams) -> None:
    """T2TError unless pictures have classes or labels."""
    kinds = problem_hparams.modality
    if kinds.get("inputs") != "image":
        raise T2TError("mixup_alpha mixes pictures, but the problem's inputs are none; leave it 0.")
    if kinds["targets"] == "symbol":
        raise T2TError("mixup_alpha mixes classes of pictures, not their captions; leave it 0.")


def check_some_are_kept(dataset, hparams) -> None:
    """T2TError if a dataset has no example: an endless one would be waited for without end."""
    if next(iter(dataset.take(1)), None) is None:
        raise T2TError(
            "No training example is left: the split is empty, or every example is shorter than "
            f"min_length={hparams.min_length} or longer than max_length={hparams.max_length} (0: "
            f"batch_size={hparams.batch_size})."
        )


def evaluation_batches(problem, problem_hparams, data_dir, split: str, hparams):
    """The batches of a split, once, in order of filling; nothing is left out unless
    `eval_drop_long_sequences` says so."""
    dataset = read_examples(problem, data_dir, split, hparams, "eval")
    names = sequence_features(problem_hparams)
    budget = hparams.batch_size * problem_hparams.batch_size_multiplier
    if not names:
        return _finish(batching.batch_by_examples(dataset, budget, 1, is_training=False))
    longest = budget
    if hparams.eval_drop_long_sequences and hparams.max_length:
        longest = hparams.max_length
        dataset = keep_lengths(dataset, names, hparams.min_length, longest)
    multiplier = problem_hparams.batch_size_multiplier
    buckets = batching.Buckets.from_hparams(hparams, longest, multiplier)
    return _finish(batching.batch_by_length(dataset, names, buckets, 1, seed=None))


def examples_in_order(problem, data_dir, split: str, hparams):
    """The examples of a split as the files have them, some at a time, padded."""
    return read_examples(problem, data_dir, split, hparams, "eval").padded_batch(256)
