"""Checkpoints as Tensor2Tensor writes them for all kinds of Transformer, and those that do not fit.

The variables, their names and the logits that follow from them are those of `t2t_numpy`.
"""

import numpy as np
import pytest
import t2t_files
import t2t_numpy

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.models.base import build_model
from t2t_lite.problems.base import ProblemHParams
from t2t_lite.training import t2t_checkpoint

TINY = "hidden_size=8,filter_size=12,num_heads=2,num_hidden_layers=2"
INPUTS, TARGETS = [5, 3, 9, 1], [4, 4, 8, 2, 1]


def hparams_of(hparams_set: str, changes: str):
    hparams = registry.hparams(hparams_set)
    hparams.parse(",".join(filter(None, [TINY, changes])))
    return hparams


def theirs(hparams, sizes, model="transformer", shards=16):
    """Tensor2Tensor's model with the same hparams, its weights at random."""
    values = {**hparams.values(), "symbol_modality_num_shards": shards}
    return t2t_numpy.Transformer(values, sizes, model)


def ours(hparams, sizes, model="transformer"):
    modality = dict.fromkeys(sizes, "symbol")
    if model == "transformer_encoder":
        modality["targets"] = "class_label"
    return build_model(model, hparams.copy().freeze(), ProblemHParams(modality, sizes))


def write(variables, tmp_path) -> str:
    path = str(tmp_path / "model.ckpt-7")
    t2t_files.write_checkpoint(path, variables)
    return path


BOTH, DIFFERENT = {"inputs": 11, "targets": 11}, {"inputs": 11, "targets": 13}


@pytest.mark.parametrize(
    ("hparams_set", "changes", "sizes", "shards"),
    [
        ("transformer_tiny", "", BOTH, 16),
        ("transformer_tiny", "", BOTH, 1),
        ("transformer_base_v1", "", BOTH, 16),  # post-norm
        ("transformer_relative_tiny", "max_relative_position=2", BOTH, 16),
        ("transformer_relative_tiny", "", {"targets": 11}, 1),  # a language model
        ("transformer_tiny_tpu", "", {"targets": 13}, 16),
        ("transformer_parsing_base", "", BOTH, 1),  # three matrices
        ("transformer_tiny", "", DIFFERENT, 16),  # three again: vocabularies differ
        (
            "transformer_tiny",
            "shared_embedding=true,shared_embedding_and_softmax_weights=false",
            BOTH,
            1,
        ),
    ],
)
def test_logits_are_tensor2tensors(tmp_path, hparams_set, changes, sizes, shards):
    hparams = hparams_of(hparams_set, changes)
    reference = theirs(hparams, sizes, shards=shards)
    inputs = INPUTS if "inputs" in sizes else None
    expected = reference.logits(inputs, TARGETS)
    model = ours(hparams, sizes)
    t2t_checkpoint.restore(model, write(reference.variables, tmp_path))
    features = {"inputs": inputs, "targets": TARGETS}
    logits = model({name: np.array([features[name]], np.int32) for name in sizes})
    np.testing.assert_allclose(np.asarray(logits)[0], expected, atol=1e-4)


def test_classes_are_tensor2tensors(tmp_path):
    hparams, sizes = hparams_of("transformer_tiny", ""), {"inputs": 11, "targets": 3}
    reference = theirs(hparams, sizes, "transformer_encoder", shards=1)
    expected = reference.classes(INPUTS)
    model = ours(hparams, sizes, "transformer_encoder")
    t2t_checkpoint.restore(model, write(reference.variables, tmp_path))
    features = {"inputs": np.array([INPUTS], np.int32), "targets": np.array([[1]], np.int32)}
    np.testing.assert_allclose(np.asarray(model(features))[0], expected, atol=1e-4)


@pytest.fixture(scope="module")
def fitting():
    """A model, and variables that fit."""
    hparams = hparams_of("transformer_tiny", "")
    reference = theirs(hparams, BOTH, shards=2)
    reference.logits(INPUTS, TARGETS)
    return ours(hparams, BOTH), dict(reference.variables)


BIAS = "transformer/body/decoder/layer_0/ffn/conv1/bias"
KEY = "transformer/body/encoder/layer_1/self_attention/multihead_attention/k/kernel"
EMBEDDING = "transformer/symbol_modality_11_8/shared/weights_1"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({BIAS: None}, [f"lacks 1 variables of the model, such as {BIAS}", "hparams.json"]),
        ({BIAS: [7]}, [f"{BIAS} of shape [7]", "weight of shape [12]. "]),
        ({KEY: [9, 8]}, [f"{KEY} of shape [9, 8]", "weight of shape [8, 24] in 3 pieces"]),
        ({KEY: [8]}, [f"{KEY} of shape [8]", "weight of shape [8, 24] in 3 pieces"]),
        ({EMBEDDING: [4, 8]}, [f"{EMBEDDING} of shape [4, 8]", "of shape [11, 8] in 2 pieces"]),
        ({f"{BIAS}_2": [7]}, [f"1 variables without a place in the model, such as {BIAS}_2"]),
        ({"training/beta1_power": [], f"training/{BIAS}/Adam_1": [12]}, []),
    ],
)
def test_what_does_not_fit_is_named(tmp_path, fitting, changes, words):
    model, variables = fitting
    for name, shape in changes.items():
        variables = {k: v for k, v in variables.items() if k != name}
        if shape is not None:
            variables[name] = np.zeros(shape, "float32")
    path = write(variables, tmp_path)
    if words:
        refused(model, path, *words)
    else:
        t2t_checkpoint.restore(model, path)


def refused(model, path, *words):
    with pytest.raises(T2TError) as error:
        t2t_checkpoint.restore(model, path)
    message = str(error.value)
    assert all(word in message for word in (path, *words)), message
    assert "\n" not in message


def renamed(variables, old, new):
    return {name.replace(old, new): value for name, value in variables.items()}


def test_another_vocabulary(tmp_path, fitting):
    model, variables = fitting
    path = write(renamed(variables, "symbol_modality_11_8", "symbol_modality_12_8"), tmp_path)
    refused(model, path, "12 ids of width 8", "make 11 ids of width 8", "--data_dir")


def test_another_model(tmp_path, fitting):
    model, variables = fitting
    path = write(renamed(variables, "transformer/", "lstm_seq2seq/"), tmp_path)
    refused(model, path, "of the model 'lstm_seq2seq', not 'transformer'")
    hparams = hparams_of("transformer_tiny", "prepend_mode=prepend_inputs_masked_attention")
    path = write(variables, tmp_path)
    refused(ours(hparams, {"targets": 11}), path, "/encdec_attention/", "had an encoder besides")


@pytest.mark.parametrize("name", ["index", "data-00000-of-00001"])
@pytest.mark.parametrize("size", [0.5, 0, None])
def test_damaged_files(tmp_path, fitting, name, size):
    model, variables = fitting
    path = write(variables, tmp_path)
    file = tmp_path / f"model.ckpt-7.{name}"
    if size is None:
        file.unlink()
    else:
        file.write_bytes(file.read_bytes()[: int(size * file.stat().st_size)])
    refused(model, path, "is damaged (", "--checkpoint_path")
