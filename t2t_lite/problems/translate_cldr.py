"""Translation of localised phrases: the dataset that needs no download.

The Unicode CLDR (https://cldr.unicode.org), which the `babel` library brings along, holds how
each language writes dates, amounts, names of places and so on. Writing the same thing in two
languages gives a real pair of phrases: "5 days ago", "vor 5 Tagen". Other languages are one line:

    @registry.register_problem
    class TranslateEnesCldr(TranslateCldr): target_locale = "es"
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import itertools
import math
import random
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal, NamedTuple

import babel
from babel import Locale, dates, lists, numbers, units

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.problems import text_problems
from t2t_lite.problems.base import DatasetSplit, Problem

Texts = tuple[str, str]  # the same thing in the source and in the target language
Phrases = Iterator[Texts | None]  # None: one of the languages lacks the form, draw again
ListStyle = Literal["standard", "or", "unit"]
AND_OR: tuple[ListStyle, ...] = ("standard", "or")


class Sample(NamedTuple):
    """A pair of phrases and what they are about."""

    inputs: str
    targets: str
    category: str


def first_wins(pairs: Iterable[Texts | None]) -> list[Texts]:
    """Leaves out None, and pairs whose source was there before."""
    targets: dict[str, str] = {}
    for pair in pairs:
        if pair:
            targets.setdefault(*pair)
    return list(targets.items())


def deck(rng: random.Random, items: list) -> Iterator:
    """Endless random draws in which all items come equally often."""
    while True:
        yield from rng.sample(items, len(items))


class LocalePair:
    """Two languages, and the names that both of them have.

    `names` holds all of them, kind -> pairs; `bare_names` those that can stand alone: the script
    "Tamil" is "Tamilisch" in German, but the language, which comes first, is "Tamil". Not all
    `units` have a name without a number.
    """

    def __init__(self, source: str, target: str):
        """`source` and `target` are locales as babel knows them: "en", "pt_BR"."""
        try:
            self.source, self.target = Locale.parse(source), Locale.parse(target)
        except (babel.UnknownLocaleError, ValueError) as error:
            raise T2TError(
                f"Cannot translate from locale {source!r} to {target!r}: {error}. Set "
                "source_locale and target_locale to two that babel has, such as 'pt_BR'."
            ) from error
        self.names: dict[str, list[Texts]] = {}
        for kind in ("territories", "languages", "scripts", "currencies"):
            source_names, target_names = getattr(self.source, kind), getattr(self.target, kind)
            codes = sorted(set(source_names) & set(target_names))
            self.names[kind] = first_wins((source_names[c], target_names[c]) for c in codes)
        units_ = sorted(self.source.unit_display_names)
        self.units = [unit for unit in units_ if self.write(units.format_unit, 7, unit)]
        self.names["units"] = first_wins(self.write(units.get_unit_name, u) for u in self.units)
        meaning = dict(first_wins(pair for pairs in self.names.values() for pair in pairs))
        self.bare_names = {
            kind: [pair for pair in pairs if meaning[pair[0]] == pair[1]]
            for kind, pairs in self.names.items()
        }

    def write(self, formatter: Callable[..., str | None], *args, **kwargs) -> Texts | None:
        """Applies one of babel's functions in both languages; None where one lacks the form."""
        try:
            source = formatter(*args, locale=self.source, **kwargs)
            target = formatter(*args, locale=self.target, **kwargs)
        except (LookupError, ValueError):  # babel's own "unknown" errors are among these
            return None
        # Where there is no form for a unit, babel writes its identifier: "1 length-meter".
        identifiers = [a for a in (*args, *kwargs.values()) if isinstance(a, str) and "-" in a]
        if not source or not target or any(i in source or i in target for i in identifiers):
            return None
        return source, target

    def join(self, items: Iterable[Texts | None], style: ListStyle) -> Texts | None:
        """A list as each language writes it: "a, b, and c" and "a, b und c"."""
        sources, targets = zip(*(item or ("", "") for item in items), strict=True)
        if not all(sources):
            return None
        try:
            source = lists.format_list(sources, style, self.source)
            return source, lists.format_list(targets, style, self.target)
        except (LookupError, ValueError):  # one lacks the style or a part of it
            return None

    @staticmethod
    def detailed(name: Texts, *details: Texts) -> Texts:
        """The name of a locale: "Serbian (Cyrillic, Montenegro)"."""
        source, target = (", ".join(texts) for texts in zip(*details, strict=True))
        return f"{name[0]} ({source})", f"{name[1]} ({target})"


def single_names(pair: LocalePair) -> Iterator[Texts]:
    """Every name once: alone, or where that would be ambiguous, beside another."""
    for kind, names in pair.names.items():
        bare = set(pair.bare_names[kind])
        for name in names:
            if name in bare:
                yield name
            elif kind == "languages":
                yield pair.detailed(name, pair.names["scripts"][0])
            elif kind == "scripts":
                yield pair.detailed(pair.names["languages"][0], name)


def name_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """A language with the script it is written in, the territory it is spoken in, or both."""
    kinds = ("languages", "scripts", "territories")
    languages, scripts, territories = (deck(rng, pair.names[kind]) for kind in kinds)
    while True:
        yield pair.detailed(next(languages), next(scripts))
        yield pair.detailed(next(languages), next(territories))
        yield pair.detailed(next(languages), next(scripts), next(territories))


def list_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """Two to four names of one kind: "Kenya, Peru, or France"."""
    decks = [deck(rng, names) for names in pair.bare_names.values()]
    while True:
        for names in decks:
            items = [next(names) for _ in range(rng.randint(2, 4))]
            yield pair.join(items, rng.choice(AND_OR))


# Where several forms have the same source, the first one has it: in English "May 3, 2049" is the
# long and the medium form, in German they differ.
STYLES = ("full", "long", "medium", "short")
SKELETONS = ["yMMMEd", "GyMMMd", "MMMMd", "MMMd", "MMMEd", "yMMMM", "yMMM", "yQQQQ", "yMEd", "MEd"]
FIRST_INSTANT = datetime.datetime(1950, 1, 1)  # and a century on, so that two digits name a year
CENTURY_SECONDS = 36_524 * 24 * 60 * 60


def random_instant(rng: random.Random) -> datetime.datetime:
    """A second of the century from FIRST_INSTANT on."""
    return FIRST_INSTANT + datetime.timedelta(seconds=rng.randrange(CENTURY_SECONDS))


def date_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """A day, a month or a quarter, in words and in figures."""
    while True:
        day = random_instant(rng)
        forms = [pair.write(dates.format_date, day, style) for style in STYLES]
        forms += [pair.write(dates.format_skeleton, skeleton, day) for skeleton in SKELETONS]
        yield rng.choice(first_wins(forms))


def time_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """A time of day, alone or with its date; the longer forms name the time zone, UTC."""
    formatters = (dates.format_datetime, dates.format_time)
    while True:
        instant = random_instant(rng)
        forms = [pair.write(f, instant, style) for f in formatters for style in STYLES]
        yield rng.choice(first_wins(forms))


def relative_time_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """Seconds to years from now, or ago: "in 5 days", "5 mo. ago"."""
    while True:
        count = rng.randint(1, 400)
        forms = [
            pair.write(
                dates.format_timedelta,
                datetime.timedelta(seconds=direction * count * seconds),
                granularity=unit,
                threshold=math.inf,  # never a larger unit
                add_direction=True,
                format=length,
            )
            for length in ("long", "short")
            for unit, seconds in dates.TIMEDELTA_UNITS
            for direction in (1, -1)
        ]
        yield rng.choice(first_wins(forms))


def random_amount(rng: random.Random) -> int | float:
    """A number of at most five digits, every second time with a decimal point in it."""
    if rng.random() < 0.5:
        return rng.randrange(1, 10 ** rng.randint(1, 5))
    return rng.randrange(1, 10 ** rng.randint(2, 5)) / 100


def amounts(
    pair: LocalePair, rng: random.Random, formatter: Callable[..., str], forms: list[dict]
) -> Phrases:
    """Numbers in all forms (arguments of the formatter) whose source no form before has."""
    sources: dict[str, dict] = {}
    for form in forms:
        if texts := pair.write(formatter, 7.5, **form):
            sources.setdefault(texts[0], form)
    for form in deck(rng, list(sources.values())):
        yield pair.write(formatter, random_amount(rng), **form)


def unit_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """A number with a unit, in full or abbreviated: "1,234.5 kilometers"."""
    forms = [{"measurement_unit": u, "length": n} for n in ("long", "short") for u in pair.units]
    return amounts(pair, rng, units.format_unit, forms)


def currency_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """A sum of money, with the currency's name or its symbol: "€0.75"."""
    codes = sorted(set(pair.source.currencies) & set(pair.target.currencies))
    forms = [{"currency": c, "format_type": t} for t in ("name", "standard") for c in codes]
    return amounts(pair, rng, numbers.format_currency, forms)


MIXED_UNITS = (
    ("duration-week", "duration-day", "duration-hour", "duration-minute", "duration-second"),
    ("length-kilometer", "length-meter", "length-centimeter", "length-millimeter"),
    ("length-mile", "length-yard", "length-foot", "length-inch"),
    ("mass-tonne", "mass-kilogram", "mass-gram", "mass-milligram"),
)
PER_UNITS = ("duration-second", "duration-hour", "duration-week", "area-hectare", "volume-liter")


def composed_phrases(pair: LocalePair, rng: random.Random) -> Phrases:
    """Phrases made of the other ones: mixed units, rates, intervals of dates, alternatives."""
    kinds = (unit_phrases(pair, rng), currency_phrases(pair, rng))
    while True:
        scale = rng.choice(MIXED_UNITS)
        chosen = [scale[i] for i in sorted(rng.sample(range(len(scale)), rng.randint(2, 3)))]
        parts = [pair.write(units.format_unit, rng.randint(1, 60), unit) for unit in chosen]
        yield pair.join(parts, "unit")

        unit, per = rng.choice(rng.choice(MIXED_UNITS[1:])), rng.choice(PER_UNITS)
        amount = random_amount(rng)
        yield pair.write(units.format_compound_unit, amount, unit, denominator_unit=per)

        start = random_instant(rng)
        end = start + datetime.timedelta(days=1 + rng.choice([7, 70, 700]) * rng.random())
        yield pair.write(dates.format_interval, start, end, "yMMMd")

        parts = [next(rng.choice(kinds)) for _ in range(2)]
        yield pair.join(parts, rng.choice(AND_OR))


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
HELD_OUT = {0: DatasetSplit.EVAL, 1: DatasetSplit.TEST}  # one part in 32 of all targets each


def split_of(target: str) -> str:
    """The split that a target text belongs to, whatever its source."""
    part = hashlib.sha256(target.encode()).digest()[0] % 32
    return HELD_OUT.get(part, DatasetSplit.TRAIN)


def collect(pair: LocalePair, sizes: dict[str, int], seed: int) -> dict[str, list[Sample]]:
    """Split -> `sizes[split]` samples of each category."""
    singles = dict(first_wins(single_names(pair)))
    single_targets = set(singles.values())
    sources: set[str] = set()
    samples: dict[str, list[Sample]] = {split: [] for split in sizes}
    for category, phrases in CATEGORIES.items():
        draws = phrases(pair, random.Random(f"{category} {seed}"))
        if category == "names":
            draws = itertools.chain(singles.items(), draws)
        room = dict(sizes)
        for texts in itertools.islice(draws, 50 * sum(sizes.values())):
            if texts is None or texts[0] in sources:
                continue
            split = DatasetSplit.TRAIN if texts[1] in single_targets else split_of(texts[1])
            if room[split]:
                room[split] -= 1
                sources.add(texts[0])
                samples[split].append(Sample(*texts, category))
            if not any(room.values()):
                break
        else:
            raise T2TError(
                f"The CLDR has too few {category} for {pair.source} and {pair.target}: {room} are "
                "missing. Set smaller examples_per_category."
            )
    return samples


class TranslateCldr(text_problems.Text2TextProblem):
    """Localised phrases of the Unicode CLDR; a subclass names the languages.

    The categories have equal shares in every split. All single names, some 1,500, are in the
    training data; dev and test hold other compositions. No text, source or target, is in two
    splits, and no source has two targets. The samples depend on `content_seed`, not on
    generate_data's seed, so that scores compare; a new CLDR may change them, so babel's version
    is in the manifest.
    """

    source_locale = "en"
    target_locale = ""
    content_seed = 0
    examples_per_category: dict[str, int] = {"train": 4_000, "dev": 100, "test": 125}
    approx_vocab_size = 2**12
    dataset_splits = (*Problem.dataset_splits, {"split": DatasetSplit.TEST, "shards": 1})

    @functools.cached_property
    def _samples(self) -> dict[str, list[Sample]]:
        pair = LocalePair(self.source_locale, self.target_locale)
        return collect(pair, self.examples_per_category, self.content_seed)

    def samples(self, dataset_split: str) -> list[Sample]:
        """All samples of a split, with their categories; takes seconds the first time."""
        return self._samples[dataset_split]

    def generate_samples(self, data_dir: str, tmp_dir: str, dataset_split: str) -> Iterator[dict]:
        for inputs, targets, _ in self.samples(dataset_split):
            yield {"inputs": inputs, "targets": targets}

    @functools.cached_property
    def _categories(self) -> dict[str, str]:
        feature = "targets" if self.was_reversed else "inputs"
        samples = itertools.chain(*self._samples.values())
        return {getattr(sample, feature): sample.category for sample in samples}

    def category_of(self, inputs: str) -> str:
        """The category of an input text of any split, for a table of results by category."""
        if inputs not in self._categories:
            raise T2TError(
                f"{inputs!r} is not in {self.name}; if its data was made with another version of "
                f"babel than {babel.__version__}, make it anew."
            )
        return self._categories[inputs]

    def eval_metrics(self) -> list[str]:
        return [*super().eval_metrics(), "chrf", "exact_match"]

    def manifest_extras(self) -> dict[str, Any]:
        return {
            "babel": babel.__version__,
            "locales": [self.source_locale, self.target_locale],
            "content_seed": self.content_seed,
            "examples_per_category": dict(self.examples_per_category),
        }


@registry.register_problem
class TranslateEndeCldr(TranslateCldr):
    """English to German: dates, times, amounts, names and lists from the Unicode CLDR."""

    target_locale = "de"


@registry.register_problem
class TranslateEnfrCldr(TranslateCldr):
    """English to French: dates, times, amounts, names and lists from the Unicode CLDR."""

    target_locale = "fr"
