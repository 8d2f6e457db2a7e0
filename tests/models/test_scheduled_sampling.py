"""Scheduled sampling: what the decoder sees, how often, and what stays as it was."""

import keras
import numpy as np
import pytest
from contracts import random_batch

from t2t_lite import registry
from t2t_lite.models import scheduled_sampling
from t2t_lite.models.base import build_model
from t2t_lite.problems.base import ProblemHParams

VOCAB = 29
PROBLEM = ProblemHParams(
    {"inputs": "symbol", "targets": "symbol"}, {"inputs": VOCAB, "targets": VOCAB}
)


def a_model(overrides):
    hparams = registry.hparams("lstm_attention")
    hparams.parse("hidden_size=8,attention_layer_size=8,num_hidden_layers=1,dropout=0")
    hparams.parse(f"scheduled_sampling_warmup_steps=0,{overrides}")
    keras.utils.set_random_seed(1)
    return build_model("lstm_seq2seq_attention", hparams.freeze(), PROBLEM)


def mean_drawn(model, draws, batch):
    """The share of the targets' symbols that another one stands for."""
    seen = [scheduled_sampling.add_targets_seen(model, batch)["targets_seen"] for _ in range(draws)]
    is_symbol = batch["targets"] != 0
    for ids in seen:
        assert not np.asarray(ids)[~is_symbol].any(), "padding is something else now"
    return np.mean([(np.asarray(ids) != batch["targets"])[is_symbol].mean() for ids in seen])


@pytest.mark.parametrize("method", ["parallel", "sequential"])
def test_share_of_drawn_symbols(method):
    model = a_model(
        f"scheduled_sampling_prob=1,scheduled_sampling_gold_mixin_prob=0.3,"
        f"scheduled_sampling_method={method}"
    )
    batch = random_batch(PROBLEM, rows=40, length=8)
    # An untrained model draws about evenly, so one in VOCAB happens to be the true one.
    assert mean_drawn(model, 2, batch) == pytest.approx(0.3 * (1 - 1 / VOCAB), abs=0.07)


def test_nothing_is_drawn_without_it():
    model, batch = a_model(""), random_batch(PROBLEM)
    assert scheduled_sampling.add_targets_seen(model, batch) is batch


@pytest.mark.parametrize("method", ["parallel", "sequential"])
def test_symbols_are_drawn_from_the_models_distribution(method):
    """One whose logits are sure, whatever it has seen, draws its favourite everywhere."""
    model = a_model(
        f"scheduled_sampling_prob=1,scheduled_sampling_gold_mixin_prob=1,output_attention=false,"
        f"scheduled_sampling_method={method},scheduled_sampling_num_passes=2"
    )
    cell = model.decoder.layers.cells[0]
    cell.bias.assign(np.full(cell.bias.shape, 20.0))  # h is near 1 from the second step on.
    softmax = np.zeros(model.modalities["targets"].softmax.shape)
    softmax[7] = 50.0
    model.modalities["targets"].softmax.assign(softmax)
    batch = random_batch(PROBLEM)
    seen = np.asarray(scheduled_sampling.add_targets_seen(model, batch)["targets_seen"])
    np.testing.assert_array_equal(seen, np.where(batch["targets"] == 0, 0, 7))


def test_the_loss_is_that_of_the_true_symbols_after_those_seen():
    model, batch = a_model(""), random_batch(PROBLEM)
    seen = np.where(batch["targets"] == 0, 0, 9).astype(np.int32)
    logits = np.asarray(model({**batch, "targets_seen": seen}))
    same_inputs = np.asarray(model({**batch, "targets": seen}))
    np.testing.assert_allclose(logits, same_inputs, atol=1e-6)
    found = model.training_loss({**batch, "targets_seen": seen})
    assert float(found) == pytest.approx(float(model.loss_sum(logits, batch)), rel=1e-4)


def test_drawing_inverts_the_distribution():
    logits = np.log([[0.2, 0.5, 0.3, 1e-9]])
    draws = np.array([0.0, 0.19, 0.21, 0.69, 0.71, 0.999999])
    ids = scheduled_sampling.draw(np.repeat(logits, 6, axis=0), draws, 3)
    np.testing.assert_array_equal(ids, [0, 0, 1, 1, 2, 2])


@pytest.mark.parametrize(
    "schedule, middle", [("exp", 0.001**0.5), ("linear", 0.5005), ("sigmoid", 0.5005)]
)
def test_warmup(schedule, middle):
    """Tensor2Tensor's: from a thousandth to all, the half way between at half the steps."""
    hparams = registry.hparams("lstm_attention")
    hparams.parse(
        "scheduled_sampling_prob=1,scheduled_sampling_gold_mixin_prob=0.4,"
        f"scheduled_sampling_warmup_steps=100,scheduled_sampling_warmup_schedule={schedule}"
    )
    found = [float(scheduled_sampling.probability(hparams, n)) for n in (0, 50, 100, 900)]
    np.testing.assert_allclose(found, [0.0004, 0.4 * middle, 0.4, 0.4], rtol=1e-4)
    assert scheduled_sampling.probability(hparams, None) == 0.4


def test_the_trainer_says_how_far_it_is():
    model = a_model("scheduled_sampling_prob=1,scheduled_sampling_gold_mixin_prob=1")
    object.__setattr__(model.hparams, "scheduled_sampling_warmup_steps", 1000)
    batch = random_batch(PROBLEM, rows=20)
    shares = []
    for number in (0, 1000):
        with scheduled_sampling.at_update(np.int32(number)):
            shares.append(mean_drawn(model, 1, batch))
    assert shares[0] < 0.1 and shares[1] > 0.8
