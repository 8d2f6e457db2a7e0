"""The decoder that suits a model: of text, of sounds, of pictures."""

from __future__ import annotations

from collections.abc import Mapping

from t2t_lite.decoding import picture_captions, speech
from t2t_lite.decoding.decoder import Decoder
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.decoding.picture_captions import PictureDecoder
from t2t_lite.decoding.speech import AnyDecoder, SpeechDecoder
from t2t_lite.errors import T2TError
from t2t_lite.text.encoder import TextEncoder


def perceives(model) -> bool:
    """Whether a model puts sounds or pictures into words."""
    return speech.is_for(model) or picture_captions.is_for(model)


def decoder_for(
    model,
    encoders: Mapping[str, TextEncoder],
    hparams: DecodeHParams,
    *,
    show_progress: bool = False,
) -> AnyDecoder:
    """The decoder of a model; the arguments are those of `Decoder`.

    Raises:
      T2TError: the model's output is nothing that could be written as text.
    """
    if model.problem_hparams.modality["targets"].startswith("real"):
        raise T2TError(
            "The model's outputs are numbers, not text; --schedule=evaluate tells how far they are "
            "from the right ones."
        )
    targets = encoders["targets"]
    if speech.is_for(model):
        return SpeechDecoder(model, targets, hparams, show_progress=show_progress)
    if picture_captions.is_for(model):
        return PictureDecoder(model, None, targets, hparams, show_progress=show_progress)
    source = encoders.get("inputs")
    return Decoder(model, source, targets, hparams, show_progress=show_progress)
