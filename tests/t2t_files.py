"""Files as Tensor2Tensor wrote them: checkpoints, training directories, vocabularies."""

from __future__ import annotations

import json
import pathlib

import numpy as np
import t2t_numpy

from t2t_lite import registry
from t2t_lite.problems import text_problems

OWN_HPARAMS = {
    "moving_average_decay": 0.0,
    "weight_decay_exclude": "",
    "learning_rate_restart_step": 0,
    "learning_rate_multipliers": "",
    "problem_choice": "uniform",
    "problem_temperature": 5.0,
    "problem_weights": [],
    "problem_batch_sizes": [],
    "problem_loss_weights": [],
    "optimizer_rms_prop_decay": 0.9,
    "optimizer_rms_prop_momentum": 0.0,
    "optimizer_rms_prop_epsilon": 1e-10,
    "image_bottom": "patches",
    "class_label_top": "mean",
    "image_size": 0,
    "image_augmentation": "problem",
    "image_normalization": "problem",
    "random_erasing": 0.0,
    "mixup_alpha": 0.0,
    "patch_size": 4,
}
"""What Tensor2Tensor's sets did not have, and the value that means as much."""

COUNTERS = {"global_step": np.int64(7), "losses_avg/problem_0/total_loss": np.float32(1)}
FLAGS = """--registry_help=False
--model={model}
--hparams_set={hparams_set}
--hparams_range=None
--hparams=
--problem={problem}
--data_dir=/home/somebody/t2t_data
--train_steps=12
--local_eval_frequency=5
--worker_gpu=1"""


@registry.register_problem
class TranslateMulti30k(text_problems.Text2TextProblem):
    """English to German, as those who used Tensor2Tensor had it in a plug-in."""

    approx_vocab_size = 2**13

    def generate_samples(self, data_dir, tmp_dir, dataset_split):
        name = {"train": "train", "dev": "val"}[dataset_split]
        files = [f"{tmp_dir}/{name}.{language}.gz" for language in ("en", "de")]
        return text_problems.text2text_txt_iterator(*files)


def write_checkpoint(path: str | pathlib.Path, variables: dict) -> None:
    """A checkpoint of TensorFlow 1: names and tensors, no objects."""
    import tensorflow as tf

    variables = {**COUNTERS, **variables}
    tf.raw_ops.SaveV2(
        prefix=str(path),
        tensor_names=list(variables),
        shape_and_slices=[""] * len(variables),
        tensors=list(variables.values()),
    )


def write_vocabulary(path: pathlib.Path, words: list[str]) -> int:
    """A `.subwords` file of these words and all it must have; returns its size."""
    subwords = ["<pad>_", "<EOS>_", *[f"{word}_" for word in words], *"\\_u;0123456789", *"abcde "]
    path.write_text("".join(f"'{subword}'\n" for subword in subwords), encoding="utf-8")
    return len(subwords)


def write_train_dir(
    folder: pathlib.Path,
    hparams,
    sizes: dict[str, int],
    problem: str,
    model: str = "transformer",
    hparams_set: str = "transformer_tiny",
    with_moments: bool = False,
) -> t2t_numpy.Transformer:
    """A training directory at step 7; returns its model, of random weights.

    Adam's moments are twice each weight, and its square.
    """
    folder.mkdir()
    more = {"symbol_modality_num_shards": 2, "moe_k": 2, "bottom": {}, "eval_steps": 100}
    values = {**hparams.values(), **more}
    (folder / "hparams.json").write_text(json.dumps(values))
    flags = FLAGS.format(model=model, hparams_set=hparams_set, problem=problem)
    (folder / "flags_t2t.txt").write_text(flags)
    (folder / "checkpoint").write_text('model_checkpoint_path: "model.ckpt-7"\n')
    reference = t2t_numpy.Transformer(values, sizes, model)
    if model == "transformer_encoder":
        reference.classes([2, 1])
    else:
        reference.logits([2, 1] if "inputs" in sizes else None, [2, 1])
    variables = dict(reference.variables)
    if with_moments:
        for name, value in reference.variables.items():
            variables[f"training/{name}/Adam"] = 2 * value
            variables[f"training/{name}/Adam_1"] = value**2
    write_checkpoint(folder / "model.ckpt-7", variables)
    return reference
