"""Shakespeare's text is cut at fixed places, and no character is lost."""

import gzip

import pytest
from archive_files import write_files
from contracts import run_problem_test
from generated import examples

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems import shakespeare

TEXT = "".join(f"SPEAKER {i}:\nWhat's the matter,\n\nhere — {i * i}?\n" for i in range(90))
NAMES = ["languagemodel_shakespeare", "languagemodel_shakespeare2k"]
SPLITS = ("train", "dev", "test")


@pytest.fixture
def tmp_dir(tmp_path, monkeypatch):
    monkeypatch.setattr(shakespeare.LanguagemodelShakespeare, "size", len(TEXT))
    write_files(tmp_path / "tmp", {"shakespeare/input.txt": TEXT})
    return tmp_path / "tmp"


@pytest.mark.parametrize("name", NAMES)
def test_contract(name, tmp_dir, tmp_path):
    run_problem_test(registry.problems.get(name), tmp_path, tmp_dir)


@pytest.mark.parametrize("name", NAMES)
def test_rows_joined_are_the_text(name, tmp_dir):
    problem = registry.problem(name)
    splits = {
        split: [s["targets"] for s in problem.generate_samples("", str(tmp_dir), split)]
        for split in SPLITS
    }
    assert "".join(row for split in SPLITS for row in splits[split]) == TEXT
    assert len("".join(splits["train"])) == len(TEXT) * 90 // 100
    assert len("".join(splits["test"])) == len(TEXT) - len(TEXT) * 95 // 100
    rows = splits["train"]
    assert max(map(len, rows)) <= problem.row_length
    if name == "languagemodel_shakespeare":
        assert {len(row) for row in rows[:-1]} == {256}
    else:
        assert all(row.endswith("\n") for row in rows[:-1])
        assert min(map(len, rows[:-1])) > 700


@pytest.mark.parametrize("name", NAMES)
def test_characters_of_the_ids_add_up_to_the_text(name, tmp_dir, tmp_path):
    """What bits per character are divided by, in every row."""
    problem = registry.problem(name)
    problem.generate_data(tmp_path, tmp_dir, num_workers=1)
    encoder = problem.get_feature_encoders(tmp_path)["targets"]
    counts = encoder.character_counts()
    assert len(counts) == encoder.vocab_size
    for example in examples(problem, tmp_path, "dev"):
        row = encoder.decode_until_eos(example["targets"])
        assert sum(counts[i] for i in example["targets"]) == len(row)
    assert "bits_per_character" in problem.eval_metrics()


def test_another_text(tmp_dir):
    (tmp_dir / "shakespeare/input.txt").write_text(TEXT + "x\n")
    with pytest.raises(T2TError, match="it is not the file at https"):
        next(registry.problem(NAMES[0]).generate_samples("", str(tmp_dir), "train"))


def test_the_plays(shared_dir):
    problem = registry.problem(NAMES[0])
    texts = [problem.text(str(shared_dir / "data"), split) for split in SPLITS]
    assert [len(text) for text in texts] == [1_003_854, 55_770, 55_770]
    path = shared_dir / "data/shakespeare/input.txt.gz"
    assert "".join(texts) == gzip.decompress(path.read_bytes()).decode()
    listed = (shared_dir / "data/SHA256SUMS").read_text()
    assert f"{shakespeare._SHA256}  shakespeare/input.txt" in listed
