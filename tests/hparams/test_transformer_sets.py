"""The Transformer's sets against Tensor2Tensor's values."""

import json

import pytest
from t2t_files import OWN_HPARAMS

from t2t_lite import registry
from t2t_lite.hparams import transformer, transformer_variants
from t2t_lite.hparams.base import HParams

PUBLISHED = [
    name
    for name in registry.hparams_sets.names()
    if registry.hparams_sets.get(name).__module__
    in (transformer.__name__, transformer_variants.__name__)
]


def test_base_is_basic_params1(fixtures):
    expected = json.loads((fixtures / "hparams.json").read_text())["basic_params1"] | OWN_HPARAMS
    for name, value in HParams().values().items():
        assert (name, value) == (name, expected[name])


NOT_IN_THE_FIXTURES = ("transformer_tpu", "transformer_timeseries")


@pytest.mark.parametrize("name", [name for name in PUBLISHED if name not in NOT_IN_THE_FIXTURES])
def test_set_has_tensor2tensors_values(fixtures, name):
    reference = json.loads((fixtures / "hparams.json").read_text())
    expected = {**reference["basic_params1"], **reference["sets"][name], **OWN_HPARAMS}
    ours = registry.hparams(name).values()
    assert ours == {key: expected[key] for key in ours}


def test_tpu_sets_change_the_same_values():
    changes = [
        registry.hparams(f"transformer_{size}tpu").diff(registry.hparams(f"transformer_{base}"))
        for size, base in [("", "base"), ("tiny_", "tiny"), ("small_", "small")]
    ]
    assert changes[0] == changes[1] == changes[2]


def test_timeseries_is_small_but_for_batches_and_warmup():
    """As Tensor2Tensor's source says."""
    small, ours = (registry.hparams(f"transformer_{name}") for name in ("small", "timeseries"))
    assert {name: new for name, (_, new) in small.diff(ours).items()} == {
        "batch_size": 256,
        "learning_rate_warmup_steps": 2000,
    }


def test_published_names_are_there():
    wanted = "base base_v1 base_v2 base_v3 big tiny small base_single_gpu big_single_gpu prepend"
    wanted += " relative l2 l4 l8 l10 h1 h4 h16 h32 k128 k256 ff1024 ff4096 dr0 dr2 ls0 ls2"
    assert {f"transformer_{name}" for name in wanted.split()} <= set(PUBLISHED)


def test_two_calls_share_nothing():
    first = registry.hparams("transformer_base")
    first.hidden_size = 8
    assert registry.hparams("transformer_base").hidden_size == 512
