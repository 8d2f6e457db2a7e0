"""The recurrent models' sets against Tensor2Tensor's values, and the seq2seq tutorial's."""

import json

import pytest
from t2t_files import OWN_HPARAMS

from t2t_lite import registry
from t2t_lite.hparams import lstm, nmt
from t2t_lite.hparams.lstm import LSTMHParams

OURS = {
    **OWN_HPARAMS,
    "recurrent_cell": "lstm",
    "lstm_forget_bias": 1.0,
    "input_feeding": True,
    "attention_mask_padding": True,
}
"""What Tensor2Tensor's sets did not have, and the value that means as much (but for the mask)."""


def sets_of(module):
    names = registry.hparams_sets.names()
    return [n for n in names if registry.hparams_sets.get(n).__module__ == module.__name__]


@pytest.mark.parametrize("name", sets_of(lstm))
def test_set_has_tensor2tensors_values(fixtures, name):
    base = json.loads((fixtures / "hparams.json").read_text())["basic_params1"]
    changes = json.loads((fixtures / "hparams_lstm.json").read_text())["sets"][name]
    expected = {**base, **OURS, **changes}
    if name == "lstm_seq2seq":  # It had no attention.
        unset = ("attention_mechanism", "attention_layer_size", "output_attention", "num_heads")
        expected |= {key: getattr(LSTMHParams(), key) for key in unset}
    ours = registry.hparams(name).values()
    assert ours == {key: expected[key] for key in ours}


STANDARD = {  # nmt/standard_hparams/*.json of the tutorial, under our names.
    "nmt_iwslt15": (512, 2, "bi", "scaled_luong", "standard", False, "luong234"),
    "nmt_wmt16": (1024, 4, "bi", "normed_bahdanau", "standard", False, "luong10"),
    "nmt_gnmt_4_layer": (1024, 4, "gnmt", "normed_bahdanau", "gnmt_v2", True, "luong10"),
    "nmt_gnmt_8_layer": (1024, 8, "gnmt", "normed_bahdanau", "gnmt_v2", True, "luong10"),
}


@pytest.mark.parametrize("name", STANDARD)
def test_standard_sets_of_the_tutorial(name):
    hp = registry.hparams(name)
    found = (
        hp.hidden_size,
        hp.num_hidden_layers,
        hp.encoder_type,
        hp.attention_mechanism,
        hp.attention_architecture,
        hp.residual,
    )
    *expected, decay = STANDARD[name]
    assert found == tuple(expected)
    assert hp.learning_rate_schedule == f"constant*{decay}_decay"
    common = {
        "dropout": 0.2,
        "lstm_forget_bias": 1.0,
        "initializer": "uniform",
        "initializer_gain": 1.0,
        "optimizer": "sgd",
        "learning_rate_constant": 1.0,
        "clip_grad_norm": 5.0,
        "max_input_seq_length": 50,
        "max_target_seq_length": 50,
        "label_smoothing": 0.0,
        "weight_decay": 0.0,
        "loss_normalization": "sentences",
        "multiply_embedding_mode": "none",
    }
    assert {key: getattr(hp, key) for key in common} == common


def test_every_standard_set_is_checked():
    recipes = {"nmt_multi30k"}
    assert set(sets_of(nmt)) - recipes == set(STANDARD)
