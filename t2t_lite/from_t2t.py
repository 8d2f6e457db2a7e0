"""What Tensor2Tensor's users wrote, and what to write here: imports, hooks, TensorFlow 1's names.

A plug-in that still has the old way is told the new one, in a sentence. No TensorFlow in here.
"""

from __future__ import annotations

import ast
import contextlib
import itertools
import pathlib
import re
import traceback
from collections.abc import Iterator, Mapping

from t2t_lite.errors import T2TError

MODULES = {
    "data_generators.generator_utils": "t2t_lite.data.download",
    "data_generators.image_utils": "t2t_lite.problems.image",
    "data_generators.problem": "t2t_lite.problems.base",
    "data_generators.text_problems": "t2t_lite.problems.text_problems",
    "data_generators.translate": "t2t_lite.problems.translate",
    "layers.common_hparams": "t2t_lite.hparams.base",
    "layers.modalities": "t2t_lite.problems.base",
    "models.transformer": "t2t_lite.models.transformer",
    "utils.metrics": "t2t_lite.metrics",
    "utils.registry": "t2t_lite.registry",
    "utils.t2t_model": "t2t_lite.models.base",
}
"""Tensor2Tensor's module -> the one that has what plug-ins used of it, under the same names."""

_NO_SUCH_MODULE = {
    "data_generators.text_encoder": (
        "encoders are in t2t_lite.text, such as SubwordTextEncoder.load(path) in its module "
        "subword_encoder; their ids EOS and PAD are in t2t_lite.text.encoder"
    ),
    "layers.common_attention": "attention is in t2t_lite.layers.attention, or use keras.layers",
    "layers.common_layers": (
        "use keras.layers and keras.ops; shift_right is in t2t_lite.layers.positions"
    ),
    "utils.bleu_hook": "BLEU is in t2t_lite.metrics.bleu",
    "utils.decoding": "load a run by t2t_lite.load(RUN) and call it with a list of lines",
    "utils.trainer_lib": "load a run by t2t_lite.load(RUN), train by t2t_lite.training.train",
}

PROBLEM_HOOKS = {
    "additional_reserved_tokens": "no vocabulary has tokens besides padding and end of sequence",
    "decode_hooks": "name scores of decoded text, such as 'bleu', in eval_metrics",
    "eval_hooks": "name metrics in eval_metrics",
    "eval_metric_fns": "name metrics in eval_metrics",
    "generate_encoded_samples": "define encode_sample, which gives the ids of one sample",
    "generator": "define generate_samples, which yields dicts of strings",
    "input_space_id": "set defaults.input_space_id in hparams(self, defaults, model_hparams)",
    "is_character_level": "set vocab_type = text_problems.VocabType.CHARACTER",
    "max_length": "set the hparam max_length",
    "num_dev_shards": "say it in dataset_splits",
    "num_shards": "say it in dataset_splits",
    "packed_length": "set the hparams pack_dataset=true and max_length",
    "preprocess": "define preprocess_example, which gets one example",
    "target_space_id": "set defaults.target_space_id in hparams(self, defaults, model_hparams)",
    "targeted_vocab_size": "set approx_vocab_size",
    "train_shards": "say it in dataset_splits",
    "dev_shards": "say it in dataset_splits",
    "use_subword_tokenizer": "set vocab_type, such as text_problems.VocabType.TOKEN",
    "vocab_file": "set vocab_filename",
    "vocab_name": "set vocab_filename",
}
"""Hook of Tensor2Tensor's problems that nothing calls here -> what to do instead."""

_DECODING = "decoding calls body, or init_cache and decode_step if the model has them"
_SHARDS = "define body, which gets the batch of one device"

MODEL_HOOKS = {
    "_beam_decode": _DECODING,
    "_fast_decode": _DECODING,
    "_greedy_infer": _DECODING,
    "_slow_greedy_infer": _DECODING,
    "body_sharded": _SHARDS,
    "estimator_spec_eval": "name metrics in the problem's eval_metrics",
    "estimator_spec_train": "register an optimizer by registry.register_optimizer",
    "infer": _DECODING,
    "loss": "define training_loss, or add to the loss by self.add_loss in body",
    "model_fn_body": "call it body",
    "model_fn_body_sharded": _SHARDS,
    "optimize": "register an optimizer by registry.register_optimizer",
    "sample": _DECODING,
}
"""The same for models."""

LAYERS_IN_INIT = (
    "make layers in __init__ as attributes of self, by keras.layers, and call them in body"
)

_CAST = "use tf.cast(x, dtype)"
_NEW_NAMES = {
    "app": "the commands parse flags; settings of your own are hparams, by hp.add_hparam",
    "contrib": "look for it in keras.layers or in tf itself",
    "estimator": "mode is 'train' or 'eval' here, and body has an argument `training`",
    "flags": "the commands parse flags; settings of your own are hparams, by hp.add_hparam",
    "get_variable": LAYERS_IN_INIT,
    "gfile": "use tf.io.gfile, or Python's open",
    "layers": LAYERS_IN_INIT,
    "log": "use tf.math.log",
    "logging": "use print",
    "placeholder": "tensors are arguments of functions",
    "py_func": "use tf.numpy_function",
    "random_normal": "use tf.random.normal",
    "random_uniform": "use tf.random.uniform",
    "to_float": _CAST,
    "to_int32": _CAST,
    "to_int64": _CAST,
    "variable_scope": LAYERS_IN_INIT,
    **{
        name: f"use tf.io.{name}"
        for name in ("FixedLenFeature", "VarLenFeature", "parse_single_example")
    },
}


def advice_on_import(path: str, line: int) -> str:
    """How to write the import of Tensor2Tensor that is on a line of a Python file; else ""."""
    if not pathlib.Path(path).is_file():
        return ""
    for node in ast.walk(ast.parse(pathlib.Path(path).read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if node.lineno <= line <= (node.end_lineno or line):
            return _advice(node)
    return ""


def _advice(node: ast.Import | ast.ImportFrom) -> str:
    statements: list[str] = []
    others: list[str] = []
    for alias in node.names:
        module = node.module if isinstance(node, ast.ImportFrom) and node.module else ""
        full = f"{module}.{alias.name}".lstrip(".")
        if not full.startswith("tensor2tensor."):
            continue
        found = _new_import(full.removeprefix("tensor2tensor."), alias.asname)
        (statements if found else others).append(found or full)
    sentences = []
    if statements:
        unique = dict.fromkeys(statements)
        sentences = [f"Write {' and '.join(f'`{s}`' for s in unique)} instead."]
    for name in others:
        known = (_NO_SUCH_MODULE[key] for key in _NO_SUCH_MODULE if f".{key}." in f"{name}.")
        new = next(known, "docs/from_t2t.md says what there is")
        sentences.append(f"There is no {name} here; {new}.")
    return " ".join(sentences)


def _new_import(name: str, alias: str | None) -> str:
    """The statement that imports what was `name` in Tensor2Tensor; "" if there is none."""
    parent, _, last = name.rpartition(".")
    if name in MODULES:
        package, _, module = MODULES[name].rpartition(".")
    elif parent in MODULES:
        package, module = MODULES[parent], last
    else:
        return ""
    alias = alias or last
    return f"from {package} import {module}" + (f" as {alias}" if alias != module else "")


def advice_on_name(message: str) -> str:
    """What to do about a name that an error's message says is missing; "" if that is not known."""
    name = re.search(r"module 'tensorflow[\w.]*' has no attribute '(\w+)'", message)
    if name:
        new = _NEW_NAMES.get(name[1], "look for it in tf.math, tf.io, tf.random or tf.image")
        return f"tf.{name[1]} is TensorFlow 1's; {new}."
    if re.search(r"`\w+` is not available with Keras 3", message):
        return f"tf.layers is TensorFlow 1's; {LAYERS_IN_INIT}."
    if "cannot add new elements of state" in message:
        return f"Keras wants to know all layers at the beginning; {LAYERS_IN_INIT}."
    name = re.search(r"'(t2t_lite[\w.]*|Metrics|ModalityType)' has no attribute '(\w+)'", message)
    if name:
        return f"{name[1]} has no {name[2]}; docs/from_t2t.md says what there is."
    return ""


def _advice_on_module(error: ModuleNotFoundError) -> str:
    """What to do about an import inside a function, such as in `generate_samples`."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    advice = advice_on_import(place.filename, place.lineno or 0)
    if advice:
        return f"{place.filename}, line {place.lineno}: {advice}"
    return f"there is no Python module '{error.name}'; install the package that has it."


@contextlib.contextmanager
def naming_the_new_way(where: str) -> Iterator[None]:
    """Turns an error about what is not there into a T2TError that tells the new way.

    `where` is the plug-in's code that the block calls, such as "PoetryLines.generate_samples".
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise T2TError(f"{where} cannot run: {_advice_on_module(error)}") from error
    except (AttributeError, ValueError) as error:
        advice = advice_on_name(str(error))
        if not advice:
            raise
        raise T2TError(f"{where} cannot run: {advice}") from error


def refuse_old_hooks(component: type, hooks: Mapping[str, str]) -> None:
    """T2TError if a plug-in's class has a method of Tensor2Tensor that is never called here."""
    classes = component.mro()
    own = [*itertools.takewhile(lambda c: not c.__module__.startswith("t2t_lite."), classes)]
    base = classes[len(own)]
    for owner in own:
        for name in vars(owner):
            if name in hooks and not hasattr(base, name):
                raise T2TError(
                    f"{owner.__name__}.{name} is a hook of Tensor2Tensor that nothing calls here; "
                    f"{hooks[name]}."
                )
