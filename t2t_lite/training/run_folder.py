"""The folder of a run (`--output_dir`): what it was, how it went, what came out."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pathlib
import platform
import shlex
import sys
from collections.abc import Iterator

import numpy as np

from t2t_lite import config, files, registry
from t2t_lite.errors import T2TError
from t2t_lite.hparams.base import HParams
from t2t_lite.problems import mixture
from t2t_lite.training.reporting import MetricsLog
from t2t_lite.training.run_config import RunConfig

IDENTITY = ("problem", "model", "hparams_set")
"""Settings that a folder keeps: with another one it would be another run."""

EXPERTS_OF = "experts/"
"""In the names of values: how many experts of a mixture are used."""

EXPERTS = "experts.json"
"""The file that says how much each expert of a mixture is used."""

SUMMARY = "summary.json"
"""The file that says how large the model is and how much it has seen."""


class RunFolder:
    """Paths and files of a run folder."""

    def __init__(self, path: str):
        self.path = pathlib.Path(path)
        self.metrics = MetricsLog(self.path / "metrics.jsonl")

    @property
    def best(self) -> pathlib.Path:
        """Directory of the best checkpoint."""
        return self.path / "best"

    @property
    def decodes(self) -> pathlib.Path:
        """Directory of decoded outputs."""
        return self.path / "decodes"

    def exists(self) -> bool:
        """Whether a run has been started here."""
        return all((self.path / name).exists() for name in ("hparams.json", "config.gin"))

    def is_tensor2tensors(self) -> bool:
        """Whether it is a training directory of Tensor2Tensor, which wrote no config.gin."""
        return (self.path / "hparams.json").is_file() and not (self.path / "config.gin").exists()

    def refuse_tensor2tensors(self) -> None:
        """T2TError if it is one, for those who cannot work with it."""
        if self.is_tensor2tensors():
            raise T2TError(
                f"{self.path} is a training directory of Tensor2Tensor. Make a run folder of it: "
                f"t2t-import --t2t_dir={self.path} --output_dir=ANOTHER."
            )

    def create(self) -> None:
        """Makes the folder and checks that it can be written.

        Raises:
          T2TError: it can't.
        """
        files.make_directory(self.path)
        probe = self.path / ".write_test"
        files.write_bytes(probe, b" " * 4096)
        probe.unlink()

    def load_run(self) -> RunConfig:
        """The settings that the run was started with.

        Raises:
          T2TError: the folder holds no run, or its config.gin is damaged.
        """
        if not self.exists():
            raise T2TError(
                f"{self.path} is no run folder: it has no hparams.json and config.gin. Give the "
                "--output_dir of a t2t-trainer run, or of Tensor2Tensor's with its hparams.json."
            )
        path = self.path / "config.gin"
        with _reading(path):
            values = config.load_config([str(path)])["run"]
            run = RunConfig(**config.checked_fields(RunConfig, values, "run"))
            missing = [name for name in IDENTITY if not getattr(run, name)]
            if missing:
                raise T2TError(f"it does not give run.{missing[0]}")
        return run

    def starting_hparams(self, run: RunConfig, vocabularies: list[str]) -> HParams:
        """The hparams that the run here has had so far; for a new one those of its set.

        Raises:
          T2TError: the run here has another problem, model, set or vocabulary.
        """
        if not self.exists():
            return registry.hparams(run.hparams_set)
        self.refuse_other_run(run)
        self.check_vocabularies(vocabularies)
        return self.load_hparams(run.hparams_set)

    def load_hparams(self, hparams_set: str) -> HParams:
        """The hparams that the run was started with, in the family of its set."""
        family = type(registry.hparams(hparams_set))
        path = self.path / "hparams.json"
        with _reading(path):
            return family.from_json(path.read_text(encoding="utf-8"))

    def refuse_other_run(self, run: RunConfig) -> None:
        """T2TError if the folder holds a run of another problem, model or set."""
        old = self.load_run()
        for name in IDENTITY:
            before, now = getattr(old, name), getattr(run, name)
            if before != now:
                raise T2TError(
                    f"The output directory {self.path} holds a run with --{name}={before}, not "
                    f"{now}. Give another --output_dir, or --{name}={before} to go on with it."
                )

    def check_vocabularies(self, paths: list[str]) -> None:
        """T2TError if the run was trained with other vocabularies than those in `paths`."""
        saved = self.path / "vocabularies.json"
        if not saved.exists():
            return
        present = {os.path.basename(path): path for path in paths if os.path.exists(path)}
        with _reading(saved):
            digests = dict(json.loads(saved.read_text(encoding="utf-8")))
        for name, digest in digests.items():
            if name not in present:
                raise T2TError(
                    f"The vocabulary {name}, which {self.path} was trained with, is not in the "
                    "data directory. Give the --data_dir it was trained with."
                )
            found = files.sha256(present[name])
            if found != digest:
                raise T2TError(
                    f"{self.path} was trained with the vocabulary {name} of SHA-256 "
                    f"{digest[:12]}…, but {present[name]} has {found[:12]}…. Give the --data_dir "
                    "it was trained with."
                )

    def save(self, run: RunConfig, hparams: HParams, vocabularies: list[str]) -> None:
        """Writes what is needed to go on, to repeat, and to decode.

        hparams.json comes last: where it is, everything is.
        """
        digests = {os.path.basename(path): files.sha256(path) for path in vocabularies}
        _write(self.path / "vocabularies.json", json.dumps(digests, indent=2) + "\n")
        values = {"run": dataclasses.asdict(run), "hparams": hparams.values()}
        config.save_config(values, str(self.path / "config.gin"))
        _write(self.path / "versions.json", json.dumps(versions(), indent=2) + "\n")
        command = shlex.join([os.path.basename(sys.argv[0]), *sys.argv[1:]])
        with files.writing(self.path), open(self.path / "command.txt", "a") as file:
            file.write(command + "\n")
        _write(self.path / "hparams.json", hparams.to_json())

    def write_experts(self, shares: dict[str, dict[str, np.ndarray]]) -> None:
        """experts.json: of each problem and mixture, how much each expert is used; if there are
        any."""
        found = {
            problem: {
                path: [round(float(share), 4) for share in of_path] for path, of_path in own.items()
            }
            for problem, own in shares.items()
            if own
        }
        if found:
            _write(self.path / EXPERTS, json.dumps(found, indent=2) + "\n")

    def write_summary(self, run: RunConfig, parameters: int) -> None:
        """README.md and summary.json, for whoever finds the folder and for t2t-table.

        `seconds` are those that training steps took, without evaluations.
        """
        lines = [line for line in self.metrics.read() if line["kind"] == "train"]
        tokens = [line["target_tokens"] for line in lines]
        rates = [line["target_tokens_per_second"] for line in lines]
        summary = {
            "parameters": parameters,
            "steps": lines[-1]["step"] if lines else 0,
            "target_tokens": sum(tokens),
            "seconds": round(sum(n / rate for n, rate in zip(tokens, rates, strict=True)), 1),
        }
        _write(self.path / SUMMARY, json.dumps(summary, indent=2) + "\n")
        self._write_readme(run, parameters)

    def _write_readme(self, run: RunConfig, parameters: int) -> None:
        """What the run is, and the table of evaluations."""
        lines = [line for line in self.metrics.read() if line["kind"] == "eval"]
        changes = registry.hparams(run.hparams_set).diff(self.load_hparams(run.hparams_set))
        overrides = ",".join(f"{name}={value}" for name, (_, value) in changes.items())
        problems = mixture.names(run.problem)
        which = " --problem=PROBLEM" if len(problems) > 1 else ""
        text = [
            f"# {run.model} on {run.problem}",
            "",
            f"{parameters:,} parameters, hparams set `{run.hparams_set}`"
            + (f" with `{overrides}`" if overrides else "")
            + f", trained by t2t_lite {versions()['t2t_lite']}.",
            "",
            f"    t2t-decoder --output_dir={self.path}{which} --decode_from_file=INPUT",
            "",
            *_table(_by_problem(lines, problems)),
            *self._experts(),
        ]
        _write(self.path / "README.md", "\n".join([*text, ""]))

    def _experts(self) -> list[str]:
        """How much each expert is used, as Markdown; nothing if there are none."""
        path = self.path / EXPERTS
        if not path.exists():
            return []
        found = json.loads(path.read_text(encoding="utf-8"))
        rows = [
            {
                "problem": problem,
                "experts": layer,
                "share of each, in percent": " ".join(f"{100 * share:.0f}" for share in shares),
            }
            for problem, own in found.items()
            for layer, shares in own.items()
        ]
        return ["", *_table(rows)]


def resolve_hparams(run: RunConfig, before: HParams, values: dict, say) -> HParams:
    """`before` (the set's values, or those the run had), then `values`, then `--hparams`."""
    hparams = before.copy()
    for notice in [*hparams.override_from_dict(values), *hparams.parse(run.hparams)]:
        say(notice)
    return hparams.freeze()


def _by_problem(lines: list[dict], names: list[str]) -> list[dict]:
    """Rows of a table of evaluations: one for each; of several problems one for each of them at the
    last evaluation."""
    rows = [
        {
            "step": line["step"],
            **{k: v for k, v in line.items() if k != "kind" and EXPERTS_OF not in k},
        }
        for line in lines
    ]
    if len(names) == 1 or not rows:
        return rows
    last = rows[-1]
    return [
        {
            "step": last["step"],
            "problem": name,
            **{k.removeprefix(f"{name}/"): v for k, v in last.items() if k.startswith(f"{name}/")},
        }
        for name in names
    ]


def _table(rows: list[dict]) -> list[str]:
    """Markdown; a column for each name."""
    columns = list(dict.fromkeys(name for row in rows for name in row)) or ["step"]
    cells = [[_cell(row.get(name, "")) for name in columns] for row in rows]
    return [f"| {' | '.join(line)} |" for line in (columns, ["---"] * len(columns), *cells)]


def _cell(value) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)


@contextlib.contextmanager
def _reading(path: pathlib.Path) -> Iterator[None]:
    """Tells in a sentence that a file of the folder is damaged."""
    try:
        yield
    except (T2TError, ValueError, TypeError, AttributeError) as error:
        raise T2TError(
            f"{path} is damaged ({str(error).rstrip('.')}). Put it back, or delete it and repeat "
            "the whole command that the run was started with."
        ) from error


def _write(path: pathlib.Path, text: str) -> None:
    files.write_bytes(path, text.encode())


def versions() -> dict[str, str]:
    """The versions of everything that can change a result."""
    from importlib import metadata

    packages = ("t2t-lite", "tensorflow", "keras", "numpy", "sentencepiece", "sacrebleu", "babel")
    found = {name.replace("-", "_"): metadata.version(name) for name in packages}
    return {**found, "python": platform.python_version(), "machine": platform.machine()}
