"""Film reviews from a miniature of the archive."""

import pytest
from archive_files import write_archive, write_files
from contracts import run_problem_test
from generated import decoded

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems import imdb


def reviews(part, label, count=3):
    return [f"A {label} film<br /><br />of the {part} — part {i}." for i in range(count)]


def members(count=3):
    return {
        "aclImdb/README": "about",
        "aclImdb/train/urls_pos.txt": "http://nowhere.invalid/",
        "aclImdb/train/unsup/0_0.txt": "Nobody knows.",
        **{
            f"aclImdb/{part}/{label}/{i}_7.txt": f" {review}\n"
            for part in ("test", "train")
            for label in ("neg", "pos")
            for i, review in enumerate(reviews(part, label, count))
        },
    }


@pytest.fixture
def tmp_dir(tmp_path, monkeypatch):
    monkeypatch.setattr(imdb.SentimentIMDB, "reviews_per_class", 3)
    write_archive(tmp_path / "tmp" / "aclImdb_v1.tar.gz", members())
    return tmp_path / "tmp"


def test_contract(tmp_dir, tmp_path):
    run_problem_test(imdb.SentimentIMDB, tmp_path, tmp_dir)


@pytest.mark.parametrize("name", ["sentiment_imdb", "sentiment_imdb_characters"])
def test_texts_and_classes(tmp_dir, tmp_path, name):
    problem = registry.problem(name)
    problem.generate_data(tmp_path, tmp_dir, num_workers=1)
    for split, part in (("train", "train"), ("dev", "test")):
        expected = [(r, label) for label in ("neg", "pos") for r in reviews(part, label)]
        assert decoded(problem, tmp_path, split) == sorted(expected)
    assert [problem.class_labels.index(label) for label in ("neg", "pos")] == [0, 1]


def test_unpacked(tmp_dir):
    (tmp_dir / "aclImdb_v1.tar.gz").unlink()
    write_files(tmp_dir, members())
    found = registry.problem("sentiment_imdb").generate_samples("", tmp_dir, "train")
    assert [s["label"] for s in found] == ["neg"] * 3 + ["pos"] * 3


@pytest.mark.parametrize("count", [2, 4])
def test_another_number_of_reviews(tmp_dir, count):
    write_archive(tmp_dir / "aclImdb_v1.tar.gz", members(count))
    samples = registry.problem("sentiment_imdb").generate_samples("", tmp_dir, "dev")
    match = rf"holds {count} files aclImdb/test/neg/\*\.txt, not 3"
    with pytest.raises(T2TError, match=match):
        list(samples)
