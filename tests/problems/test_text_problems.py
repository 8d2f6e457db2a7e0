"""Text problems: from strings to ids, with each kind of vocabulary."""

import pytest
from contracts import run_problem_test

from t2t_lite import registry
from t2t_lite.data import manifest, records
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.text_problems import Text2TextProblem, VocabType
from t2t_lite.text.encoder import EOS
from t2t_lite.text.sentencepiece_encoder import SentencePieceEncoder
from t2t_lite.text.subword_encoder import SubwordTextEncoder

SPLITS = ({"split": "train", "shards": 2}, {"split": "dev", "shards": 1})


class Pairs(Text2TextProblem):
    """Pairs whose dev split has a letter (ž) that the training data lacks."""

    name = "pairs"
    approx_vocab_size = 330
    dataset_splits = SPLITS

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        for i in range(40 if dataset_split == "train" else 9):
            ending = "." if dataset_split == "train" else " ž"
            yield {"inputs": f"number {i}", "targets": f"Zahl  {i}{ending}"}


class Tokens(Pairs):
    vocab_type = VocabType.TOKEN


class Bytes(Pairs):
    vocab_type = VocabType.CHARACTER


class Characters(Pairs):
    vocab_type = VocabType.UNICODE


class SeparateVocabularies(Pairs):
    joint_vocab = False


class Lines(text_problems.Text2SelfProblem):
    name = "lines"
    approx_vocab_size = 300
    is_generate_per_split = False
    dataset_splits = SPLITS

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        return ({"targets": f"line {i}"} for i in range(50))


class Moods(text_problems.Text2ClassProblem):
    name = "moods"
    approx_vocab_size = 300
    class_labels = ("bad", "good")
    dataset_splits = SPLITS

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        for i in range(20):
            yield {"inputs": f"mood {i}", "label": i % 2 if i < 10 else ("bad", "good")[i % 2]}


def decoded(problem, data_dir, split):
    encoders = problem.get_feature_encoders(data_dir)
    return sorted(
        tuple(encoders[name].decode_until_eos(e[name]) for name in sorted(encoders))
        for path in problem.filepaths(data_dir, split)
        for e in records.read_examples(path)
    )


@pytest.mark.parametrize("problem_class", [Pairs, SeparateVocabularies, Lines, Moods])
def test_contract(problem_class, tmp_path):
    run_problem_test(problem_class, tmp_path)


@pytest.mark.parametrize("problem_class", [Pairs, Bytes, Characters, SeparateVocabularies])
def test_text_survives(problem_class, tmp_path):
    problem = problem_class()
    problem.generate_data(tmp_path, "")
    assert decoded(problem, tmp_path, "dev") == [(f"number {i}", f"Zahl  {i} ž") for i in range(9)]


def test_tokens(tmp_path):
    problem = Tokens()
    problem.generate_data(tmp_path, "")
    assert decoded(problem, tmp_path, "dev")[1] == ("number 1", "Zahl 1 <unk>")
    vocabulary = (tmp_path / "vocab.pairs.tokens").read_text().split("\n")
    assert vocabulary[:5] == ["<pad>", "<EOS>", "<unk>", "Zahl", "number"]


def test_a_vocabulary_without_a_size_holds_all_symbols(tmp_path):
    class AllTokens(Tokens):
        approx_vocab_size = None

    AllTokens().generate_data(tmp_path, "")
    tokens = set((tmp_path / "vocab.pairs.tokens").read_text().split())
    assert {"number", "Zahl", "39", "39."} <= tokens
    SubwordsWithoutSize = type("SubwordsWithoutSize", (Pairs,), {"approx_vocab_size": None})
    with pytest.raises(T2TError, match="set approx_vocab_size, subwords need it"):
        SubwordsWithoutSize().generate_data(tmp_path / "subwords", "")


@pytest.mark.parametrize("is_generate_per_split", [True, False])
def test_vocabularies_are_built_from_the_training_data_only(tmp_path, is_generate_per_split):
    class Unique(Characters):
        """Each sample has a character of its own."""

        def generate_samples(self, data_dir, tmp_dir, dataset_split):
            first = 0x4E00 + 100 * (dataset_split == "dev")
            for i in range(60):
                yield {"inputs": chr(first + i), "targets": "x"}

    problem = Unique()
    problem.is_generate_per_split = is_generate_per_split
    problem.generate_data(tmp_path, "")
    encoder = problem.get_feature_encoders(tmp_path)["inputs"]
    for split, is_known in (("train", True), ("dev", False)):
        for path in problem.filepaths(tmp_path, split):
            for example in records.read_examples(path):
                assert (example["inputs"][0] >= 258) == is_known
    assert encoder.vocab_size == 258 + 1 + (60 if is_generate_per_split else 40)


def test_separate_vocabularies(tmp_path):
    SeparateVocabularies().generate_data(tmp_path, "")
    encoders = SeparateVocabularies().get_feature_encoders(tmp_path)
    assert len(encoders["inputs"].encode("number")) < 4 < len(encoders["inputs"].encode("Zahl"))
    assert len(encoders["targets"].encode("Zahl")) < 4 < len(encoders["targets"].encode("number"))
    names = set(manifest.load(tmp_path, "pairs")["vocabularies"])
    assert names == {"vocab.pairs.330.inputs.model", "vocab.pairs.330.targets.model"}


def test_a_file_of_tensor2tensor_is_used(tmp_path):
    characters = "\\_u;0123456789 numberZahl.ž"
    words = ["<pad>_", "<EOS>_", "number_", "Zahl_", *dict.fromkeys(characters)]
    (tmp_path / "vocab.pairs.330.subwords").write_text("".join(f"'{w}'\n" for w in words))
    problem = Pairs()
    problem.generate_data(tmp_path, "")
    assert not list(tmp_path.glob("*.model"))
    assert isinstance(problem.get_feature_encoders(tmp_path)["inputs"], SubwordTextEncoder)
    assert ("number 7", "Zahl  7.") in decoded(problem, tmp_path, "train")
    assert next(records.read_examples(problem.filepaths(tmp_path, "dev")[0]))["inputs"][0] == 2


def test_reads_the_data_of_tensor2tensor(shared_dir):
    class TranslateMulti30k(Text2TextProblem):
        name = "translate_multi30k"
        approx_vocab_size = 2**13

    data_dir = str(shared_dir / "reference/t2t/data_dir")
    lines = [(shared_dir / f"reference/t2t/val40.{lang}").read_text() for lang in ("en", "de")]
    pairs = set(zip(*(text.split("\n")[:40] for text in lines), strict=True))
    assert pairs <= set(decoded(TranslateMulti30k(), data_dir, "dev"))
    assert len(decoded(TranslateMulti30k(), data_dir, "train")) == 2900


def test_vocabulary_of_another_problem(tmp_path):
    class Other(Pairs):
        name = "other"
        use_vocab_from_other_problem = Pairs()

    Other().generate_data(tmp_path, "")
    assert [path.name for path in tmp_path.glob("vocab.*")] == ["vocab.pairs.330.model"]
    assert decoded(Other(), tmp_path, "dev")[0] == ("number 0", "Zahl  0 ž")


def test_a_changed_or_missing_vocabulary_is_noticed(tmp_path):
    Pairs().generate_data(tmp_path, "")
    path = tmp_path / "vocab.pairs.330.model"
    SentencePieceEncoder.train(["something else"], 300).store_to_file(path)
    with pytest.raises(T2TError, match=r"vocab\.pairs\.330\.model is not the one that the data"):
        Pairs().get_feature_encoders(tmp_path)
    with pytest.raises(T2TError, match="another vocabularies"):
        Pairs().generate_data(tmp_path, "")
    path.unlink()
    with pytest.raises(T2TError, match=r"vocab\.pairs\.330\.model cannot be read .*t2t-datagen"):
        Pairs().get_feature_encoders(tmp_path)
    Pairs().generate_data(tmp_path, "")  # builds the same one anew
    assert decoded(Pairs(), tmp_path, "dev")


def test_pairs_with_an_empty_side(tmp_path, capsys):
    class Gaps(Pairs):
        def generate_samples(self, data_dir, tmp_dir, dataset_split):
            for i in range(10):
                yield {"inputs": "a" * (i % 5), "targets": "b" * (i % 3)}

    Gaps().generate_data(tmp_path, "")
    assert "pairs train: 5 examples, 5 left out" in capsys.readouterr().out
    assert len(decoded(Gaps(), tmp_path, "dev")) == 10  # evaluation keeps every line


def test_classes(tmp_path):
    problem = Moods()
    problem.generate_data(tmp_path, "")
    hparams = problem.get_hparams(None, str(tmp_path))
    assert hparams.modality == {"inputs": "symbol", "targets": "class_label"}
    assert hparams.vocab_size["targets"] == 2
    examples = [e for p in problem.filepaths(tmp_path, "train") for e in records.read_examples(p)]
    assert sorted(e["targets"][0] for e in examples) == [0] * 10 + [1] * 10
    assert ("mood 13", "good") in decoded(problem, tmp_path, "train")

    class Wrong(Moods):
        class_labels = ("only one",)

    with pytest.raises(T2TError, match="has 1 classes, but a sample with label 1"):
        Wrong().generate_data(tmp_path / "wrong", "")


def test_language_model(tmp_path):
    problem = Lines()
    problem.generate_data(tmp_path, "")
    assert problem.get_hparams(None, str(tmp_path)).modality == {"targets": "symbol"}
    lines = decoded(problem, tmp_path, "train") + decoded(problem, tmp_path, "dev")
    assert sorted(lines) == sorted((f"line {i}",) for i in range(50))


def test_hooks_may_be_properties_as_in_tensor2tensor(tmp_path):
    class OldStyle(Pairs):
        @property
        def approx_vocab_size(self):
            return 310

        @property
        def dataset_splits(self):
            return [{"split": "train", "shards": 1}, {"split": "dev", "shards": 1}]

        @property
        def is_generate_per_split(self):
            return True

        def generate_text_for_vocab(self, data_dir, tmp_dir):
            yield "zzz zzz zzz other text"

    problem = OldStyle()
    problem.generate_data(str(tmp_path), "")
    assert len(problem.get_feature_encoders(str(tmp_path))["inputs"].encode("other")) < 3
    assert len(problem.filepaths(str(tmp_path), "train")) == 1


def test_generate_data_of_tensor2tensor_is_refused():
    class Old(Pairs):
        def generate_data(self, data_dir, tmp_dir, task_id=-1):
            pass

    with pytest.raises(T2TError, match="define generate_samples instead"):
        Old()


def test_iterators_over_files(tmp_path):
    (tmp_path / "a").write_text("x y\nz\n")
    (tmp_path / "b").write_text("1\n0\n")
    (tmp_path / "tab").write_text("x\ty\nz\n")
    a, b = tmp_path / "a", tmp_path / "b"
    assert list(text_problems.txt_line_iterator(a)) == ["x y", "z"]
    pairs = list(text_problems.text2text_txt_iterator(a, b))
    assert pairs == [{"inputs": "x y", "targets": "1"}, {"inputs": "z", "targets": "0"}]
    assert next(text_problems.text2class_txt_iterator(a, b)) == {"inputs": "x y", "label": 1}
    with pytest.raises(T2TError, match="/a, line 1: 'x y' is not a class"):
        next(text_problems.text2class_txt_iterator(b, a))
    with pytest.raises(T2TError, match=r"tab, line 2: .* found 0 tabs"):
        list(text_problems.text2text_txt_tab_iterator(tmp_path / "tab"))


class TestTmpdir:
    """The user's own files, without code."""

    FILES = {
        "inputs.train.txt": "a b\nc\r\n\u2028d\ne",
        "targets.train.txt": "1\n2\n3\n4\n",
        "inputs.eval.txt": "a\n",
        "targets.eval.txt": "1\n",
    }

    @pytest.fixture
    def tmp_dir(self, tmp_path):
        (tmp_path / "tmp").mkdir()
        for name, text in self.FILES.items():
            (tmp_path / "tmp" / name).write_text(text, newline="")
        return tmp_path / "tmp"

    def problem(self):
        problem = registry.problem("text2text_tmpdir")
        problem.approx_vocab_size = 300
        return problem

    def test_data(self, tmp_dir, tmp_path):
        self.problem().generate_data(tmp_path, tmp_dir)
        expected = [("\u2028d", "3"), ("a b", "1"), ("c", "2"), ("e", "4")]
        assert decoded(self.problem(), tmp_path, "train") == sorted(expected)
        assert decoded(self.problem(), tmp_path, "dev") == [("a", "1")]
        with pytest.raises(T2TError, match=r"no 'test' shards .*there are: dev, train"):
            self.problem().filepaths(tmp_path, "test")

    def test_optional_test_split(self, tmp_dir, tmp_path):
        (tmp_dir / "inputs.test.txt").write_text("t")
        (tmp_dir / "targets.test.txt").write_text("5")
        self.problem().generate_data(tmp_path, tmp_dir)
        assert decoded(self.problem(), tmp_path, "test") == [("t", "5")]

    @pytest.mark.parametrize("missing", ["inputs.train.txt", "targets.eval.txt"])
    def test_missing_files_are_named(self, tmp_dir, tmp_path, missing):
        (tmp_dir / missing).unlink()
        with pytest.raises(T2TError, match=missing):
            self.problem().generate_data(tmp_path, tmp_dir)

    def test_unequal_files(self, tmp_dir, tmp_path):
        (tmp_dir / "targets.train.txt").write_text("1\n2\n")
        with pytest.raises(
            T2TError, match=r"inputs\.train\.txt has 4, .*targets\.train\.txt has 2"
        ):
            self.problem().generate_data(tmp_path, tmp_dir)


def test_ids_end_in_eos(tmp_path):
    problem = Bytes()
    problem.generate_data(tmp_path, "")
    example = next(records.read_examples(problem.filepaths(tmp_path, "dev")[0]))
    text = problem.get_feature_encoders(tmp_path)["inputs"].decode_until_eos(example["inputs"])
    assert example["inputs"] == [byte + 2 for byte in text.encode()] + [EOS]
