"""Pictures to captions, and vectors to vectors, by the commands: trained a little, and decoded."""

import json

import pytest
from archive_files import write_files

from t2t_lite import registry
from t2t_lite.bin import t2t_decoder, t2t_list, t2t_trainer
from t2t_lite.data import generation
from t2t_lite.problems import image_caption_shapes as shapes

SMALL = "batch_size=4,hidden_size=16,filter_size=16,num_heads=2,num_hidden_layers=1"


def train(root, problem, hparams_set, steps):
    flags = [
        f"--problem={problem}",
        "--model=transformer",
        f"--hparams_set={hparams_set}",
        f"--hparams={SMALL}",
        f"--data_dir={root / 'data'}",
        f"--output_dir={root / 'run'}",
        f"--train_steps={steps}",
        f"--local_eval_frequency={steps}",
        "--eval_decode_samples=3",
        "--eval_decode_hparams=beam_size=1,extra_length=4",
    ]
    assert t2t_trainer.run(["t2t-trainer", *flags]) == 0
    lines = map(json.loads, (root / "run" / "metrics.jsonl").read_text().splitlines())
    return next(line for line in lines if line["kind"] == "eval")


def decode(run_dir, *flags):
    return t2t_decoder.run(["t2t-decoder", f"--output_dir={run_dir}", *flags])


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory):
    """The folder of a run on drawings."""
    root = tmp_path_factory.mktemp("captions")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shapes, "COUNTS", {"train": 12, "dev": 5, "test": 2})
        registry.problem("image_caption_shapes").generate_data(root / "data", "", num_workers=1)
    line = train(root, "image_caption_shapes", "transformer_patches_tiny", 2)
    assert line["bleu"] >= 0 and line["exact_match"] >= 0
    return root / "run"


def test_files_and_split_get_the_same_captions(run_dir, tmp_path, capfd):
    """Whatever stands in a batch beside a picture; files that are none are told by name."""
    problem = registry.problem("image_caption_shapes")
    data = str(run_dir.parent / "data")
    examples = generation.records.read_examples(problem.filepaths(data, "dev")[0])
    pictures = {f"{i}.png": e["image/encoded"][0] for i, e in enumerate(examples)}
    write_files(tmp_path / "in", pictures | {"x.png": b"none"})
    how = "--decode_hparams=beam_size=2,extra_length=5"
    out = tmp_path / "out.tsv"
    assert (
        decode(run_dir, how, f"--decode_from_file={tmp_path / 'in'}", f"--decode_to_file={out}")
        == 0
    )
    names, captions = zip(*(line.split("\t") for line in out.read_text().splitlines()), strict=True)
    assert names == tuple(str(tmp_path / "in" / name) for name in pictures)
    assert "x.png is left out" in capfd.readouterr().err
    path = tmp_path / "dev.txt"
    assert decode(run_dir, f"{how},batch_size=2", f"--decode_to_file={path}") == 0
    assert tuple(path.read_text().splitlines()) == captions
    targets = [
        caption.split(" ")[0] for caption in (tmp_path / "dev.targets").read_text().splitlines()
    ]
    assert targets == ["a"] * 5
    one = tmp_path / "in" / "0.png"
    assert (
        decode(run_dir, how, f"--decode_from_file={one}", f"--checkpoint_path={run_dir},{run_dir}")
        == 0
    )
    assert capfd.readouterr().out.splitlines()[-1] == f"{one}\t{captions[0]}"


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--decode_from_file=/nowhere.png"], "There is no picture and no folder /nowhere.png"),
        (["--decode_interactive"], "With pictures and sounds there are --decode_from_file"),
        (
            ["--decode_hparams=max_length_ratio=2"],
            "max_length_ratio compares with an input's length",
        ),
    ],
)
def test_what_is_wrong(run_dir, capsys, flags, message):
    assert decode(run_dir, *flags) == 2
    assert message in capsys.readouterr().err


def test_list(run_dir, capsys):
    flags = ["problem", "image_caption_shapes", f"--data_dir={run_dir.parent / 'data'}"]
    assert t2t_list.run(["t2t-list", *flags]) == 0
    out = capsys.readouterr().out
    assert "inputs: image, 32 x 32 x 3" in out and "TokenTextEncoder" in out
    assert "targets: a " in out and "--model=transformer " in out
    train_line = next(line for line in out.splitlines() if line.split()[:1] == ["train"])
    assert train_line.split()[1:4] == ["12", "4", "targets"]


def test_vectors(tmp_path, capsys):
    registry.problem("timeseries_toy_problem").generate_data(tmp_path / "data", "", num_workers=1)
    line = train(tmp_path, "timeseries_toy_problem", "transformer_timeseries", 2)
    assert line["rmse"] == pytest.approx(line["mean_squared_error"] ** 0.5)
    assert line["loss"] == pytest.approx(line["mean_squared_error"])
    assert decode(tmp_path / "run") == 2
    assert "The model's outputs are numbers, not text" in capsys.readouterr().err
