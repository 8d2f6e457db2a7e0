"""Parsing: trees from files come back as words and lines of labels."""

import pytest
from archive_files import write_archive, write_files
from contracts import run_problem_test
from generated import decoded

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems import parsing
from t2t_lite.problems.base import SpaceID
from t2t_lite.text import trees


def tree(i):
    return (
        f"( (S (NP-SBJ-1 (DT the) (NN cat{i}))\n (VP (VBZ sleeps) (S (NP (-NONE- *-1)))) (. .)) )\n"
    )


def sample(i):
    return (f"the cat{i} sleeps .", "S NP DT NN /NP VP VBZ /VP . /S")


@pytest.fixture
def small(monkeypatch):
    """A sample of nine trees."""
    monkeypatch.setattr(parsing.ParsingWsjSample, "sizes", {"train": 6, "dev": 2, "test": 1})


def samples(name, directory, split):
    found = registry.problem(name).generate_samples("", str(directory), split)
    return [(sample["inputs"], sample["targets"]) for sample in found]


def test_contract(small, tmp_path):
    write_files(tmp_path / "tmp", {"wsj_sample.mrg": "".join(map(tree, range(9)))})
    run_problem_test(parsing.ParsingWsjSample, tmp_path, tmp_path / "tmp")


def test_splits_by_position_from_a_file_or_the_archive(small, tmp_path, monkeypatch):
    write_files(tmp_path / "plain", {"treebank/wsj_sample.mrg": "".join(map(tree, range(9)))})
    files = {f"treebank/combined/wsj_000{i}.mrg": tree(2 * i) + tree(2 * i + 1) for i in range(4)}
    files["treebank/combined/wsj_0004.mrg"] = tree(8)
    files = dict(reversed(files.items())) | {"treebank/README": "about"}
    write_archive(tmp_path / "zip" / "treebank.zip", files)
    pattern, _ = parsing.ParsingWsjSample.members
    monkeypatch.setattr(parsing.ParsingWsjSample, "members", (pattern, 5))
    for directory in ("plain", "zip"):
        found = [
            samples("parsing_wsj_sample", tmp_path / directory, split)
            for split in ("train", "dev", "test")
        ]
        expected = [sample(i) for i in range(9)]
        assert found == [expected[:6], expected[6:8], expected[8:]]


@pytest.mark.parametrize("count", [8, 10])
def test_another_number_of_trees(small, tmp_path, count):
    write_files(tmp_path, {"wsj_sample.mrg": "".join(map(tree, range(count)))})
    with pytest.raises(T2TError, match="not 9: it is cut off, or another one"):
        samples("parsing_wsj_sample", tmp_path, "train")


def test_words_and_labels_have_vocabularies_of_their_own(small, tmp_path):
    write_files(tmp_path / "tmp", {"wsj_sample.mrg": "".join(map(tree, range(9)))})
    problem = registry.problem("parsing_wsj_sample")
    problem.generate_data(tmp_path, tmp_path / "tmp", num_workers=1)
    labels = (tmp_path / "vocab.parsing_wsj_sample.labels").read_text().split()
    assert sorted(labels[3:]) == sorted({*sample(0)[1].split()})
    assert decoded(problem, tmp_path, "dev") == [sample(6), sample(7)]
    hparams = problem.get_hparams(data_dir=str(tmp_path))
    assert hparams.vocab_size["targets"] == len(labels) < hparams.vocab_size["inputs"]
    assert (hparams.input_space_id, hparams.target_space_id) == (
        SpaceID.EN_TOK,
        SpaceID.PARSE_TOK,
    )
    assert "parse_f1" in problem.eval_metrics()
    assert "parse_f1" not in registry.problem("parsing_wsj_sample_rev").eval_metrics()


@pytest.mark.parametrize(
    ("name", "train", "dev"),
    [
        ("parsing_english_ptb8k", "parsing_train.trees", "parsing_dev.trees"),
        ("parsing_english_ptb16k", "parsing_train.trees", "parsing_dev.trees"),
        ("wsj_parsing", "wsjTrain.trees", "wsjEval.trees"),
    ],
)
def test_files_of_trees(name, train, dev, tmp_path):
    lines = [tree(i).replace("\n", "").replace("( (S", "(TOP (S") + "\n" for i in range(3)]
    write_files(tmp_path / "tmp", {train: lines[0] + lines[1], dev: lines[2]})
    assert samples(name, tmp_path / "tmp", "train") == [sample(0), sample(1)]
    assert samples(name, tmp_path / "tmp", "dev") == [sample(2)]


def test_missing_and_damaged_files(tmp_path):
    with pytest.raises(T2TError, match=r"parsing_train\.trees \(or .*--tmp_dir right"):
        samples("parsing_english_ptb8k", tmp_path, "train")
    write_files(tmp_path, {"parsing_train.trees": tree(0) + "((S (NN a)"})
    with pytest.raises(T2TError, match=r"parsing_train\.trees: the tree .* line 3 is not closed"):
        samples("parsing_english_ptb8k", tmp_path, "train")
    write_files(tmp_path, {"parsing_train.trees": "( (S (-NONE- *)))"})
    with pytest.raises(T2TError, match="tree 1 holds nothing but empty elements"):
        samples("parsing_english_ptb8k", tmp_path, "train")


def test_icelandic(tmp_path):
    pairs = "Hann fer .\tP NP-SUBJ pro /NP-SUBJ so . /P\n"
    write_files(tmp_path / "tmp", {f"parsing_{s}.pairs": pairs for s in ("train", "dev")})
    run_problem_test(parsing.ParsingIcelandic16k, tmp_path, tmp_path / "tmp")
    problem = registry.problem("parsing_icelandic16k")
    hparams = problem.get_hparams(data_dir=str(tmp_path / "one_process"))
    assert hparams.target_space_id == SpaceID.ICE_PARSE_TOK


def test_the_sample_of_the_penn_treebank(shared_dir, monkeypatch):
    """3,914 trees; no label of the held-out ones is unknown; no trace is left."""
    found = list(parsing.ParsingWsjSample().trees(str(shared_dir / "data")))
    monkeypatch.setattr(parsing.ParsingWsjSample, "trees", lambda *args: found)
    splits = {split: samples("parsing_wsj_sample", "", split) for split in ("train", "dev", "test")}
    assert [len(found) for found in splits.values()] == [3114, 400, 400]
    assert splits["train"][0] == (
        "Pierre Vinken , 61 years old , will join the board as a nonexecutive director Nov. 29 .",
        "S NP NP NNP NNP /NP , ADJP NP CD NNS /NP JJ /ADJP , /NP VP MD VP VB NP DT NN /NP "
        "PP IN NP DT JJ NN /NP /PP NP NNP CD /NP /VP /VP . /S",
    )
    pairs = [pair for found in splits.values() for pair in found]
    phrases = trees.phrase_labels(line for _, line in pairs)
    assert {"S", "NP", "SBAR", "WHNP"} <= phrases
    assert not any("-" in label.strip("-") for label in phrases)
    for words, line in pairs[::7]:
        tree, is_sound = trees.from_linear(line, phrases)
        assert is_sound
        assert sum(1 for _ in tree.leaves()) == len(words.split())
    assert not any("-NONE-" in line for _, line in pairs)
