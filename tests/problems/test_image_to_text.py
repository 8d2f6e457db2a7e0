"""Pictures with captions: drawn ones, and those of MS COCO from files and tensorflow_datasets."""

import json

import made_pictures as made
import numpy as np
import pytest
from archive_files import write_archive, write_files
from contracts import run_problem_test
from generated import examples, few_shards
from tfds_miniature import prepare_coco_captions

from t2t_lite import registry
from t2t_lite.data import pipeline
from t2t_lite.errors import T2TError
from t2t_lite.problems import image_caption_shapes as shapes

CAPTIONS = {  # part -> name of a picture -> colour, captions
    "train2014": {
        "COCO_train2014_1.jpg": ((250, 0, 0), ["A red\nsquare.\n", "All red."]),
        "COCO_train2014_2.jpg": ((0, 250, 0), ["Grass on a summer's day"]),
    },
    "val2014": {"COCO_val2014_3.jpg": ((0, 0, 250), ["The sky", "Water"])},
}
TIDY = {
    "train": ["A red square.", "All red.", "Grass on a summer's day"],
    "dev": ["The sky", "Water"],
}


def picture(color) -> bytes:
    return made.jpeg(np.broadcast_to(np.array(color, np.uint8), (12, 16, 3)))


def write_coco(tmp_dir, write=write_archive):
    """The files of the release, with few pictures."""
    annotations = {}
    for part, pictures in CAPTIONS.items():
        members = {f"{part}/{name}": picture(color) for name, (color, _) in pictures.items()}
        ids = {name: i for i, name in enumerate(pictures)}
        content = {
            "images": [{"id": i, "file_name": name} for name, i in ids.items()],
            "annotations": [
                {"image_id": ids[name], "caption": caption}
                for name, (_, captions) in pictures.items()
                for caption in captions
            ],
        }
        annotations[f"annotations/captions_{part}.json"] = json.dumps(content)
        write(tmp_dir / f"{part}.zip" if write is write_archive else tmp_dir, members)
    archive = tmp_dir / "captions_train-val2014.zip"
    write(archive if write is write_archive else tmp_dir, annotations)


def captions_and_colors(problem, data_dir, split):
    """Sorted pairs of what is written, and the number of the strongest colour."""
    encoder = problem.get_feature_encoders(str(data_dir))["targets"]
    return sorted(
        (
            encoder.decode_until_eos(example["image/class/label"]),
            int(made.decoded(example["image/encoded"][0]).mean((0, 1)).argmax()),
        )
        for example in examples(problem, data_dir, split)
    )


EXPECTED = {
    "train": list(zip(TIDY["train"], (0, 0, 1), strict=True)),
    "dev": [(caption, 2) for caption in TIDY["dev"]],
}


@pytest.mark.parametrize("source", ["archives", "folders", "tfds"])
def test_ms_coco(tmp_path, monkeypatch, source):
    few_shards(monkeypatch, "image_ms_coco_characters")
    if source == "tfds":
        rows = {
            split: [(picture(color), captions) for color, captions in CAPTIONS[part].values()]
            for split, part in (("train", "train2014"), ("validation", "val2014"))
        }
        prepare_coco_captions(tmp_path / "tmp", rows)
    else:
        write_coco(tmp_path / "tmp", write_archive if source == "archives" else write_files)
    problem = registry.problem("image_ms_coco_characters")
    problem.generate_data(tmp_path, tmp_path / "tmp", num_workers=1)
    for split, expected in EXPECTED.items():
        assert captions_and_colors(problem, tmp_path, split) == expected
    hparams = problem.get_hparams(None, str(tmp_path))
    assert hparams.modality == {"inputs": "image", "targets": "symbol"}
    assert (hparams.target_space_id, hparams.shape["inputs"]) == (2, (224, 224, 3))


def test_other_vocabularies_of_ms_coco():
    sizes = {name: registry.problem(f"image_ms_coco{name}") for name in ("", "_tokens32k")}
    assert [p.approx_vocab_size for p in sizes.values()] == [8192, 32768]
    assert [p.vocab_type for p in sizes.values()] == ["subwords", "subwords"]
    assert len({p.dataset_filename() for p in sizes.values()}) == 2


def test_captions_that_are_none(tmp_path):
    write_coco(tmp_path)
    write_archive(
        tmp_path / "captions_train-val2014.zip", {"annotations/captions_train2014.json": "[]"}
    )
    problem = registry.problem("image_ms_coco_characters")
    with pytest.raises(T2TError, match="does not hold the captions of MS COCO"):
        next(problem.generate_samples("", str(tmp_path), "train"))


def test_contract(tmp_path):
    run_problem_test(shapes.ImageCaptionShapes, tmp_path, max_samples=12)


def test_captions_say_what_is_drawn():
    """Looked for in the pixels: how many things, where, and in which colour."""
    samples = list(registry.problem("image_caption_shapes").generate_samples("", "", "dev"))
    assert len(samples) == 500
    numbers = {1: 0, 2: 0}
    for sample in samples:
        parts = sample["targets"].split(" and ")
        numbers[len(parts)] += 1
        found = things_in(sample["image"])
        assert len(found) == len(parts)
        for part, (row, column, color) in zip(parts, found, strict=True):
            _, size, name, kind, *place = part.split()
            assert size in shapes.RADII and kind in shapes.SHAPES and name == color
            assert place == words_of(row, column)
    assert min(numbers.values()) > 200


def things_in(picture):
    """(row, column, name of the colour) of each place that is not dark in its middle, in order."""
    found = []
    middles = [slice(4, 9), slice(13, 18), slice(23, 28)]
    for row, tall in enumerate(middles):
        for column, wide in enumerate(middles):
            cell = picture[tall, wide]
            bright = cell.max(-1) > 120
            if bright.sum() < 6:
                continue
            mean = cell[bright].mean(0)
            distances = {
                name: np.linalg.norm(mean / mean.max() - np.array(color) / max(color))
                for name, color in shapes.COLORS.items()
            }
            found.append((row, column, min(distances, key=distances.get)))
    return found


def words_of(row, column):
    words = [("top", "", "bottom")[row], ("left", "", "right")[column]]
    words = [word for word in words if word]
    return ["at", "the", *words] if words else ["in", "the", "middle"]


def test_seed_and_splits():
    def first(split, seed=1):
        problem = registry.problem("image_caption_shapes")
        problem.seed = seed
        return next(problem.generate_samples("", "", split))

    assert first("train")["targets"] == first("train")["targets"]
    np.testing.assert_array_equal(first("train")["image"], first("train")["image"])
    others = [first("dev"), first("test"), first("train", 2)]
    assert not any(np.array_equal(first("train")["image"], other["image"]) for other in others)


def test_batches_count_pictures_and_pad_captions(tmp_path):
    problem, hparams = (
        registry.problem("image_caption_shapes"),
        registry.hparams("transformer_patches"),
    )
    hparams.batch_size = 6
    small = {"train": 20, "dev": 4, "test": 2}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes, "COUNTS", small)
        problem.generate_data(tmp_path, "", num_workers=1)
    problem_hparams = problem.get_hparams(hparams, str(tmp_path))
    arguments = problem, problem_hparams, str(tmp_path), hparams
    assert pipeline.batch_unit(problem_hparams) == "examples"
    batch = next(iter(pipeline.training_batches(*arguments, replicas=1, seed=1)))
    assert batch["inputs"].shape == (6, 32, 32, 3)
    targets = batch["targets"].numpy()
    assert targets.shape[0] == 6 and ((targets == 1).sum(1) == 1).all()
    hparams.mixup_alpha = 0.2
    with pytest.raises(T2TError, match="not their captions"):
        pipeline.training_batches(*arguments, replicas=1, seed=1)
