"""The same seed gives the same weights; training stops at the first number that is none."""

import keras
import numpy as np
import pytest
from toy_problem import ToyLanguage, write_split

from t2t_lite import registry
from t2t_lite.data import batching, pipeline
from t2t_lite.errors import T2TError
from t2t_lite.hparams.base import HParams
from t2t_lite.layers.positions import shift_right
from t2t_lite.models.base import T2TModel
from t2t_lite.training import checkpoints
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.train import Training


@registry.register_problem
class SeededLanguage(ToyLanguage):
    """Random sequences."""


@registry.register_hparams
def seeded_model():
    """As small as can be; `nan_at`: the update whose loss is not a number."""
    hp = HParams()
    hp.hidden_size, hp.batch_size, hp.max_length = 8, 64, 16
    hp.learning_rate_schedule, hp.learning_rate_constant = "constant", 0.01
    hp.add_hparam("nan_at", 0)
    return hp


@registry.register_model
class SeededModel(T2TModel):
    """Random first weights, dropout, and a count of its updates."""

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        self.dropout = keras.layers.Dropout(0.3)
        self.dense = keras.layers.Dense(hparams.hidden_size, "tanh")
        self.updates = self.add_weight(
            shape=(), dtype="int32", initializer="zeros", trainable=False, name="updates"
        )

    def body(self, features, training=False):
        x = shift_right(features["targets"])
        if training:
            self.updates.assign_add(1)
            x = keras.ops.where(self.updates == self.hparams.nan_at, np.nan, x)
        return self.dense(self.dropout(x, training=training))


@pytest.fixture(autouse=True)
def small_buffers(monkeypatch):
    """Else every run reads tens of thousands of records before its first step."""
    monkeypatch.setattr(pipeline, "SHUFFLE_EXAMPLES", 100)
    monkeypatch.setattr(batching, "BATCH_SHUFFLE", 4)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    directory = tmp_path_factory.mktemp("data")
    rng = np.random.default_rng(0)
    examples = [
        {"targets": [*rng.integers(2, 32, rng.integers(3, 12)).tolist(), 1]} for _ in range(200)
    ]
    write_split(SeededLanguage, directory, "train", examples, shards=2)
    return str(directory)


def training(data_dir, output_dir, hparams="", **settings):
    run = RunConfig(
        problem="seeded_language",
        model="seeded_model",
        hparams_set="seeded_model",
        hparams=hparams,
        data_dir=data_dir,
        output_dir=str(output_dir),
        schedule="train",
        **{"train_steps": 6, "local_eval_frequency": 6, **settings},
    )
    return Training(run, {})


def trained(*arguments, **settings):
    """All variables after a run to its end."""
    run = training(*arguments, **settings)
    run.run_to_end()
    return [np.asarray(v) for v in [*run.model.variables, *run.optimizer.variables]]


def test_the_seed_decides_about_the_weights(data_dir, tmp_path):
    one, same, other = (
        trained(data_dir, tmp_path / name, random_seed=seed)
        for name, seed in (("one", 1), ("same", 1), ("other", 2))
    )
    for left, right in zip(one, same, strict=True):
        np.testing.assert_array_equal(left, right)
    assert all((a != b).any() for a, b in zip(one, other, strict=True) if a.ndim > 1)


def test_how_often_the_loop_returns_changes_nothing(data_dir, tmp_path):
    """One call of the compiled loop for many steps, or one for each; or two runs."""
    whole = trained(data_dir, tmp_path / "whole")
    single = trained(data_dir, tmp_path / "single", log_step_count_steps=1)
    trained(data_dir, tmp_path / "parts", train_steps=4)
    parts = trained(data_dir, tmp_path / "parts")
    for expected, *others in zip(whole, single, parts, strict=True):
        for found in others:
            np.testing.assert_array_equal(found, expected)


def test_a_nan_is_caught_at_its_step_and_never_saved(data_dir, tmp_path):
    run = training(data_dir, tmp_path, "nan_at=7", train_steps=20, local_eval_frequency=4)
    with pytest.raises(T2TError, match=r"not a number at step 7\. .*model\.ckpt-4\b"):
        run.run_to_end()
    (path,) = checkpoints.all_in(str(tmp_path))
    assert checkpoints.step_of(path) == 4
    again = training(data_dir, tmp_path, "nan_at=0", train_steps=20, local_eval_frequency=4)
    assert again.step == 4
    assert all(np.isfinite(variable).all() for variable in again.model.trainable_variables)
    assert all(line["step"] <= 4 for line in again.folder.metrics.read())


def test_shares_make_the_global_batch(data_dir, tmp_path):
    hparams = "optimizer_multistep_accumulate_steps=2"
    run = training(data_dir, tmp_path, hparams, emulate_workers=2, train_steps=2)
    assert run.shares == 4
    batch = next(run.iterators[0])["targets"].numpy()
    assert len(batch) % 4 == 0
    assert 32 < len(batch) // 4 * batch.shape[1] <= 64
    run.run_to_end()
    assert int(run.optimizer.iterations) == 2, "a step is an update, not a share"
