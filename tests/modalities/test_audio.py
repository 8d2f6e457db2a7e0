"""Sounds at the bottom of a model, and symbols read off their positions at its top."""

import itertools

import keras
import numpy as np
import pytest
from contracts import run_model_test

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers import audio
from t2t_lite.models.base import build_model
from t2t_lite.problems.base import ProblemHParams

SMALL = (
    "hidden_size=8,filter_size=8,num_heads=2,num_hidden_layers=1,audio_filters=4,label_smoothing=0,"
    "audio_num_mel_bins=6,audio_compression=1,learning_rate_constant=1"
)

MULTI = ",moe_num_experts=3,moe_hidden_sizes=8,moe_layers=,moe_loss_coef=0,moe_noisy_gating=false"


def sounds(kind="audio_spectral", targets="class_label", vocab=5):
    frame = (6, 1) if kind == "audio_spectral" else (10,)
    return ProblemHParams(
        {"inputs": kind, "targets": targets},
        {"inputs": None, "targets": vocab},
        shape={"inputs": (8, *frame), "targets": (1,) if targets == "class_label" else (2,)},
    )


def small(more="", name="transformer_test"):
    hp = registry.hparams(name)
    for text in (SMALL, more.removeprefix(",")):
        hp.parse(text)
    return hp


@pytest.mark.parametrize(
    ("model", "kind", "targets", "more"),
    [
        ("transformer_encoder", "audio_spectral", "class_label", ""),
        ("transformer_encoder", "audio", "class_label", ""),
        ("transformer_encoder", "audio_spectral", "class_label", ",audio_bottom=residual"),
        ("transformer_encoder", "audio", "ctc_symbol", ",audio_bottom=residual"),
        ("transformer_encoder", "audio_spectral", "ctc_symbol", ""),
        ("multi_model", "audio_spectral", "ctc_symbol", MULTI),
        (
            "transformer",
            "audio_spectral",
            "symbol",
            ",ffn_layer=conv_relu_conv,conv_first_kernel=3",
        ),
    ],
)
def test_models_on_sounds_keep_the_contract(model, kind, targets, more):
    name = "multimodel_tiny" if model == "multi_model" else "transformer_test"
    run_model_test(model, small(more, name), sounds(kind, targets))


@pytest.mark.parametrize(
    ("model", "name"), [("transformer", "transformer_test"), ("lstm_encoder", "lstm_seq2seq")]
)
def test_what_puts_out_one_vector_does_not_learn_by_ctc(model, name):
    """Its one position has room for one symbol; all else would be without loss or gradient."""
    hparams = registry.hparams(name)
    with pytest.raises(T2TError, match="does not read symbols off the inputs' positions"):
        build_model(model, hparams.freeze(), sounds(targets="ctc_symbol"))


def test_padding_is_what_follows_the_last_sound():
    x = np.zeros((3, 6, 2), np.float32)
    x[0, 1, 0] = x[0, 3, 1] = x[1, 5, 0] = 1
    padding = np.asarray(audio.is_padding(x))
    assert padding.astype(int).tolist() == [[0, 0, 0, 0, 1, 1], [0] * 6, [0, 1, 1, 1, 1, 1]]
    assert np.asarray(audio.halved(padding, 2)).astype(int).tolist() == [[0, 1], [0, 0], [0, 1]]


def test_lengths_of_the_bottoms():
    """A quarter by two convolutions; a 2 ** (blocks + 1)th by residual blocks, of samples too."""
    for kind, more, length in (
        ("audio_spectral", "", 6),
        ("audio_spectral", ",audio_bottom=residual,audio_compression=2", 3),
        ("audio", "", 6),
        ("audio", ",audio_bottom=residual,audio_compression=2", 27),
    ):
        modality = registry.modality(kind)(small(more).freeze(), None, is_target=False)
        frame = sounds(kind).shape["inputs"][1:]
        x = np.random.default_rng(0).normal(size=(2, 21, *frame)).astype(np.float32)
        assert np.asarray(modality.bottom(x)).shape == (2, length, 8)
        assert np.asarray(modality.padding(x)).shape == (2, length)


def test_sounds_are_no_targets():
    with pytest.raises(T2TError, match="Sounds can only be inputs"):
        registry.modality("audio")(small().freeze(), None)
    with pytest.raises(T2TError, match="sequence_loss=ctc"):
        build_model("transformer_encoder", small().freeze(), sounds(targets="symbol"))


def merged(path):
    return [k for k, _ in itertools.groupby(path) if k]


def by_all_paths(logits, target):
    """-log of the sum over all paths that mean the target."""
    p = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    paths = itertools.product(range(p.shape[1]), repeat=len(p))
    own = [path for path in paths if merged(path) == target]
    return -np.log(sum(np.prod(p[np.arange(len(p)), path]) for path in own))


def test_ctc_is_the_sum_over_all_paths():
    keras.utils.set_random_seed(0)
    modality = registry.modality("ctc_symbol")(small().freeze(), 4)
    body = np.random.default_rng(0).normal(size=(4, 5, 8)).astype(np.float32)
    body[1, 4:] = body[2, 2:] = 0  # padding
    targets = np.array([[2, 3, 1, 0], [3, 3, 1, 0], [2, 2, 1, 0], [1, 0, 0, 0]], np.int32)
    logits = np.asarray(modality.top(body), float)
    losses = np.asarray(modality.target_losses(logits.astype(np.float32), targets))
    for row, (positions, target) in {0: (5, [2, 3]), 1: (4, [3, 3]), 3: (5, [])}.items():
        expected = by_all_paths(logits[row, :positions], target)
        assert losses[row].sum() == pytest.approx(expected, abs=1e-4)
        places = len(target) + 1
        np.testing.assert_allclose(losses[row, :places], expected / places, atol=1e-4)
    assert not losses[2].any()  # two positions are too few for two equal symbols
