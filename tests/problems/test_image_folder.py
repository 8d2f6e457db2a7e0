"""Pictures in one folder per class, CIFAR, ImageNet: where they are, in which split they are."""

import collections

import made_pictures as made
import numpy as np
import pytest
from archive_files import write_archive, write_files
from generated import examples, few_shards

from t2t_lite import registry
from t2t_lite.data import download
from t2t_lite.data.image_folders import Folder
from t2t_lite.errors import T2TError
from t2t_lite.problems import image

COLORS = {"red": (250, 0, 0), "green": (0, 250, 0), "blue": (0, 0, 250)}
PICTURES = {name: made.png(made.of_color(color)) for name, color in COLORS.items()}


def without_splits(count=60):
    return {f"{name}/{i:03d}.png": PICTURES[name] for name in COLORS for i in range(count)}


def with_splits(*names, count):
    classes = without_splits(count)
    return {f"{split}/{path}": content for split in names for path, content in classes.items()}


def splits_of(place):
    found = collections.defaultdict(set)
    for member in Folder(place).members:
        found[member.split].add(member.path.removeprefix("pack/"))
    return found


def test_a_tenth_each_is_held_out_by_names_alone(tmp_path):
    write_files(tmp_path / "a", without_splits(200))
    sizes = {split: len(paths) for split, paths in splits_of(tmp_path / "a").items()}
    assert sizes.keys() == {"train", "dev", "test"} and sum(sizes.values()) == 600
    assert 40 < sizes["dev"] < 80 and 40 < sizes["test"] < 80
    write_files(tmp_path / "b", without_splits(30))
    fewer = splits_of(tmp_path / "b")
    for split, paths in fewer.items():  # The others do not matter.
        assert paths <= splits_of(tmp_path / "a")[split]


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz", "x.tgz"])
def test_archives_are_as_directories(tmp_path, name):
    members = without_splits(20)
    write_files(tmp_path / "plain", members)
    packed = {f"pack/{path}": content for path, content in members.items()}
    write_archive(tmp_path / "packed" / name, {"pack/README.txt": "about", **packed})
    for place in (tmp_path / "packed", tmp_path / "packed" / name):
        assert splits_of(place) == splits_of(tmp_path / "plain")
        read = dict(Folder(place).read("train"))
        assert set(read) == {m for m in Folder(place).members if m.split == "train"}
        assert all(content == PICTURES[m.label] for m, content in read.items())
    assert Folder(tmp_path / "packed").ignored == ["pack/README.txt"]


@pytest.mark.parametrize(
    ("names", "held_out"),
    [
        (("train", "val", "test"), ()),
        (("train", "test"), ("dev",)),
        (("Train", "Valid"), ("test",)),
    ],
)
def test_subfolders_are_splits(tmp_path, names, held_out):
    write_files(tmp_path, with_splits(*names, count=60))
    for member in Folder(tmp_path).members:
        own = {"val": "dev", "valid": "dev"}.get(member.path.split("/")[0].lower())
        own = own or member.path.split("/")[0].lower()
        assert member.split == own or (own == "train" and member.split in held_out)
    assert {m.split for m in Folder(tmp_path).members} == {"train", "dev", "test"}


@pytest.mark.parametrize(
    ("names", "stray"),
    [
        (("train", "val"), "train/montage.png"),
        (("train", "val"), "test/1.png"),
        (("train",), "test/1.png"),
        (("train",), "train/montage.png"),
        (("train", "val"), "README"),
        ((), "README"),
    ],
)
def test_a_stray_file_does_not_change_what_folders_mean(tmp_path, names, stray):
    members = with_splits(*names, count=60) if names else without_splits()
    members = {f"pack/{path}": content for path, content in members.items()}
    write_files(tmp_path / "clean", members)
    write_files(tmp_path / "stray", {**members, f"pack/{stray}": PICTURES["red"]})
    assert splits_of(tmp_path / "stray") == splits_of(tmp_path / "clean")
    folder = Folder(tmp_path / "stray")
    assert folder.labels == sorted(COLORS) and folder.ignored == [f"pack/{stray}"]


def test_other_folders_beside_splits_are_named(tmp_path):
    write_files(tmp_path, with_splits("train", "val", count=2))
    write_files(tmp_path, {"unlabelled/1.png": PICTURES["red"], "more/a/1.png": PICTURES["red"]})
    with pytest.raises(T2TError, match=r"has train, val, .*: more, unlabelled\. Take") as error:
        Folder(tmp_path)
    assert str(tmp_path) in str(error.value)


def test_what_is_held_out_does_not_depend_on_the_folders_around(tmp_path):
    write_files(tmp_path / "classes", without_splits(60))
    write_files(tmp_path / "train", with_splits("train", count=60))
    write_files(tmp_path / "both", with_splits("train", "test", count=60))
    dev, test = (splits_of(tmp_path / "classes")[split] for split in ("dev", "test"))
    alone = splits_of(tmp_path / "train")
    assert alone["dev"] == {f"train/{path}" for path in dev}
    assert alone["test"] == {f"train/{path}" for path in test}
    assert splits_of(tmp_path / "both")["dev"] == alone["dev"]


def generate(tmp_path, monkeypatch, members, **options):
    few_shards(monkeypatch, "image_folder")
    write_files(tmp_path / "tmp", members)
    problem = registry.problem("image_folder")
    problem.generate_data(tmp_path / "data", tmp_path / "tmp", num_workers=1, **options)
    return problem


def test_generated(tmp_path, monkeypatch, capfd):
    members = {
        **without_splits(),
        "green/cut.png": PICTURES["green"][:40],
        "red/print.jpg": made.CMYK_JPEG,
        "blue/notes.txt": "none",
        "stray.png": PICTURES["red"],
        ".hidden/x.png": PICTURES["red"],
    }
    problem = generate(tmp_path, monkeypatch, members)
    told = capfd.readouterr().err
    assert "green/cut.png: left out" in told and "red/print.jpg: CMYK, converted" in told
    assert "2 files that are no pictures, or in no class' folder, are ignored" in told
    assert problem.class_labels(tmp_path / "data") == ["blue", "green", "red"]
    total = 0
    for split in ("train", "dev", "test"):
        for example in examples(problem, tmp_path / "data", split):
            color = made.decoded(example["image/encoded"][0])[0, 0]
            label = ["blue", "green", "red"][example["image/class/label"][0]]
            assert np.abs(color.astype(int) - COLORS[label]).max() < 70  # one is no pure red
            total += 1
    assert total == 3 * 60 + 1


def test_other_classes_are_not_mixed_in(tmp_path, monkeypatch):
    generate(tmp_path, monkeypatch, without_splits())
    with pytest.raises(T2TError, match="other classes"):
        generate(tmp_path, monkeypatch, {"brown/1.png": PICTURES["red"]})
    problem = generate(tmp_path, monkeypatch, {}, overwrite=True)
    assert "brown" in problem.class_labels(tmp_path / "data")


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({"a.png": PICTURES["red"]}, "no pictures in folders"),
        ({"red/a.png": PICTURES["red"]}, "one class only"),
        ({"red/a.png": b"", "blue/a.png": b""}, "too few pictures|no training picture"),
        ({"x.zip": b"", "y.zip": b""}, "several archives"),
        ({"x.zip": b"no archive"}, "Cannot read"),
    ],
)
def test_what_is_wrong_with_a_folder(tmp_path, monkeypatch, members, message):
    with pytest.raises(T2TError, match=message):
        generate(tmp_path, monkeypatch, members)


def test_no_such_place(tmp_path):
    with pytest.raises(T2TError, match="no directory and no archive"):
        Folder(tmp_path / "nowhere")


# CIFAR.


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr(image.Image2ClassProblem, "train_shards", 1)


def test_cifar_from_folders(tmp_path, few):
    labels = registry.problem("image_cifar10").class_labels
    picture = made.jpeg(made.of_color((9, 9, 9), 32, 32))
    members = {
        f"cifar10/{part}/{label}/{i}.jpg": picture
        for part, count in (("train", 15), ("test", 2))
        for label in labels
        for i in range(count)
    }
    write_archive(tmp_path / "tmp" / "cifar10_images.tar.gz", members)
    problem = registry.problem("image_cifar10")
    problem.generate_data(tmp_path, tmp_path / "tmp", num_workers=1)
    for split, count in (("train", 15), ("dev", 2)):
        found = examples(problem, tmp_path, split)
        counted = collections.Counter(e["image/class/label"][0] for e in found)
        assert counted == dict.fromkeys(range(10), count)


@pytest.mark.parametrize(("version", "label_bytes"), [(10, 1), (100, 2)])
def test_cifar_in_its_binary_version(tmp_path, version, label_bytes):
    rng = np.random.default_rng(0)
    rows = rng.integers(0, version, (4, label_bytes + 3072)).astype(np.uint8)
    files = {10: ("data_batch_1.bin", "test_batch.bin"), 100: ("train.bin", "test.bin")}[version]
    members = {f"cifar/{name}": rows.tobytes() for name in files}
    write_archive(tmp_path / f"cifar-{version}-binary.tar.gz", members)
    problem = registry.problem(f"image_cifar{version}_plain")
    assert len(problem.class_labels) == version
    assert sorted(problem.class_labels) == list(problem.class_labels)
    found = list(problem.generate_samples("", tmp_path, "dev"))
    for row, sample in zip(rows, found, strict=True):
        assert sample["label"] == row[label_bytes - 1]
        # Red, green and blue planes, each row by row.
        assert sample["image"][5, 7].tolist() == row[label_bytes:][5 * 32 + 7 :: 1024].tolist()


def test_real_cifar(shared_dir):
    source = shared_dir / "data" / "cifar10"
    if not source.is_dir():
        pytest.skip(f"no data at {source}")
    folder = Folder(source)
    assert folder.labels == list(registry.problem("image_cifar10").class_labels)
    for count in folder.counts().values():
        assert count["train"] + count["dev"] == 2500 and count["test"] == 500


def test_imagenet_must_be_got_by_hand(tmp_path):
    problem = registry.problem("image_imagenet64")
    with pytest.raises(T2TError) as error:
        next(problem.generate_samples("", tmp_path, "train"))
    message = str(error.value)
    assert "ILSVRC2012_img_train.tar" in message and "image-net.org" in message
    assert "\n" not in message and len(message) < 400


def test_imagenets_own_archives_are_enough(tmp_path, monkeypatch):
    """No server need answer; n01440764 and n01443537 are the first two of the thousand."""
    monkeypatch.setattr(download, "is_any_there", lambda servers: False)
    kinds = {"n01440764": "red", "n01443537": "green"}
    archives = {}
    for i, (kind, color) in enumerate(kinds.items()):
        picture = made.jpeg(made.of_color(COLORS[color]))
        archive = write_archive(tmp_path / f"{kind}.tar", {f"{kind}_{i}.JPEG": picture})
        archives[archive.name] = archive.read_bytes()
    write_archive(tmp_path / "ILSVRC2012_img_train.tar", archives)
    picture = made.jpeg(made.of_color(COLORS["blue"]))
    validation = {"ILSVRC2012_val_00000001.JPEG": picture}
    write_archive(tmp_path / "ILSVRC2012_img_val.tar", validation)
    problem = registry.problem("image_imagenet")
    train = {x["name"]: x["label"] for x in problem.generate_samples("", tmp_path, "train")}
    assert train == {"n01440764_0.JPEG": 0, "n01443537_1.JPEG": 1}
    assert [x["label"] for x in problem.generate_samples("", tmp_path, "dev")] == [65]


def test_sizes_of_imagenet():
    sizes = {"": 299, "224": 224, "64": 64, "32": 32}
    for suffix, size in sizes.items():
        problem = registry.problem(f"image_imagenet{suffix}")
        assert problem.image_size == size and problem.dataset_filename() == "image_imagenet"
