"""Models of several problems: one body, and the modalities of each problem."""

import contracts
import keras
import numpy as np
import pytest

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.models.base import build_model
from t2t_lite.models.views import views
from t2t_lite.problems import mixture
from t2t_lite.problems.base import ProblemHParams

PAIRS = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"},
    {"inputs": 11, "targets": 11},
    target_space_id=1,
    vocabulary={"inputs": "a", "targets": "a"},
)
OTHER_PAIRS = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"},
    {"inputs": 11, "targets": 13},
    target_space_id=2,
    vocabulary={"inputs": "a", "targets": "b"},
)
SAME_SIZE = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"},
    {"inputs": 11, "targets": 11},
    target_space_id=3,
    vocabulary={"inputs": "c", "targets": "c"},
)
LANGUAGE = ProblemHParams({"targets": "symbol"}, {"targets": 9}, vocabulary={"targets": "d"})
CLASSES = ProblemHParams(
    {"inputs": "symbol", "targets": "class_label"},
    {"inputs": 11, "targets": 3},
    {"targets": (1,)},
    vocabulary={"inputs": "a", "targets": "e"},
)
PICTURES = ProblemHParams(
    {"inputs": "image", "targets": "class_label"},
    {"inputs": 256, "targets": 4},
    {"inputs": (8, 8, 3), "targets": (1,)},
    vocabulary={"targets": "f"},
)
SEQUENCES = (PAIRS, OTHER_PAIRS, SAME_SIZE)
SMALL = {
    "hidden_size": 8,
    "num_hidden_layers": 2,
    "num_heads": 2,
    "filter_size": 12,
    "num_rec_steps": 2,
    "num_block_repeat": 1,
    "encoder_widths": [8],
    "encoder_kernels": [3],
    "decoder_widths": [8],
    "decoder_kernels": [3],
}
MODELS = {
    "transformer": ("transformer_tiny", [*SEQUENCES, LANGUAGE, CLASSES, PICTURES]),
    "transformer_moe": ("transformer_moe_base", [*SEQUENCES, LANGUAGE, CLASSES]),
    "universal_transformer": ("universal_transformer_tiny", [PAIRS, LANGUAGE, CLASSES]),
    "evolved_transformer": ("evolved_transformer_tiny", [PAIRS, LANGUAGE, CLASSES]),
    "transformer_encoder": ("transformer_tiny", [CLASSES, PICTURES]),
    "transformer_lm": ("transformer_tiny", [LANGUAGE, LANGUAGE]),
    "slice_net": ("slicenet_1tiny", [*SEQUENCES, CLASSES, PICTURES]),
    "multi_model": ("multimodel_tiny", [*SEQUENCES, LANGUAGE, CLASSES, PICTURES]),
    "byte_net": ("bytenet_base", SEQUENCES),
    "conv_seq2seq": ("conv_seq2seq_base", SEQUENCES),
    "neural_gpu": ("neural_gpu", SEQUENCES),
    "lstm_seq2seq": ("lstm_seq2seq", [*SEQUENCES, LANGUAGE]),
    "lstm_seq2seq_attention": ("lstm_attention", SEQUENCES),
    "lstm_encoder": ("lstm_seq2seq", [CLASSES, PICTURES]),
    "nmt": ("nmt_multi30k", SEQUENCES),
    "mobilenet_v1": ("mobilenet_v1_025_128", [PICTURES, PICTURES]),
}


def make(name, hparams_set, problems):
    hparams = registry.hparams(hparams_set)
    for key, value in SMALL.items():
        if key in hparams.values():
            setattr(hparams, key, value)
    for key in list(hparams.values()):
        if key.endswith("dropout"):
            setattr(hparams, key, 0.0)
    keras.utils.set_random_seed(3)
    return build_model(name, hparams.freeze(), mixture.union(problems))


@pytest.mark.parametrize("name", MODELS)
def test_each_problem_has_the_model_to_itself(name):
    hparams_set, problems = MODELS[name]
    model = make(name, hparams_set, problems)
    for view, own in zip(views(model), problems, strict=True):
        batch = contracts.random_batch(own, length=4)
        contracts.check_logits(view, batch, 1e-4)
        assert np.isfinite(float(view.training_loss(batch)))
    for view, own in list(zip(views(model), problems, strict=True))[1:3]:  # Not the first..
        if view.is_autoregressive:
            contracts.check_decoding(view, contracts.random_batch(own, length=3), 1e-4)
    bodies = [_of_body(view) for view in views(model)]
    assert all(body == bodies[0] for body in bodies) and bodies[0]


def _of_body(view):
    own = {id(v) for m in view.modalities.values() for v in m.variables}
    return {v.path for v in view.trainable_variables if id(v) not in own}


def test_each_problem_trains_what_it_uses_alone():
    model = make("transformer", "transformer_tiny", [PAIRS, OTHER_PAIRS])
    first, second = views(model)
    paths = [{v.path for v in view.trainable_variables} for view in (first, second)]
    all_paths = {v.path for v in model.trainable_variables}
    assert paths[0] | paths[1] == all_paths
    assert len(all_paths) == len(model.trainable_variables)
    assert paths[0] - paths[1] and paths[1] - paths[0]


def test_the_same_vocabulary_has_one_embedding():
    """transformer_tiny shares the embedding of inputs and targets where there is one vocabulary."""
    model = make("transformer", "transformer_tiny", [*SEQUENCES, PAIRS])
    one, other, same_size, again = model.all_modalities
    assert one["inputs"] is one["targets"] is again["inputs"]
    assert same_size["inputs"] is same_size["targets"]
    assert same_size["inputs"] is not one["inputs"]  # as large, but another one
    assert other["targets"] is not other["inputs"]


def test_a_problem_alone_is_what_it_was():
    model = make("transformer", "transformer_tiny", [PAIRS])
    assert views(model) == [model]


def test_the_target_space_tells_problems_apart():
    """Same vocabulary, same input: only the id of the output's kind differs."""
    other = ProblemHParams(PAIRS.modality, PAIRS.vocab_size, target_space_id=5)
    other.vocabulary = PAIRS.vocabulary
    model = make("transformer", "transformer_tiny", [PAIRS, other])
    batch = contracts.random_batch(PAIRS)
    one, two = (np.asarray(view(batch)) for view in views(model))
    assert np.abs(one - two).max() > 1e-3


def test_models_refuse_problems_that_they_cannot_learn():
    with pytest.raises(T2TError, match="choose --model=transformer_encoder"):
        make("byte_net", "bytenet_base", [PAIRS, CLASSES])
    with pytest.raises(T2TError, match="needs a problem with inputs"):
        make("conv_seq2seq", "conv_seq2seq_base", [PAIRS, LANGUAGE])
    with pytest.raises(T2TError, match="several problems cannot share what auxiliary_loss_weight"):
        make("inception_v3", "inception_v3_small", [PICTURES, PICTURES])
