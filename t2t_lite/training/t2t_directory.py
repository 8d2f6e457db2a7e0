"""Training directories of Tensor2Tensor: recognised, decoded from, and turned into run folders."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pathlib
import shutil
from collections.abc import Iterator
from typing import Any

from t2t_lite import plugins, registry
from t2t_lite.errors import T2TError
from t2t_lite.hparams import t2t_names
from t2t_lite.hparams.base import HParams
from t2t_lite.training import checkpoints, t2t_checkpoint
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder
from t2t_lite.training.schedules import RESTART_STEPS
from t2t_lite.training.t2t_checkpoint import T2TCheckpoint
from t2t_lite.training.train import build

SETTINGS = ("problem", "model", "hparams_set", "data_dir", "t2t_usr_dir")
"""What must be known of a training."""

# What Tensor2Tensor's trainer wrote into hparams.json besides the hparams.
_OF_THE_TRAINER = (
    "data_dir",
    "eval_freq_in_steps",
    "eval_steps",
    "eval_timeout_mins",
    "model_dir",
    "schedule",
    "std_server_protocol",
    "train_steps",
    "warm_start_from",
)

# Flags that say how a training goes on.
_GOING_ON = ("train_steps", "local_eval_frequency", "keep_checkpoint_max", "save_checkpoints_secs")


@dataclasses.dataclass
class T2TRun:
    """What was trained in a directory."""

    run: RunConfig
    hparams: HParams
    ignored: list[str]
    """Names of its hparams that have no meaning here."""
    notices: list[str]
    """What its owner should know besides."""


def read(path: str, **given: str) -> T2TRun:
    """What was trained in a training directory of Tensor2Tensor.

    Args:
      path: the directory.
      **given: settings of the run, such as problem and data_dir, that its flags file does not
        hold, or holds of another machine.
    Raises:
      T2TError: it is no such directory, a setting is missing, a file is damaged, or an hparam
        would mean another model.
    """
    folder = pathlib.Path(path)
    _check_is_one(folder)
    flags = _read_flags(folder)
    run = RunConfig(output_dir=path, **_settings(path, flags, given))
    for name in _GOING_ON:
        if flags.get(name, "").isdecimal():
            setattr(run, name, int(flags[name]))
    plugins.load(run.t2t_usr_dir)
    notices = []
    if run.hparams_set not in registry.hparams_sets:
        known = registry.models.get(run.model).default_hparams_set or "transformer_base"
        notices.append(
            f"There is no hparams set '{run.hparams_set}' here: all values are taken from "
            f"hparams.json, and the run's set is called '{known}'."
        )
        run.hparams_set = known
    values = _read_hparams(folder / "hparams.json")
    hparams, ignored, lost = _translated(folder / "hparams.json", values, run.hparams_set)
    if lost:
        notices.append(
            f"Tensor2Tensor trained with {lost}, which does not exist here; a training that goes "
            "on does without."
        )
    return T2TRun(run, hparams, ignored, notices)


def _settings(path: str, flags: dict[str, str], given: dict[str, str]) -> dict[str, Any]:
    """What must be known, from the directory's flags and from those that are given."""
    settings: dict[str, Any] = {name: flags[name] for name in SETTINGS if flags.get(name)}
    settings.pop("t2t_usr_dir", None)  # There the imports are still Tensor2Tensor's.
    settings |= {name: value for name, value in given.items() if value}
    for name in ("problem", "model", "hparams_set", "data_dir"):
        if not settings.get(name):
            raise T2TError(
                f"{path} is a training directory of Tensor2Tensor that does not say its {name} "
                f"(in flags_t2t.txt or flags.txt): add --{name}."
            )
    return settings


def _check_is_one(folder: pathlib.Path) -> None:
    if RunFolder(str(folder)).exists():
        raise T2TError(
            f"{folder} is a run folder already: t2t-decoder and t2t-trainer take it as it is."
        )
    if not (folder / "hparams.json").is_file():
        raise T2TError(
            f"{folder} is no training directory of Tensor2Tensor: it has no hparams.json, which "
            "its trainer wrote there."
        )


def _read_flags(folder: pathlib.Path) -> dict[str, str]:
    """The flags that the training was started with; {} if they were not written down.

    Averages of checkpoints have only the second file beside them.
    """
    paths = [folder / name for name in ("flags_t2t.txt", "flags.txt")]
    path = next((path for path in paths if path.exists()), None)
    if path is None:
        return {}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except ValueError as error:
        raise T2TError(
            f"{path} is damaged ({error}). Delete it, and say by flags what was trained."
        ) from error
    pairs = (line.removeprefix("--").partition("=") for line in lines if "=" in line)
    return {name: value for name, _, value in pairs if value not in ("", "None")}


def _read_hparams(path: pathlib.Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(values, dict):
            raise ValueError(f"it holds a {type(values).__name__}")
        if "hidden_size" not in values:
            raise ValueError("it gives no hidden_size")
    except ValueError as error:
        raise T2TError(
            f"{path} is damaged ({error}); it should be a JSON object with the hparams of a model."
        ) from error
    return values


def _translated(
    path: pathlib.Path, values: dict[str, Any], hparams_set: str
) -> tuple[HParams, list[str], str]:
    """Our hparams, the names that mean nothing, and what changed the training but cannot here.

    Raises:
      T2TError: a value of a wrong type, or some that mean another model; all of them are named.
    """
    hparams = registry.hparams(hparams_set)
    if "attention_mask_padding" in hparams:  # Of recurrent models.
        hparams.attention_mask_padding = False
        if int(values.get("max_area_width", 1)) > 1:
            raise T2TError(f"{path}: attention to areas (max_area_width > 1) does not exist here.")
    foreign = {name: value for name, value in values.items() if name not in hparams}
    if other := _refused(foreign, t2t_names.OF_THE_MODEL):
        raise T2TError(f"{path} is of a model that does not exist here: it has {other}.")
    own = {name: value for name, value in values.items() if name in hparams}
    for name, value in own.items():
        if isinstance(getattr(hparams, name), bool) and value in (0, 1):
            own[name] = bool(value)  # Its early versions wrote numbers.
    if own.get("ffn_layer") == "conv_hidden_relu":  # The same under its early name.
        own["ffn_layer"] = "dense_relu_dense"
    try:
        for name, value in foreign.items():
            if name not in t2t_names.NAMES and name not in _OF_THE_TRAINER:
                hparams.add_hparam(name, value)  # A plug-in's own.
        hparams.override_from_dict(own)
    except T2TError as error:
        raise T2TError(f"{path}: {error}") from error
    ignored = sorted(name for name in foreign if name in t2t_names.NAMES)
    return hparams, ignored, _refused(foreign, t2t_names.OF_TRAINING)


def _refused(values: dict[str, Any], refused: dict[str, Any]) -> str:
    pairs = sorted(values.items())
    return ", ".join(f"{k}={v}" for k, v in pairs if t2t_names.is_refused(k, v, refused))


def import_run(
    t2t_dir: str, output_dir: str, checkpoint_path: str = "", say=print, **given: str
) -> int:
    """Turns a training directory of Tensor2Tensor into a run folder; returns its step.

    The run can be decoded from and trained on. The optimizer's moments come along where the
    checkpoint has them (of Adam); else they begin at zero, while the schedule goes on. If it
    fails, nothing is left in `output_dir`.

    Args:
      checkpoint_path: a checkpoint, or a folder of them; default: the newest of `t2t_dir`.
      **given: as for `read`.
    Raises:
      T2TError: what `read` and `t2t_checkpoint.restore` raise; or there is a run already.
    """
    folder = RunFolder(output_dir)
    if folder.exists() or folder.is_tensor2tensors() or checkpoints.all_in(output_dir):
        raise T2TError(f"There is a run in {output_dir} already; give another --output_dir.")
    found = read(t2t_dir, **given)
    if found.ignored:
        say(f"Hparams of Tensor2Tensor that have no meaning here: {', '.join(found.ignored)}.")
    for notice in found.notices:
        say(notice)
    run, hparams = found.run, found.hparams
    run.output_dir = output_dir
    for name in ("data_dir", "t2t_usr_dir"):  # The run is used from other directories, too.
        if getattr(run, name):
            setattr(run, name, os.path.abspath(getattr(run, name)))
    problem = registry.problem(run.problem)
    path = checkpoints.find(checkpoint_path or t2t_dir)
    model, optimizer = build(run, hparams.freeze(), problem.get_hparams(hparams, run.data_dir))
    t2t_checkpoint.restore(model, path)
    checkpoint = T2TCheckpoint(path)
    optimizer.iterations.assign(checkpoint.step())
    if not _restore_moments(model, optimizer, checkpoint):
        hparams = hparams.copy()
        hparams.learning_rate_restart_step = checkpoint.step()
        say(
            f"The state of the optimizer '{hparams.optimizer}' is not there, so it begins anew: "
            f"the learning rate rises from 0 for {RESTART_STEPS} steps."
        )
    with _all_or_nothing(folder.path):
        folder.create()
        checkpoints.Checkpoints(output_dir, model, optimizer, None, {}, keep=0).save()
        folder.save(run, hparams, problem.vocab_filepaths(run.data_dir))
    return checkpoint.step()


@contextlib.contextmanager
def _all_or_nothing(folder: pathlib.Path) -> Iterator[None]:
    """Removes the files that a block has made in a directory, if it fails."""
    before = set(folder.iterdir()) if folder.is_dir() else None
    try:
        yield
    except BaseException:
        if before is None:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            for path in set(folder.iterdir()) - before:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise


def _restore_moments(model, optimizer, checkpoint: T2TCheckpoint) -> bool:
    """Sets Adam's two moments of every weight, if there are such and the checkpoint has all."""
    if not hasattr(optimizer, "moments"):
        return False
    values = []
    for source in checkpoint.sources(model):
        moments = optimizer.moments(source.weight)
        for moment, slot in zip(moments, ("Adam", "Adam_1"), strict=True):
            found = source._replace(names=[f"training/{name}/{slot}" for name in source.names])
            if not all(name in checkpoint.shapes for name in found.names):
                return False
            values.append((moment, checkpoint.value(found)))
    for moment, value in values:
        moment.assign(value)
    return True
