"""The convolutional models keep the contract; their sets have Tensor2Tensor's values."""

import numpy as np
import pytest
from contracts import run_model_test

from t2t_lite import registry
from t2t_lite.models.base import build_model
from t2t_lite.models.conv_seq2seq import DecoderBlock
from t2t_lite.models.neural_gpu import ConvolutionalGru, DiagonalGru, shift_thirds
from t2t_lite.problems.base import ProblemHParams

TRANSLATION = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"}, {"inputs": 23, "targets": 31}
)
LANGUAGE = ProblemHParams({"targets": "symbol"}, {"targets": 23})


def small(hparams_set, overrides):
    hparams = registry.hparams(hparams_set)
    hparams.parse(overrides)
    return hparams


@pytest.mark.parametrize("problem_hparams", [TRANSLATION, LANGUAGE])
def test_byte_net(problem_hparams):
    hparams = small("bytenet_base", "hidden_size=16,num_hidden_layers=2,num_block_repeat=2")
    run_model_test("byte_net", hparams, problem_hparams)


SLICE_NET = "hidden_size=12,num_hidden_layers=2,num_heads=2"


@pytest.mark.parametrize(
    "overrides",
    [
        SLICE_NET,
        f"{SLICE_NET},separability=1,kernel_scheme=3.5.7,dilation_scheme=1.2.3",
    ],
)
def test_slice_net(overrides):
    run_model_test("slice_net", small("slicenet_1", overrides), TRANSLATION)


def test_slice_net_on_classes():
    classes = ProblemHParams(
        {"inputs": "symbol", "targets": "class_label"}, {"inputs": 23, "targets": 5}
    )
    run_model_test("slice_net", small("slicenet_1tiny", SLICE_NET), classes)


def test_conv_seq2seq():
    """Widths that differ, so that residuals are projected; more positions than have vectors."""
    overrides = "hidden_size=12,encoder_widths=[8,16],encoder_kernels=[3,1],"
    overrides += "decoder_widths=[8,16],decoder_kernels=[3,2],max_positions=4"
    run_model_test("conv_seq2seq", small("conv_seq2seq_base", overrides), TRANSLATION)


def test_conv_seq2seq_starts_with_the_papers_variances():
    """Section 3.5: 4p/n before a gate and p/n elsewhere, n = inputs of a unit, p = 1 - dropout."""
    hparams = small("conv_seq2seq_iwslt", "hidden_size=64,dropout=0.2").freeze()
    model = build_model("conv_seq2seq", hparams, TRANSLATION)
    for layer, variance in [(model.encoder[0].convolution, 4), (model.encoder_end, 1)]:
        v, gain = np.asarray(layer.kernel), np.asarray(layer.gain)
        kernel = gain * v / np.sqrt(np.sum(np.square(v), axis=(0, 1)))
        inputs = v.shape[0] * v.shape[1]
        np.testing.assert_allclose(kernel.var(), variance * 0.8 / inputs, rtol=0.02)


def test_conv_seq2seq_attends_as_the_paper_says():
    """Equations 1 and 2, one query at a time, with the factors of section 3.4."""
    hparams = small("conv_seq2seq_iwslt", "hidden_size=6").freeze()
    block = DecoderBlock(4, 4, 3, hparams)
    rng = np.random.default_rng(0)
    x, embedded = (rng.normal(size=(2, 5, n)).astype(np.float32) for n in (4, 6))
    keys, values = rng.normal(size=(2, 2, 3, 6)).astype(np.float32)
    memory = {"is_padding": np.array([[0, 0, 1], [0, 0, 0]], bool), "keys": keys, "values": values}
    found = np.asarray(block.attend(x, embedded, memory))

    def apply(layer, vector):
        v = np.asarray(layer.kernel)[0]
        return vector @ (np.asarray(layer.gain) * v / np.linalg.norm(v, axis=0)) + layer.bias

    for i, length in enumerate((2, 3)):
        for t in range(5):
            query = (apply(block.query, x[i, t]) + embedded[i, t]) * np.sqrt(0.5)
            weights = np.exp(keys[i, :length] @ query)
            context = weights / weights.sum() @ values[i, :length] * np.sqrt(length)
            expected = (apply(block.context, context) + x[i, t]) * np.sqrt(0.5)
            np.testing.assert_allclose(found[i, t], expected, atol=1e-5)


def test_neural_gpu():
    same = ProblemHParams(TRANSLATION.modality, {"inputs": 23, "targets": 23})
    overrides = "hidden_size=12,num_hidden_layers=2,shared_embedding_and_softmax_weights=true"
    run_model_test("neural_gpu", small("neural_gpu", overrides), same)
    run_model_test("diagonal_neural_gpu", small("neural_gpu", overrides), same)


def test_a_third_of_the_channels_moves_each_way():
    x = np.arange(1, 4, dtype=np.float32)[None, :, None] * np.ones(4, np.float32)
    moved = np.asarray(shift_thirds(x))[0].T.tolist()
    assert moved == [[1, 2, 3], [1, 2, 3], [0, 1, 2], [2, 3, 0]]


def test_units_of_the_neural_gpu_equal_their_equations():
    hparams = small("neural_gpu", "hidden_size=3").freeze()
    x = np.random.default_rng(0).normal(size=(1, 4, 3)).astype(np.float32) * 2
    present = np.ones((1, 4, 1), np.float32)

    def convolve(x, layer):
        padded = np.pad(x[0], [(1, 1), (0, 0)])
        rows = [np.einsum("ki,kio->o", padded[t : t + 3], layer.kernel) for t in range(4)]
        return np.array(rows)[None] + layer.bias

    def sigmoid(x):
        return 1 / (1 + np.exp(-x))

    gru = ConvolutionalGru(hparams)
    found, cost = gru(x, present)
    gates = np.clip(1.2 * sigmoid(convolve(x, gru.gates)) - 0.1, 0, 1)
    candidate = np.tanh(convolve(gates[..., :3] * x, gru.candidate))
    np.testing.assert_allclose(found, gates[..., 3:] * (x - candidate) + candidate, atol=1e-5)
    assert cost == 0
    diagonal = DiagonalGru(hparams)
    found, cost = diagonal(x, present)
    reset, gate = convolve(x, diagonal.reset), convolve(x, diagonal.gate)
    candidate = np.tanh(convolve(np.clip(reset / 2 + 0.5, 0, 1) * x, diagonal.candidate))
    hard = np.clip(gate / 2 + 0.5, 0, 1)
    expected = hard * np.asarray(shift_thirds(x)) + (1 - hard) * candidate
    np.testing.assert_allclose(found, expected, atol=1e-5)
    excess = [np.maximum(np.abs(g) - 0.9, 0).mean() for g in (reset, gate)]
    np.testing.assert_allclose(cost, np.mean(excess), atol=1e-6)
