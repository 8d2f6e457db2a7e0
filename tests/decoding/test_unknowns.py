"""Unknown words in outputs: the word of the input that has the most attention."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.decoding.decoder import Decoder
from t2t_lite.decoding.ensemble import Ensemble
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.errors import T2TError
from t2t_lite.models.base import build_model
from t2t_lite.problems.base import ProblemHParams
from t2t_lite.text.byte_encoder import ByteTextEncoder
from t2t_lite.text.encoder import EOS
from t2t_lite.text.token_encoder import TokenTextEncoder

SOURCE = TokenTextEncoder(["<pad>", "<EOS>", "<unk>", "the", "dog", "barks"])
TARGET = TokenTextEncoder(["<pad>", "<EOS>", "<unk>", "der", "hund"])
UNKNOWN, DER, HUND = 2, 3, 4


class Looking:
    """Says its script whatever the input is; at each position it looks where told."""

    is_autoregressive = True
    keeps_attention = False
    problem_hparams = ProblemHParams(
        {"inputs": "symbol", "targets": "symbol"}, {"inputs": 6, "targets": 5}
    )
    hparams = registry.hparams("transformer_tiny")

    def __init__(self, script, looks):
        self.script = tf.constant(script)
        self.looks = looks

    def encode(self, features):
        return {"inputs": features["inputs"]}

    def init_cache(self, encoded, rows, max_length):
        cache = {"before": tf.zeros([rows, max_length], tf.int32)}
        if self.keeps_attention:
            cache["attention"] = tf.zeros([rows, tf.shape(encoded["inputs"])[1]])
        return cache

    def decode_step(self, ids, position, cache, encoded):
        logits = 9.0 * tf.one_hot(tf.gather(self.script, position), 5) + 4.0 * tf.one_hot(HUND, 5)
        updated = {"before": cache["before"]}
        rows = tf.shape(ids)[0]
        if self.keeps_attention:
            length = tf.shape(encoded["inputs"])[1]
            look = tf.one_hot(tf.gather(self.looks, position), length)
            updated["attention"] = tf.repeat(look[None], rows, axis=0)
        return tf.repeat(logits[None], rows, axis=0), updated

    def attention_of(self, cache):
        return cache["attention"]


def decoder(model, **options):
    hparams = DecodeHParams(replace_unknowns=True, extra_length=5, **options)
    return Decoder(model, SOURCE, TARGET, hparams)


SCRIPT = [UNKNOWN, DER, UNKNOWN, EOS] + [EOS] * 60
LOOKS = [2, 0, 1, 3] + [0] * 60


@pytest.mark.parametrize("beam_size", [1, 2])
def test_words_come_from_where_the_model_looks(beam_size):
    """Also words that the inputs' vocabulary does not have."""
    found = decoder(Looking(SCRIPT, LOOKS), beam_size=beam_size)
    lines = ["the Rex  Waldi barks", "", "dog dog Bello"]
    assert found.decode_lines(lines) == ["Waldi der Rex", "", "Bello der dog"]


def test_all_hypotheses():
    found = decoder(Looking(SCRIPT, LOOKS), beam_size=2, return_beams=True)
    ((first, second),) = found.hypotheses(["the Rex Waldi barks"])
    assert first.text == "Waldi der Rex"
    assert second.text == "Waldi der Rex hund"  # The end came later; the longer, the better.


def test_the_end_of_the_input_is_no_word():
    """A cut input has fewer words; with all attention on its end, the first one is taken."""
    found = decoder(Looking(SCRIPT, [2, 0, 1, 3] + [0] * 60), beam_size=1, max_input_size=3)
    assert found.decode_lines(["the Rex Waldi barks"]) == ["the der Rex"]


def test_examples_of_a_dataset_are_ids():
    found = decoder(Looking(SCRIPT, LOOKS), beam_size=1)
    batch = {"inputs": np.array([[3, 4, 5, 1]]), "targets": np.array([[3, 1, 0, 0]])}
    assert found.decode_dataset([batch])[0].prediction == "barks der dog"


def a_model(name, hparams_set, overrides):
    keras.utils.set_random_seed(1)
    hparams = registry.hparams(hparams_set)
    hparams.parse("hidden_size=8,num_hidden_layers=1")
    hparams.parse(overrides)
    return build_model(name, hparams.freeze(), Looking.problem_hparams)


@pytest.mark.parametrize("kind", ["transformer", "recurrent", "ensemble"])
def test_real_models(kind):
    """The weights of a decoding that is forced step by step, at every position."""
    recurrent = "lstm_seq2seq_attention", "lstm_attention", "attention_layer_size=8"
    transformer = "transformer", "transformer_tiny", "filter_size=8,num_heads=2"
    model = a_model(*(transformer if kind == "transformer" else recurrent))
    if kind == "ensemble":
        model = Ensemble([model, a_model(*recurrent)])
    unknowns = decoder(model)._unknowns
    inputs = np.array([[3, 4, 5, 1, 0], [4, 4, 1, 0, 0]], "int32")
    ids = np.array([[[2, 3, 1], [4, 2, 2]], [[3, 1, 0], [3, 4, 4]]], "int32")
    found = unknowns.attention(inputs, ids)
    assert found.shape == (2, 2, 3, 5)
    encoded = model.encode({"inputs": tf.constant(inputs)})
    cache = model.init_cache(encoded, 4, 3)
    before = np.concatenate([np.zeros([4, 1], "int32"), ids.reshape(4, 3)], axis=1)
    for position in range(3):
        _, cache = model.decode_step(
            tf.constant(before[:, position]), tf.constant(position), cache, encoded
        )
        seen = np.reshape(model.attention_of(cache), [2, 2, 5])
        np.testing.assert_allclose(found[:, :, position], seen, atol=1e-6)
    np.testing.assert_allclose(found.sum(axis=-1), 1.0, rtol=1e-5)
    assert unknowns.attention(inputs, np.full([2, 1, 3], DER)) is None


def test_what_it_needs():
    options = DecodeHParams(replace_unknowns=True)
    model = Looking(SCRIPT, LOOKS)
    with pytest.raises(T2TError, match="not one of words"):
        Decoder(model, ByteTextEncoder(), TARGET, options)
    with pytest.raises(T2TError, match="no unknown words"):
        Decoder(model, SOURCE, ByteTextEncoder(), options)
    with pytest.raises(T2TError, match="identity_output"):
        DecodeHParams(replace_unknowns=True, identity_output=True).check()
    with pytest.raises(T2TError, match="no attention"):
        Decoder(a_model("lstm_seq2seq", "lstm_seq2seq", ""), SOURCE, TARGET, options)
