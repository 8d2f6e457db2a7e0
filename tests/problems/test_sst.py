"""Sentiment of sentences and phrases from miniatures of the files."""

import pytest
from archive_files import write_archive, write_files
from contracts import run_problem_test
from generated import decoded

from t2t_lite import registry
from t2t_lite.data import tfds_source
from t2t_lite.errors import T2TError
from t2t_lite.problems import sst

SENTENCES = [("a stirring film", 1), ("it 's a mess , really", 0), ("$5 & “more”", 1)]


@pytest.fixture
def tmp_dir(tmp_path):
    rows = "".join(f"{text}\t{label}\n" for text, label in SENTENCES)
    parts = {"train": rows, "dev": rows.splitlines()[1] + "\n", "test": rows}
    write_files(tmp_path / "tmp" / "sst2", {f"{part}.tsv": rows for part, rows in parts.items()})
    glue = {f"SST-2/{part}.tsv": f"sentence\tlabel\n{rows}" for part, rows in parts.items()}
    write_archive(tmp_path / "tmp" / "SST-2.zip", glue)
    return tmp_path / "tmp"


def expected(sentences):
    return sorted((text, ("neg", "pos")[label]) for text, label in sentences)


@pytest.mark.parametrize("name", ["sentiment_sst2", "sentiment_sst_binary"])
def test_contract(name, tmp_dir, tmp_path):
    run_problem_test(registry.problems.get(name), tmp_path, tmp_dir)


@pytest.mark.parametrize("name", ["sentiment_sst2", "sentiment_sst_binary"])
def test_texts_and_classes(name, tmp_dir, tmp_path):
    problem = registry.problem(f"{name}_characters")
    problem.generate_data(tmp_path, tmp_dir, num_workers=1)
    assert decoded(problem, tmp_path, "train") == expected(SENTENCES)
    assert decoded(problem, tmp_path, "dev") == expected(SENTENCES[1:2])
    assert ("test" in problem.split_names()) == (name == "sentiment_sst2")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("good", ["train.tsv, line 2", "found 0 tabs"]),
        ("good\t1\t", ["train.tsv, line 2", "found 2 tabs"]),
        ("good\t2", ["train.tsv, line 2", "the class is 0 or 1, not '2'"]),
        ("good\tpos", ["train.tsv, line 2", "not 'pos'"]),
    ],
)
def test_mistakes(line, words, tmp_path):
    write_files(tmp_path, {"train.tsv": f"bad\t0\n{line}\n"})
    with pytest.raises(T2TError) as error:
        list(registry.problem("sentiment_sst2").generate_samples("", str(tmp_path), "train"))
    for word in words:
        assert word in str(error.value)


def test_glue_from_tensorflow_datasets(tmp_path, monkeypatch):
    rows = [{"sentence": text, "label": label} for text, label in SENTENCES]
    asked = []

    def examples(name, split, *args):
        asked.append((name, split))
        return iter(rows)

    monkeypatch.setattr(tfds_source, "is_prepared", lambda *args: True)
    monkeypatch.setattr(tfds_source, "examples", examples)
    problem = registry.problem("sentiment_sst_binary")
    found = problem.generate_samples("", str(tmp_path), "dev")
    assert [(sample["inputs"], sample["label"]) for sample in found] == SENTENCES
    assert asked == [("glue/sst2", "dev")]


def test_every_file_has_the_checksum_of_its_upstream(shared_dir):
    listed = (shared_dir / "data/SHA256SUMS").read_text().split()
    sums = dict(zip(listed[1::2], listed[::2], strict=False))
    assert {f"sst2/{name}": digest for name, digest in sst._SHA256.items()}.items() <= sums.items()


def test_the_sentences_of_the_treebank(shared_dir):
    problem = registry.problem("sentiment_sst2")
    for split, count in (("train", 6920), ("dev", 872), ("test", 1821)):
        found = list(problem.generate_samples("", str(shared_dir / "data"), split))
        assert len(found) == count
        assert 0.45 < sum(sample["label"] for sample in found) / count < 0.55
