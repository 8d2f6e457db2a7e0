"""The sets that bear Tensor2Tensor's names have its values, family by family."""

import json

import pytest
from t2t_files import OWN_HPARAMS

from t2t_lite import registry

# What attention has here, in families to which Tensor2Tensor gave less.
ATTENTION = {
    "attention_dropout_broadcast_dims": "",
    "self_attention_type": "dot_product",
    "proximity_bias": False,
}
# Module of sets -> fields that Tensor2Tensor's sets of it did not have, and the value that means
# as much.
OURS = {
    "convolutional": ATTENTION,
    "universal_transformer": {},
    "evolved_transformer": {},
    "attention_lm": {
        **ATTENTION,
        "num_encoder_layers": 0,
        "num_decoder_layers": 0,
        "causal_decoder_self_attention": True,
        "unidirectional_encoder": False,
        "ffn_layer": "dense_relu_dense",
        "conv_first_kernel": 3,
        "relu_dropout_broadcast_dims": "",
        "use_target_space_embedding": True,
    },
}
NOT_T2TS = ("conv_seq2seq",)
SETS = [
    (module, name)
    for name, (path, _) in registry.hparams_sets.builtin.items()
    for module in OURS
    if path == f"t2t_lite.hparams.{module}" and not name.startswith(NOT_T2TS)
]


@pytest.mark.parametrize(("module", "name"), SETS)
def test_set_has_tensor2tensors_values(fixtures, module, name):
    reference = json.loads((fixtures / "hparams.json").read_text())
    expected = {**reference["basic_params1"], **reference["sets"][name]}
    ours = registry.hparams(name).values()
    own = {**OURS[module], **OWN_HPARAMS}
    assert ours == {key: expected[key] if key in expected else own[key] for key in ours}


def test_published_names_are_there():
    wanted = {"bytenet_base", "slicenet_1", "slicenet_1noam", "slicenet_1tiny", "neural_gpu"}
    wanted |= {f"universal_transformer_{name}" for name in ("base", "small", "tiny")}
    wanted |= {f"adaptive_universal_transformer_{name}" for name in ("base", "small", "tiny")}
    wanted |= {f"evolved_transformer_{name}" for name in ("base", "tiny", "big")}
    assert wanted <= {name for _, name in SETS}


# What Tensor2Tensor 1.15.7 writes in models/research/transformer_moe.py, besides basic_params1.
MOE_BASE = {
    "hidden_size": 512,
    "max_length": 2001,
    "max_input_seq_length": 2000,
    "max_target_seq_length": 2000,
    "clip_grad_norm": 0.0,
    "optimizer_adam_epsilon": 1e-9,
    "learning_rate_decay_scheme": "noam",
    "learning_rate_warmup_steps": 2000,
    "initializer_gain": 1.0,
    "num_hidden_layers": 5,
    "initializer": "uniform_unit_scaling",
    "weight_decay": 0.0,
    "optimizer_adam_beta1": 0.9,
    "optimizer_adam_beta2": 0.98,
    "label_smoothing": 0.0,
    "shared_embedding_and_softmax_weights": True,
    "layer_preprocess_sequence": "n",
    "layer_postprocess_sequence": "da",
}
MOE_8K = {
    **MOE_BASE,
    "batch_size": 8192,
    "max_length": 0,
    "eval_drop_long_sequences": True,
    "min_length_bucket": 256,
    "default_ff": "sep",
    "hidden_size": 1024,
}
MOE_SETS = {
    "transformer_moe_base": MOE_BASE,
    "transformer_moe_8k": MOE_8K,
    "transformer_moe_8k_lm": {**MOE_8K, "default_ff": "sepm", "layer_types": "#a/a/a-moe/a/a"},
    "transformer_moe_2k": {
        **MOE_8K,
        "batch_size": 2048,
        "layer_types": "a/a/a/a/a#a-sepm/a-sepm/a-moe/a-sepm/a-sepm",
    },
}


@pytest.mark.parametrize("name", MOE_SETS)
def test_sets_with_experts(fixtures, name):
    basic = json.loads((fixtures / "hparams.json").read_text())["basic_params1"]
    expected, ours = {**basic, **MOE_SETS[name]}, registry.hparams(name).values()
    assert {key: ours[key] for key in ours if key in expected} == {
        key: expected[key] for key in ours if key in expected
    }


# Lengths, which count frames here; and what Tensor2Tensor's problems said instead of its sets.
SPEECH = {
    "transformer_librispeech": {"batch_size": 16 * 1550, "max_length": 1550},
    "transformer_librispeech_v1": {"batch_size": 25_000, "max_length": 1650},
    "transformer_librispeech_v2": {"batch_size": 16 * 1550, "max_length": 1550},
    "transformer_librispeech_tpu": {"batch_size": 16 * 1650, "max_length": 1650},
    "transformer_librispeech_tpu_v1": {"batch_size": 16 * 1650, "max_length": 1650},
    "transformer_librispeech_tpu_v2": {"batch_size": 16 * 1650, "max_length": 1650},
}


@pytest.mark.parametrize("name", SPEECH)
def test_sets_of_speech(fixtures, name):
    reference = json.loads((fixtures / "hparams.json").read_text())
    of_problem = {"audio_add_delta_deltas": True, "audio_filters": 128}
    expected = {**reference["basic_params1"], **reference["sets"][name], **OWN_HPARAMS}
    expected |= of_problem | SPEECH[name]
    ours = registry.hparams(name).values()
    assert ours == {key: expected[key] for key in ours}


def test_sets_of_common_voice_are_those_of_librispeech():
    for kind in ("", "_tpu"):
        ours = registry.hparams(f"transformer_common_voice{kind}")
        other = registry.hparams(f"transformer_librispeech{kind}")
        assert ours.diff(other) == ({} if not kind else {"batch_size": (8 * 1650, 16 * 1650)})
