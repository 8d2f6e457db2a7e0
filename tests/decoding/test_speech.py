"""Decoding of sounds: whichever others are in the batch, from arrays and from files."""

import made_sounds as made
import numpy as np
import pytest
from archive_files import write_files

from t2t_lite import registry
from t2t_lite.decoding import decoders, speech
from t2t_lite.decoding.decoder import Decoder
from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.errors import T2TError
from t2t_lite.models.base import build_model

SMALL = "hidden_size=8,filter_size=8,num_hidden_layers=1,audio_filters=2,audio_num_mel_bins=6"


def untrained(model, more=""):
    """A problem, its encoders, and a model that knows nothing of it."""
    problem = registry.problem("speech_digit_strings")
    hparams = registry.hparams("transformer_test")
    hparams.parse(SMALL + more)
    hparams.freeze()
    encoders = problem.get_feature_encoders("")
    return problem, encoders, build_model(model, hparams, problem.get_hparams(hparams, ""))


@pytest.mark.parametrize(
    ("model", "more"), [("transformer", ""), ("transformer_encoder", ",sequence_loss=ctc")]
)
def test_the_others_do_not_matter(model, more, tmp_path, capfd):
    problem, encoders, built = untrained(model, more)
    settings = DecodeHParams(beam_size=2, return_beams=True, extra_length=2)
    decoder = decoders.decoder_for(built, encoders, settings)
    assert isinstance(decoder, speech.SpeechDecoder)
    rng = np.random.default_rng(0)
    sounds = {
        f"{i}.wav": made.pcm(rng.uniform(-0.5, 0.5, size=count))
        for i, count in enumerate((700, 2000, 1500))
    }
    write_files(tmp_path, {**sounds, "cut.wav": b"RIFF", "notes.txt": "x"})
    found = dict(decoder.of_files(tmp_path, problem, built.hparams))
    assert [name.rsplit("/")[-1] for name in found] == sorted(sounds)
    assert "cut.wav is left out, for it is no WAV file." in capfd.readouterr().err
    ((_, alone),) = decoder.of_files(tmp_path / "0.wav", problem, built.hparams)
    together = found[str(tmp_path / "0.wav")]
    assert len(alone) == 2 and [h.text for h in alone] == [h.text for h in together]
    for one, other in zip(alone, together, strict=True):
        assert one.score == pytest.approx(other.score, abs=1e-3)
    with pytest.raises(T2TError, match="hears sounds, not text"):
        decoder.decode_lines(["text"])


def test_text_is_decoded_as_ever():
    problem = registry.problem("algorithmic_reverse_decimal40")
    hparams = registry.hparams("transformer_test").freeze()
    model = build_model("transformer", hparams, problem.get_hparams(hparams, ""))
    found = decoders.decoder_for(model, problem.get_feature_encoders(""), DecodeHParams())
    assert isinstance(found, Decoder)
