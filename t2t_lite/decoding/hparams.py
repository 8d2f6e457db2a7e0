"""How to decode: Tensor2Tensor's `--decode_hparams`; no TensorFlow in here."""

from __future__ import annotations

import dataclasses
import typing
from typing import Any

from t2t_lite.errors import T2TError, did_you_mean
from t2t_lite.hparams import kinds
from t2t_lite.hparams.base import hparam

# Keys of Tensor2Tensor that nothing here reads.
_IGNORED = """
block_size border_percent decode_in_memory decode_reference decode_timeout_mins
display_decoded_images export_extra_infer_outputs frames_per_second guess_and_check_epsilon
guess_and_check_top_k log_results log_targets max_display_decodes max_display_outputs
mlperf_decode_step mlperf_success mlperf_threshold save_images skip_eos_postprocess
summaries_log_dir vgg_ckpt_path
"""
# If these were ignored, the output would not be what was asked for.
_REFUSED = {
    "eos_penalty": "0.0",
    "insertion_parallel": "false",
    "multiproblem_task_id": "-1",
    "num_decodes": "1",
}


@dataclasses.dataclass
class DecodeHParams:
    """Settings of decoding, under Tensor2Tensor's names and with its defaults.

    As with a model's hparams, every assignment is checked: an unknown name or a value of another
    type is a `T2TError` at once.
    """

    # Search
    beam_size: int = hparam(4, "hypotheses per sentence; 1: greedy, or sampling", minimum=1)
    alpha: float = hparam(
        0.6, "favours long hypotheses: log P is divided by ((5 + length) / 6) ** alpha", minimum=0
    )
    coverage_penalty: float = hparam(
        0.0,
        "how much a hypothesis loses that did not look at all of its input: this times the sum "
        "over the inputs of log min(attention, 1)",
        minimum=0,
    )
    extra_length: int = hparam(100, "outputs have at most this many ids more than their inputs")
    min_length_ratio: float = hparam(
        0.0, "outputs have at least this many ids per id of their inputs", minimum=0
    )
    max_length_ratio: float = hparam(
        0.0,
        "outputs have at most this many ids per id of their inputs; 0: no such limit",
        minimum=0,
    )
    force_decode_length: bool = hparam(False, "outputs have no end, but the greatest length")
    sampling_method: str = hparam("argmax", "argmax, or random: draw from the distribution")
    sampling_temp: float = hparam(1.0, "temperature of sampling; 0: greedy", minimum=0)
    sampling_keep_top_k: int = hparam(-1, "sample from the k best ids only; -1: from all")
    random_seed: int = hparam(0, "seed of sampling", minimum=0)

    # Input
    batch_size: int = hparam(0, "sentences decoded at once; 0: 32", minimum=0)
    max_input_size: int = hparam(-1, "inputs are cut to this many ids; -1: never")
    num_samples: int = hparam(-1, "examples decoded from a dataset; -1: all")
    force_prefix: bool = hparam(False, "a line is an input, a tab, and what its output begins with")
    delimiter: str = hparam("\n", "what divides the sentences in files")

    # Output
    replace_unknowns: bool = hparam(
        False, "for an unknown word, write the word of the input at which the model looked most"
    )
    return_beams: bool = hparam(False, "write all beam_size hypotheses, with tabs between")
    write_beam_scores: bool = hparam(False, "after each of them, a tab and its score")
    identity_output: bool = hparam(False, "write ids, not text")
    decode_to_file: str = hparam("", "where to write, if the command does not say")

    # One of several shards of the input
    shards: int = hparam(1, "the input is NAME000, NAME001, ...; 1: it is NAME", minimum=1)
    shard_id: int = hparam(0, "which of them", minimum=0)
    shards_start_offset: int = hparam(0, "number of the first of them", minimum=0)
    shard_google_format: bool = hparam(False, "their names are NAME-00000-of-00010 ...")

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _KINDS:
            suggestion = did_you_mean(name, [*_KINDS, *_IGNORED.split()])
            raise T2TError(f"There is no decode hparam '{name}'.{suggestion}")
        object.__setattr__(self, name, kinds.checked(name, value, _KINDS[name]))

    @classmethod
    def of_model(cls, hparams: Any, problem: Any, extra_length: int | None = None) -> DecodeHParams:
        """The defaults, with what a model's hparams say about sampling, and a problem about length.

        `extra_length`: instead of the default one; None: that.
        """
        least = cls.extra_length if extra_length is None else extra_length
        return cls(
            extra_length=max(least, problem.extra_length),
            sampling_method=hparams.sampling_method,
            sampling_temp=hparams.sampling_temp,
            sampling_keep_top_k=hparams.sampling_keep_top_k,
        )

    def parse(self, text: str) -> list[str]:
        """Overrides values by Tensor2Tensor's syntax: `beam_size=4,alpha=0.6`; all or nothing.

        Returns one sentence to print for each key of Tensor2Tensor without meaning here. Raises
        T2TError for an unknown key, a bad value, and a key without meaning whose value asks for
        something that would not be done.
        """
        notices = []
        result = dataclasses.replace(self)
        for name, index, value in kinds.assignments(text):
            if index is not None:
                raise T2TError(f"'{name}[{index}]': no decode hparam is a list.")
            if name in _KINDS:
                setattr(result, name, kinds.from_text(name, value, _KINDS[name]))
            elif name in _REFUSED and value.lower() != _REFUSED[name]:
                raise T2TError(
                    f"Tensor2Tensor's decode hparam '{name}' does not exist here, and {name}="
                    f"{value} cannot be ignored; leave it out (that means {_REFUSED[name]})."
                )
            elif name in _REFUSED or name in _IGNORED.split():
                notices.append(
                    f"The decode hparam '{name}' of Tensor2Tensor has no meaning here "
                    "and is ignored."
                )
            else:
                setattr(result, name, value)  # Raises the error about the name.
        vars(self).update(vars(result))
        return notices

    def check(self) -> None:
        """T2TError if the values contradict one another."""
        if self.sampling_method not in ("argmax", "random"):
            raise T2TError(
                f"sampling_method='{self.sampling_method}' is not known; it can be 'argmax' or "
                "'random'."
            )
        if self.coverage_penalty and self.beam_size == 1:
            raise T2TError("coverage_penalty ranks hypotheses; it needs a beam_size above 1.")
        if self.replace_unknowns and self.identity_output:
            raise T2TError("replace_unknowns writes words; leave identity_output false.")
        if self.sampling_method == "random" and self.beam_size > 1:
            raise T2TError(
                f"sampling_method=random draws one hypothesis, but beam_size={self.beam_size} asks "
                "for a beam search; add beam_size=1 to --decode_hparams."
            )


_KINDS = {
    field.name: kinds.kind_of_annotation(
        typing.get_type_hints(DecodeHParams)[field.name],
        field.metadata["minimum"],
        field.metadata["maximum"],
    )
    for field in dataclasses.fields(DecodeHParams)
}
