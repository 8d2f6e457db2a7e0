"""One Billion Words, the Penn Treebank and WikiText from miniatures of their archives."""

import pytest
from archive_files import write_archive, write_files
from contracts import run_problem_test
from generated import decoded, few_shards

from t2t_lite import registry
from t2t_lite.data import records
from t2t_lite.errors import T2TError

BILLION = "1-billion-word-language-modeling-benchmark-r13output"


def samples(name, tmp_dir, split="train"):
    found = registry.problem(name).generate_samples("", str(tmp_dir), split)
    return [sample["targets"] for sample in found]


def billion_words(files=99):
    training = f"{BILLION}/training-monolingual.tokenized.shuffled/news.en-{{:05}}-of-00100"
    heldout = f"{BILLION}/heldout-monolingual.tokenized.shuffled/news.en.heldout-{{:05}}-of-00050"
    return {
        f"{BILLION}/README": "about",
        **{training.format(i): f"The  number {i} .\n" for i in range(1, files + 1)},
        heldout.format(1): "Not this .\n",
        heldout.format(0): "The strange number .\nThe end .\n",
    }


@pytest.fixture
def lm1b(tmp_path):
    words = "\n".join(["<S>", "UNK", "The", "number", ".", "end", *map(str, range(50)), ""])
    write_files(tmp_path / "tmp", {"vocab-2016-09-10.txt.en": words})
    write_archive(tmp_path / "tmp" / f"{BILLION}.tar.gz", billion_words())
    return tmp_path / "tmp"


@pytest.fixture
def ptb(tmp_path):
    parts = {
        "train": ["no it was n't", "the <unk> of N"],
        "valid": ["it was"],
        "test": ["no <unk>"],
    }
    members = {}
    for part, sentences in parts.items():
        words = "".join(f" {sentence} \n" for sentence in sentences)
        characters = "".join(f" {' '.join(s.replace(' ', '_'))} _ \n" for s in sentences)
        members[f"./simple-examples/data/ptb.{part}.txt"] = words
        members[f"./simple-examples/data/ptb.char.{part}.txt"] = characters
    write_archive(tmp_path / "tmp" / "simple-examples.tgz", members)
    return tmp_path / "tmp"


@pytest.fixture
def wikitext(tmp_path):
    def part(words):
        return f" \n = A heading = \n \n The first\u00a0{words} @-@ paragraph . \n \n"

    for kind, end in (("", "tokens"), ("-raw", "raw")):
        members = {
            f"wikitext-103{kind}/wiki.{name}.{end}": part(f"{kind} {name}")
            for name in ("test", "train", "valid")
        }
        write_archive(tmp_path / "tmp" / f"wikitext-103{kind}-v1.zip", members)
    return tmp_path / "tmp"


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("languagemodel_lm1b32k", "lm1b"),
        ("languagemodel_ptb10k", "ptb"),
        ("languagemodel_ptb_characters", "ptb"),
        ("languagemodel_wikitext103", "wikitext"),
    ],
)
def test_contract(name, source, request, monkeypatch, tmp_path):
    directory = request.getfixturevalue(source)
    run_problem_test(few_shards(monkeypatch, name), tmp_path, directory)


def test_billion_words(lm1b):
    numbers = [i if i < 50 else "UNK" for i in range(1, 100)]
    training = [f"The number {i} ." for i in numbers]
    for name in ("languagemodel_lm1b32k", "languagemodel_lm1b_characters"):
        assert samples(name, lm1b) == training
        assert samples(name, lm1b, "dev") == ["The UNK number .", "The end ."]


def test_billion_words_with_a_file_too_few(lm1b):
    write_archive(lm1b / f"{BILLION}.tar.gz", billion_words(98))
    with pytest.raises(T2TError, match=r"holds 98 files .*news\.en-\*, not 99: it is not complete"):
        samples("languagemodel_lm1b32k", lm1b)
    (lm1b / f"{BILLION}.tar.gz").unlink()
    write_files(lm1b, billion_words())
    assert len(samples("languagemodel_lm1b32k", lm1b)) == 99


def test_penn_treebank(ptb, tmp_path):
    assert samples("languagemodel_ptb10k", ptb) == ["no it was n't", "the <unk> of N"]
    assert samples("languagemodel_ptb10k", ptb, "dev") == ["it was"]
    characters = samples("languagemodel_ptb_characters", ptb)
    assert characters == ["no it was n't", "the <unk> of N"]
    assert samples("languagemodel_ptb_characters", ptb, "test") == ["no <unk>"]
    problem = registry.problem("languagemodel_ptb10k")
    problem.generate_data(tmp_path, ptb, num_workers=1)
    vocabulary = (tmp_path / "vocab.lmptb.10000").read_text().split("\n")
    assert vocabulary[:3] == ["<pad>", "<EOS>", "<unk>"]
    assert set(vocabulary[3:-1]) == {"no", "it", "was", "n't", "the", "of", "N"}


def test_penn_treebank_as_tensor2tensor_wrote_it(tmp_path):
    """Its vocabulary has no reserved symbols, and "<EOS>" is a word."""
    (tmp_path / "vocab.lmptb.10000").write_text("the\n<unk>\n<EOS>\nof\na")
    path = tmp_path / "languagemodel_ptb10k-dev-00000-of-00001"
    with records.RecordWriter(path) as writer:
        writer.write(records.serialize({"targets": [4, 3, 4, 2, 1]}))
    problem = registry.problem("languagemodel_ptb10k")
    assert problem.get_hparams(data_dir=str(tmp_path)).vocab_size == {"targets": 5}
    assert decoded(problem, tmp_path, "dev") == [("a of a <EOS>",)]


def test_wikitext(wikitext):
    for kind, name in (("", "103"), ("-raw", "103_characters")):
        for part, split in (("train", "train"), ("valid", "dev"), ("test", "test")):
            paragraph = " ".join(["The first", kind, part, "@-@ paragraph ."]).replace("  ", " ")
            found = samples(f"languagemodel_wikitext{name}", wikitext, split)
            assert found == ["= A heading =", paragraph]


def test_all_words_of_wikitext_are_in_its_vocabulary(tmp_path):
    """However many there are: a limit of 2^15 would be Tensor2Tensor's for subwords."""
    words = " ".join(f"w{i}" for i in range(40_000))
    members = {f"wikitext-103/wiki.{part}.tokens": words for part in ("train", "valid", "test")}
    write_archive(tmp_path / "wikitext-103-v1.zip", members)
    problem = registry.problem("languagemodel_wikitext103")
    problem.build_vocabularies(str(tmp_path), str(tmp_path))
    path = tmp_path / "vocab.languagemodel_wikitext103.tokens"
    assert len(path.read_text().split()) == 40_003
