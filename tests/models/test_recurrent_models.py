"""Recurrent models keep the contract, in every variant that hparams offer."""

import itertools

import keras
import numpy as np
import pytest
import recurrent_numpy as by_hand
import tensorflow as tf
from contracts import random_batch, run_model_test

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.precision import set_matmul_operands
from t2t_lite.models import nmt
from t2t_lite.models.base import T2TModel, build_model
from t2t_lite.problems.base import ProblemHParams

TRANSLATION = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"}, {"inputs": 23, "targets": 31}
)
ONE_VOCABULARY = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"}, {"inputs": 23, "targets": 23}
)
LANGUAGE = ProblemHParams({"targets": "symbol"}, {"targets": 23})
CLASSES = ProblemHParams(
    {"inputs": "symbol", "targets": "class_label"}, {"inputs": 23, "targets": 5}
)


def small(hparams_set, *overrides):
    hparams = registry.hparams(hparams_set)
    for text in ("hidden_size=16,num_hidden_layers=2,attention_layer_size=12", *overrides):
        hparams.parse(text)
    return hparams


def test_lstm_seq2seq():
    run_model_test("lstm_seq2seq", small("lstm_seq2seq", "vocab_divisor=4"), TRANSLATION)


def test_language_model():
    run_model_test("lstm_seq2seq", small("lstm_seq2seq", "recurrent_cell=gru"), LANGUAGE)


def test_bidirectional_encoder():
    hparams = small("lstm_seq2seq", "recurrent_cell=layer_norm_lstm", "num_hidden_layers=1")
    run_model_test("lstm_seq2seq_bidirectional_encoder", hparams, TRANSLATION)


@pytest.mark.parametrize(
    ("hparams_set", "overrides"),
    [
        ("lstm_attention", ""),
        ("lstm_luong_attention", "recurrent_cell=gru,output_attention=false"),
        ("lstm_bahdanau_attention_multi", "attention_mechanism=normed_bahdanau"),
        ("lstm_attention", "input_feeding=false"),
    ],
)
def test_attention(hparams_set, overrides):
    run_model_test("lstm_seq2seq_attention", small(hparams_set, overrides), TRANSLATION)


def test_attention_with_a_bidirectional_encoder():
    hparams = small("lstm_luong_attention_multi", "attention_mechanism=scaled_luong")
    run_model_test("lstm_seq2seq_attention_bidirectional_encoder", hparams, TRANSLATION)


def test_classes():
    run_model_test("lstm_encoder", small("lstm_seq2seq"), CLASSES)


@pytest.mark.parametrize(
    ("hparams_set", "overrides"),
    [
        ("nmt_iwslt15", "attention_mechanism=none,encoder_type=uni,residual=true"),
        ("nmt_iwslt15", "num_decoder_layers=1"),
        ("nmt_wmt16", "num_hidden_layers=4,residual=true"),
        ("nmt_gnmt_4_layer", "num_hidden_layers=3"),
        ("nmt_gnmt_4_layer", "num_hidden_layers=3,attention_architecture=gnmt"),
    ],
)
def test_nmt(hparams_set, overrides):
    run_model_test("nmt", small(hparams_set, overrides), TRANSLATION)


# The whole tutorial's model against its equations.


def translator(hparams_set, overrides):
    hparams = small(hparams_set, "hidden_size=5,dropout=0", overrides)
    keras.utils.set_random_seed(3)
    return build_model("nmt", hparams.freeze(), TRANSLATION)


def run_stack(stack, sentence, backwards=False):
    states = []
    for layer in stack.layers:
        sentence, state = by_hand.layer(
            by_hand.lstm,
            layer.cell,
            sentence,
            backwards=backwards,
            is_residual=layer.is_residual,
        )
        states.append(state)
    return sentence, states


def encoded_by_hand(encoder, x):
    """The tutorial's three encoders, for one sentence."""
    if isinstance(encoder, nmt.ForwardEncoder):
        return run_stack(encoder.stack, x)
    if isinstance(encoder, nmt.GNMTEncoder):
        x, states = encoded_by_hand(encoder.bottom, x)
        x, others = run_stack(encoder.upper, x)
        return x, [states[1], *others]
    a, of_a = run_stack(encoder.stacks[0], x)
    b, of_b = run_stack(encoder.stacks[1], x, backwards=True)
    return np.concatenate([a, b], axis=1), list(itertools.chain(*zip(of_a, of_b, strict=True)))


def output_by_hand(model, x, states, memory):
    decoder = model.decoder
    if model.hparams.attention_mechanism == "none":
        for layer, state in zip(decoder.stack.layers, states, strict=True):
            x, _ = by_hand.layer(by_hand.lstm, layer.cell, x, state, is_residual=layer.is_residual)
        return x
    if model.hparams.attention_architecture == "standard":
        count = nmt.residual_layers(model.hparams)[1]
        return by_hand.fed_layers(by_hand.lstm, decoder.layers, x, states, memory, count)[1]
    x, contexts = by_hand.fed_layers(by_hand.lstm, decoder.bottom, x, states[:1], memory)
    if model.hparams.attention_architecture == "gnmt":
        contexts = np.concatenate([np.zeros_like(contexts[:1]), contexts[:-1]])
    for layer, state in zip(decoder.upper, states[1:], strict=True):
        both = np.concatenate([x, contexts], axis=1)
        x, _ = by_hand.layer(by_hand.lstm, layer.cell, both, state, is_residual=layer.is_residual)
    return x


@pytest.mark.parametrize(
    ("hparams_set", "overrides", "residual"),
    [
        ("nmt_iwslt15", "encoder_type=uni,attention_mechanism=none,residual=true", (1, 1)),
        ("nmt_iwslt15", "attention_mechanism=luong", (0, 0)),
        ("nmt_wmt16", "num_hidden_layers=4,residual=true", (3, 3)),
        ("nmt_wmt16", "num_encoder_layers=4,num_decoder_layers=3,residual=true", (3, 2)),
        ("nmt_gnmt_4_layer", "num_hidden_layers=4", (2, 2)),
        ("nmt_gnmt_4_layer", "num_encoder_layers=3,num_decoder_layers=4", (1, 3)),
        ("nmt_gnmt_8_layer", "num_hidden_layers=3,attention_architecture=gnmt", (1, 1)),
    ],
)
def test_logits_are_the_equations(hparams_set, overrides, residual):
    model = translator(hparams_set, overrides)
    assert nmt.residual_layers(model.hparams) == residual
    batch = random_batch(TRANSLATION)
    logits = np.asarray(model(batch))
    source, target = (model.modalities[name] for name in ("inputs", "targets"))
    encoder_layers, decoder_layers = nmt.depths(model.hparams)
    for row in range(len(batch["targets"])):
        words, symbols = (batch[name][row][batch[name][row] != 0] for name in batch)
        memory, states = encoded_by_hand(model.encoder, np.asarray(source.embedding)[words])
        if encoder_layers != decoder_layers:
            states = [{"c": np.zeros(5), "h": np.zeros(5)} for _ in range(decoder_layers)]
        x = np.asarray(target.embedding)[symbols]
        x = np.concatenate([np.zeros((1, 5)), x[:-1]])
        expected = output_by_hand(model, x, states, memory) @ np.asarray(target.softmax).T
        np.testing.assert_allclose(logits[row, : len(symbols)], expected, atol=1e-5)


def test_all_weights_start_uniformly():
    model = translator("nmt_iwslt15", "hidden_size=40")
    for weight in model.weights:
        value = np.abs(np.asarray(weight))
        if weight.path.endswith(("bias", "/g")):
            continue
        assert 0.09 < value.max() <= 0.1, weight.path


def test_loss_of_the_tutorial_is_a_mean_over_sentences():
    model = translator("nmt_iwslt15", "loss_normalization=sentences")
    batch = random_batch(TRANSLATION)
    logits = np.asarray(model(batch), np.float64)
    log_probs = logits - np.log(np.exp(logits).sum(-1, keepdims=True))
    total = sum(
        log_probs[row, t, symbol]
        for row, symbols in enumerate(batch["targets"])
        for t, symbol in enumerate(symbols)
        if symbol
    )
    found = float(model.training_loss(batch) / model.loss_divisor(batch))
    assert found == pytest.approx(-total / len(batch["targets"]), rel=1e-5)
    batch["targets"][1] = 0  # A row that only fills up is no sentence.
    assert float(model.loss_divisor(batch)) == 2
    tokens = translator("nmt_iwslt15", "loss_normalization=tokens")
    assert float(tokens.loss_divisor(batch)) == np.count_nonzero(batch["targets"])


# Decoding.


def test_a_step_costs_the_same_at_any_position():
    """The cache has no room that grows, and the step's graph has no position in it."""
    model = translator("nmt_gnmt_4_layer", "num_hidden_layers=3")
    encoded = model.encode(random_batch(TRANSLATION))
    caches = [model.init_cache(encoded, 6, room) for room in (16, 512)]
    shapes = [tf.nest.map_structure(lambda x: tuple(x.shape), cache) for cache in caches]
    assert shapes[0] == shapes[1]
    step = tf.function(model.decode_step)
    ids, kinds = tf.zeros([6], tf.int32), set()
    for position in (5, 500):
        graph = step.get_concrete_function(ids, tf.constant(position), caches[0], encoded).graph
        kinds.add(tuple(sorted(op.type for op in graph.get_operations())))
    assert len(kinds) == 1 and "While" not in str(kinds)


def test_decoding_by_recomputation_equals_decoding_with_caches():
    model = build_model("lstm_seq2seq_attention", small("lstm_attention").freeze(), TRANSLATION)
    batch = random_batch(TRANSLATION)
    rows, length = batch["targets"].shape
    ids = np.zeros(rows, np.int32)
    encoded, slow = model.encode(batch), T2TModel.encode(model, batch)
    cache = model.init_cache(encoded, rows, length)
    slow_cache = T2TModel.init_cache(model, slow, rows, length)
    for position in range(length):
        step = np.int32(position)
        logits, cache = model.decode_step(ids, step, cache, encoded)
        expected, slow_cache = T2TModel.decode_step(model, ids, step, slow_cache, slow)
        np.testing.assert_allclose(logits, expected, atol=1e-4)
        ids = np.asarray(logits).argmax(-1).astype(np.int32)


def test_rounded_products_are_near_the_others():
    """In bfloat16, of 8 bits, in training and step by step."""
    model = translator("nmt_gnmt_4_layer", "hidden_size=16,num_hidden_layers=3")
    batch = random_batch(TRANSLATION)
    losses, steps = [], []
    for operands in (None, "bfloat16"):
        set_matmul_operands(operands)
        try:
            losses.append(float(model.training_loss(batch)))
            encoded = model.encode(batch)
            cache = model.init_cache(encoded, 3, 4)
            logits, _ = model.decode_step(np.zeros(3, "int32"), np.int32(0), cache, encoded)
            steps.append(np.asarray(logits))
        finally:
            set_matmul_operands(None)
    assert losses[0] != losses[1] and losses[1] == pytest.approx(losses[0], rel=0.01)
    np.testing.assert_allclose(steps[1], steps[0], atol=0.1)


# Bad input.


@pytest.mark.parametrize(
    ("model", "hparams_set", "overrides", "problem_hparams", "message"),
    [
        ("lstm_seq2seq", "lstm_seq2seq", "", CLASSES, "lstm_encoder"),
        ("lstm_encoder", "lstm_seq2seq", "", TRANSLATION, "lstm_seq2seq"),
        ("lstm_seq2seq_attention", "lstm_attention", "", LANGUAGE, "needs a problem with inputs"),
        ("lstm_seq2seq", "lstm_seq2seq", "pack_dataset=true", TRANSLATION, "pack_dataset"),
        (
            "lstm_seq2seq_attention",
            "lstm_attention",
            "shared_embedding_and_softmax_weights=true",
            ONE_VOCABULARY,
            "width 12",
        ),
        ("nmt", "nmt_iwslt15", "num_encoder_layers=3", TRANSLATION, "be even"),
        ("nmt", "nmt_gnmt_4_layer", "num_hidden_layers=1", TRANSLATION, "num_encoder_layers >= 2"),
    ],
)
def test_what_does_not_fit_is_said(model, hparams_set, overrides, problem_hparams, message):
    with pytest.raises(T2TError, match=message):
        build_model(model, small(hparams_set, overrides).freeze(), problem_hparams)
