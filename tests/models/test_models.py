"""Every registered model keeps the contract, in every variant that hparams offer."""

import pathlib

import keras
import numpy as np
import pytest
from contracts import random_batch, run_model_test

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.precision import set_matmul_operands
from t2t_lite.models.base import T2TModel, build_model
from t2t_lite.problems.base import ProblemHParams

TRANSLATION = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"}, {"inputs": 23, "targets": 23}, target_space_id=3
)
TWO_VOCABULARIES = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"}, {"inputs": 23, "targets": 31}
)
LANGUAGE = ProblemHParams({"targets": "symbol"}, {"targets": 23})
CLASSES = ProblemHParams(
    {"inputs": "symbol", "targets": "class_label"}, {"inputs": 23, "targets": 5}
)
SMALL = "hidden_size=16,filter_size=32,num_heads=2,num_hidden_layers=2,vocab_divisor=4"


def small(hparams_set="transformer_tiny", overrides=""):
    hparams = registry.hparams(hparams_set)
    hparams.parse(SMALL)
    hparams.parse(overrides)
    return hparams


def test_every_model_has_a_case():
    tests = "".join(path.read_text() for path in pathlib.Path(__file__).parent.glob("test_*.py"))
    for name in registry.models.builtin:
        assert f'"{name}"' in tests, f"add cases of {name} to a file beside this one"


@pytest.mark.parametrize(
    ("hparams_set", "overrides"),
    [
        ("transformer_tiny", ""),
        ("transformer_base_v1", ""),  # post-norm
        ("transformer_relative_tiny", "max_relative_position=2"),
        ("transformer_tiny", "shared_embedding_and_softmax_weights=false"),
        ("transformer_tiny", "proximity_bias=true,pos=none,norm_type=noam"),
        ("transformer_tiny", "unidirectional_encoder=true,use_target_space_embedding=false"),
        ("transformer_tiny", "attention_key_channels=8,attention_value_channels=24"),
        ("transformer_tiny", "num_encoder_layers=1,num_decoder_layers=3"),
    ],
)
def test_transformer(hparams_set, overrides):
    run_model_test("transformer", small(hparams_set, overrides), TRANSLATION)


@pytest.mark.parametrize("problem_hparams", [TWO_VOCABULARIES, LANGUAGE])
def test_transformer_on_other_features(problem_hparams):
    run_model_test("transformer", small(), problem_hparams)


def test_transformer_encoder():
    run_model_test("transformer_encoder", small(), CLASSES)


def test_a_model_that_does_not_fit_the_problem_is_an_error():
    with pytest.raises(T2TError, match="transformer_encoder"):
        build_model("byte_net", registry.hparams("bytenet_base").freeze(), CLASSES)
    with pytest.raises(T2TError, match="--model=transformer"):
        build_model("transformer_encoder", small().freeze(), TRANSLATION)


def test_a_decoder_of_one_step_tells_classes():
    run_model_test("transformer", small(), CLASSES)


def test_prepended_inputs_are_seen_whole_and_not_scored():
    hparams = small("transformer_tiny", "prepend_mode=prepend_inputs_full_attention").freeze()
    model = build_model("transformer", hparams, LANGUAGE)
    ids = np.array([[5, 6, 1, 0, 7, 8, 1, 0]], np.int32)  # inputs, 0, targets, padding
    np.testing.assert_array_equal(model.loss_weights({"targets": ids}), [[0, 0, 0, 0, 1, 1, 1, 0]])
    changed = ids.copy()
    changed[0, 1] = 9  # A later input changes what stands before it …
    before, after = (np.asarray(model({"targets": x})) for x in (ids, changed))
    assert np.abs(before[0, 1] - after[0, 1]).max() > 1e-4
    changed = ids.copy()
    changed[0, 5] = 9  # … but a later target does not.
    after = np.asarray(model({"targets": changed}))
    np.testing.assert_allclose(before[0, :6], after[0, :6], atol=1e-5)


def test_packed_examples_do_not_see_each_other():
    model = build_model("transformer", small().freeze(), LANGUAGE)
    alone = random_batch(LANGUAGE, rows=1)["targets"][:, :5]
    packed = {
        "targets": np.concatenate([[[9, 8, 1]], alone], axis=1),
        "targets_segmentation": np.array([[1, 1, 1, 2, 2, 2, 2, 2]], np.int32),
        "targets_position": np.array([[0, 1, 2, 0, 1, 2, 3, 4]], np.int32),
    }
    expected = np.asarray(model({"targets": alone}))
    np.testing.assert_allclose(np.asarray(model(packed))[:, 3:], expected, atol=1e-4)


def test_decoding_by_recomputation_equals_decoding_with_caches():
    """The slow way of the base class, which needs nothing but a body, and the Transformer's own."""
    model = build_model("transformer", small().freeze(), TRANSLATION)
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


@pytest.mark.parametrize("hparams_set", ["transformer_tiny", "transformer_relative_tiny"])
def test_rounded_products_are_near_the_others(hparams_set):
    """In bfloat16, of 8 bits, in training and step by step."""
    hparams = small(
        hparams_set, "attention_dropout=0,relu_dropout=0,layer_prepostprocess_dropout=0"
    )
    keras.utils.set_random_seed(1)
    model = build_model("transformer", hparams.freeze(), TWO_VOCABULARIES)
    batch = random_batch(TWO_VOCABULARIES)
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
