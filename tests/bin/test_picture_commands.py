"""A folder of pictures: generated, trained on, its classes found again; and the sheet."""

import csv
import sys

import made_pictures as made
import numpy as np
import pytest
import tensorflow as tf
from archive_files import write_files

from t2t_lite import registry
from t2t_lite.analysis import confusion
from t2t_lite.bin import t2t_decoder, t2t_list, t2t_pictures, t2t_trainer
from t2t_lite.errors import T2TError

COLORS = {"red": (250, 0, 0), "green": (0, 250, 0)}
VALUES = (
    "batch_size=8,image_size=8,hidden_size=16,filter_size=16,num_heads=2,num_hidden_layers=1,"
    "image_augmentation=cifar,learning_rate_warmup_steps=1,learning_rate_constant=0.02"
)


def colored(rng, color):
    pixels = made.of_color(color) * rng.uniform(0.4, 1, (10, 12, 1))
    return made.png(pixels.astype(np.uint8))


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory):
    """The folder of a run on 80 pictures, red ones and green ones."""
    root = tmp_path_factory.mktemp("pictures")
    rng = np.random.default_rng(0)
    members = {
        f"{part}/{name}/{i}.png": colored(rng, color)
        for part, count in (("train", 25), ("val", 10), ("test", 5))
        for name, color in COLORS.items()
        for i in range(count)
    }
    write_files(root / "pictures", members)
    # Not by the command: on a slow machine it would start processes.
    registry.problem("image_folder").generate_data(root / "data", root / "pictures", num_workers=1)
    flags = [
        "--problem=image_folder",
        "--model=transformer_encoder",
        "--hparams_set=transformer_patches_tiny",
        f"--hparams={VALUES}",
        "--generate_data",
        f"--tmp_dir={root / 'pictures'}",
        f"--data_dir={root / 'data'}",
        f"--output_dir={root / 'run'}",
        "--train_steps=30",
        "--local_eval_frequency=30",
    ]
    assert t2t_trainer.run(["t2t-trainer", *flags]) == 0
    return root / "run"


def decode(run_dir, *flags):
    assert t2t_decoder.run(["t2t-decoder", f"--output_dir={run_dir}", *flags]) == 0


def test_a_picture(run_dir, capsys):
    place = run_dir.parent / "pictures" / "test" / "green" / "1.png"
    decode(run_dir, f"--decode_from_file={place}", "--top_classes=2")
    name, best, probability, second, other = capsys.readouterr().out.strip().split("\t")
    assert name == str(place) and (best, second) == ("green", "red")
    assert 0.5 < float(probability) <= 1 and float(probability) + float(other) == pytest.approx(1)


def test_an_ensemble_of_one_twice_is_the_one(run_dir, capsys):
    place = run_dir.parent / "pictures" / "test" / "red" / "0.png"
    outputs = []
    for paths in (run_dir, f"{run_dir},{run_dir}"):
        decode(run_dir, f"--checkpoint_path={paths}", f"--decode_from_file={place}")
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1] and "\tred\t" in outputs[0]


@pytest.mark.parametrize("schedule", ["decode", "continuous_decode"])
def test_schedules_do_not_decode_classes(run_dir, capsys, schedule):
    flags = [f"--output_dir={run_dir}", f"--schedule={schedule}", "--train_steps=31"]
    assert t2t_trainer.run(["t2t-trainer", *flags]) == 2
    assert "of pictures, t2t-decoder --output_dir=RUN tells" in capsys.readouterr().err


def test_a_folder_with_a_damaged_picture(run_dir, capfd, tmp_path):
    rng = np.random.default_rng(1)
    picture = colored(rng, COLORS["red"])
    members = {"b/2.png": picture, "a.png": picture, "cut.png": picture[:50], "notes.txt": "x"}
    write_files(tmp_path / "in", members)
    out = tmp_path / "out.tsv"
    decode(
        run_dir,
        f"--decode_from_file={tmp_path / 'in'}",
        f"--decode_to_file={out}",
        "--top_classes=1",
    )
    rows = [line.split("\t") for line in out.read_text().splitlines()]
    assert [row[0] for row in rows] == [str(tmp_path / "in" / n) for n in ("a.png", "b/2.png")]
    assert all(row[1] == "red" and len(row) == 3 for row in rows)
    assert "cut.png is left out, for it is cut off or damaged" in capfd.readouterr().err


def test_a_split_and_its_confusion(run_dir, capsys):
    decode(run_dir, "--eval_use_test_set")
    out = capsys.readouterr().out
    rows = [r.split("\t") for r in (run_dir / "decodes/test.classes.tsv").read_text().splitlines()]
    assert [row[0] for row in rows] == [str(i) for i in range(10)]
    hits = np.mean([row[1] == row[2] for row in rows])
    assert hits > 0.8 and f"test accuracy {hits:.4f}" in out
    with open(run_dir / "decodes/test.confusion.csv", newline="") as file:
        table = list(csv.reader(file))
    assert table[0] == ["true / predicted", "green", "red"]
    counts = [[int(n) for n in row[1:]] for row in table[1:]]
    expected = [
        [sum(row[1:3] == [true, found] for row in rows) for found in ("green", "red")]
        for true in ("green", "red")
    ]
    assert counts == expected and np.sum(counts) == 10


def test_confusion_matrix_and_its_drawing(tmp_path, monkeypatch):
    counts = confusion.matrix([0, 0, 1, 2, 2, 2], [0, 1, 1, 2, 2, 0], 3)
    assert counts.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 2]]
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(T2TError, match=r"pip install 't2t-lite\[plots\]'"):
        confusion.write_png(tmp_path / "x.png", counts, ["a", "b", "c"])
    monkeypatch.undo()
    pytest.importorskip("matplotlib", reason="matplotlib is not installed")
    confusion.write_png(tmp_path / "x.png", counts, ["a", "b", "c"])
    assert made.decoded((tmp_path / "x.png").read_bytes()).std() > 0


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--decode_from_file=/nowhere.png"], "There is no picture and no folder /nowhere.png"),
        (["--decode_interactive"], "With pictures there are --decode_from_file and splits"),
        (["--split=tset"], "has no split 'tset'"),
    ],
)
def test_what_is_wrong(run_dir, capsys, flags, message):
    assert t2t_decoder.run(["t2t-decoder", f"--output_dir={run_dir}", *flags]) == 2
    assert message in capsys.readouterr().err


def sheet(run_dir, path, *flags):
    flags = [f"--data_dir={run_dir.parent / 'data'}", f"--output_file={path}", *flags]
    return t2t_pictures.run(["t2t-pictures", "--problem=image_folder", *flags])


def test_sheet(run_dir, tmp_path):
    path, size = tmp_path / "sheet.png", 64
    more = "--hparams=image_size=32,image_augmentation=cifar"  # drawn twice as large
    assert sheet(run_dir, path, "--rows=3", "--columns=4", more) == 0
    drawn = tf.io.decode_png(path.read_bytes()).numpy()
    assert drawn.shape == (3 * (size + 2) + 2, 4 * (size + 2) + 2, 3)
    cells = [
        [drawn[r + 2 : r + 2 + size, c + 2 : c + 2 + size] for c in range(0, 4 * 66, 66)]
        for r in range(0, 3 * 66, 66)
    ]
    for row in cells:
        for cell in row:
            doubled = cell[::2, ::2].repeat(2, 0).repeat(2, 1)
            np.testing.assert_array_equal(cell, doubled)
        first, *others = (cell.reshape(-1, 3).astype(int) for cell in row)
        is_red = first[:, 0].sum() > first[:, 1].sum()
        assert (first[:, 2] == 0).all()
        for other in others:  # shifted, so with black at an edge; of the same colour
            assert (other[:, 0].sum() > other[:, 1].sum()) == is_red
            assert not np.array_equal(other, first)


def test_sheet_with_mixup(run_dir, tmp_path):
    """Each mixed cell lies between its own picture and the one above: two shares sum to one."""
    path, size = tmp_path / "sheet.png", 64
    more = "--hparams=image_size=64,image_augmentation=none,mixup_alpha=1"
    assert sheet(run_dir, path, "--rows=2", "--columns=3", more) == 0
    drawn = tf.io.decode_png(path.read_bytes()).numpy().astype(float)
    (a, *of_a), (b, *of_b) = (
        [drawn[r : r + size, c : c + size] for c in (2, 68, 134)] for r in (2, 68)
    )
    shares = []
    for own, other, mixed in [*((a, b, m) for m in of_a), *((b, a, m) for m in of_b)]:
        share = np.vdot(mixed - other, own - other) / np.vdot(own - other, own - other)
        np.testing.assert_allclose(share * own + (1 - share) * other, mixed, atol=1)
        shares.append(share)
    assert len(set(np.round(shares, 3))) == 4 and 0 <= min(shares) <= max(shares) <= 1


def test_sheet_of_no_pictures(tmp_path, capsys):
    flags = ["--problem=algorithmic_reverse_binary40", f"--data_dir={tmp_path}", "--output_file=x"]
    assert t2t_pictures.run(["t2t-pictures", *flags]) == 2
    assert "are no pictures" in capsys.readouterr().err


def test_list_shows_the_data(run_dir, capsys):
    flags = ["problem", "image_folder", f"--data_dir={run_dir.parent / 'data'}"]
    assert t2t_list.run(["t2t-list", *flags]) == 0
    out = capsys.readouterr().out
    assert "inputs: 10 x 12 pixels, png" in out and "targets: green" in out
    assert "inputs: image" in out and "targets: class_label, 2 ids" in out
    assert "PNG" not in out and "image_folder.classes.txt" in out
    assert "--model=transformer_encoder" in out
