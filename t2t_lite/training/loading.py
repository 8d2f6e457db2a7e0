"""From a run folder to a model that decodes."""

from __future__ import annotations

import dataclasses
import os
import pathlib
import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from t2t_lite import plugins, registry
from t2t_lite.decoding.decoders import decoder_for
from t2t_lite.decoding.ensemble import ensemble_of
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.decoding.speech import AnyDecoder
from t2t_lite.errors import T2TError
from t2t_lite.hparams.base import HParams
from t2t_lite.models.base import build_model
from t2t_lite.models.views import views
from t2t_lite.problems import mixture
from t2t_lite.training import checkpoints, t2t_checkpoint, t2t_directory
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder


class Translator:
    """A trained model, called with a list of strings; made by `load`."""

    def __init__(
        self,
        run: RunConfig,
        problem,
        model,
        checkpoint: str,
        encoders,
        decoder: AnyDecoder,
        decodes: pathlib.Path,
    ):
        """
        Args:
          run: what was trained; of several problems its `problem` is the one that is decoded.
          decodes: the folder for what is decoded of that problem's splits.
        """
        self.run = run
        self.problem = problem
        self.model = model
        self.checkpoint = checkpoint
        self.encoders = encoders
        self.decoder = decoder
        self.decodes = decodes

    def __call__(self, lines: Sequence[str]) -> list[str]:
        """The best output for each line, in order."""
        return self.decoder.decode_lines(lines)


def load(
    run_folder: str | os.PathLike,
    decode_hparams: str = "",
    *,
    checkpoint_path: str = "",
    data_dir: str = "",
    t2t_usr_dir: str = "",
    show_progress: bool = False,
    **settings: str,
) -> Translator:
    """Loads a trained model once, to be called many times.

        translate = t2t_lite.load("runs/first")
        translate(["A dog runs.", "Two men are talking."])

    Args:
      run_folder: the `--output_dir` of a training, by us or by Tensor2Tensor.
      decode_hparams: such as "beam_size=4,alpha=0.6".
      checkpoint_path: a checkpoint or a folder of them; default: the newest of the run. Several
        with commas between, also of other runs of the problem, decode as an ensemble.
      data_dir: where the vocabularies are now; default: where they were while training.
      t2t_usr_dir: where the run's plug-ins are now; default: where they were.
      **settings: problem, model and hparams_set, where Tensor2Tensor's folder does not say them;
        problem also where the run has several.
    Raises:
      T2TError: no run, no checkpoint, or no vocabulary there; a setting that is not the run's.
    """
    run_folder, data_dir = os.path.expanduser(run_folder), os.path.expanduser(data_dir)
    folder = RunFolder(run_folder)
    found = _read(folder, data_dir=data_dir, t2t_usr_dir=t2t_usr_dir, **settings)
    name = _chosen_problem(run_folder, found.run, settings.get("problem", ""))
    problem = registry.problem(name)
    data_dir = data_dir or found.run.data_dir
    folder.check_vocabularies(_vocabularies(found.run, data_dir))
    paths = [os.path.expanduser(path) or run_folder for path in checkpoint_path.split(",")]
    paths = [checkpoints.find(path) for path in paths]
    members = [_load_model(path, folder, found, name, data_dir) for path in paths]
    model = members[0] if len(members) == 1 else ensemble_of(members)
    decoding = DecodeHParams.of_model(found.hparams, problem)
    for notice in [*found.notices, *decoding.parse(decode_hparams)]:
        print(notice, file=sys.stderr)
    encoders = problem.get_feature_encoders(data_dir)
    decoder = decoder_for(model, encoders, decoding, show_progress=show_progress)
    decodes = folder.decodes if name == found.run.problem else folder.decodes / name
    run = dataclasses.replace(found.run, problem=name)
    return Translator(run, problem, model, ",".join(paths), encoders, decoder, decodes)


class _Found(NamedTuple):
    """What a folder says about its run."""

    run: RunConfig
    hparams: HParams
    restore: Callable  # (model, checkpoint)
    notices: list[str]


def _read(folder: RunFolder, data_dir: str, t2t_usr_dir: str, **settings: str) -> _Found:
    path = str(folder.path)
    if folder.is_tensor2tensors():
        of_t2t = t2t_directory.read(path, data_dir=data_dir, t2t_usr_dir=t2t_usr_dir, **settings)
        notices = list(of_t2t.notices)
        if of_t2t.ignored:
            notices.append(
                f"{len(of_t2t.ignored)} hparams of Tensor2Tensor have no meaning here; t2t-import "
                "lists them."
            )
        return _Found(of_t2t.run, of_t2t.hparams.freeze(), t2t_checkpoint.restore, notices)
    run = folder.load_run()
    _check_identity(path, run, settings)
    plugins.load(t2t_usr_dir or run.t2t_usr_dir)
    hparams = folder.load_hparams(run.hparams_set).freeze()
    return _Found(run, hparams, checkpoints.restore_weights, [])


def _chosen_problem(run_folder: str, run: RunConfig, asked: str) -> str:
    """The problem to decode: the run's; of several that which is asked for."""
    names = mixture.names(run.problem)
    if len(names) == 1:
        return run.problem
    if asked not in names:
        raise T2TError(
            f"{run_folder} was trained on {len(names)} problems: give --problem, one of "
            f"{', '.join(names)}."
        )
    return asked


def _load_model(checkpoint: str, folder: RunFolder, found: _Found, problem: str, data_dir: str):
    """The model of a checkpoint, of this run or of another one that has learnt the problem, too.

    Raises:
      T2TError: the other run has other problems or another vocabulary.
    """
    run, hparams = found.run, found.hparams
    other = RunFolder(os.path.dirname(checkpoint))
    if other.exists() and not os.path.samefile(other.path, folder.path):
        run = other.load_run()
        if problem not in mixture.names(run.problem):
            raise T2TError(f"{checkpoint} was trained on --problem={run.problem}, not {problem}.")
        other.check_vocabularies(_vocabularies(run, data_dir))
        hparams = other.load_hparams(run.hparams_set).freeze()
    problems = mixture.problems(run.problem)
    model = build_model(run.model, hparams, mixture.hparams(problems, hparams, data_dir))
    found.restore(model, checkpoint)
    return views(model)[list(problems).index(problem)]


def _vocabularies(run: RunConfig, data_dir: str) -> list[str]:
    """Those of all its problems: the model has embeddings for each, whichever is decoded."""
    return mixture.vocab_filepaths(mixture.problems(run.problem), data_dir)


def _check_identity(run_folder: str, run: RunConfig, settings: dict[str, str]) -> None:
    for name, given in settings.items():
        trained = getattr(run, name)
        is_one_of_several = name == "problem" and given in mixture.names(trained)
        if given and given != trained and not is_one_of_several:
            raise T2TError(f"{run_folder} was trained with --{name}={trained}, not {given}.")
