"""What there is, as text: the components of each kind, and one component in detail."""

from __future__ import annotations

import inspect
import itertools
import textwrap
from typing import Any

from t2t_lite import registry
from t2t_lite.errors import T2TError, did_you_mean

_WIDTH = 100
_NUM_SAMPLES = 3
_SPLIT_HEADINGS = ("split", "examples", "shards", "feature", "ids", "p50", "p90", "p99", "max")


def _registry(kind: str) -> registry.Registry:
    """By its word, singular or plural: "problem", "problems", "modalities"."""
    by_word = {r.kind: r for r in registry.REGISTRIES}
    for word, found in tuple(by_word.items()):
        by_word[f"{word}s"] = by_word[f"{word.removesuffix('y')}ies"] = found
        by_word[f"{word}_set"] = by_word[f"{word}_sets"] = found
    word = kind.replace("-", "_")
    if word not in by_word:
        kinds = [r.kind for r in registry.REGISTRIES]
        raise T2TError(
            f"There is no kind '{kind}' of component.{did_you_mean(word, kinds)} "
            f"There are {', '.join(kinds)}."
        )
    return by_word[word]


def list_all() -> str:
    """All components with a line about each."""
    return "\n\n".join(
        f"{found.kind} ({len(found.names())})\n{textwrap.indent(list_kind(found.kind), '  ')}"
        for found in registry.REGISTRIES
        if found.names()
    )


def list_kind(kind: str) -> str:
    """The components of a kind, one a line."""
    found = _registry(kind)
    width = max(map(len, found.names()), default=0)
    lines = [f"{name:{width}}  {found.summary(name)}".rstrip() for name in found]
    return "\n".join(lines) or f"There is no {found.kind} yet."


def describe(kind: str, name: str, data_dir: str = "") -> str:
    """One component in detail; for a problem also its data, if `data_dir` is given."""
    found = _registry(kind)
    if found is registry.problems:
        return describe_problem(name, data_dir)
    if found is registry.hparams_sets:
        return f"{_heading(name, found.get(name))}\n\n{_fields(registry.hparams(name))}"
    text = _heading(name, found.get(name))
    default_set = getattr(found.get(name), "default_hparams_set", "")
    if default_set:
        fields = _fields(registry.hparams(default_set))
        text += f"\n\nhyperparameters, with the values of {default_set}:\n{fields}"
    return text


def _heading(name: str, component) -> str:
    return f"{name}\n{textwrap.indent(inspect.getdoc(component) or '', '  ')}".rstrip()


def _fields(hparams) -> str:
    """Each field: name, value, help."""
    values = {name: repr(value) for name, value in hparams.values().items()}
    widths = max(map(len, values)), min(24, max(map(len, values.values())))
    return "\n".join(
        f"  {name:{widths[0]}}  {value:{widths[1]}}  {hparams.help_text(name)}".rstrip()
        for name, value in values.items()
    )


def describe_problem(name: str, data_dir: str = "") -> str:
    """A problem: its splits and, if its data is in `data_dir`, sizes, vocabulary and samples."""
    problem = registry.problem(name)
    parts = [_heading(name, type(problem))]
    if data_dir:
        parts += [_data(problem, data_dir), _features(problem, data_dir)]
        parts += [_samples(problem, data_dir)]
    else:
        splits = (f"{s['split']} ({s['shards']})" for s in problem.dataset_splits)
        parts += [f"splits (shards): {', '.join(splits)}", "its data: add --data_dir=DIRECTORY"]
    return "\n\n".join([*parts, _command(problem, name, data_dir)])


def _data(problem, data_dir: str) -> str:
    """A table of splits and features: how many examples, ids, and how long they are."""
    from t2t_lite.data import manifest, shards

    base = problem.dataset_filename()
    problem.filepaths(data_dir, problem.split_names()[0])  # an error if there is nothing
    splits = (manifest.load(data_dir, base) or {}).get("splits")
    if splits is None:
        found = shards.existing(data_dir, base)
        splits = {split: _counted(problem, data_dir, split) for split in found}
    rows: list[tuple[str, ...]] = [_SPLIT_HEADINGS]
    for split, content in splits.items():
        num_shards = len(problem.filepaths(data_dir, split))
        start = (split, f"{content['records']:,}", str(num_shards))
        tokens = problem.maybe_reverse_and_copy(content["tokens"])
        lengths = problem.maybe_reverse_and_copy(content["lengths"])
        for feature in sorted(lengths):
            shown = _shown_name(feature, problem)
            if not shown:
                continue
            numbers = (tokens[feature], *lengths[feature].values())
            rows.append((*start, shown, *(f"{n:,}" for n in numbers)))
            start = ("", "", "")
        if start[0]:  # pictures, whose length says nothing
            rows.append((*start, "", "", "", "", "", ""))
    if not any(row[3] for row in rows[1:]):
        return f"data in {data_dir}\n{_table([row[:3] for row in rows])}"
    return f"data in {data_dir}; lengths with the final end of sequence\n{_table(rows)}"


def _shown_name(feature: str, problem) -> str:
    """What a feature of the files is called in a batch; "" if its length tells nothing."""
    from t2t_lite.problems.image_to_text import Image2TextProblem

    if feature == "image/class/label" and isinstance(problem, Image2TextProblem):
        return "targets"
    return "" if feature.startswith("image/") else feature


def _counted(problem, data_dir: str, split: str) -> dict[str, Any]:
    """What a manifest would say of a split that has none."""
    from t2t_lite.data import manifest

    counts = manifest.Counts()
    for path in problem.filepaths(data_dir, split):
        counts.merge(manifest.count(path))
    return counts.summary()


def _table(rows: list[tuple[str, ...]]) -> str:
    """Words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = (
            f"{cell:<{width}}" if heading in ("split", "feature") else f"{cell:>{width}}"
            for cell, width, heading in zip(row, widths, rows[0], strict=True)
        )
        lines.append("  " + "  ".join(cells).rstrip())
    return "\n".join(lines)


def _features(problem, data_dir: str) -> str:
    """Modality, vocabulary size and encoder of each feature."""
    hparams = problem.get_hparams(data_dir=data_dir)
    encoders = problem.get_feature_encoders(data_dir)
    lines = []
    for feature, modality in sorted(hparams.modality.items()):
        size, shape = hparams.vocab_size.get(feature), hparams.shape.get(feature, ())
        text = f"  {feature}: {modality}"
        if len(shape) > 1:  # pictures, vectors
            text += f", {' x '.join(map(str, shape))}"
        elif size:
            text += f", {size:,} ids"
        if feature in encoders and len(shape) < 2:
            text += f" ({type(encoders[feature]).__name__})"
        lines.append(text)
    files = "".join(f"\n  {path}" for path in problem.vocab_filepaths(data_dir))
    return "features\n" + "\n".join(lines) + files


def _samples(problem, data_dir: str) -> str:
    """The first examples of the first split, decoded."""
    from t2t_lite.data import records

    split = problem.split_names()[0]
    encoders = problem.get_feature_encoders(data_dir)
    paths = problem.filepaths(data_dir, split)
    examples = itertools.chain.from_iterable(map(records.read_examples, paths))
    lines = [f"samples of '{split}'"]
    for example in itertools.islice(examples, _NUM_SAMPLES):
        shown = problem.maybe_reverse_and_copy(problem.example_to_show(example))
        for feature, values in sorted(shown.items()):
            if feature in encoders and not isinstance(values, str):
                values = encoders[feature].decode_until_eos(values)
            lines.append(f"  {feature}: {textwrap.shorten(str(values), 3 * _WIDTH)}")
        lines.append("")
    return "\n".join(lines).rstrip()


def _command(problem, name: str, data_dir: str) -> str:
    """A command that trains on the problem."""
    from t2t_lite.problems.audio import Audio2ClassProblem, AudioProblem
    from t2t_lite.problems.image import ImageProblem
    from t2t_lite.problems.image_to_text import Image2TextProblem
    from t2t_lite.problems.text_problems import Text2ClassProblem
    from t2t_lite.problems.timeseries import TimeseriesProblem

    model, hparams_set = "transformer", "transformer_small"
    if isinstance(problem, Text2ClassProblem):
        model = "transformer_encoder"
    elif isinstance(problem, ImageProblem):
        hparams_set = "transformer_patches"
        if not isinstance(problem, Image2TextProblem):
            model = "transformer_encoder"
    elif isinstance(problem, TimeseriesProblem):
        hparams_set = "transformer_timeseries"
    elif isinstance(problem, Audio2ClassProblem):
        model, hparams_set = "transformer_encoder", "transformer_speech_digits"
    elif isinstance(problem, AudioProblem):
        hparams_set = "transformer_librispeech"
    return (
        "to train on it\n"
        f"  t2t-trainer {'' if data_dir else '--generate_data '}--problem={name} --model={model} "
        f"--hparams_set={hparams_set} --data_dir={data_dir or 'DIRECTORY'} "
        "--output_dir=RUN_DIRECTORY"
    )
