"""The MultiModel: contracts of its forms, and what makes it the one that it is."""

import numpy as np
import pytest
from contracts import random_batch, run_model_test

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.experts import MixtureOfExperts
from t2t_lite.models.base import build_model
from t2t_lite.models.multi_model import MultiModel
from t2t_lite.models.slice_net import Layer
from t2t_lite.problems.base import ProblemHParams

PAIRS = ProblemHParams({"inputs": "symbol", "targets": "symbol"}, {"inputs": 11, "targets": 11})
CLASSES = ProblemHParams(
    {"inputs": "symbol", "targets": "class_label"}, {"inputs": 11, "targets": 3}
)
CLASSES.shape = {"targets": (1,)}
PICTURES = ProblemHParams(
    {"inputs": "image", "targets": "class_label"},
    {"inputs": 256, "targets": 4},
    {"inputs": (20, 20, 3), "targets": (1,)},
)
SMALL = (
    "hidden_size=8,filter_size=12,moe_hidden_sizes=12,moe_num_experts=3,num_heads=2,"
    "num_hidden_layers=2,large_kernel_size=5,moe_loss_coef=0.0,moe_noisy_gating=false,"
)
FORMS = {
    "experts": "moe_layers=1",
    "slices": "multimodel_form=slices,kernel_scheme=3.3.5.5,separability=0",
    "paper": "multimodel_form=paper,kernel_scheme=3.3.5.5,dilation_scheme=1.1.1.2,separability=0",
    "no_attention": "moe_layers=0,multimodel_attention=false",
}


def small(overrides=""):
    hparams = registry.hparams("multimodel_tiny")
    hparams.parse(SMALL + overrides)
    return hparams


@pytest.mark.parametrize("form", FORMS)
def test_pairs(form):
    run_model_test("multi_model", small(FORMS[form]), PAIRS)


@pytest.mark.parametrize("top", ["mean", "block"])
def test_classes(top):
    run_model_test("multi_model", small(f"{FORMS['experts']},class_label_top={top}"), CLASSES)


@pytest.mark.parametrize("bottom", ["small", "large"])
def test_pictures_have_nets_of_their_own(bottom):
    hparams = small(f"moe_layers=,image_bottom={bottom}").freeze()
    model = build_model("multi_model", hparams, PICTURES)
    positions = {"small": 400, "large": 4}[bottom]  # 20 pixels a side; squares of 16
    embedded = model.bottom(random_batch(PICTURES))
    assert embedded["inputs"].shape == (3, positions, 8)
    assert embedded["inputs_padding"].shape == (3, positions)
    assert model(random_batch(PICTURES)).shape == (3, 1, 4)


def test_where_the_experts_are():
    """Beside every layer of the encoder; in the decoder's layers that moe_layers names."""
    model = build_model("multi_model", small("moe_layers=1").freeze(), PAIRS)
    where = [
        type(layer).__name__
        for layer in model._flatten_layers()
        if isinstance(layer, MixtureOfExperts)
    ]
    assert len(where) == 3
    kinds = [type(layer.feed_forward).__name__ for layer in model.decoder]
    assert kinds == ["FeedForward", "MixtureOfExperts"]
    with pytest.raises(T2TError, match="moe_layers='2' is no list of numbers"):
        build_model("multi_model", small("moe_layers=2").freeze(), PAIRS)


def test_slices_are_slice_net_with_experts():
    """With nothing else: the same kinds of layers in the same order."""
    hparams = small(FORMS["slices"]).freeze()
    model = MultiModel(hparams, PAIRS)
    assert [layer.name for layer in model.encoder] == [
        "encoder_0",
        "encoder_moe",
        "encoder_1",
        "encoder_2",
    ]
    assert [layer.name for layer in model.decoder] == [
        "mixer",
        "decoder_0",
        "decoder_moe",
        "decoder_1",
    ]


def test_the_papers_form():
    """Mixtures in the middle of 6 and of 4 blocks; of the mixer's only one attends."""
    hparams = small(FORMS["paper"])
    hparams.num_hidden_layers = 4
    model = MultiModel(hparams.freeze(), PAIRS)
    encoder = [layer.name for layer in model.encoder]
    assert len(encoder) == 7 and encoder[3] == "encoder_moe"
    names = [layer.name for layer in model.decoder]
    assert names == [
        *["mixer", "mixer_0", "mixer_1", "mixer_2", "mixer_3"],
        *["decoder_0", "decoder_1", "decoder_moe", "decoder_2", "decoder_3"],
    ]
    blocks = [layer for layer in model.decoder if isinstance(layer, Layer)]
    assert [layer.attention is not None for layer in blocks] == [False] * 4 + [True] * 4


@pytest.mark.parametrize("form", ["experts", "slices"])
def test_padding_does_not_count_in_the_balance_of_experts(form):
    """Neither the encoder's nor the decoder's."""
    hparams = small(FORMS[form])
    hparams.parse("moe_loss_coef=1.0,dropout=0.0,attention_dropout=0.0")
    model = build_model("multi_model", hparams.freeze(), PAIRS)
    rng = np.random.default_rng(0)
    for weight in model.weights:
        weight.assign(rng.normal(size=weight.shape))
    batch = random_batch(PAIRS)
    wider = {name: np.pad(ids, [(0, 0), (0, 5)]) for name, ids in batch.items()}
    losses = []
    for features in (batch, wider):
        model(features, training=True)
        losses.append(np.array([float(loss) for loss in model.losses]))
    assert len(losses[0]) == {"experts": 3, "slices": 2}[form]
    assert (losses[0] > 0.01).all()
    np.testing.assert_allclose(losses[0], losses[1], rtol=1e-4)
