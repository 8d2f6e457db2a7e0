"""The CLDR data: what its splits promise, and translations that people or other code can check."""

import collections
import datetime
import itertools
import json
import os
import re
import subprocess
import sys

import pytest
import sacrebleu
from babel import Locale, units

from t2t_lite.errors import T2TError
from t2t_lite.problems import translate_cldr

SPLITS = ("train", "dev", "test")
MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


@pytest.fixture(scope="module")
def problems():
    return {
        "de": translate_cldr.TranslateEndeCldr(),
        "fr": translate_cldr.TranslateEnfrCldr(),
    }


class Small(translate_cldr.TranslateCldr):
    """Enough for quick tests; too small for all names."""

    name = "translate_small_cldr"
    target_locale = "es"
    examples_per_category = {"train": 60, "dev": 2, "test": 3}


@pytest.mark.parametrize("language", ["de", "fr"])
def test_splits_share_no_text_and_have_equal_parts_of_each_category(problems, language):
    samples = {split: problems[language].samples(split) for split in SPLITS}
    for split, size in (("train", 4_000), ("dev", 100), ("test", 125)):
        counts = collections.Counter(sample.category for sample in samples[split])
        assert counts == dict.fromkeys(translate_cldr.CATEGORIES, size)
        assert len({sample.inputs for sample in samples[split]}) == 8 * size
    for feature in (0, 1):
        texts = [{sample[feature] for sample in samples[split]} for split in SPLITS]
        assert sum(map(len, texts)) == len(set.union(*texts))


@pytest.mark.parametrize("language", ["de", "fr"])
def test_every_single_name_is_in_the_training_data(problems, language):
    train = problems[language].samples("train")
    alone = {(sample.inputs, sample.targets) for sample in train}
    within = {  # "Serbian (Cyrillic, Montenegro)" -> its three parts
        parts
        for sample in train
        if sample.category == "names"
        for parts in zip(*(re.split(r" \(|, |\)$", text) for text in sample[:2]), strict=False)
    }
    english, other = Locale.parse("en"), Locale.parse(language)
    for kind, at_least in (
        ("territories", 290),
        ("languages", 600),
        ("scripts", 180),
        ("currencies", 300),
    ):
        source, target = getattr(english, kind), getattr(other, kind)
        names = {(source[code], target[code]) for code in set(source) & set(target)}
        assert len(names) >= at_least
        assert names <= alone | within
    numbered = {re.sub(r"\d[\d,.]*", "7", sample.inputs, count=1) for sample in train}
    in_both = [unit for unit in english.unit_display_names if has_unit(other, unit)]
    assert len(in_both) >= 180
    assert {units.format_unit(7, unit, locale=english) for unit in in_both} <= numbered


def has_unit(locale, unit):
    try:
        return unit not in units.format_unit(7, unit, locale=locale)
    except units.UnknownUnitError:
        return False


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        (
            "de",
            {
                "Germany": "Deutschland",
                "Swedish": "Schwedisch",
                "Cyrillic": "Kyrillisch",
                "Swiss Franc": "Schweizer Franken",
                "hours": "Stunden",
                "Tamil": "Tamil",  # the language; the script is Tamilisch
            },
        ),
        (
            "fr",
            {
                "Germany": "Allemagne",
                "Swedish": "suédois",
                "Cyrillic": "cyrillique",
                "Swiss Franc": "franc suisse",
                "hours": "heures",
            },
        ),
    ],
)
def test_known_names(problems, language, facts):
    translations = {s.inputs: s.targets for s in problems[language].samples("train")}
    assert {name: translations[name] for name in facts} == facts


def all_samples(problem, category):
    samples = [sample for split in SPLITS for sample in problem.samples(split)]
    return [(inputs, targets) for inputs, targets, c in samples if c == category]


@pytest.mark.parametrize("language", ["de", "fr"])
def test_long_dates_agree_with_a_table_of_months(problems, language):
    months, checked = MONTHS[language].split(), 0
    for inputs, targets in all_samples(problems[language], "dates"):
        try:
            day = datetime.datetime.strptime(inputs, "%B %d, %Y")
        except ValueError:
            continue
        number = f"{day.day}." if language == "de" else f"{day.day}"
        assert targets == f"{number} {months[day.month - 1]} {day.year}"
        checked += 1
    assert checked > 150


@pytest.mark.parametrize("language", ["de", "fr"])
def test_times_of_day_agree_with_the_clock(problems, language):
    checked = 0
    for inputs, targets in all_samples(problems[language], "times"):
        if re.fullmatch(r"\d+:\d\d:\d\d\s[AP]M", inputs):
            time = datetime.datetime.strptime(re.sub(r"\s", " ", inputs), "%I:%M:%S %p")
            assert targets == f"{time:%H:%M:%S}"
            checked += 1
    assert checked > 300


def test_german_amounts_agree_with_python(problems):
    swap = str.maketrans(",.", ".,")
    checked = 0
    for inputs, targets in all_samples(problems["de"], "units"):
        if match := re.fullmatch(r"([\d,.]+) kilometers", inputs):
            assert re.split(r"\s", targets) == [match[1].translate(swap), "Kilometer"]
            checked += 1
    assert checked > 5


def test_a_source_of_several_forms_has_the_longest_one(problems):
    """In English May is "May" in long, medium and abbreviated dates, in German not so."""
    in_may = [p for p in all_samples(problems["de"], "dates") if p[0].startswith("May ")]
    assert len(in_may) > 50
    for inputs, targets in in_may:
        assert "Mai" in targets, (inputs, targets)


def test_copying_the_source_is_no_translation(problems):
    test = problems["de"].samples("test")
    copied = sacrebleu.corpus_bleu([s.inputs for s in test], [[s.targets for s in test]])
    assert copied.score < 30
    assert sum(s.inputs == s.targets for s in test) < 0.15 * len(test)


def test_categories_can_be_recovered_from_source_texts(problems):
    for sample in problems["de"].samples("test"):
        assert problems["de"].category_of(sample.inputs) == sample.category
    reverse = Small(was_reversed=True)
    for sample in reverse.samples("test"):
        assert reverse.category_of(sample.targets) == sample.category
    with pytest.raises(T2TError, match="another version of babel"):
        problems["de"].category_of("The cat sat on the mat.")


def test_samples_depend_on_the_content_seed_only():
    program = (
        "import tests.problems.test_cldr as t;"
        "print(repr([t.Small().samples(split) for split in t.SPLITS]))"
    )
    here = repr([Small().samples(split) for split in SPLITS])
    environment = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": os.pathsep.join(sys.path)}
    there = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environment,
        cwd=os.path.dirname(os.path.dirname(os.path.dirname(__file__))),
        check=True,
    )
    assert there.stdout.strip() == here

    class Other(Small):
        content_seed = 1

    assert repr(Other().samples("test")) != repr(Small().samples("test"))


@pytest.mark.parametrize(("source", "target"), [("en", "ja"), ("de", "pt_BR"), ("fr", "ar")])
def test_any_pair_of_locales_will_do(source, target):
    class Pair(Small):
        source_locale = source
        target_locale = target

    assert len(Pair().samples("train")) == 60 * len(translate_cldr.CATEGORIES)
    for sample in Pair().samples("test"):
        assert sample.inputs.strip()
        assert sample.targets.strip()


def test_an_unknown_locale_is_an_error():
    class Klingon(Small):
        target_locale = "tlh"

    with pytest.raises(T2TError, match="'tlh'"):
        Klingon().samples("train")


def test_too_few_phrases_are_an_error(monkeypatch):
    always_the_same = {"greetings": lambda pair, rng: itertools.repeat(("Hello", "Hola"))}
    monkeypatch.setattr(translate_cldr, "CATEGORIES", always_the_same)
    with pytest.raises(T2TError, match="too few greetings for en and es"):
        Small().samples("train")


def test_manifest_has_the_version_of_babel(tmp_path):
    import babel

    Small().generate_data(str(tmp_path), str(tmp_path), num_workers=1)
    manifest = json.loads((tmp_path / "translate_small_cldr.manifest.json").read_text())
    assert manifest["extras"]["babel"] == babel.__version__
    assert manifest["extras"]["locales"] == ["en", "es"]
    assert {s: manifest["splits"][s]["records"] for s in SPLITS} == {
        "train": 480,
        "dev": 16,
        "test": 24,
    }
