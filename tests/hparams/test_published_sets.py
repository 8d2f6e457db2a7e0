"""The sets that bear Tensor2Tensor's names have its values, family by family."""

import json

import pytest

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
}
SETS = [
    (module, name)
    for name, (path, _) in registry.hparams_sets.builtin.items()
    for module in OURS
    if path == f"t2t_lite.hparams.{module}"
]


@pytest.mark.parametrize(("module", "name"), SETS)
def test_set_has_tensor2tensors_values(fixtures, module, name):
    reference = json.loads((fixtures / "hparams.json").read_text())
    expected = {**reference["basic_params1"], **reference["sets"][name]}
    ours = registry.hparams(name).values()
    own = {**OURS[module], "moving_average_decay": 0.0}
    assert ours == {key: expected[key] if key in expected else own[key] for key in ours}


def test_published_names_are_there():
    wanted = {"bytenet_base", "slicenet_1", "slicenet_1noam", "slicenet_1tiny"}
    assert wanted <= {name for _, name in SETS}
