"""Training directories of Tensor2Tensor: recognised, decoded from, and turned into run folders."""

from __future__ import annotations

import json
import pathlib

import tensorflow as tf

from t2t_lite import plugins, registry
from t2t_lite.errors import T2TError
from t2t_lite.hparams import t2t_names
from t2t_lite.hparams.base import HParams
from t2t_lite.training import checkpoints, t2t_variables
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder
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


def is_one(path: str) -> bool:
    """Whether a directory is Tensor2Tensor's: it has hparams.json, but no config.gin."""
    folder = pathlib.Path(path)
    return (folder / "hparams.json").is_file() and not (folder / "config.gin").exists()


def read(path: str, **given: str) -> tuple[RunConfig, HParams, list[str]]:
    """What was trained there: the run's settings, its hparams, and notices to print.

    Args:
      path: a training directory of Tensor2Tensor.
      **given: settings of the run, such as problem and data_dir, that its flags file does not
        hold, or holds of another machine.
    Raises:
      T2TError: a setting is missing, or an hparam would mean another model.
    """
    flags = _read_flags(pathlib.Path(path))
    settings = {name: flags[name] for name in SETTINGS if flags.get(name)}
    settings |= {name: value for name, value in given.items() if value}
    for name in ("problem", "model", "hparams_set", "data_dir"):
        if not settings.get(name):
            raise T2TError(
                f"{path} is a training directory of Tensor2Tensor that does not say its {name} "
                f"(it has no flags_t2t.txt, or it is not there): add --{name}."
            )
    plugins.load(settings.get("t2t_usr_dir", ""))
    hparams, notices = _read_hparams(pathlib.Path(path) / "hparams.json", settings["hparams_set"])
    run = RunConfig(output_dir=path)
    for name, value in settings.items():
        setattr(run, name, value)
    return run, hparams, notices


def _read_flags(folder: pathlib.Path) -> dict[str, str]:
    """The flags that the training was started with; {} if they were not written down."""
    path = folder / "flags_t2t.txt"
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.removeprefix("--").partition("=") for line in lines if "=" in line)
    return {name: value for name, _, value in pairs if value not in ("", "None")}


def _read_hparams(path: pathlib.Path, hparams_set: str) -> tuple[HParams, list[str]]:
    try:
        values = dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise T2TError(f"{path} is damaged ({error}); it should be a JSON object.") from error
    hparams = registry.hparams(hparams_set)
    if "attention_mask_padding" in hparams:  # Of recurrent models.
        hparams.attention_mask_padding = False
        if int(values.get("max_area_width", 1)) > 1:
            raise T2TError(f"{path}: attention to areas (max_area_width > 1) does not exist here.")
    ignored = []
    for name in [name for name in values if name not in hparams]:
        value = values.pop(name)
        if name in t2t_names.NAMES:
            t2t_names.notice(name, value)  # Raises if it must not be ignored.
            ignored.append(name)
        elif name not in _OF_THE_TRAINER:
            hparams.add_hparam(name, value)  # A plug-in's own.
    hparams.override_from_dict(values)
    notice = f"Hparams of Tensor2Tensor that have no meaning here: {', '.join(sorted(ignored))}."
    return hparams, [notice] if ignored else []


def import_run(t2t_dir: str, output_dir: str, say=print, **given: str) -> int:
    """Turns a training directory of Tensor2Tensor into a run folder; returns its step.

    The run can be decoded from and trained on. The optimizer's moments come along where the
    checkpoint has them (of Adam); else they begin at zero, while the schedule goes on.

    Raises:
      T2TError: what `read` and `t2t_variables.restore` raise; or there is a run already.
    """
    folder = RunFolder(output_dir)
    if folder.exists():
        raise T2TError(f"There is a run in {output_dir} already; give another --output_dir.")
    run, hparams, notices = read(t2t_dir, **given)
    for notice in notices:
        say(notice)
    run.output_dir = output_dir
    problem = registry.problem(run.problem)
    path = checkpoints.find(t2t_dir)
    model, optimizer = build(run, hparams.freeze(), problem.get_hparams(hparams, run.data_dir))
    t2t_variables.restore(model, path)
    step = _global_step(path)
    optimizer.iterations.assign(step)
    if not _restore_moments(model, optimizer, path):
        say("The checkpoint has no moments of Adam, so they begin at zero.")
    folder.create()
    checkpoints.Checkpoints(output_dir, model, optimizer, None, {}, keep=0).save()
    folder.save(run, hparams, problem.vocab_filepaths(run.data_dir))
    return step


def _global_step(path: str) -> int:
    reader = tf.train.load_checkpoint(path)
    if reader.has_tensor("global_step"):
        return int(reader.get_tensor("global_step"))
    return checkpoints.step_of(path)


def _restore_moments(model, optimizer, path: str) -> bool:
    """Sets Adam's two moments of every weight, if there are such and the checkpoint has all."""
    reader = tf.train.load_checkpoint(path)
    shapes = reader.get_variable_to_shape_map()
    if not hasattr(optimizer, "moments"):
        return False
    values = []
    for source in t2t_variables.with_shards(model, shapes):
        moments = optimizer.moments(source.weight)
        for moment, slot in zip(moments, ("Adam", "Adam_1"), strict=True):
            found = source._replace(names=[f"training/{name}/{slot}" for name in source.names])
            if not all(name in shapes for name in found.names):
                return False
            values.append((moment, found.value(reader.get_tensor)))
    for moment, value in values:
        moment.assign(value)
    return True
