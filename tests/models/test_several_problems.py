"""Models of several problems: one body, and the modalities of each problem."""

import contracts
import keras
import numpy as np
import pytest
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.decoding.generation import generator_for
from t2t_lite.decoding.hparams import DecodeHParams
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
FORECASTS = ProblemHParams(
    {"inputs": "real_l2_loss", "targets": "real_l2_loss"},
    {"inputs": 2, "targets": 2},
    {"inputs": (4, 2), "targets": (3, 2)},
)
NEXT = ProblemHParams(
    FORECASTS.modality, FORECASTS.vocab_size, FORECASTS.shape | {"targets": (1, 2)}
)
GREY = ProblemHParams(
    {"inputs": "image", "targets": "class_label"},
    {"inputs": 256, "targets": 5},
    {"inputs": (4, 4, 1), "targets": (1,)},
    vocabulary={"targets": "h"},
)
SPEECH = ProblemHParams(
    {"inputs": "audio_spectral", "targets": "ctc_symbol"},
    {"inputs": None, "targets": 7},
    {"inputs": (8, 6, 1), "targets": (2,)},
    vocabulary={"targets": "g"},
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
    "transformer": ("transformer_tiny", [*SEQUENCES, LANGUAGE, CLASSES, PICTURES, FORECASTS]),
    "transformer_moe": ("transformer_moe_base", [*SEQUENCES, LANGUAGE, CLASSES]),
    "universal_transformer": ("universal_transformer_tiny", [PAIRS, LANGUAGE, CLASSES]),
    "evolved_transformer": ("evolved_transformer_tiny", [PAIRS, LANGUAGE, CLASSES]),
    "transformer_encoder": ("transformer_tiny", [CLASSES, PICTURES]),
    "transformer_lm": ("transformer_tiny", [LANGUAGE, LANGUAGE]),
    "slice_net": ("slicenet_1tiny", [*SEQUENCES, CLASSES, PICTURES]),
    "multi_model": ("multimodel_tiny", [*SEQUENCES, LANGUAGE, CLASSES, PICTURES, NEXT]),
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
    used = []
    for view, own in zip(views(model), problems, strict=True):
        batch = contracts.random_batch(own, length=4)
        contracts.check_graph(view, batch, contracts.check_logits(view, batch), 1e-4)
        loss, paths = loss_and_used(view, batch)
        assert np.isfinite(loss)
        used.append(paths - of_modalities(model))
    for view, own in list(zip(views(model), problems, strict=True))[1:3]:  # Not the first..
        if view.is_autoregressive:
            batch = contracts.random_batch(own, length=3)
            contracts.check_decoding(view, batch, np.asarray(view(batch)), 1e-4)
    # What the problems' losses have gradients for is one body, whole for problems of one kind.
    for own, paths in zip(problems, used, strict=True):
        assert paths and paths == used[[o.modality for o in problems].index(own.modality)]
    assert set.union(*used) == {v.path for v in model.trainable_variables} - of_modalities(model)
    assert all(used[0] & paths for paths in used)


def of_modalities(model) -> set[str]:
    """Paths of the variables of all modalities."""
    each = [modality for own in model.all_modalities for modality in own.values()]
    return {variable.path for modality in each for variable in modality.trainable_variables}


def loss_and_used(view, batch) -> tuple[float, set[str]]:
    """The problem's loss, and the paths of the variables that it has a gradient for."""
    with tf.GradientTape() as tape:
        loss = view.training_loss(batch)
    gradients = tape.gradient(loss, view.trainable_variables)
    pairs = zip(view.trainable_variables, gradients, strict=True)
    return float(loss), {variable.path for variable, gradient in pairs if gradient is not None}


def test_each_problem_trains_what_it_uses_alone():
    model = make("transformer", "transformer_tiny", [PAIRS, OTHER_PAIRS])
    first, second = views(model)
    paths = [{v.path for v in view.trainable_variables} for view in (first, second)]
    all_paths = {v.path for v in model.trainable_variables}
    assert paths[0] | paths[1] == all_paths
    assert len(all_paths) == len(model.trainable_variables)
    assert paths[0] - paths[1] and paths[1] - paths[0]


def test_without_modalities_one_set_of_variables_is_left_for_every_problem():
    """The MultiModel: what has inputs uses the encoder, what makes sequences the decoder."""
    problems = [*SEQUENCES, LANGUAGE, CLASSES, PICTURES]
    model = make("multi_model", "multimodel_tiny", problems)
    body = {v.path for v in model.trainable_variables} - of_modalities(model)
    encoder = {path for path in body if "/encoder_" in path}
    decoder = body - encoder
    assert encoder and decoder
    to_encoder = {path for path in decoder if "encdec" in path}
    used = [
        loss_and_used(view, contracts.random_batch(view.problem_hparams))[1] - of_modalities(model)
        for view in views(model)
    ]
    for own in used[: len(SEQUENCES)]:
        assert own == body
    language, classes, pictures = used[len(SEQUENCES) :]
    assert language == decoder - to_encoder
    assert classes == pictures == encoder


def test_speech_by_ctc_is_learned_beside_translation():
    """All positions of the inputs are for the one, the decoder is for the other."""
    model = make("multi_model", "multimodel_tiny", [PAIRS, SPEECH])
    each = views(model)
    batches = [contracts.random_batch(view.problem_hparams) for view in each]
    optimizer = keras.optimizers.Adam(1e-2)
    optimizer.build(model.trainable_variables)

    @tf.function(autograph=False)
    def update():
        with tf.GradientTape() as tape:
            losses = [
                view.training_loss(batch) / view.loss_divisor(batch)
                for view, batch in zip(each, batches, strict=True)
            ]
            loss = tf.add_n(losses)
        optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
        return losses

    losses = np.array([update() for _ in range(31)])
    assert (losses[-1] < 0.7 * losses[0]).all()
    ids, _ = generator_for(each[1], DecodeHParams(beam_size=1)).generate(
        {"inputs": batches[1]["inputs"]}
    )
    assert ids.shape[:2] == (3, 1)


def test_the_same_vocabulary_has_one_embedding():
    """transformer_tiny shares the embedding of inputs and targets where there is one vocabulary."""
    model = make("transformer", "transformer_tiny", [*SEQUENCES, PAIRS])
    one, other, same_size, again = model.all_modalities
    assert one["inputs"] is one["targets"] is again["inputs"]
    assert same_size["inputs"] is same_size["targets"]
    assert same_size["inputs"] is not one["inputs"]  # as large, but another one
    assert other["targets"] is not other["inputs"]


def waveforms(samples_per_frame):
    return ProblemHParams(
        {"inputs": "audio", "targets": "class_label"},
        {"inputs": None, "targets": 4},
        {"inputs": (8, samples_per_frame), "targets": (1,)},
        vocabulary={"targets": "f"},
    )


def test_pictures_share_what_fits_their_channels():
    """And sounds what fits their sampling rate; sizes may differ."""
    larger = ProblemHParams(
        PICTURES.modality, PICTURES.vocab_size, PICTURES.shape | {"inputs": (12, 12, 3)}
    )
    problems = [PICTURES, GREY, larger, waveforms(8), waveforms(16)]
    model = make("transformer_encoder", "transformer_tiny", problems)
    for view in views(model):
        batch = contracts.random_batch(view.problem_hparams)
        contracts.check_graph(view, batch, contracts.check_logits(view, batch), 1e-4)
    colour, grey, again, slow, fast = (own["inputs"] for own in model.all_modalities)
    assert again is colour is not grey
    assert slow is not fast
    with pytest.raises(T2TError, match="pictures of 1 and 3 channels cannot share it"):
        make("mobilenet_v1", "mobilenet_v1_025_128", [PICTURES, GREY])


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
    for model, hparams_set in [("multi_model", "multimodel_tiny"), ("slice_net", "slicenet_1tiny")]:
        with pytest.raises(T2TError, match="makes one vector of numbers"):
            make(model, hparams_set, [FORECASTS])
    without_inputs = ProblemHParams({"targets": "real"}, {"targets": 2}, {"targets": (1, 2)})
    with pytest.raises(T2TError, match="it has no inputs"):
        make("multi_model", "multimodel_tiny", [without_inputs])
    with pytest.raises(T2TError, match="several problems cannot share what auxiliary_loss_weight"):
        make("inception_v3", "inception_v3_small", [PICTURES, PICTURES])
