"""Attention of recurrent decoders, and the decoders, against their equations in NumPy."""

import numpy as np
import pytest
import recurrent_numpy as by_hand

from t2t_lite.errors import T2TError
from t2t_lite.hparams.nmt import NMTHParams
from t2t_lite.layers import recurrent_attention as ra
from t2t_lite.layers import recurrent_decoders as decoders
from t2t_lite.layers.loop import products_of

LENGTH, BATCH, MEMORY, WIDTH, UNITS = 5, 3, 7, 3, 4
LENGTHS = [7, 4, 1]


def hparams(mechanism="normed_bahdanau", **values):
    hp = NMTHParams()
    hp.override_from_dict({"dropout": 0.0, "attention_mechanism": mechanism, **values})
    hp.override_from_dict({"initializer": "uniform"})
    return hp


def random_weights(layer, seed=0):
    rng = np.random.default_rng(seed)
    for weight in layer.weights:
        weight.assign(rng.normal(scale=0.7, size=weight.shape))


def random(*shape, seed=1):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


def a_memory(width=6):
    """`[batch, memory, width]`, zeros at padding; and where there is padding."""
    is_padding = np.arange(MEMORY) >= np.array(LENGTHS)[:, None]
    return random(BATCH, MEMORY, width, seed=2) * ~is_padding[..., None], is_padding


@pytest.mark.parametrize("mechanism", ra.MECHANISMS)
@pytest.mark.parametrize("heads", [1, 3])
@pytest.mark.parametrize("masks", [True, False])
def test_attention_is_its_equation(mechanism, heads, masks):
    hp = hparams(mechanism, num_heads=heads, attention_mask_padding=masks)
    layer = ra.Attention(UNITS, 6, UNITS, hp)
    random_weights(layer)
    memory, is_padding = a_memory()
    query = random(BATCH, 2, UNITS)
    products = products_of(None, layer.loop_kernels)
    contexts, weights = layer(query, layer.prepare(memory, is_padding), products=products)
    assert contexts.shape == (BATCH, 2, heads * 6) and weights.shape == (BATCH, heads, 2, MEMORY)
    for row, length in enumerate(LENGTHS):
        seen = length if masks else MEMORY
        for i in range(2):
            context, alignment = by_hand.attention(layer, query[row, i], memory[row, :seen])
            np.testing.assert_allclose(contexts[row, i], np.concatenate(context), atol=1e-5)
            np.testing.assert_allclose(weights[row, :, i, :seen], alignment, atol=1e-5)
            assert not np.asarray(weights[row, :, i, seen:]).any()


def test_norms_of_normed_bahdanau_start_as_in_tensorflow():
    layer = ra.Attention(UNITS, 6, 16, hparams("normed_bahdanau"))
    assert float(layer.scale[0]) == pytest.approx(0.25) and not np.asarray(layer.bias).any()
    assert float(ra.Attention(UNITS, 6, UNITS, hparams("scaled_luong")).scale) == 1


def first_states(cells, seed=5):
    rng = np.random.default_rng(seed)
    return [
        {k: rng.normal(size=(BATCH, UNITS)).astype(np.float32) for k in cell.state_names}
        for cell in cells
    ]


def of_row(states, row):
    return [{k: v[row] for k, v in state.items()} for state in states]


@pytest.mark.parametrize("mechanism", ra.MECHANISMS)
@pytest.mark.parametrize("cell", by_hand.CELLS)
def test_decoder_with_input_feeding(mechanism, cell):
    hp = hparams(mechanism, recurrent_cell=cell, attention_layer_size=2)
    decoder = decoders.AttentionDecoder(3, WIDTH, UNITS, 6, hp, num_residual=2)
    random_weights(decoder)
    check_decoder(decoder, decoder.layers.cells, expected_with_feeding, by_hand.CELLS[cell])


def expected_with_feeding(step, decoder, x, states, memory):
    return by_hand.fed_layers(step, decoder.layers, x, states, memory, num_residual=2)[1]


def test_the_cell_can_be_the_output():
    decoder = decoders.AttentionDecoder(2, WIDTH, UNITS, 6, hparams(output_attention=False))
    random_weights(decoder)
    check_decoder(
        decoder,
        decoder.layers.cells,
        lambda step, d, x, s, m: by_hand.fed_layers(step, d.layers, x, s, m)[0],
    )


def test_heads_are_merged():
    hp = hparams("bahdanau", num_heads=2, attention_layer_size=5)
    decoder = decoders.AttentionDecoder(1, WIDTH, UNITS, 6, hp)
    random_weights(decoder)
    assert decoder.width == UNITS and decoder.vector.width == 10

    def expected(step, d, x, states, memory):
        vectors = by_hand.fed_layers(step, d.layers, x, states, memory)[1]
        return vectors @ np.asarray(d.merge.kernel) + np.asarray(d.merge.bias)

    check_decoder(decoder, decoder.layers.cells, expected)


def test_decoder_without_input_feeding():
    decoder = decoders.AttentionDecoder(2, WIDTH, UNITS, 6, hparams("luong", input_feeding=False))
    random_weights(decoder)

    def expected(step, d, x, states, memory):
        for layer, state in zip(d.layers.layers, states, strict=True):
            x, _ = by_hand.layer(step, layer.cell, x, state)
        return np.array([by_hand.attention_vector(d.vector, output, memory) for output in x])

    check_decoder(decoder, [layer.cell for layer in decoder.layers.layers], expected)


@pytest.mark.parametrize("uses_new_context", [True, False])
def test_gnmt_decoder(uses_new_context):
    decoder = decoders.GNMTDecoder(
        4, UNITS, UNITS, 6, hparams(), num_residual=2, uses_new_context=uses_new_context
    )
    random_weights(decoder)

    def expected(step, d, x, states, memory):
        x, contexts = by_hand.fed_layers(step, d.bottom, x, states[:1], memory)
        if not uses_new_context:
            contexts = np.concatenate([np.zeros((1, 6)), contexts[:-1]])
        for i, layer in enumerate(d.upper, 1):
            both = np.concatenate([x, contexts], axis=1)
            x, _ = by_hand.layer(step, layer.cell, both, states[i], is_residual=i >= 2)
        return x

    cells = [*decoder.bottom.cells, *(layer.cell for layer in decoder.upper)]
    check_decoder(decoder, cells, expected, width=UNITS)


def check_decoder(decoder, cells, expected, step=by_hand.lstm, width=WIDTH):
    """All at once, and step by step for two beams side by side."""
    memory, is_padding = a_memory()
    x, states = random(LENGTH, BATCH, width), first_states(cells)
    prepared = decoder.prepare(memory, is_padding)
    outputs = np.asarray(decoder(x, states, prepared))
    for row, length in enumerate(LENGTHS):
        wanted = expected(step, decoder, x[:, row], of_row(states, row), memory[row, :length])
        np.testing.assert_allclose(outputs[:, row], wanted, atol=1e-5)
    assert outputs.shape[-1] == decoder.width
    beams = [{k: np.repeat(v, 2, axis=0) for k, v in state.items()} for state in states]
    cache = decoder.start(beams, 2 * BATCH)
    for t in range(LENGTH):
        output, cache, seen = decoder.step(np.repeat(x[t], 2, axis=0), cache, prepared)
        assert seen.shape == (2 * BATCH, MEMORY)
        np.testing.assert_allclose(np.sum(seen, axis=1), 1, atol=1e-5)
        np.testing.assert_allclose(output, np.repeat(outputs[t], 2, axis=0), atol=1e-5)


def test_dropout_reaches_what_is_fed():
    """The input, the attention vector, and what goes from layer to layer."""
    decoder = decoders.AttentionDecoder(2, WIDTH, UNITS, 6, hparams(dropout=0.5))
    memory, is_padding = a_memory()
    x, prepared = random(LENGTH, BATCH, WIDTH), decoder.prepare(memory, is_padding)
    still = np.asarray(decoder(x, None, prepared))
    for only in range(3):
        for i, dropout in enumerate(decoder.layers.dropouts):
            dropout.rate = 0.5 if i == only else 0.0
        drawn = np.asarray(decoder(x, None, prepared, training=True))
        assert np.abs(drawn - still).max() > 1e-6, only  # The weights are small.


def test_what_cannot_be_is_said():
    with pytest.raises(T2TError, match="'luong'"):
        ra.Attention(UNITS, 6, UNITS, hparams("luon"))
    with pytest.raises(T2TError, match="equal widths"):
        ra.Attention(UNITS, 6, UNITS + 1, hparams("luong"))
    with pytest.raises(T2TError, match="nothing sees the attention"):
        values = {"input_feeding": False, "output_attention": False}
        decoders.AttentionDecoder(1, WIDTH, UNITS, 6, hparams(**values))
