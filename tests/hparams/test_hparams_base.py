"""HParams: types, overrides, JSON, freezing."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from t2t_lite.errors import T2TError
from t2t_lite.hparams import t2t_names
from t2t_lite.hparams.base import HParams, hparam


class WaveHParams(HParams):
    """A family with every kind of field."""

    num_waves: int = hparam(3, "how many waves", minimum=1)
    damping: float = hparam(0.5, "share lost", minimum=0, maximum=1)
    hidden_sizes: list[int] = hparam([8, 8], "widths")
    names: list[str] = hparam([], "names")
    standing: bool = hparam(False, "whether they stand")
    label: str = hparam("none", "a word")
    shape: str | None = hparam("sine", "sine, or none")


def test_overrides_in_tensor2tensors_syntax():
    hp = WaveHParams()
    notices = hp.parse(
        "num_waves=7, damping=1,hidden_sizes=[1, 2,3],standing=true,label=a*b * c,shape=none"
    )
    assert notices == []
    assert (hp.num_waves, hp.damping, hp.hidden_sizes) == (7, 1.0, [1, 2, 3])
    assert isinstance(hp.damping, float)
    assert (hp.standing, hp.label, hp.shape) == (True, "a*b * c", None)
    hp.parse('hidden_sizes[1]=9,standing=False,label="0,1",names=[x,y],batch_size=1e3,shape=""')
    assert (hp.hidden_sizes, hp.standing, hp.label) == ([1, 9, 3], False, "0,1")
    assert (hp.names, hp.batch_size, hp.shape) == (["x", "y"], 1000, "")
    hp.parse("standing=1,label=,damping=-0.0,hidden_sizes=[]")
    assert (hp.standing, hp.label, hp.hidden_sizes) == (True, "", [])


@pytest.mark.parametrize(
    "text, words",
    [
        ("num_wave=4", ["'num_wave'", "'num_waves'"]),
        ("num_waves=many", ["num_waves", "whole number", "many"]),
        ("num_waves=1.5", ["whole number", "1.5"]),
        ("num_waves=true", ["whole number", "true"]),
        ("num_waves=0", ["at least 1"]),
        ("damping=1.5", ["at most 1"]),
        ("damping=nan", ["a number"]),
        ("damping=[0.5]", ["a number"]),
        ("standing=yes", ["true or false", "yes"]),
        ("hidden_sizes=8", ["a list"]),
        ("hidden_sizes=[8,x]", ["whole number", "'x'"]),
        ("hidden_sizes[2]=8", ["2 elements"]),
        ("num_waves[0]=8", ["not a list"]),
        ("num_waves=1,num_waves=2", ["twice"]),
        ("num_waves", ["name=value"]),
        ("num_waves=1;damping=0", ["whole number"]),
        ("label=a]b", ["name=value"]),
    ],
)
def test_mistakes_in_overrides(text, words):
    hp = WaveHParams()
    with pytest.raises(T2TError) as error:
        hp.parse(text)
    assert all(word in str(error.value) for word in words), str(error.value)
    assert hp == WaveHParams()


def test_overrides_are_all_or_nothing():
    hp = WaveHParams()
    with pytest.raises(T2TError):
        hp.parse("num_waves=7,damping=7")
    assert hp == WaveHParams()


@pytest.mark.parametrize(
    "name, value", [("num_waves", "4"), ("num_waves", True), ("standing", 1), ("label", 3)]
)
def test_ill_typed_assignment_is_an_error_at_once(name, value):
    hp = WaveHParams()
    with pytest.raises(T2TError, match=name):
        setattr(hp, name, value)
    assert hp == WaveHParams()


def test_misspelt_names_are_answered_with_the_nearest():
    hp = WaveHParams()
    with pytest.raises(T2TError, match="'num_waves'"):
        hp.num_wavs = 4
    with pytest.raises(T2TError, match="'num_waves'"):
        hp.num_wavs += 1
    assert not hasattr(hp, "num_wavs")


def test_names_that_only_tensor2tensor_had():
    hp = HParams()
    (notice,) = hp.parse("kernel_height=5,batch_size=2")
    assert "kernel_height" in notice and hp.batch_size == 2
    with pytest.raises(T2TError, match=r"hp\.kernel_height = "):
        print(hp.kernel_height)
    hp.kernel_height = 5  # The model of a plug-in may read it.
    assert hp.of_t2t_alone() == {"kernel_height": 5}
    assert HParams.from_json(hp.to_json()) == hp
    with pytest.raises(T2TError, match="num_area_layers=2 would train something else"):
        hp.num_area_layers = 2
    # Tensor2Tensor's default means what happens here; another value cannot be honoured.
    assert len(hp.parse("optimizer_adafactor_factored=true,weight_noise=0.0")) == 2
    with pytest.raises(T2TError, match="optimizer_adafactor_beta1"):
        hp.parse("optimizer_adafactor_beta1=0.9")


def test_names_and_defaults_are_tensor2tensors(fixtures):
    reference = json.loads((fixtures / "hparams.json").read_text())
    names = {*reference["basic_params1"]}.union(*reference["sets"].values())
    assert names <= t2t_names.NAMES
    for name, default in t2t_names.REFUSED.items():
        assert reference["basic_params1"].get(name, default) == default


def test_added_hparams_are_typed_too():
    hp = HParams()
    hp.add_hparam("wave_length", 3)
    hp.add_hparam("shares", [1, 0.5])
    hp.parse("wave_length=4,shares=[1,2]")
    assert (hp.wave_length, hp.shares) == (4, [1.0, 2.0])
    assert "wave_length" in hp and "wave_length" not in HParams()
    with pytest.raises(T2TError, match="whole number"):
        hp.wave_length = "long"
    with pytest.raises(T2TError, match="bottomless"):
        hp.add_hparam("bottomless", float("inf"))
    assert "bottomless" not in hp
    for taken in ("wave_length", "batch_size", "parse", "no name"):
        with pytest.raises(T2TError, match=taken):
            hp.add_hparam(taken, 1)
    assert HParams.from_json(hp.to_json()) == hp


def test_freeze_and_copy():
    hp = WaveHParams().freeze()
    for change in (
        lambda: setattr(hp, "num_waves", 4),
        lambda: hp.add_hparam("extra", 4),
        lambda: hp.parse("num_waves=4"),
    ):
        with pytest.raises(T2TError, match="frozen"):
            change()
    copied = hp.copy()
    assert copied == hp
    copied.num_waves = 4
    copied.hidden_sizes.append(1)
    assert hp.diff(copied) == {"num_waves": (3, 4), "hidden_sizes": ([8, 8], [8, 8, 1])}
    assert WaveHParams().hidden_sizes == [8, 8]


@given(
    st.fixed_dictionaries(
        {
            "num_waves": st.integers(1, 10**9),
            "damping": st.floats(0, 1),
            "hidden_sizes": st.lists(st.integers()),
            "names": st.lists(st.text()),
            "standing": st.booleans(),
            "label": st.text(),
            "shape": st.none() | st.text(),
        }
    )
)
def test_json_round_trip(values):
    hp = WaveHParams(**values)
    restored = WaveHParams.from_json(hp.to_json())
    assert restored == hp
    assert restored.values() == {**HParams().values(), **values}


def test_every_field_has_help():
    hp = WaveHParams()
    for name in hp.values():
        help_text = hp.help_text(name)
        assert help_text and "\n" not in help_text
