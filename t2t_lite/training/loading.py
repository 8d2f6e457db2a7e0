"""From a run folder to a model that decodes."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from t2t_lite import plugins, registry
from t2t_lite.decoding.decoder import Decoder
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.models.base import build_model
from t2t_lite.training import checkpoints
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.run_folder import RunFolder


class Translator:
    """A trained model, called with a list of strings; made by `load`."""

    def __init__(self, run: RunConfig, problem, model, checkpoint: str, decoder: Decoder):
        self.run = run
        self.problem = problem
        self.model = model
        self.checkpoint = checkpoint
        self.decoder = decoder

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
) -> Translator:
    """Loads a trained model once, to be called many times.

        translate = t2t_lite.load("runs/first")
        translate(["A dog runs.", "Two men are talking."])

    Args:
      run_folder: the `--output_dir` of a training.
      decode_hparams: such as "beam_size=4,alpha=0.6".
      checkpoint_path: a checkpoint or a folder of them; default: the newest of the run.
      data_dir: where the vocabularies are now; default: where they were while training.
      t2t_usr_dir: where the run's plug-ins are now; default: where they were.
    Raises:
      T2TError: no run, no checkpoint, or no vocabulary there.
    """
    run_folder = os.path.expanduser(run_folder)
    folder = RunFolder(run_folder)
    run = folder.load_run()
    plugins.load(t2t_usr_dir or run.t2t_usr_dir)
    problem = registry.problem(run.problem)
    hparams = folder.load_hparams(run.hparams_set).freeze()
    data_dir = os.path.expanduser(data_dir) or run.data_dir
    folder.check_vocabularies(problem.vocab_filepaths(data_dir))
    checkpoint = checkpoints.find(os.path.expanduser(checkpoint_path) or run_folder)
    model = build_model(run.model, hparams, problem.get_hparams(hparams, data_dir))
    checkpoints.restore_weights(model, checkpoint)
    settings = DecodeHParams.of_model(hparams)
    for notice in settings.parse(decode_hparams):
        print(notice, file=sys.stderr)
    encoders = problem.get_feature_encoders(data_dir)
    decoder = Decoder(
        model, encoders.get("inputs"), encoders["targets"], settings, show_progress=show_progress
    )
    return Translator(run, problem, model, checkpoint, decoder)
