"""gin at the rim: reading, writing, and what is said of mistakes."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2t_lite import config
from t2t_lite.errors import T2TError
from t2t_lite.hparams.base import HParams
from t2t_lite.training.run_config import RunConfig

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"))
)
NAMES = st.from_regex(r"[a-z][a-z_0-9]{0,9}", fullmatch=True)
SECTION = st.dictionaries(NAMES.filter(lambda name: name not in ("in", "is")), SCALARS)


@given(st.fixed_dictionaries({"run": SECTION, "hparams": SECTION}))
def test_round_trip(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("gin") / "config.gin"
    config.save_config(values, path)
    assert config.load_config([str(path)]) == values


def test_a_whole_run_comes_back(tmp_path):
    hp = HParams()
    hp.add_hparam("sizes", [1, 2])
    run = RunConfig(problem="it's", train_steps=7, data_dir='"d"\\n')
    config.save_config({"run": vars(run), "hparams": hp.values()}, tmp_path / "config.gin")
    values = config.load_config([str(tmp_path / "config.gin")])
    assert RunConfig(**config.checked_fields(RunConfig, values["run"], "run")) == run
    assert HParams.from_dict(values["hparams"]) == hp


def test_files_then_bindings_with_macros_and_includes(tmp_path):
    base = tmp_path / "base.gin"
    base.write_text("# a comment\nrun.model = 'transformer'\nhparams.batch_size = 1024\n")
    (tmp_path / "my.gin").write_text(
        f"include '{base}'\nWIDTH = 256\nhparams.hidden_size = %WIDTH\n"
    )
    values = config.load_config([str(tmp_path / "my.gin")], ["hparams.batch_size = 2048"])
    assert values == {
        "run": {"model": "transformer"},
        "hparams": {"hidden_size": 256, "batch_size": 2048},
    }
    assert config.load_config() == {"run": {}, "hparams": {}}


@pytest.mark.parametrize(
    "files, bindings, words",
    [
        (["/no/such.gin"], [], ["/no/such.gin"]),
        ([], ["runs.model = 'x'"], ["runs", "'run'"]),
        ([], ["run.model = x"], ["quotes"]),
        ([], ["run.model"], ["run.model"]),
        ([], ["run.model = %NAME"], ["NAME", "not defined"]),
    ],
)
def test_mistakes(files, bindings, words):
    with pytest.raises(T2TError) as error:
        config.load_config(files, bindings)
    assert all(word in str(error.value) for word in words), str(error.value)


def test_settings_are_typed():
    checked = config.checked_fields(RunConfig, {"train_steps": 1e4, "time_limit_minutes": 5}, "run")
    assert checked == {"train_steps": 10_000, "time_limit_minutes": 5.0}
    assert math.isclose(checked["time_limit_minutes"], 5) and type(checked["train_steps"]) is int
    with pytest.raises(T2TError, match=r"run\.train_step.*'train_steps'"):
        config.checked_fields(RunConfig, {"train_step": 1}, "run")
    with pytest.raises(T2TError, match=r"run\.train_steps.*whole number"):
        config.checked_fields(RunConfig, {"train_steps": "1"}, "run")
