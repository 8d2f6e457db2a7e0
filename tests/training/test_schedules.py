"""Learning rates against Tensor2Tensor's own, and against closed forms."""

import json
import math

import numpy as np
import pytest

from t2t_lite.errors import T2TError
from t2t_lite.hparams import transformer
from t2t_lite.hparams.base import HParams
from t2t_lite.training.schedules import learning_rate_schedule


def published_sets(fixtures):
    """Every set of the fixture: name -> HParams with Tensor2Tensor's values."""
    reference = json.loads((fixtures / "hparams.json").read_text())
    result = {}
    for name, changed in reference["sets"].items():
        result[name] = HParams()
        known = {key: value for key, value in changed.items() if key in result[name]}
        result[name].override_from_dict(known)
    return result


def rates(hp, steps, **kwargs):
    schedule = learning_rate_schedule(hp, **kwargs)
    return np.array([float(schedule(step)) for step in steps])


def test_equals_tensor2tensor(fixtures):
    reference = json.loads((fixtures / "learning_rate.json").read_text())
    sets = published_sets(fixtures)
    for name, expected in reference["learning_rate"].items():
        hp = sets[name]
        schemes = (hp.learning_rate_schedule, hp.learning_rate_decay_scheme)
        exponential = schemes[0] == "legacy" and schemes[1] != "noam"
        np.testing.assert_allclose(
            rates(hp, reference["steps"]),
            expected,
            rtol=5e-5 if exponential else 1e-6,
            err_msg=name,
        )


def test_published_steps():
    steps = [0, 99, 1000, 4000, 8000, 100000]
    v1 = [1.74693e-7, 1.74693e-5, 1.74868e-4, 6.98684e-4, 4.94075e-4, 1.39754e-4]
    base = [0, 1.22291e-5, 1.23526e-4, 4.94106e-4, 9.88212e-4, 2.79509e-4]
    np.testing.assert_allclose(rates(transformer.transformer_base_v1(), steps), v1, rtol=1e-5)
    np.testing.assert_allclose(rates(transformer.transformer_base(), steps), base, rtol=1e-5)


@pytest.mark.parametrize(
    "schedule, closed_form",
    [
        ("constant", lambda s: 3.0),
        ("rsqrt_normalized_decay", lambda s: (100 / max(s, 100)) ** 0.5),
        ("linear_decay", lambda s: min(1, max(0, (1000 - s) / 200))),
        ("exp_decay", lambda s: 0.5 ** (max(s - 100, 0) / 200)),
        ("cosdecay", lambda s: 1 if s <= 100 else (1 + math.cos(math.pi * s / 200)) / 2),
        (
            "single_cycle_cos_decay",
            lambda s: (1 + math.cos(math.pi * max(s - 100, 0) / 900)) / 2,
        ),
        (
            "multi_cycle_cos_decay",
            lambda s: (1 + math.cos(math.pi * max(s - 100, 0) / 200)) / 2,
        ),
        ("constant * linear_warmup", lambda s: 3.0 * min(1, s / 100)),
    ],
)
def test_factors(schedule, closed_form):
    hp = HParams()
    hp.parse(
        f"learning_rate_schedule={schedule},learning_rate_constant=3,learning_rate_warmup_steps=100,"
        "learning_rate_decay_steps=200,learning_rate_decay_rate=0.5"
    )
    steps = [0, 50, 100, 101, 350, 999]
    expected = [closed_form(step) for step in steps]
    np.testing.assert_allclose(rates(hp, steps, train_steps=1000), expected, rtol=2e-5, atol=1e-6)


@pytest.mark.parametrize(
    "name, total, halvings",
    [  # The first step with so many halvings, by the tutorial's rule.
        ("luong5", 1000, {0: 0, 599: 0, 600: 1, 700: 2, 800: 3, 900: 4, 999: 4, 1000: 5}),
        ("luong10", 340000, {186999: 0, 187000: 1, 203999: 1, 204000: 2, 339999: 9, 340000: 10}),
        ("luong234", 12000, {7999: 0, 8000: 0, 8999: 0, 9000: 1, 10000: 2, 11000: 3, 11999: 3}),
    ],
)
def test_halvings_of_the_seq2seq_tutorial(name, total, halvings):
    hp = HParams()
    hp.parse(f"learning_rate_schedule=constant*{name}_decay,learning_rate_constant=1")
    expected = [0.5**count for count in halvings.values()]
    np.testing.assert_array_equal(rates(hp, halvings, train_steps=total), expected)


def test_warmup_of_the_seq2seq_tutorial():
    hp = HParams()
    hp.parse("learning_rate_schedule=t2t_warmup,learning_rate_warmup_steps=200")
    expected = [0.01, 0.1, 0.01 ** (1 / 200), 1, 1]
    np.testing.assert_allclose(rates(hp, [0, 100, 199, 200, 5000]), expected, rtol=5e-5)


@pytest.mark.parametrize(
    "scheme, closed_form",
    [
        ("exp", lambda s: 0.5 ** ((s - 100) // 200)),
        ("sqrt", lambda s: 500 / (s - 100) ** 0.5),
        ("cyclelinear10x", lambda s: (1 - abs(1 - s % 200 / 100) + 0.1) * 3),
        ("piecewise", lambda s: 0.1 if s > 300 else 1.0),
    ],
)
def test_legacy_decays(scheme, closed_form):
    hp = HParams()
    hp.add_hparam("learning_rate_boundaries", [300])
    hp.add_hparam("learning_rate_multiples", [0.1])
    hp.parse(
        f"learning_rate_decay_scheme={scheme},optimizer=sgd,learning_rate=2,"
        "learning_rate_decay_steps=200,learning_rate_decay_rate=0.5,"
        "learning_rate_decay_staircase=true"
    )
    steps = [101, 300, 301, 777]
    np.testing.assert_allclose(rates(hp, steps), [2 * closed_form(s) for s in steps], rtol=1e-5)


def test_adam_under_any_name_is_corrected():
    hp = HParams()
    for name, factor in {"sgd": 1, "adam": 0.002, "TrueAdam": 0.002, "Adafactor": 1}.items():
        hp.optimizer = name
        assert float(learning_rate_schedule(hp)(1000)) == pytest.approx(0.1 * factor)


def test_accumulated_batches_count_as_tensor2tensor_counts_them():
    """Its update number u falls on batch 8u + 7, and it divides the batch's number by 8."""
    plain, accumulated = transformer.transformer_base(), transformer.transformer_base()
    accumulated.optimizer_multistep_accumulate_steps = 8
    for update in (0, 5, 20000):
        expected = float(learning_rate_schedule(plain)(update + 7 / 8))
        assert float(learning_rate_schedule(accumulated)(update)) == pytest.approx(expected)


def test_config_round_trip():
    schedule = learning_rate_schedule(transformer.transformer_tiny(), train_steps=10)
    config = json.loads(json.dumps(schedule.get_config()))
    assert float(type(schedule).from_config(config)(777)) == float(schedule(777))


def test_minimum():
    hp = transformer.transformer_base()
    hp.learning_rate_minimum = 1e-4
    np.testing.assert_allclose(rates(hp, [0, 8000, 10**7]), [1e-4, 9.88212e-4, 1e-4], rtol=1e-5)


def test_an_optimizer_that_began_anew():
    """The rate is the schedule's once more 200 updates later."""
    plain, anew = transformer.transformer_base(), transformer.transformer_base()
    anew.learning_rate_restart_step = 9000
    share = rates(anew, [9000, 9050, 9200, 9300]) / rates(plain, [9000, 9050, 9200, 9300])
    np.testing.assert_allclose(share, [0, 0.25, 1, 1])


@pytest.mark.parametrize(
    "override, message",
    [
        ("learning_rate_schedule=linear_warmpu", "linear_warmup"),
        ("learning_rate_decay_scheme=cosin", "cosine"),
        ("learning_rate_schedule=linear_decay", "train_steps"),
    ],
)
def test_mistakes_show_before_training(override, message):
    hp = HParams()
    hp.parse(override)
    with pytest.raises(T2TError, match=message):
        learning_rate_schedule(hp)


@pytest.mark.parametrize(
    ("scheme", "last", "rate"),
    [("exp10k", 10_000, 0.9995), ("exp50k", 50_000, 0.99995), ("exp500k", 500_000, 0.9999955)],
)
def test_decays_over_the_last_steps(scheme, last, rate):
    hp = HParams()
    hp.parse(f"learning_rate_decay_scheme={scheme},optimizer=sgd,learning_rate=1")
    warmup, train_steps = hp.learning_rate_warmup_steps, last + 1_000
    schedule = learning_rate_schedule(hp, train_steps)
    # T2T: rate ** (s - from) after s = from, both counted from the warm-up's end.
    for step in (500, 900, 1_000, 1_001, 5_000, train_steps):
        start = train_steps - warmup - last
        expected = rate ** max(step - warmup - start, 0)
        # A factor so near to 1 loses digits in float32, as in Tensor2Tensor.
        assert float(schedule(step)) == pytest.approx(expected, rel=2e-2)
