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

import numpy as np

from t2t_lite.data import encoding, generation, manifest, pipeline, records
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
        stored = [e for p in problem.filepaths(data_dir, split) for e in records.read_examples(p)]
        examples = check_parsing(problem, data_dir, split, stored)
        for example in examples:
            check_example(problem, data_dir, example)
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
        if size is not None and not modality.startswith("real"):
            assert 0 <= np.min(values) <= np.max(values) < size, (name, values)
        if modality == "symbol":
            assert values[-1] == EOS and min(values[:-1], default=NUM_RESERVED) >= NUM_RESERVED
            text = encoders[name].decode_until_eos(values)
            again = encoders[name].encode(text)
            assert encoders[name].decode(again) == text


def check_parsing(problem: Problem, data_dir, split: str, stored: list[dict]) -> list[dict]:
    """`example_reading_spec` and `decode_example` give all features that a model is told of.

    Returns the decoded examples.
    """
    import tensorflow as tf

    spec, decoded = problem.get_reading_spec(), []
    names = set(problem.get_hparams(data_dir=str(data_dir)).modality)

    def parse(record):
        read = tf.io.parse_single_example(record, spec)
        read = {
            name: tf.sparse.to_dense(value) if isinstance(value, tf.SparseTensor) else value
            for name, value in read.items()
        }
        return read, problem.decode_example(dict(read))

    dataset = tf.data.TFRecordDataset(problem.filepaths(data_dir, split)).map(parse)
    for (read, given), example in zip(dataset.as_numpy_iterator(), stored, strict=True):
        assert names <= set(given)
        for name, value in read.items():
            assert np.ravel(value).tolist() == example.get(name, [])
        decoded.append({name: np.asarray(value).tolist() for name, value in given.items()})
    return decoded


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


def run_model_test(name: str, hparams, problem_hparams, tolerance: float = 1e-4) -> None:
    """Builds a model and checks the contract on random batches.

    Checked are: logits of the right shape; the training loss is theirs, every variable gets a
    gradient, and a few updates lower the loss; padding changes nothing. For an autoregressive
    model also: no output depends on a later target, and decoding step by step, with the model's
    cache, gives the logits of one full pass.

    Args:
      name: of a registered model.
      hparams: small ones; dropout is switched off here.
      problem_hparams: says which features there are.
    """
    import keras

    from t2t_lite.models.base import build_model

    hparams = hparams.copy()
    for field in hparams.values():
        if field.endswith("dropout"):
            setattr(hparams, field, 0.0)
    keras.utils.set_random_seed(7)
    model = build_model(name, hparams.freeze(), problem_hparams)
    batch = random_batch(problem_hparams)
    logits = check_logits(model, batch)
    check_graph(model, batch, logits, tolerance)
    if pipeline.sequence_features(problem_hparams):
        check_padding(model, batch, logits, tolerance)
    if model.is_autoregressive:
        check_causality(model, batch, logits, tolerance)
        check_decoding(model, batch, logits, tolerance)
    check_learning(model, batch)


def random_batch(problem_hparams, rows: int = 3, length: int = 6) -> dict[str, np.ndarray]:
    """Ids in the vocabulary (each row of symbols ends in EOS and padding), labels, pictures,
    sounds (which end in padding, too), vectors."""
    rng = np.random.default_rng(3)
    batch = {}
    for name, modality in problem_hparams.modality.items():
        size = problem_hparams.vocab_size[name]
        if modality == "class_label":
            batch[name] = rng.integers(size, size=(rows, 1)).astype(np.int32)
            continue
        if modality == "multi_label":
            batch[name] = rng.integers(2, size=(rows, size)).astype(np.int32)
            continue
        if modality == "image" or modality.startswith("real"):
            shape = (rows, *problem_hparams.shape[name])
            batch[name] = rng.normal(size=shape).astype(np.float32)
            continue
        if modality in pipeline.SOUNDS:
            shape = (rows, 8 * length, *problem_hparams.shape[name][1:])
            batch[name] = rng.normal(size=shape).astype(np.float32)
            for row in range(rows):
                batch[name][row, 8 * length - 3 * row :] = 0
            continue
        ids = rng.integers(NUM_RESERVED, size, size=(rows, length)).astype(np.int32)
        for row in range(rows):
            end = length - 1 - row % length
            ids[row, end:] = 0
            ids[row, end] = EOS
        batch[name] = ids
    return batch


def check_graph(model, batch, logits, tolerance: float) -> None:
    """The same logits in graph mode."""
    import tensorflow as tf

    compiled = tf.function(lambda: model(batch), autograph=False)()
    np.testing.assert_allclose(compiled, logits, atol=tolerance)


def check_logits(model, batch) -> np.ndarray:
    """Logits `[batch, length, vocab]` that are numbers; returns them."""
    logits = np.asarray(model(batch))
    vocab = model.problem_hparams.vocab_size["targets"]
    shape = batch["targets"].shape
    kind = model.problem_hparams.modality["targets"]
    if kind == "multi_label" or kind.startswith("real"):  # one per label, or number
        assert logits.shape == shape
    elif kind == "ctc_symbol":  # one for each position of the inputs
        assert logits.shape[0] == shape[0] and logits.shape[2] == vocab
    else:
        assert logits.shape[:2] == shape and logits.shape[2] >= vocab
    assert np.isfinite(logits).all()
    return logits


def check_padding(model, batch, logits, tolerance: float) -> None:
    """More padding at the end changes no logits of what is not padding."""
    kinds = model.problem_hparams.modality
    wider = {
        name: np.pad(x, [(0, 0), (0, 3)] + [(0, 0)] * (x.ndim - 2))
        if kinds[name] in pipeline.SEQUENCES
        else x
        for name, x in batch.items()
    }
    if kinds["targets"] == "ctc_symbol":  # No logits are those of a target.
        losses = [float(model.loss_sum(model(features), features)) for features in (batch, wider)]
        np.testing.assert_allclose(*losses, rtol=tolerance)
        return
    length = batch["targets"].shape[1]
    is_target = np.asarray(model.loss_weights(batch)) > 0
    after = np.asarray(model(wider))[:, :length]
    np.testing.assert_allclose(after[is_target], logits[is_target], atol=tolerance)


def check_causality(model, batch, logits, tolerance: float) -> None:
    """Another target at a position leaves the logits up to it, and other rows, as they were.

    One pass for all positions: a copy of the batch for each.
    """
    rows, length = batch["targets"].shape
    copies = {name: np.concatenate([x] * length) for name, x in batch.items()}
    position = np.repeat(np.arange(length), rows)
    changed = copies["targets"][np.arange(rows * length), position]
    copies["targets"][np.arange(rows * length), position] = np.where(changed == 2, 3, 2)
    after = np.asarray(model(copies))
    is_before = np.arange(length) <= position[:, None]
    expected = np.concatenate([logits] * length)
    np.testing.assert_allclose(after[is_before], expected[is_before], atol=tolerance)


def check_decoding(model, batch, logits, tolerance: float, beams: int = 2) -> None:
    """Steps with the cache give the logits of a full pass, for each beam of each sentence."""
    rows, length = batch["targets"].shape
    expected = np.repeat(logits, beams, axis=0)
    targets = np.repeat(batch["targets"], beams, axis=0)
    encoded = model.encode(batch)
    cache = model.init_cache(encoded, rows * beams, length)
    ids = np.zeros(rows * beams, np.int32)
    for position in range(length):
        is_target = targets[:, position] != 0
        step, cache = model.decode_step(ids, np.int32(position), cache, encoded)
        np.testing.assert_allclose(
            np.asarray(step)[is_target], expected[is_target, position], atol=tolerance
        )
        ids = targets[:, position]


def check_learning(model, batch, updates: int = 30) -> None:
    """The training loss is that of the logits, in a graph as without one; its gradient and that of
    the losses which the body adds reach every variable, and updates on one batch lower it."""
    import tensorflow as tf

    from t2t_lite.training.fused_adam import FusedAdam

    seeds = seeds_of(model)
    before = [np.asarray(seed).copy() for seed in seeds]

    def draw_again():
        for seed, value in zip(seeds, before, strict=True):
            seed.assign(value)

    loss_sum = float(model.loss_sum(model(batch, training=True), batch))
    draw_again()
    training_loss = float(model.training_loss(batch))
    np.testing.assert_allclose(training_loss, loss_sum, rtol=1e-4)
    expected = training_loss / float(model.loss_divisor(batch)) + sum(map(float, model.losses))

    optimizer = FusedAdam(1e-2)
    optimizer.build(model.trainable_variables)

    @tf.function(autograph=False)
    def update():
        with tf.GradientTape() as tape:
            loss = model.training_loss(batch) / model.loss_divisor(batch)
            loss = tf.add_n([loss, *model.losses])
        gradients = tape.gradient(loss, model.trainable_variables)
        for gradient, variable in zip(gradients, model.trainable_variables, strict=True):
            assert gradient is not None, f"{variable.path} gets no gradient"
        optimizer.apply(gradients, model.trainable_variables)
        return loss

    draw_again()
    losses = [float(update()) for _ in range(updates + 1)]
    np.testing.assert_allclose(losses[0], expected, rtol=1e-4)
    assert losses[-1] < 0.7 * losses[0]


def seeds_of(model) -> list:
    """The state of a model's random generators."""
    weights = {id(weight) for weight in model.weights}
    return [variable for variable in model.variables if id(variable) not in weights]


def run_layer_test(layer, *inputs, **options) -> None:
    """A layer gives numbers, the same in eager and in graph mode, and can be trained.

    Args:
      layer: a Keras layer, not yet called.
      *inputs, **options: what it is called with; arrays, of which the first dimension is batch.
    """
    import tensorflow as tf

    output = np.asarray(layer(*inputs, **options))
    assert np.isfinite(output).all()
    compiled = tf.function(lambda *arrays: layer(*arrays, **options))
    np.testing.assert_allclose(np.asarray(compiled(*inputs)), output, atol=1e-5)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(tf.square(layer(*inputs, **options)))
    for gradient, variable in zip(
        tape.gradient(loss, layer.trainable_variables), layer.trainable_variables, strict=True
    ):
        assert gradient is not None, f"{variable.path} gets no gradient"
