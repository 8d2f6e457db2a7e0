"""The sets for pictures: Tensor2Tensor's values, the papers' and the releases' constants."""

import json
import pathlib

import pytest
from t2t_files import OWN_HPARAMS

from t2t_lite import registry
from t2t_lite.training.schedules import learning_rate_schedule

FIXTURES = pathlib.Path(__file__).parents[1] / "fixtures"
BASE = json.loads((FIXTURES / "hparams.json").read_text())["basic_params1"]
SETS = json.loads((FIXTURES / "hparams_image.json").read_text())["sets"]
OURS = {
    **OWN_HPARAMS,
    "batch_norm_decay": 0.99,
    "batch_norm_epsilon": 1e-3,
    "batch_norm_synchronized": False,
}
OF_RESNET = {"batch_norm_decay": 0.9, "batch_norm_epsilon": 1e-5}
"""Constants of Tensor2Tensor's model."""


@pytest.mark.parametrize("name", SETS)
def test_set_has_tensor2tensors_values(name):
    constants = OF_RESNET if name.startswith("resnet") else {}
    expected = {**BASE, **OURS, **constants, **SETS[name]}
    ours = registry.hparams(name).values()
    assert ours == {key: expected[key] for key in ours}


@pytest.mark.parametrize(
    ("hparams_set", "rates"),
    [  # By the epochs of 1,281,167 pictures in batches of 256, and of 64.
        ("inception_v3", {0: 0.1, 150_000: 0.1, 150_200: 0.016, 301_000: 0.1 * 0.16**2}),
        ("mobilenet_v1_100_224", {0: 0.045, 50_000: 0.045, 50_100: 0.0423, 100_200: 0.039762}),
    ],
)
def test_rates_of_the_releases(hparams_set, rates):
    schedule = learning_rate_schedule(registry.hparams(hparams_set))
    for step, rate in rates.items():
        assert float(schedule(step)) == pytest.approx(rate, rel=1e-4)


def test_constants_of_inception():
    """inception_train.py and slim's arguments in tensorflow/models."""
    hp = registry.hparams("inception_v3")
    found = (hp.optimizer, hp.optimizer_rms_prop_decay, hp.optimizer_rms_prop_momentum)
    assert (*found, hp.optimizer_rms_prop_epsilon) == ("rms_prop", 0.9, 0.9, 1.0)
    assert (hp.batch_norm_decay, hp.batch_norm_epsilon, hp.weight_decay) == (0.9997, 1e-3, 4e-5)
    assert (hp.moving_average_decay, hp.label_smoothing, hp.dropout) == (0.9999, 0.1, 0.2)
    assert registry.hparams("inception_v3_finetune").learning_rate_constant == 0.001
