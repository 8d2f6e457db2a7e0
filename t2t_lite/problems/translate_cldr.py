"""Translation of localised phrases: the dataset that needs no download.

The Unicode CLDR (https://cldr.unicode.org) holds how each language writes dates, amounts, names
of places and so on; the `babel` library brings it along. Writing one and the same thing in two
languages gives a real pair of phrases: "5 days ago" and "vor 5 Tagen". Another pair of languages
is one line:

    @registry.register_problem
    class TranslateEnesCldr(TranslateCldr): target_locale = "es"
"""

from __future__ import annotations

import dataclasses
import datetime
import functools
import hashlib
import math
import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import babel
from babel import Locale, dates, lists, numbers, units

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit

Texts = tuple[str, str]  # the same thing in the source and in the target language


class Sample(NamedTuple):
    """A pair of phrases and what they are about."""

    inputs: str
    targets: str
    category: str


def first_wins(pairs: Iterable[Texts | None]) -> list[Texts]:
    """Leaves out pairs whose source was seen before, and None."""
    targets: dict[str, str] = {}
    for pair in pairs:
        if pair:
            targets.setdefault(*pair)
    return list(targets.items())


def deck(rng: random.Random, items: list) -> Iterator:
    """Endless random draws in which all items come equally often."""
    while True:
        yield from rng.sample(items, len(items))


NAME_KINDS = ("territories", "languages", "scripts", "currencies")


@dataclasses.dataclass
class LocalePair:
    """Two languages, and the names that both of them have.

    `names` holds all of them, kind -> pairs. `bare_names` only those that can stand alone: the
    script "Tamil" is "Tamilisch" in German, the language is "Tamil", which comes first.
    """

    source: Locale
    target: Locale
    names: dict[str, list[Texts]] = dataclasses.field(init=False)
    bare_names: dict[str, list[Texts]] = dataclasses.field(init=False)

    def __post_init__(self):
        self.names = {kind: self._names(kind) for kind in NAME_KINDS}
        self.names["units"] = self._unit_names()
        meaning = dict(first_wins(pair for pairs in self.names.values() for pair in pairs))
        self.bare_names = {
            kind: [pair for pair in pairs if meaning[pair[0]] == pair[1]]
            for kind, pairs in self.names.items()
        }

    def _names(self, kind: str) -> list[Texts]:
        source, target = getattr(self.source, kind), getattr(self.target, kind)
        return first_wins((source[key], target[key]) for key in sorted(source) if key in target)

    def _unit_names(self) -> list[Texts]:
        return first_wins(self.write(units.get_unit_name, unit) for unit in self.units)

    @functools.cached_property
    def units(self) -> list[str]:
        """CLDR's names of the units that have a name in both languages."""
        known = sorted(self.source.unit_display_names)
        return [unit for unit in known if self.write(units.get_unit_name, unit)]

    def write(self, formatter: Callable[..., str | None], *args, **kwargs) -> Texts | None:
        """Applies one of babel's functions in both languages; None where one lacks the form."""
        try:
            source = formatter(*args, locale=self.source, **kwargs)
            target = formatter(*args, locale=self.target, **kwargs)
        except (LookupError, ValueError):  # babel's own "unknown" errors are among these
            return None
        return (source, target) if source and target else None

    def list(self, items: list[Texts], style: str) -> Texts | None:
        """Joins phrases as each language does: "a, b, and c", "a oder b"."""
        sources, targets = zip(*items, strict=True)
        try:
            return (
                lists.format_list(sources, style, self.source),
                lists.format_list(targets, style, self.target),
            )
        except (LookupError, ValueError):  # a locale lacks the style, or part of it
            return None

    def detailed(self, name: Texts, details: list[Texts]) -> Texts:
        """CLDR's pattern for a locale's name: "Serbian (Cyrillic, Montenegro)"."""
        source, target = (", ".join(texts) for texts in zip(*details, strict=True))
        return f"{name[0]} ({source})", f"{name[1]} ({target})"


Phrases = Iterator[Texts | None]


def single_names(pair: LocalePair) -> Iterator[Texts]:
    """Every name once: alone, or where that would be ambiguous, beside another."""
    for kind, names in pair.names.items():
        bare = set(pair.bare_names[kind])
        for name in names:
            if name in bare:
                yield name
            elif kind == "languages":
                yield pair.detailed(name, [pair.names["scripts"][0]])
            elif kind == "scripts":
                yield pair.detailed(pair.names["languages"][0], [name])


def name_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """A language with the script it is written in, the territory it is spoken in, or both."""
    languages = deck(rng, pair.names["languages"])
    scripts = deck(rng, pair.names["scripts"])
    territories = deck(rng, pair.names["territories"])
    while True:
        yield pair.detailed(next(languages), [next(scripts)])
        yield pair.detailed(next(languages), [next(territories)])
        yield pair.detailed(next(languages), [next(scripts), next(territories)])


def list_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """Two to four names of one kind: "Kenya, Peru, or France"."""
    decks = {kind: deck(rng, names) for kind, names in pair.bare_names.items()}
    while True:
        for names in decks.values():
            items = [next(names) for _ in range(rng.randint(2, 4))]
            yield pair.list(items, rng.choice(["standard", "or"]))


# A form that is further to the front takes a source that several of them share: English writes
# "May 3, 2049" for long and for medium, German does not.
DATE_STYLES = ("full", "long", "medium", "short")
DATE_SKELETONS = (
    *("yMMMEd", "GyMMMd", "MMMMd", "MMMd", "MMMEd", "yMMMM", "yMMM", "yQQQQ", "yQQQ"),
    *("yMEd", "MEd"),
)
FIRST_DAY = datetime.datetime(1950, 1, 1)  # a century, so that two digits name a year
CENTURY_SECONDS = 36_524 * 24 * 60 * 60


def random_instant(rng: random.Random) -> datetime.datetime:
    return FIRST_DAY + datetime.timedelta(seconds=rng.randrange(CENTURY_SECONDS))


def date_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """A day, a month or a quarter, in words and in figures."""
    while True:
        day = random_instant(rng)
        forms = [pair.write(dates.format_date, day, style) for style in DATE_STYLES]
        forms += [pair.write(dates.format_skeleton, form, day) for form in DATE_SKELETONS]
        yield rng.choice(first_wins(forms))


def time_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """A time of day, alone or with its date; the longer forms name the time zone, UTC."""
    while True:
        instant = random_instant(rng)
        forms = [pair.write(dates.format_datetime, instant, style) for style in DATE_STYLES]
        forms += [pair.write(dates.format_time, instant, style) for style in DATE_STYLES]
        yield rng.choice(first_wins(forms))


def relative_time_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """Years to seconds from now or before: "in 5 days", "5 mo. ago"."""
    while True:
        count = rng.randint(1, 400)
        forms = [
            pair.write(
                dates.format_timedelta,
                datetime.timedelta(seconds=direction * count * seconds),
                granularity=unit,
                threshold=math.inf,  # never a larger unit
                add_direction=True,
                format=style,
            )
            for style in ("long", "short")
            for unit, seconds in dates.TIMEDELTA_UNITS
            for direction in (1, -1)
        ]
        yield rng.choice(first_wins(forms))


def random_amount(rng: random.Random) -> int | float:
    """A number of one to five digits, half of them before a decimal point."""
    if rng.random() < 0.5:
        return rng.randrange(1, 10 ** rng.randint(1, 5))
    return rng.randrange(1, 10 ** rng.randint(2, 5)) / 100


class Amounts:
    """Numbers with units or currencies, in the forms that mean one thing only."""

    def __init__(self, pair: LocalePair, rng: random.Random):
        self.pair, self.rng = pair, rng
        unit_forms = [(units.format_unit, u, s) for s in ("long", "short") for u in pair.units]
        codes = sorted(set(pair.source.currencies) & set(pair.target.currencies))
        styles = [{"format_type": style} for style in ("name", "standard")]
        currency_forms = [(numbers.format_currency, c, s) for s in styles for c in codes]
        self._units = deck(rng, self._unambiguous(unit_forms))
        self._currencies = deck(rng, self._unambiguous(currency_forms))

    def _unambiguous(self, forms: list[tuple]) -> list[tuple]:
        """The forms whose source no form before has, tried with an amount."""
        sources: dict[str, tuple] = {}
        for form in forms:
            if texts := self._write(form, 7.5):
                sources.setdefault(texts[0], form)
        return list(sources.values())

    def _write(self, form: tuple, amount: int | float) -> Texts | None:
        formatter, name, style = form
        if isinstance(style, dict):
            return self.pair.write(formatter, amount, name, **style)
        texts = self.pair.write(formatter, amount, name, style)
        # babel writes the unit's identifier where the locale has no such form
        return None if texts is None or name in texts[0] or name in texts[1] else texts

    def unit(self) -> Texts | None:
        return self._write(next(self._units), random_amount(self.rng))

    def currency(self) -> Texts | None:
        return self._write(next(self._currencies), random_amount(self.rng))


def unit_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """A number with a unit, in full or abbreviated: "1,234.5 kilometers"."""
    amounts = Amounts(pair, rng)
    while True:
        yield amounts.unit()


def currency_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """A sum of money, with the currency's name or its symbol: "€0.75"."""
    amounts = Amounts(pair, rng)
    while True:
        yield amounts.currency()


MIXED_UNITS = (
    ("duration-week", "duration-day", "duration-hour", "duration-minute", "duration-second"),
    ("length-kilometer", "length-meter", "length-centimeter", "length-millimeter"),
    ("length-mile", "length-yard", "length-foot", "length-inch"),
    ("mass-tonne", "mass-kilogram", "mass-gram", "mass-milligram"),
)
PER_UNITS = ("duration-second", "duration-hour", "duration-week", "area-hectare", "volume-liter")


def composed_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """Mixed units, rates, intervals of dates, alternatives: phrases made of the other ones."""
    amounts = Amounts(pair, rng)
    while True:
        scale = rng.choice(MIXED_UNITS)
        chosen = sorted(rng.sample(range(len(scale)), rng.randint(2, 3)))
        parts = [pair.write(units.format_unit, rng.randint(1, 60), scale[i]) for i in chosen]
        yield pair.list(parts, "unit") if all(parts) else None

        unit, per = rng.choice(rng.choice(MIXED_UNITS[1:])), rng.choice(PER_UNITS)
        amount = random_amount(rng)
        yield pair.write(units.format_compound_unit, amount, unit, denominator_unit=per)

        start = random_instant(rng)
        end = start + datetime.timedelta(days=rng.choice([7, 70, 700]) * rng.random() + 1)
        yield pair.write(dates.format_interval, start, end, "yMMMd")

        parts = [amounts.currency() if rng.random() < 0.5 else amounts.unit() for _ in range(2)]
        yield pair.list(parts, rng.choice(["standard", "or"])) if all(parts) else None


CATEGORIES: dict[str, Callable[[LocalePair, random.Random], Phrases]] = {
    "names": name_phrases,
    "lists of names": list_phrases,
    "dates": date_phrases,
    "times": time_phrases,
    "relative times": relative_time_phrases,
    "units": unit_phrases,
    "currencies": currency_phrases,
    "composed phrases": composed_phrases,
}
HELD_OUT = {0: DatasetSplit.EVAL, 1: DatasetSplit.TEST}  # which 2 of 32 parts of all targets


def split_of(target: str) -> str:
    """The split a target text belongs to, so that no two splits ever share one."""
    part = hashlib.blake2b(target.encode(), digest_size=1).digest()[0] % 32
    return HELD_OUT.get(part, DatasetSplit.TRAIN)


def _collect(pair: LocalePair, sizes: dict[str, int], seed: int) -> dict[str, list[Sample]]:
    """Fills every split with `sizes[split]` samples of each category."""
    samples: dict[str, list[Sample]] = {split: [] for split in sizes}
    singles = first_wins(single_names(pair))
    sources, single_targets = set(), {target for _, target in singles}
    for category, phrases in CATEGORIES.items():
        room = dict(sizes)

        def add(source: str, target: str, split: str, category=category, room=room) -> None:
            if room[split] and source not in sources:
                sources.add(source)
                room[split] -= 1
                samples[split].append(Sample(source, target, category))

        if category == "names":
            for name in singles:
                add(*name, DatasetSplit.TRAIN)
        draws = phrases(pair, random.Random(f"{category} {seed}"))
        for _ in range(200 * sum(sizes.values())):
            texts = next(draws)
            if texts and texts[1] not in single_targets:
                add(*texts, split_of(texts[1]))
            if not any(room.values()):
                break
        else:
            raise T2TError(
                f"The CLDR has too few {category} for {pair.source} and {pair.target}: "
                f"{room} are missing; set a smaller examples_per_category."
            )
    for split in samples.values():
        random.Random(seed).shuffle(split)
    return samples


class TranslateCldr(text_problems.Text2TextProblem):
    """Localised phrases of the Unicode CLDR; a subclass names the languages.

    There are eight categories with equal shares in every split. All single names are in the
    training data; dev and test hold other compositions of them. No text, source or target, is
    in two splits, and no source has two targets. The data does not depend on the seed given to
    `generate_data` but on `content_seed`, so that scores stay comparable; a new release of the
    CLDR may change it, therefore the manifest has babel's version.
    """

    source_locale = "en"
    target_locale = ""
    content_seed = 0
    examples_per_category = {
        DatasetSplit.TRAIN: 4_000,
        DatasetSplit.EVAL: 100,
        DatasetSplit.TEST: 125,
    }
    approx_vocab_size = 2**12
    dataset_splits = (
        {"split": DatasetSplit.TRAIN, "shards": 10},
        {"split": DatasetSplit.EVAL, "shards": 1},
        {"split": DatasetSplit.TEST, "shards": 1},
    )

    @functools.cached_property
    def _samples(self) -> dict[str, list[Sample]]:
        pair = LocalePair(Locale.parse(self.source_locale), Locale.parse(self.target_locale))
        return _collect(pair, self.examples_per_category, self.content_seed)

    def samples(self, dataset_split: str) -> list[Sample]:
        """All samples of a split with their categories; takes some seconds the first time."""
        return self._samples[dataset_split]

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for sample in self.samples(dataset_split):
            yield {"inputs": sample.inputs, "targets": sample.targets}

    @functools.cached_property
    def _categories(self) -> dict[str, str]:
        feature = "targets" if self.was_reversed else "inputs"
        samples = (sample for split in self._samples.values() for sample in split)
        return {getattr(sample, feature): sample.category for sample in samples}

    def category_of(self, inputs: str) -> str:
        """The category of a source text of any split, for a table of results by category."""
        if inputs not in self._categories:
            raise T2TError(
                f"'{inputs}' is not a source text of {self.name}; was the data made with "
                f"another version of babel than {babel.__version__}? Then generate it anew."
            )
        return self._categories[inputs]

    def manifest_extras(self) -> dict[str, Any]:
        return {
            "babel": babel.__version__,
            "locales": [self.source_locale, self.target_locale],
            "content_seed": self.content_seed,
            "categories": list(CATEGORIES),
        }


@registry.register_problem
class TranslateEndeCldr(TranslateCldr):
    """English to German: dates, times, amounts, names and lists from the Unicode CLDR."""

    target_locale = "de"


@registry.register_problem
class TranslateEnfrCldr(TranslateCldr):
    """English to French: dates, times, amounts, names and lists from the Unicode CLDR."""

    target_locale = "fr"
