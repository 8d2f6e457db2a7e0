"""All encoders: what they promise of any text, and what is special about each."""

import json
import pickle
import sys
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from t2t_lite.errors import T2TError
from t2t_lite.text import sentencepiece_encoder
from t2t_lite.text.byte_encoder import ByteTextEncoder
from t2t_lite.text.character_encoder import CharacterTextEncoder
from t2t_lite.text.encoder import EOS, NUM_RESERVED, PAD
from t2t_lite.text.integer_encoder import IntegerEncoder
from t2t_lite.text.label_encoder import ClassLabelEncoder
from t2t_lite.text.sentencepiece_encoder import SentencePieceEncoder
from t2t_lite.text.subword_encoder import SubwordTextEncoder, tokenize
from t2t_lite.text.token_encoder import TokenTextEncoder

TRAINING = [
    "the quick brown fox jumps over the lazy dog",
    "der schnelle braune Fuchs springt über den faulen Hund",
    "übers Wasser, über Stock und Stein; 12 + 34 = 46",
] * 20

# Characters that mean something to one of the encoders, or to careless code.
SPECIAL = (
    " \t\n\r\0\v\x1c\x85\u2028\u2029\u00a0\u3000▁␛01<>s/x0A_\\u;9éß日\u0301\u200b\ufeff😀\U0010ffff"
)
TEXTS = st.one_of(st.text(), st.text(alphabet=SPECIAL), st.text(alphabet=" ▁␛a01"))


def subword_encoder() -> SubwordTextEncoder:
    words = ["<pad>_", "<EOS>_", "the_", "th", "cat_", "ca", "_"]
    return SubwordTextEncoder([*words, *"\\u;0123456789abcdeiort "])


LOSSLESS = {
    "bytes": ByteTextEncoder(),
    "characters": CharacterTextEncoder.train(TRAINING),
    "sentencepiece": SentencePieceEncoder.train(TRAINING, 400),
    "subwords": subword_encoder(),
}


@pytest.mark.parametrize("name", LOSSLESS)
@settings(max_examples=300, deadline=None)
@given(text=TEXTS)
@example("")
@example(" ")
@example("  two  blanks ")
@example("<s></s><unk><pad><0x0A>")
@example("▁ ␛0 ␛1 ␛")
def test_any_text_survives(name, text):
    encoder = LOSSLESS[name]
    ids = encoder.encode(text)
    assert encoder.decode(ids) == text
    assert all(NUM_RESERVED <= i < encoder.vocab_size for i in ids)
    assert encoder.decode_until_eos([*ids, EOS, 5, PAD]) == text
    assert pickle.loads(pickle.dumps(encoder)).encode(text) == ids


@pytest.mark.parametrize("name", LOSSLESS)
@settings(max_examples=100, deadline=None)
@given(ids=st.lists(st.integers(0, 500)))
def test_any_ids_decode(name, ids):
    assert isinstance(LOSSLESS[name].decode(ids), str)


@pytest.mark.parametrize("name", LOSSLESS)
def test_lone_surrogates_do_no_harm(name):
    assert LOSSLESS[name].decode(LOSSLESS[name].encode("a\ud800b")) == "a?b"


def test_bytes_are_tensor2tensors():
    assert ByteTextEncoder().encode("aé") == [97 + 2, 0xC3 + 2, 0xA9 + 2]
    assert ByteTextEncoder().vocab_size == 258


def test_characters_most_frequent_first(tmp_path):
    encoder = CharacterTextEncoder.train(["abb", "bc"])
    assert encoder.encode("bac") == [258, 259, 260]
    assert encoder.encode("é") == ByteTextEncoder().encode("é")
    encoder.store_to_file(tmp_path / "vocab")
    assert CharacterTextEncoder.load(tmp_path / "vocab").encode("bac") == [258, 259, 260]
    assert CharacterTextEncoder.train(["abb", "bc"], 259).vocab_size == 259


def test_tokens(tmp_path):
    encoder = TokenTextEncoder.train(["b a b", "b  c a\n"], 6)
    assert encoder.encode("a b  x") == [4, 3, 2]
    assert encoder.decode([4, 3, 2, 0, 99]) == "a b <unk>"
    encoder.store_to_file(tmp_path / "vocab")
    assert (tmp_path / "vocab").read_text().split() == ["<pad>", "<EOS>", "<unk>", "b", "a", "c"]
    assert TokenTextEncoder.load(tmp_path / "vocab").encode("c") == [5]
    with pytest.raises(T2TError, match="'x' is not in the vocabulary"):
        TokenTextEncoder.load(tmp_path / "vocab", replace_oov=None).encode("x")


def test_integers_and_labels():
    assert IntegerEncoder(10).encode("0 9 3") == [2, 11, 5]
    assert IntegerEncoder(10).decode([2, 11, 5, EOS, PAD]) == "0 9 3"
    for wrong in ("0 x", "10", "-1"):
        with pytest.raises(T2TError):
            IntegerEncoder(10).encode(wrong)
    labels = ClassLabelEncoder(["neg", "pos"])
    assert labels.encode("pos") == [1] and labels.decode([0]) == "neg"
    with pytest.raises(T2TError, match="Did you mean 'neg'"):
        labels.encode("nego")


class TestSentencePiece:
    def test_training_is_deterministic_and_bounded(self, monkeypatch):
        texts = [f"w{i * i} {i}" for i in range(2000)]
        monkeypatch.setattr(sentencepiece_encoder, "_MAX_TRAINING_LINES", 500)
        models = [SentencePieceEncoder.train(iter(texts), 400)._model for _ in range(2)]
        assert models[0] == models[1]
        assert models[0] != SentencePieceEncoder.train(texts[:500], 400)._model  # not the first

    def test_words_become_subwords(self):
        encoder = LOSSLESS["sentencepiece"]
        assert len(encoder.encode("the quick fox")) <= 6
        assert len(encoder.encode("日")) == 4  # a blank's mark and three bytes

    def test_small_text_and_small_vocabulary(self):
        assert SentencePieceEncoder.train(["hello"], 8192).vocab_size < 300
        with pytest.raises(T2TError, match=r"are 26\d\. Make approx_vocab_size larger"):
            SentencePieceEncoder.train(["hello"], 200)
        with pytest.raises(T2TError, match="no training text"):
            SentencePieceEncoder.train(["", "\n"], 300)

    def test_newlines_and_nul_in_the_training_text(self):
        encoder = SentencePieceEncoder.train(["one line\nanother line\0 and nul"] * 9, 300)
        assert encoder.decode(encoder.encode("line\nline\0")) == "line\nline\0"

    def test_file(self, tmp_path):
        encoder = LOSSLESS["sentencepiece"]
        encoder.store_to_file(tmp_path / "v.model")
        assert SentencePieceEncoder.load(tmp_path / "v.model").encode("über") == encoder.encode(
            "über"
        )
        (tmp_path / "v.model").write_bytes(b"\x12nonsense")
        with pytest.raises(T2TError, match=r"v\.model is not a SentencePiece model"):
            SentencePieceEncoder.load(tmp_path / "v.model")


# What subwords escape, what looks like an escape, and what splits tokens.
ESCAPES = st.lists(
    st.one_of(
        st.sampled_from(["\\", "_", ";", "u", "\\u", "\\\\", "\\95;", "\\;", "&#233;", "&amp;"]),
        st.sampled_from(
            [" ", "  ", "\n", "\r\n", "\t", "\u2028", "0", "42", "½", "é", "日本", "😀"]
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=30,
).map("".join)


def tokens_by_definition(text: str) -> list[str]:
    """Tensor2Tensor's: a new token where letters and digits (L, N) meet others; " " is implied."""
    tokens = [""]
    for i, character in enumerate(text):
        is_word, was_word = (unicodedata.category(c)[0] in "LN" for c in (character, text[i - 1]))
        if i and is_word != was_word:
            tokens.append("")
        tokens[-1] += character
    inner = [token for token in tokens[1:-1] if token != " "]
    return [*tokens[:1], *inner, *tokens[1:][-1:]] if text else []


class TestTensor2TensorSubwords:
    def test_tokenizer(self):
        assert tokenize("Hi there, you!") == ["Hi", "there", ", ", "you", "!"]
        assert tokenize(" a  b ") == [" ", "a", "  ", "b", " "]

    @settings(max_examples=500, deadline=None)
    @given(text=st.one_of(ESCAPES, st.text(alphabet=" a_1é,\n")))
    def test_tokenizer_against_its_definition(self, text):
        assert tokenize(text) == tokens_by_definition(text)

    def test_letters_and_digits_are_unicodes(self):
        characters = map(chr, range(sys.maxunicode + 1))
        wrong = [c for c in characters if c.isalnum() != (unicodedata.category(c)[0] in "LN")]
        assert not wrong

    def test_any_text_survives_a_real_vocabulary(self, shared_dir):
        path = shared_dir / "reference/t2t/data_dir/vocab.translate_multi30k.8192.subwords"
        encoders = [SubwordTextEncoder.load(path), subword_encoder()]

        @settings(max_examples=1000, deadline=None)
        @given(text=st.one_of(ESCAPES, TEXTS))
        def check(text):
            for encoder in encoders:
                ids = encoder.encode(text)
                assert encoder.decode(ids) == text
                assert all(NUM_RESERVED <= i < encoder.vocab_size for i in ids)

        check()

    def test_characters_of_all_planes_survive(self, shared_dir):
        path = shared_dir / "reference/t2t/data_dir/vocab.translate_multi30k.8192.subwords"
        encoder = SubwordTextEncoder.load(path)
        for first in range(0, 0x110000, 1 << 14):
            numbers = [i for i in range(first, first + (1 << 14), 19) if not 0xD800 <= i < 0xE000]
            text = "".join(map(chr, numbers))
            assert encoder.decode(encoder.encode(text)) == text

    def test_files_with_and_without_quotes(self, tmp_path):
        subwords = subword_encoder()._subwords
        expected = subword_encoder().encode("the cat 7")
        for line in ("'{}'\n", '"{}"\n', "'{}'\r\n", "{}\n"):
            # Without quotes a blank is lost, in Tensor2Tensor, too.
            path = tmp_path / "vocab"
            path.write_text("".join(map(line.format, subwords)), newline="")
            assert SubwordTextEncoder.load(path).encode("the cat 7") == expected

    def test_longest_match_and_escapes(self):
        encoder = subword_encoder()
        names = encoder._subwords
        pieces = [names[i] for i in encoder.encode("the cat_é")]
        # "_" is escaped as \u, é (not in the alphabet) as its number.
        assert pieces == ["the_", "cat_", *"\\u", "_", *"\\233;", "_"]
        # "h" is in the alphabet, but no subword by itself.
        assert [names[i] for i in encoder.encode("hat")] == [*"\\104;", "a", "t", "_"]

    def test_equals_tensor2tensor(self, shared_dir):
        reference = shared_dir / "reference/t2t"
        encoder = SubwordTextEncoder.load(
            reference / "data_dir/vocab.translate_multi30k.8192.subwords"
        )
        cases = json.loads((reference / "subword_encodings.json").read_text())
        assert len(cases) == 128
        for case in cases:
            assert encoder.encode(case["text"]) == case["ids"]
            assert encoder.decode(case["ids"]) == case["decoded"]

    def test_not_such_a_file(self, tmp_path):
        (tmp_path / "vocab").write_text("'the_'\n'cat_'\n")
        with pytest.raises(T2TError, match="not a Tensor2Tensor subword vocabulary"):
            SubwordTextEncoder.load(tmp_path / "vocab")
