"""Several problems together: names, vocabularies."""

import pytest

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems import mixture, parsing, text_problems
from t2t_lite.text.byte_encoder import ByteTextEncoder
from t2t_lite.text.character_encoder import CharacterTextEncoder
from t2t_lite.text.integer_encoder import IntegerEncoder


class Animals(text_problems.Text2TextProblem):
    """English to German."""

    name = "animals"
    approx_vocab_size = 300
    words = "dog Hund cat Katze horse Pferd"

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        words = self.words.split()
        for i in range(60):
            yield {"inputs": " ".join(words[i % 6 :]), "targets": " ".join(words[: i % 6 + 1])}


class Plants(Animals):
    """English to French, with two vocabularies."""

    name = "plants"
    approx_vocab_size = 320
    joint_vocab = False
    words = "tree arbre flower fleur grass herbe"


class More(Animals):
    """English to German again."""

    name = "more"


class Trees(parsing.ParsingProblem):
    """English to labels of trees."""

    name = "trees"
    approx_vocab_size = 300

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        for i in range(60):
            word = ["dog", "cat", "horse"][i % 3]
            yield {"inputs": f"the {word}", "targets": f"(Label Labels{i % 3} )Label"}


MEMBERS = {"animals": Animals(), "plants": Plants()}


def test_names():
    assert mixture.names(" a, b ,c") == ["a", "b", "c"]
    with pytest.raises(T2TError, match="more than once"):
        mixture.names("a,b,a")
    with pytest.raises(T2TError, match="--problem is missing"):
        mixture.names(" , ")


def test_vocabularies_are_told_apart_by_what_they_hold():
    same = mixture.identity(CharacterTextEncoder("abc"))
    assert same == mixture.identity(CharacterTextEncoder("abc"))
    others = [CharacterTextEncoder("abd"), ByteTextEncoder(), IntegerEncoder(9), IntegerEncoder(8)]
    assert len({same, *map(mixture.identity, others)}) == 5


def test_vectors_have_no_vocabulary(tmp_path):
    members = {"animals": Animals(), "series": registry.problem("timeseries_toy_problem")}
    for problem in members.values():
        problem.generate_data(tmp_path, "", num_workers=1)
    animals, series = mixture.hparams(members, data_dir=str(tmp_path)).members
    assert animals.vocabulary.keys() == {"inputs", "targets"}
    assert not series.vocabulary


def test_each_problem_has_its_vocabulary(tmp_path):
    for problem in (Animals(), Plants()):
        problem.generate_data(tmp_path, "", num_workers=1)
    animals, plants = mixture.hparams(MEMBERS, data_dir=str(tmp_path)).members
    assert animals.vocabulary["inputs"] == animals.vocabulary["targets"]
    found = {*animals.vocabulary.values(), *plants.vocabulary.values()}
    assert len(found) == 3


def test_one_vocabulary_for_all(tmp_path):
    members = {"animals": Animals(), "plants": Plants()}
    mixture.build_shared_vocabulary(members, str(tmp_path), "", 340)
    for problem in members.values():
        problem.generate_data(tmp_path, "", num_workers=1)
    animals, plants = mixture.hparams(members, data_dir=str(tmp_path)).members
    assert len({*animals.vocabulary.values(), *plants.vocabulary.values()}) == 1
    encoder = members["animals"].get_feature_encoders(str(tmp_path))["inputs"]
    assert len(encoder.encode("dog arbre")) < 6  # Words of both are known.
    # The same once more changes nothing, also where it was broken off; nor does another problem.
    (tmp_path / "vocab.plants.320.inputs.model").unlink()
    before = {path: path.read_bytes() for path in tmp_path.glob("vocab*")}
    members["more"] = More()
    mixture.build_shared_vocabulary(members, str(tmp_path), "", 340)
    after = {path: path.read_bytes() for path in tmp_path.glob("vocab*")}
    assert before.items() < after.items() and len(after) == 4 and len(set(after.values())) == 1
    # Where there are two already, none can be shared.
    (tmp_path / "vocab.plants.320.inputs.model").write_bytes(b"another")
    with pytest.raises(T2TError, match=r"There are several vocabularies in .*: vocab.animals"):
        mixture.build_shared_vocabulary(members, str(tmp_path), "", 340)


def test_labels_of_trees_are_not_shared(tmp_path):
    """They have a vocabulary of words of their own, and are no text for the subwords."""
    members = {"animals": Animals(), "trees": Trees()}
    mixture.build_shared_vocabulary(members, str(tmp_path), "", 340)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["vocab.animals.300.model", "vocab.trees.300.model"]
    assert b"Label" not in (tmp_path / names[0]).read_bytes()
    for problem in members.values():
        problem.generate_data(tmp_path, "", num_workers=1)
    assert (tmp_path / "vocab.trees.labels").read_text().count("Label")


def test_nothing_to_share(tmp_path):
    members = {"reverse": registry.problem("algorithmic_reverse_binary40")}
    with pytest.raises(T2TError, match="None of reverse has subwords"):
        mixture.build_shared_vocabulary(members, str(tmp_path), "", 340)
