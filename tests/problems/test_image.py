"""Problems made of pictures: what is written, and what a model gets."""

import sys

import made_pictures as made
import numpy as np
import pytest
from contracts import run_problem_test
from generated import examples

from t2t_lite import registry
from t2t_lite.data import pipeline
from t2t_lite.errors import T2TError
from t2t_lite.problems import image, image_mnist


def hparams(**values):
    result = registry.hparams("transformer_patches_tiny")
    for name, value in values.items():
        setattr(result, name, value)
    return result.freeze()


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(image.Image2ClassProblem, "train_shards", 2)


@pytest.fixture
def mnist_dir(tmp_path, few):
    """A miniature of MNIST, generated."""
    made.write_mnist(tmp_path / "tmp")
    registry.problem("image_mnist").generate_data(tmp_path, tmp_path / "tmp", num_workers=1)
    return tmp_path


def test_contract(tmp_path, few):
    made.write_mnist(tmp_path / "tmp")
    run_problem_test(image_mnist.ImageMnist, tmp_path, tmp_path / "tmp")


def test_records_are_tensor2tensors(mnist_dir):
    found = examples(registry.problem("image_mnist"), mnist_dir, "dev")
    assert len(found) == 20
    keys = {"image/encoded", "image/format", "image/class/label", "image/height", "image/width"}
    for example in found:
        assert example.keys() == keys
        assert example["image/format"] == [b"png"]
        assert example["image/height"] == example["image/width"] == [28]
    images, labels = made.digits(20)
    expected = sorted((int(n), i.tobytes()) for i, n in zip(images, labels, strict=True))
    read = [(e["image/class/label"][0], made.decoded(e["image/encoded"][0])) for e in found]
    assert sorted((n, i[..., 0].tobytes()) for n, i in read) == expected


def test_evaluation_gets_every_picture_standardised(mnist_dir):
    problem, hp = registry.problem("image_mnist"), hparams(batch_size=16)
    problem_hparams = problem.get_hparams(hp, mnist_dir)
    batches = pipeline.evaluation_batches(problem, problem_hparams, mnist_dir, "dev", hp)
    rows = [row for b in batches for row in zip(*map(np.asarray, b.values()), strict=True)]
    images, labels = made.digits(20)
    pixels = images.astype(np.float64)[..., None]
    mean = pixels.mean((1, 2, 3), keepdims=True)
    expected = (pixels - mean) / pixels.std((1, 2, 3), keepdims=True)
    assert len(rows) == 20
    for inputs, targets in rows:
        of_class = expected[labels == targets[0]]
        assert np.abs(of_class - inputs).max((1, 2, 3)).min() < 1e-4


def test_batches_are_of_examples_and_of_fixed_shape(mnist_dir):
    problem, hp = registry.problem("image_mnist"), hparams(batch_size=8)
    problem_hparams = problem.get_hparams(hp, mnist_dir)
    assert problem_hparams.modality == {"inputs": "image", "targets": "class_label"}
    assert problem_hparams.vocab_size == {"inputs": 256, "targets": 10}
    batches = pipeline.training_batches(problem, problem_hparams, mnist_dir, hp, 2, seed=1)
    spec = batches.element_spec
    assert spec["inputs"].shape == (16, 28, 28, 1) and spec["targets"].shape == (16, 1)
    assert spec.keys() == {"inputs", "targets"}


def test_fashion_has_files_of_its_own_and_values_up_to_255(tmp_path, few):
    made.write_mnist(tmp_path / "tmp", prefix="fashion-")
    problem, hp = registry.problem("image_fashion_mnist"), hparams()
    problem.generate_data(tmp_path, tmp_path / "tmp", num_workers=1)
    example = next(iter(pipeline.read_examples(problem, tmp_path, "dev", hp, "eval")))
    assert example["inputs"].numpy().max() == 255


def test_fashion_does_not_take_digits_for_clothes(tmp_path, monkeypatch):
    made.write_mnist(tmp_path)
    monkeypatch.setitem(sys.modules, "tensorflow_datasets", None)  # as if it were not installed
    problem = registry.problem("image_fashion_mnist")
    with pytest.raises(T2TError, match=r"fashion-t10k-images-idx3-ubyte\.gz and fashion-t10k"):
        next(problem.generate_samples("", tmp_path, "dev"))
    made.write_mnist(tmp_path / "fashion-mnist")
    assert len(list(problem.generate_samples("", tmp_path, "dev"))) == 20


def test_labels_of_other_pictures_are_refused(tmp_path, few):
    made.write_mnist(tmp_path)
    (tmp_path / "train-labels-idx1-ubyte.gz").write_bytes(made.idx(np.zeros(3)))
    with pytest.raises(T2TError, match="not MNIST's"):
        registry.problem("image_mnist").generate_data(tmp_path / "data", tmp_path, num_workers=1)


def test_real_mnist(shared_dir, tmp_path, few):
    source = shared_dir / "data" / "mnist"
    if not source.is_dir():
        pytest.skip(f"no data at {source}")
    problem = registry.problem("image_mnist")
    samples = list(problem.generate_samples("", source, "dev"))
    assert len(samples) == 10_000
    counts = np.bincount([sample["label"] for sample in samples])
    # Of the published test set.
    assert counts.tolist() == [980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009]


class Mixed(image.Image2ClassProblem):
    """Sound, odd and damaged files."""

    name = "mixed_pictures"
    class_labels = ("left", "right")
    train_shards = 1
    image_size = 16

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        files = {
            "sound.png": made.png(made.of_color((1, 2, 3))),
            "print.jpg": made.CMYK_JPEG,
            "moving.gif": made.ANIMATED_GIF,
            "half.png": made.png(made.halves())[:60],
            "nothing.jpg": b"",
            "small.png": made.png(made.halves(3, 1)),
        }
        for name, content in files.items():
            yield {"image": content, "label": "right", "name": name}


def test_odd_pictures_are_named_and_never_fatal(tmp_path, capfd):
    problem, hp = Mixed(), hparams()
    problem.generate_data(tmp_path, "", num_workers=1)
    told = capfd.readouterr()
    assert "mixed_pictures train: 4 examples, 2 left out" in told.out
    assert "mixed_pictures: half.png: left out, for it is cut off or damaged" in told.err
    assert "mixed_pictures: nothing.jpg: left out, for the file is empty" in told.err
    assert "mixed_pictures: print.jpg: CMYK, converted" in told.err
    assert "sound.png" not in told.err
    found = list(pipeline.read_examples(problem, tmp_path, "train", hp, "eval"))
    assert [e["inputs"].shape.as_list() for e in found] == [[16, 16, 3]] * 4
    assert all(e["targets"].numpy().tolist() == [1] for e in found)


class Exact(Mixed):
    """Pictures that must have one size."""

    name = "exact"
    is_stored_in_size = True

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        for height, width in ((16, 16), (15, 16), (16, 17)):
            pixels = made.of_color((1, 2, 3), height, width)
            for content in (pixels, made.png(pixels)):
                name = f"{height} {width} {type(content).__name__}"
                yield {"image": content, "label": "left", "name": name}


def test_pictures_of_another_size_are_left_out(tmp_path, capfd):
    Exact().generate_data(tmp_path, "", num_workers=1)
    told = capfd.readouterr()
    assert "exact train: 2 examples, 4 left out" in told.out
    for name, size in (("15 16", "16 x 15"), ("16 17", "17 x 16")):
        for kind in ("ndarray", "bytes"):
            reason = f"it has {size} pixels, not 16 x 16"
            assert f"exact: {name} {kind}: left out, for {reason}" in told.err


class OldWay(image.Image2ClassProblem):
    """A problem as Tensor2Tensor's users wrote it."""

    name = "old_way"
    train_shards = 1

    @property
    def num_channels(self):
        return 1

    @property
    def is_small(self):
        return True

    @property
    def num_classes(self):
        return 10

    def generator(self, data_dir, tmp_dir, is_training):
        images, labels = made.digits(30 if is_training else 10)
        return image.image_generator(list(images[..., None]), list(labels))

    def preprocess_example(self, example, mode, unused_hparams):
        example["inputs"].set_shape([None, None, 1])
        return example


def test_tensor2tensors_hooks(tmp_path):
    problem = OldWay()
    problem.generate_data(tmp_path, "", num_workers=1)
    found = list(pipeline.read_examples(problem, tmp_path, "train", hparams(), "train"))
    assert len(found) == 30 and found[0]["inputs"].shape == (28, 28, 1)


class Labelled(image.Image2MultiLabelProblem):
    """Pictures with a bright row, a bright column, both or none."""

    name = "labelled"
    class_labels = ("row", "column", "other")
    train_shards = 1
    num_channels = 1
    image_size = 8

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        for i in range(24):
            pixels = np.zeros((8, 8, 1), np.uint8)
            labels = [name for bit, name in enumerate(("row", "column")) if i >> bit & 1]
            if "row" in labels:
                pixels[i % 8] = 255
            if "column" in labels:
                pixels[:, i % 7] = 255
            yield {"image": pixels, "labels": labels}


def test_several_labels(tmp_path):
    problem, hp = Labelled(), hparams(batch_size=24)
    problem.generate_data(tmp_path, "", num_workers=1)
    problem_hparams = problem.get_hparams(hp, tmp_path)
    (batch,) = pipeline.evaluation_batches(problem, problem_hparams, tmp_path, "train", hp)
    found = sorted(map(tuple, batch["targets"].numpy().tolist()))
    assert found == sorted([(0, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0)] * 6)


def test_reversed_pictures_are_refused(tmp_path):
    from t2t_lite.models.base import build_model

    problem = Mixed(was_reversed=True)
    with pytest.raises(T2TError, match="Pictures can only be inputs"):
        build_model("transformer_encoder", hparams(), problem.get_hparams(hparams(), tmp_path))
