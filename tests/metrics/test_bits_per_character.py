"""Bits per character against loops, and the same for other symbols of one text."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from t2t_lite import metrics
from t2t_lite.errors import T2TError
from t2t_lite.text.byte_encoder import ByteTextEncoder
from t2t_lite.text.character_encoder import CharacterTextEncoder
from t2t_lite.text.encoder import EOS
from t2t_lite.text.sentencepiece_encoder import SentencePieceEncoder
from t2t_lite.text.token_encoder import TokenTextEncoder

TEXTS = ["the quick brown fox", "jumps over\nthe lazy dog", "über  Stock & Stein"] * 10
ENCODERS = {
    "bytes": ByteTextEncoder(),
    "characters": CharacterTextEncoder.train(TEXTS),
    "sentencepiece": SentencePieceEncoder.train(TEXTS, 330),
}
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="▁␛")
BITS = metrics.TEACHER_FORCED["bits_per_character"]


@pytest.mark.parametrize("name", list(ENCODERS))
@settings(max_examples=100, deadline=None)
@given(st.text(LETTERS, min_size=1))
def test_characters_of_a_text(name, text):
    encoder = ENCODERS[name]
    counts = encoder.character_counts()
    assert len(counts) == encoder.vocab_size
    assert sum(counts[i] for i in [*encoder.encode(text), EOS]) == len(text)


def test_an_encoder_that_cannot_tell():
    encoder = TokenTextEncoder.train(TEXTS)
    with pytest.raises(T2TError, match=r"TokenTextEncoder does not tell how many characters"):
        metrics.teacher_forced(["bits_per_character"], {"targets": encoder})


def test_loops():
    rng = np.random.default_rng(0)
    logits = rng.normal(size=[3, 4, 6]).astype("float32")
    targets = np.array([[2, 5, 1, 0], [3, 1, 0, 0], [4, 4, 4, 1]])
    characters = [0, -1, 1, 2, 0, 7]
    for weights in (None, np.array([[1, 1, 0, 0], [1, 1, 0, 0], [0, 1, 1, 0]], "float32")):
        bits = count = 0.0
        for row in range(3):
            for t in range(4):
                if targets[row, t] and (weights is None or weights[row, t]):
                    scores = np.exp(logits[row, t].astype(float))
                    bits -= math.log2(scores[targets[row, t]] / scores.sum())
                    count += characters[targets[row, t]]
        found = BITS(logits, targets, weights, characters=characters)
        assert [float(x) for x in found] == pytest.approx([bits, count], rel=1e-5)


def test_uniform_bytes_cost_eight_bits():
    """258 symbols of equal probability: log2(258) bits for each, the end of sequence as well."""
    text = "a row of characters"
    targets = np.array([[*ENCODERS["bytes"].encode(text), EOS]])
    functions = metrics.teacher_forced(
        ["bits_per_character", "accuracy", "bleu"], {"targets": ENCODERS["bytes"]}
    )
    assert list(functions) == ["bits_per_character", "accuracy"]
    bits, count = functions["bits_per_character"](np.zeros([1, len(text) + 1, 258]), targets)
    assert float(count) == len(text)
    assert float(bits) / float(count) == pytest.approx(math.log2(258) * (1 + 1 / len(text)))
    plain = BITS(np.zeros([1, len(text) + 1, 258]), targets)
    assert [float(x) for x in plain] == pytest.approx([float(bits), float(count)])
