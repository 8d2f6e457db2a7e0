"""The Transformer with mixtures of experts, whose layers a string describes, as Tensor2Tensor."""

from __future__ import annotations

from typing import Any

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.experts import MixtureOfExperts
from t2t_lite.layers.feed_forward import FeedForward, SeparableFeedForward
from t2t_lite.models.base import require_unpacked
from t2t_lite.models.transformer import Transformer
from t2t_lite.models.transformer_layers import Layer, Stack

SEPARABLE_SIZES = 3, 31


def layer_kinds(hparams, is_decoder: bool) -> list[str]:
    """The feed-forward part of each layer of the encoder or decoder, as `layer_types` has it.

    Raises:
      T2TError: the text is no description of layers, or names others than there are.
    """
    text = hparams.layer_types or "/".join([hparams.default_att] * hparams.num_hidden_layers)
    sides = text.split("#")
    if len(sides) > 2:
        raise T2TError(f"layer_types='{text}' has more than one '#'.")
    if hparams.prepend_mode != "none":
        sides = ["", sides[-1]]
    layers = [layer for layer in sides[-1 if is_decoder else 0].split("/") if layer]
    return [_feed_forward_kind(layer, hparams) for layer in layers]


def _feed_forward_kind(layer: str, hparams) -> str:
    """`"a-moe"`, or in a decoder `"a-a-moe"` -> "moe"; `"a"` -> the default."""
    *attentions, last = layer.split("-")
    if not attentions:
        attentions, last = [last], hparams.default_ff
    unknown = [name for name in attentions if (name or hparams.default_att) != "a"]
    if unknown or len(attentions) > 2:
        raise T2TError(
            f"layer_types has the layer '{layer}', whose attention is not known; it can be 'a', "
            "full attention, with what follows after a '-'."
        )
    return last


def feed_forward(kind: str, hparams, is_decoder: bool) -> Any:
    """The layer that follows attention."""
    if kind == "fc":
        return FeedForward(hparams, name="ffn")
    if kind == "moe":
        return MixtureOfExperts(hparams, name="moe")
    if kind in ("sep", "sepm"):  # A decoder's must be causal, however it is called.
        is_causal = is_decoder or kind == "sepm"
        return SeparableFeedForward(hparams, SEPARABLE_SIZES, is_causal, name="sep")
    raise T2TError(f"layer_types names '{kind}', which is not known; it can be fc, sep, sepm, moe.")


@registry.register_model
class TransformerMoe(Transformer):
    """Transformer with mixtures of experts; `layer_types` says what its layers are.

    Attention is full ("a"); Tensor2Tensor's local and compressed kinds are not here.
    """

    default_hparams_set = "transformer_moe_2k"

    def _make_stack(self, is_decoder: bool, name: str) -> Stack:
        hparams = self.hparams
        kinds = layer_kinds(hparams, is_decoder)
        if not kinds:
            part = "decoder" if is_decoder else "encoder, though the problem has inputs"
            raise T2TError(f"layer_types='{hparams.layer_types}' has no layer in the {part}.")
        if {"sep", "sepm"} & set(kinds):
            require_unpacked(self)
        layers = [
            Layer(
                hparams,
                attends_to_encoder=is_decoder and self.has_inputs,
                feed_forward=feed_forward(kind, hparams, is_decoder),
                name=f"layer_{i}",
            )
            for i, kind in enumerate(kinds)
        ]
        return Stack(hparams, layers, name=name)

    def make_encoder_stack(self, name):
        return self._make_stack(is_decoder=False, name=name)

    def make_decoder_stack(self, name):
        return self._make_stack(is_decoder=True, name=name)
