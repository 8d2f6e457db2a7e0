"""Trainable parameters equal Tensor2Tensor's at a vocabulary of 32,000 on both sides."""

import math

import keras
import pytest

from t2t_lite import registry
from t2t_lite.models.base import build_model
from t2t_lite.problems.base import ProblemHParams

# What Tensor2Tensor 1.15.7 itself counted.
COUNTED = {
    ("transformer", "transformer_tiny"): 5_023_232,
    ("transformer", "transformer_small"): 11_881_472,
    ("transformer", "transformer_base"): 60_504_064,
    ("transformer", "transformer_big"): 209_088_512,
    ("byte_net", "bytenet_base"): 133_953_024,
    ("slice_net", "slicenet_1"): 62_503_680,
    ("slice_net", "slicenet_1tiny"): 5_006_976,
}

# Its source, added up: h is the width, e the shared embedding (32,000 h) with the target spaces'
# (32 h), a an attention (4 h²), n a normalisation (2 h).
H = 128
E, A, N = 32_032 * H, 4 * H * H, 2 * H
FFN = 2 * H * 4 * H + 4 * H + H
# A sub-layer has a normalisation before it, a stack one after it, and a vector for each step.
UNIVERSAL = E + (A + FFN + 2 * N) + (2 * A + FFN + 3 * N) + 2 * N
# Encoder: gated unit, dense and 3x1 convolution, separable 9x1, attention, feed-forward.
EVOLVED_ENCODER = (
    2 * (H * H + H)
    + (H * 4 * H + 4 * H)
    + (3 * H * H // 2 + H // 2)
    + (9 * 4 * H + 4 * H * H // 2 + H // 2)
    + A
    + FFN
    + 4 * N
    + 4 * N  # between the convolutions, of width 4 h
)
# Decoder: four attentions, separable 11x1 to 2 h, 7x1 to h / 2, 7x1 from 2 h, feed-forward.
EVOLVED_DECODER = (
    4 * A
    + (11 * H + H * 2 * H + 2 * H)
    + (7 * H + H * H // 2 + H // 2)
    + (7 * 2 * H + 2 * H * H + H)
    + FFN
    + 5 * N
    + 2 * N  # between the convolutions, of width 2 h
    + 4 * N  # within the feed-forward part, of width 4 h
)
# Separable convolutions of 3, 3, 15, 15, each with its normalisation; experts; normalisation.
EXPERTS = 2 * H * 10 + 10 * 2 * H * 4 * H
MULTIMODEL_ENCODER = (
    (3 * H + H * 4 * H + 8 * H)
    + (3 * 4 * H + 4 * H * 4 * H + 8 * H)
    + (15 * 4 * H + 4 * H * H + 2 * H)
    + (15 * H + H * H + 2 * H)
    + EXPERTS
    + N
)
ADDED_UP = {
    # Two layers each; embeddings of inputs and targets, softmax, target spaces.
    ("multi_model", "multimodel_tiny"): 3 * 32_000 * H
    + 32 * H
    + 2 * MULTIMODEL_ENCODER
    + 2 * (2 * A + 2 * N)
    + EXPERTS
    + FFN,
    ("universal_transformer", "universal_transformer_tiny"): UNIVERSAL + 2 * 8 * H,
    # At most 4 steps, and a unit that halts on either side.
    ("universal_transformer", "adaptive_universal_transformer_tiny"): UNIVERSAL
    + 2 * (4 * H + H + 1),
    ("evolved_transformer", "evolved_transformer_tiny"): E
    + 3 * EVOLVED_ENCODER
    + 4 * EVOLVED_DECODER
    + 2 * N,
    # Embeddings of inputs and targets, softmax; a unit's three convolutions with biases.
    ("neural_gpu", "neural_gpu"): 3 * 32_000 * 256 + 3 * (3 * 256 * 256 + 256),
}


MULTI30K = {
    "transformer_multi30k": "transformer",
    "bytenet_multi30k": "byte_net",
    "slicenet_multi30k": "slice_net",
    "conv_seq2seq_multi30k": "conv_seq2seq",
    "universal_transformer_multi30k": "universal_transformer",
    "evolved_transformer_multi30k": "evolved_transformer",
    "nmt_multi30k": "nmt",
    "nmt_luong_multi30k": "nmt",
    "nmt_bahdanau_multi30k": "nmt",
    "nmt_gnmt_multi30k": "nmt",
}


@pytest.fixture
def quick_weights(monkeypatch):
    """All weights are zeros: to draw them would take longer than all else."""
    original = keras.layers.Layer.add_weight

    def add_weight(layer, *args, **kwargs):
        return original(layer, *args, **{**kwargs, "initializer": "zeros"})

    monkeypatch.setattr(keras.layers.Layer, "add_weight", add_weight)


def count(model, hparams, features, vocab_size=32000):
    sizes = dict.fromkeys(features, vocab_size)
    problem_hparams = ProblemHParams(dict.fromkeys(sizes, "symbol"), sizes)
    built = build_model(model, hparams.freeze(), problem_hparams)
    return sum(math.prod(v.shape) for v in built.trainable_variables)


@pytest.mark.usefixtures("quick_weights")
@pytest.mark.parametrize(("model", "hparams_set"), [*COUNTED, *ADDED_UP])
def test_parameter_counts(model, hparams_set):
    expected = {**COUNTED, **ADDED_UP}[model, hparams_set]
    assert count(model, registry.hparams(hparams_set), ["inputs", "targets"]) == expected


@pytest.mark.usefixtures("quick_weights")
def test_language_model():
    """Tensor2Tensor's docstring of attention_lm_small: "on lm1b_32k: 45M params"."""
    found = count("attention_lm", registry.hparams("attention_lm_small"), ["targets"])
    assert found == 2 * 32_000 * 512 + 4 * (4 * 512**2 + 2 * 512 * 2048 + 2048 + 512 + 4 * 512)
    assert round(found / 1e6) == 45


@pytest.mark.usefixtures("quick_weights")
def test_experts():
    """In the place of one feed-forward layer: gate and noise, and experts without biases."""
    plain, mixed = (
        registry.hparams("transformer_moe_base"),
        registry.hparams("transformer_moe_base"),
    )
    plain.parse("layer_types=a#a")
    mixed.parse("layer_types=a#a-moe,moe_num_experts=3")
    difference = count("transformer_moe", mixed, ["inputs", "targets"]) - count(
        "transformer_moe", plain, ["inputs", "targets"]
    )
    experts = 3 * 2 * 512 * 2048 + 2 * 512 * 3
    assert difference == experts - (2 * 512 * 2048 + 2048 + 512)


RECURRENT = [
    ("lstm_seq2seq", "lstm_seq2seq", "", 32000, 32000, 12_814_336),
    ("lstm_seq2seq_attention", "lstm_attention", "", 32000, 32000, 12_945_536),
    ("nmt", "nmt_iwslt15", "", 17191, 7709, 27_451_905),
    ("nmt", "nmt_iwslt15", "", 10000, 10000, 26_116_097),
    ("nmt", "nmt_wmt16", "", 10000, 10000, 108_349_441),
    ("nmt", "nmt_gnmt_4_layer", "", 10000, 10000, 129_325_057),
    ("nmt", "nmt_gnmt_8_layer", "", 10000, 10000, 213_243_905),
    (
        "nmt",
        "nmt_iwslt15",
        "hidden_size=128,encoder_type=uni,attention_mechanism=none",
        10000,
        10000,
        4_366_336,
    ),
]


@pytest.mark.parametrize(
    ("model", "hparams_set", "overrides", "source", "target", "count"), RECURRENT
)
def test_recurrent_models(model, hparams_set, overrides, source, target, count):
    """Tensor2Tensor's, and those of the seq2seq tutorial's own code; only shapes are made."""
    sizes = {"inputs": source, "targets": target}
    problem_hparams = ProblemHParams(dict.fromkeys(sizes, "symbol"), sizes)
    hparams = registry.hparams(hparams_set)
    hparams.parse(overrides)
    with keras.StatelessScope(initialize_variables=False):
        made = registry.model(model)(hparams.freeze(), problem_hparams)
    assert sum(math.prod(v.shape) for v in made.trainable_variables) == count


@pytest.mark.usefixtures("quick_weights")
@pytest.mark.parametrize("hparams_set", MULTI30K)
def test_models_to_be_compared_are_of_like_size(hparams_set):
    hparams = registry.hparams(hparams_set)
    found = count(MULTI30K[hparams_set], hparams, ["inputs", "targets"], 8192)
    assert 7.0e6 < found < 7.7e6
