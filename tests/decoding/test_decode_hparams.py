"""Tensor2Tensor's --decode_hparams."""

import pytest

from t2t_lite.decoding.hparams import DecodeHParams
from t2t_lite.errors import T2TError


def test_defaults_are_tensor2tensors():
    hp = DecodeHParams()
    assert (hp.beam_size, hp.alpha, hp.extra_length, hp.batch_size) == (4, 0.6, 100, 0)
    assert (hp.max_input_size, hp.num_samples, hp.delimiter) == (-1, -1, "\n")
    assert not (hp.return_beams or hp.write_beam_scores or hp.force_decode_length)


def test_values_are_typed():
    hp = DecodeHParams()
    assert hp.parse("beam_size=8,alpha=1,return_beams=True,sampling_method=random") == []
    assert (hp.beam_size, hp.alpha, hp.return_beams) == (8, 1.0, True)
    assert isinstance(hp.alpha, float)
    assert hp.parse("") == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("beam_siz=4", "no decode hparam 'beam_siz'.*'beam_size'"),
        ("beam_size=four", "must be a whole number"),
        ("beam_size=0", "at least 1"),
        ("alpha=-1", "at least 0"),
        ("beam_size", "Cannot read"),
        ("beam_size[0]=4", "is a list"),
        ("num_decodes=3", "num_decodes=3 cannot be ignored"),
    ],
)
def test_mistakes_are_told_and_change_nothing(text, message):
    hp = DecodeHParams()
    with pytest.raises(T2TError, match=message):
        hp.parse(f"alpha=0.1,{text}")
    assert hp == DecodeHParams()


def test_misspelt_assignment():
    with pytest.raises(T2TError, match="'alpha'"):
        DecodeHParams().alpa = 0.5


def test_keys_without_meaning_give_a_notice():
    hp = DecodeHParams()
    notices = hp.parse("log_results=false,beam_size=2,num_decodes=1")
    assert len(notices) == 2 and all("has no meaning here" in notice for notice in notices)
    assert hp.beam_size == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sampling_method=random", "add beam_size=1"),
        ("sampling_method=randm", "'argmax' or 'random'"),
    ],
)
def test_contradictions(text, message):
    hp = DecodeHParams()
    hp.parse(text)
    with pytest.raises(T2TError, match=message):
        hp.check()
