"""Natural language inference from miniatures of the archives."""

import pytest
from archive_files import write_archive
from contracts import run_problem_test
from generated import decoded, examples, few_shards

from t2t_lite import registry
from t2t_lite.data import tfds_source
from t2t_lite.errors import T2TError

SNLI_HEADING = (
    "gold_label sentence1_binary_parse sentence2_binary_parse sentence1_parse sentence2_parse "
    "sentence1 sentence2 captionID pairID label1 label2 label3 label4 label5"
)
MNLI_HEADING = (
    "index promptID pairID genre sentence1_binary_parse sentence2_binary_parse sentence1_parse "
    "sentence2_parse sentence1 sentence2 label1 gold_label"
)
LABELS = ["entailment", "-", "neutral", "contradiction"]


def pairs(part):
    """(premise, hypothesis, class)"""
    return [(f"A man, {part}, $ {i}", f'He is "{i}" ', label) for i, label in enumerate(LABELS)]


def table(heading, part):
    heading = heading.split()
    rows = [heading]
    for premise, hypothesis, label in pairs(part):
        values = {"sentence1": premise, "sentence2": hypothesis, "gold_label": label}
        rows.append([values.get(name, "x") for name in heading])
    return "".join("\t".join(row) + "\n" for row in rows)


@pytest.fixture
def tmp_dir(tmp_path):
    parts = {"train": "train", "dev": "dev", "test": "test"}
    snli = {f"snli_1.0/snli_1.0_{p}.txt": table(SNLI_HEADING, p) for p in parts}
    write_archive(tmp_path / "tmp" / "SNLI.zip", {"__MACOSX/x": "", **snli})
    # The development tables have more columns, the class is always the last.
    longer = MNLI_HEADING.replace("gold", "label2 label3 gold")
    mnli = {
        "MNLI/train.tsv": table(MNLI_HEADING, "train"),
        "MNLI/dev_matched.tsv": table(longer, "dev"),
        "MNLI/dev_mismatched.tsv": table(longer, "dev_mismatched"),
    }
    write_archive(tmp_path / "tmp" / "MNLI.zip", mnli)
    return tmp_path / "tmp"


@pytest.mark.parametrize("name", ["stanford_nli", "multi_nli"])
def test_contract(name, tmp_dir, tmp_path, monkeypatch):
    run_problem_test(few_shards(monkeypatch, name), tmp_path, tmp_dir)


@pytest.mark.parametrize("name", ["stanford_nli", "multi_nli"])
def test_pairs_and_classes(name, tmp_dir):
    problem = registry.problem(name)
    for split in problem.split_names():
        expected = [
            {"inputs": [premise, hypothesis], "label": label}
            for premise, hypothesis, label in pairs(split)
            if label != "-"
        ]
        assert list(problem.generate_samples("", str(tmp_dir), split)) == expected
    assert problem.class_labels == ("contradiction", "entailment", "neutral")


def test_bytes(tmp_dir, tmp_path):
    problem = registry.problem("stanford_nli_characters")
    problem.generate_data(tmp_path, tmp_dir, num_workers=1)
    expected = [(f"{a}${b}", label) for a, b, label in pairs("dev") if label != "-"]
    assert decoded(problem, tmp_path, "dev") == sorted(expected)


def test_the_separator_is_one_id(tmp_dir, tmp_path):
    problem = registry.problem("multi_nli")
    problem.generate_data(tmp_path, tmp_dir, num_workers=1)
    encoder = problem.get_feature_encoders(tmp_path)["inputs"]
    separator = problem.separator(encoder)
    assert encoder.decode([separator]).strip() == "$"
    expected = [
        [*encoder.encode(a), separator, *encoder.encode(b), 1]
        for a, b, label in pairs("dev")
        if label != "-"
    ]
    found = [example["inputs"] for example in examples(problem, tmp_path, "dev")]
    assert sorted(found) == sorted(expected)


def test_the_separator_in_a_vocabulary_of_tensor2tensor(tmp_path):
    """It is the first id of "$", as there."""
    characters = ["$", *"\\_u;0123456789 aman"]
    words = ["<pad>_", "<EOS>_", "man_", *dict.fromkeys(characters)]
    path = tmp_path / "vocab.multi_nli.32768.subwords"
    path.write_text("".join(f"'{word}'\n" for word in words))
    problem = registry.problem("multi_nli")
    encoder = problem.get_feature_encoders(tmp_path)["inputs"]
    assert problem.separator(encoder) == encoder.encode("$")[0] == 3


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["gold_label\tsentence1"], r"train\.txt, line 1: the heading has no column 'sentence2'"),
        (
            ["gold_label\tsentence1\tsentence2", "neutral\ta\tb", "neutral\ta"],
            r"train\.txt, line 3: expected at least 3 columns .* found 2",
        ),
        (
            ["gold_label\tsentence1\tsentence2", "maybe\ta\tb"],
            r"train\.txt, line 2: there is no class 'maybe'",
        ),
    ],
)
def test_malformed_tables(tmp_path, rows, message):
    write_archive(tmp_path / "snli_1.0.zip", {"snli_1.0/snli_1.0_train.txt": "\n".join(rows)})
    with pytest.raises(T2TError, match=message):
        list(registry.problem("stanford_nli").generate_samples("", tmp_path, "train"))


@pytest.mark.parametrize(
    ("name", "split", "asked"),
    [
        ("stanford_nli", "dev", ("snli", "dev")),
        ("multi_nli", "dev", ("glue/mnli", "validation_matched")),
        ("multi_nli_characters", "dev_mismatched", ("glue/mnli", "validation_mismatched")),
    ],
)
def test_from_tensorflow_datasets(name, split, asked, tmp_path, monkeypatch):
    """Its classes have another order, and -1 where people did not agree."""
    labels = {0: "entailment", 1: "neutral", 2: "contradiction"}

    def examples(*arguments):
        assert arguments[:2] == asked
        return ({"premise": "p", "hypothesis": str(i), "label": i} for i in (2, -1, 0, 1))

    monkeypatch.setattr(tfds_source, "is_prepared", lambda name, _: name == asked[0])
    monkeypatch.setattr(tfds_source, "examples", examples)
    found = list(registry.problem(name).generate_samples("", str(tmp_path), split))
    expected = [{"inputs": ["p", str(i)], "label": labels[i]} for i in (2, 0, 1)]
    assert found == expected
