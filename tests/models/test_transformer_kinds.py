"""The models that are Transformers with other layers keep the contract."""

import pytest
from contracts import random_batch, run_model_test

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.models.base import build_model
from t2t_lite.models.transformer_moe import layer_kinds
from t2t_lite.problems.base import ProblemHParams

TRANSLATION = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"}, {"inputs": 23, "targets": 23}, target_space_id=3
)
LANGUAGE = ProblemHParams({"targets": "symbol"}, {"targets": 23})
CLASSES = ProblemHParams(
    {"inputs": "symbol", "targets": "class_label"}, {"inputs": 23, "targets": 5}
)
SMALL = "hidden_size=16,filter_size=32,num_heads=2,vocab_divisor=4,"


def small(hparams_set, overrides=""):
    hparams = registry.hparams(hparams_set)
    hparams.parse(SMALL + overrides)
    return hparams


@pytest.mark.parametrize(
    ("hparams_set", "overrides", "problem_hparams"),
    [
        ("universal_transformer_tiny", "num_rec_steps=3", TRANSLATION),
        ("adaptive_universal_transformer_tiny", "act_max_steps=3", TRANSLATION),
        (
            "adaptive_universal_transformer_multilayer_tpu",
            "act_max_steps=2,add_step_timing_signal=true,add_or_concat_timing_signal=concat,"
            "act_type=accumulated",
            TRANSLATION,
        ),
        (
            "universal_transformer_step_sinusoid_timing_tiny",
            "num_rec_steps=2,mix_with_transformer=after_ut,num_mixedin_layers=1",
            LANGUAGE,
        ),
    ],
)
def test_universal_transformer(hparams_set, overrides, problem_hparams):
    run_model_test("universal_transformer", small(hparams_set, overrides), problem_hparams)


def test_universal_transformer_encoder():
    hparams = small("adaptive_universal_transformer_tiny", "act_max_steps=2")
    run_model_test("universal_transformer_encoder", hparams, CLASSES)


MOE = "moe_num_experts=4,moe_hidden_sizes=8,moe_noisy_gating=false,num_hidden_layers=1,"


@pytest.mark.parametrize(
    ("overrides", "problem_hparams"),
    [
        (f"{MOE}layer_types=a-moe/a-sep#a-moe/a-sep", TRANSLATION),
        (f"{MOE}layer_types=#a-moe", LANGUAGE),
    ],
)
def test_transformer_moe(overrides, problem_hparams):
    run_model_test("transformer_moe", small("transformer_moe_base", overrides), problem_hparams)


def test_layer_types_say_what_tensor2tensors_say():
    hparams = registry.hparams("transformer_moe_2k")
    assert layer_kinds(hparams, is_decoder=False) == ["sep"] * 5
    assert layer_kinds(hparams, is_decoder=True) == ["sepm", "sepm", "moe", "sepm", "sepm"]
    hparams.layer_types = "a-a-moe/a"
    assert layer_kinds(hparams, is_decoder=True) == ["moe", "sep"]


@pytest.mark.parametrize(
    ("layer_types", "message"),
    [
        ("a#a#a", "more than one"),
        ("loc/a", "'loc'"),
        ("a-conv", "'conv'"),
        ("#a/a", "no layer in the encoder"),
        ("a#", "no layer in the decoder"),
    ],
)
def test_layer_types_that_cannot_be_built(layer_types, message):
    hparams = small("transformer_moe_base", f"layer_types={layer_types}")
    with pytest.raises(T2TError, match=message):
        build_model("transformer_moe", hparams.freeze(), TRANSLATION)


def test_experts_loss_is_part_of_the_training_loss():
    """The trainer adds the model's losses; there is one for every mixture."""
    overrides = "moe_num_experts=4,moe_hidden_sizes=8,layer_types=a-moe/a-moe#a-moe"
    hparams = small("transformer_moe_base", overrides).freeze()
    model = build_model("transformer_moe", hparams, TRANSLATION)
    model.training_loss(random_batch(TRANSLATION))
    assert len(model.losses) == 3 and all(loss > 0 for loss in model.losses)


@pytest.mark.parametrize("problem_hparams", [TRANSLATION, LANGUAGE])
def test_evolved_transformer(problem_hparams):
    overrides = "num_encoder_layers=1,num_decoder_layers=1"
    run_model_test(
        "evolved_transformer", small("evolved_transformer_tiny", overrides), problem_hparams
    )


def test_language_models():
    overrides = "num_hidden_layers=1"
    run_model_test("transformer_lm", small("transformer_lm_tpu_0", overrides), LANGUAGE)
    run_model_test("attention_lm", small("attention_lm_small", overrides), LANGUAGE)
    with pytest.raises(T2TError, match="prepend_mode"):
        build_model("transformer_lm", small("transformer_tiny").freeze(), TRANSLATION)


@pytest.mark.parametrize(
    ("model", "hparams_set"),
    [
        ("byte_net", "bytenet_base"),
        ("slice_net", "slicenet_1tiny"),
        ("conv_seq2seq", "conv_seq2seq_iwslt"),
        ("evolved_transformer", "evolved_transformer_tiny"),
        ("transformer_moe", "transformer_moe_2k"),
        ("universal_transformer", "universal_transformer_sepconv_tiny"),
    ],
)
def test_convolutions_cannot_tell_packed_examples_apart(model, hparams_set):
    hparams = registry.hparams(hparams_set)
    hparams.pack_dataset = True
    with pytest.raises(T2TError, match="pack_dataset false"):
        build_model(model, hparams.freeze(), TRANSLATION)
