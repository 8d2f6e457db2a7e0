"""How good predictions are. Names -> functions; nothing heavy is imported before it is used.

`TEACHER_FORCED[name](logits, targets, weights=None)` gives (sum, weight), to be added over batches
and replicas. `DECODED[name](hypotheses, references)` gives a `t2t_lite.metrics.bleu.Score` of
decoded text.
"""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Iterator, Mapping

from t2t_lite.errors import T2TError, did_you_mean


class _Functions(Mapping[str, Callable]):
    """Name -> function of that name in a module, imported when it is asked for."""

    def __init__(self, modules: dict[str, tuple[str, ...]]):
        """`modules`: module -> names of its functions."""
        self._modules = {name: module for module, names in modules.items() for name in names}

    def __getitem__(self, name: str) -> Callable:
        return getattr(importlib.import_module(self._modules[name]), name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._modules)

    def __len__(self) -> int:
        return len(self._modules)


class Metrics:
    """Tensor2Tensor's constants for what `Problem.eval_metrics` gives."""

    ACC = "accuracy"
    ACC_TOP5 = "accuracy_top5"
    ACC_PER_SEQ = "accuracy_per_sequence"
    NEG_LOG_PERPLEXITY = "neg_log_perplexity"
    SET_PRECISION = "set_precision"
    SET_RECALL = "set_recall"
    EDIT_DISTANCE = "cer"
    """Of decoded text; Tensor2Tensor's was that of a teacher-forced guess, in ids."""
    RMSE = "mean_squared_error"
    """Its root, Tensor2Tensor's metric, is told beside it."""
    APPROX_BLEU = "bleu"
    """Real BLEU of decoded text; Tensor2Tensor's was that of a teacher-forced guess."""


_PADDED = ("accuracy", "accuracy_top5", "accuracy_per_sequence", "neg_log_perplexity")
_MULTI_LABEL = ("label_accuracy", "set_precision", "set_recall")
TEACHER_FORCED = _Functions(
    {
        "t2t_lite.metrics.padded": _PADDED,
        "t2t_lite.metrics.multi_label": _MULTI_LABEL,
        "t2t_lite.metrics.characters": ("bits_per_character",),
        "t2t_lite.metrics.real": ("mean_squared_error",),
    }
)
DECODED = _Functions(
    {
        "t2t_lite.metrics.bleu": ("bleu", "chrf", "ter", "exact_match"),
        "t2t_lite.metrics.edit_distance": ("wer", "cer"),
        "t2t_lite.metrics.parsing": ("parse_f1", "parse_sound"),
    }
)


def teacher_forced(names: list[str], encoders: Mapping) -> dict[str, Callable]:
    """Those of the metrics that are teacher-forced: name -> function of logits, targets, weights.

    `encoders` are the problem's; how many characters the targets have, theirs knows. T2TError if
    it does not, and that is asked for.
    """
    functions = {name: TEACHER_FORCED[name] for name in names if name in TEACHER_FORCED}
    if (name := "bits_per_character") in functions:
        counts = encoders["targets"].character_counts()
        functions[name] = functools.partial(functions[name], characters=counts)
    return functions


def check_names(names: list[str]) -> None:
    """T2TError if a name is that of no metric."""
    known = [*TEACHER_FORCED, *DECODED]
    for name in names:
        if name not in known:
            raise T2TError(
                f"There is no metric '{name}'.{did_you_mean(name, known)} "
                f"The metrics are {', '.join(known)}."
            )
