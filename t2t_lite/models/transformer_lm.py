"""The Transformer's decoder alone, a language model."""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.models.transformer import Transformer


@registry.register_model("transformer_lm")
class TransformerLM(Transformer):
    """The Transformer's decoder alone: what `transformer` is where there are no inputs.

    Inputs it does not take, unless `prepend_mode` sets them before the targets.
    """

    default_hparams_set = "transformer_lm_tpu_0"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        if self.has_inputs:
            raise T2TError(
                f"The model '{type(self).name}' would not see the problem's inputs; choose "
                "--model=transformer, or set them before the targets by "
                "--hparams=prepend_mode=prepend_inputs_masked_attention."
            )


@registry.register_model("attention_lm")
class AttentionLM(TransformerLM):
    """Tensor2Tensor's older name of `transformer_lm`, with sets of its own."""

    default_hparams_set = "attention_lm_small"
