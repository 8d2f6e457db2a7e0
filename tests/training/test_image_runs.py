"""Whole runs on pictures: they go on exactly, and others start from them."""

import made_pictures as made
import numpy as np
import pytest
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.bin import t2t_trainer
from t2t_lite.training.distribution import PRECISIONS, set_precision

SMALL = (
    "layer_sizes=[1,1],filter_sizes=[4,4,6],batch_size=8,learning_rate_cosine_cycle_steps=100,"
    "learning_rate=0.05,moving_average_decay=0.9,label_smoothing=0"
)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A directory with the digits of `made_pictures` in `data/`."""
    directory = tmp_path_factory.mktemp("digits")
    made.write_mnist(directory / "tmp")
    problem = registry.problem("image_mnist")
    problem.generate_data(str(directory / "data"), str(directory / "tmp"), num_workers=1)
    return directory


def train(root, run, *flags, steps, hparams=""):
    words = [
        "t2t-trainer",
        "--problem=image_mnist",
        "--model=resnet",
        "--hparams_set=resnet_cifar_15",
        f"--hparams={SMALL}{hparams}",
        f"--data_dir={root / 'data'}",
        f"--output_dir={root / run}",
        f"--train_steps={steps}",
        "--local_eval_frequency=4",
        *flags,
    ]
    assert t2t_trainer.run(words) == 0
    reader = tf.train.load_checkpoint(str(root / run))
    names = reader.get_variable_to_shape_map()
    kept = [name for name in names if name.startswith(("model/", "average/", "optim"))]
    return {name: reader.get_tensor(name) for name in kept}


@pytest.fixture(scope="module")
def whole(root):
    """The weights after 8 steps at a stretch."""
    return train(root, "whole", steps=8)


def test_a_run_goes_on_with_its_statistics(root, whole):
    train(root, "halves", steps=4)
    again = train(root, "halves", steps=8)
    assert set(again) == set(whole)
    assert any("moving_mean" in name for name in again)
    for name, value in whole.items():
        np.testing.assert_array_equal(again[name], value, err_msg=name)


def test_precisions_lead_to_like_weights(root):
    """Like float32, in the way that each rounds; and the run goes on in another."""
    try:
        runs = [train(root, kind, f"--precision={kind}", steps=4) for kind in PRECISIONS]
        train(root, "mixed_bf16", "--precision=bf16", steps=5)
    finally:
        set_precision("float32")
    exact, *rounded = runs
    for found, bound in zip(rounded, (0.05, 0.1), strict=True):
        assert {name: value.dtype for name, value in found.items()} == {
            name: value.dtype for name, value in exact.items()
        }
        off = [
            np.linalg.norm(found[name] - value) / max(np.linalg.norm(value), 1e-6)
            for name, value in exact.items()
            if name.startswith("model/")
        ]
        assert 0 < np.median(off) < bound, off


def test_another_run_starts_from_it(root, whole):
    """With a new head, all else frozen: it stays the average that the first run has."""
    found = train(
        root,
        "tuned",
        f"--warm_start_from={root / 'whole'}",
        "--warm_start_exclude=logits/",
        steps=1,
        hparams=',learning_rate_multipliers="logits/:1; .*:0"',
    )
    suffix = "/.ATTRIBUTES/VARIABLE_VALUE"
    for name in (name for name in whole if name.startswith("model/")):
        is_head = name.removesuffix(suffix).endswith(("000_kernel", "001_bias"))
        source = whole[name.replace("model/", "average/")]
        assert np.array_equal(found[name], source) != is_head, name
