"""WAV files of all kinds against Python's own module; resampling against the sine itself."""

import made_sounds as made
import numpy as np
import pytest

from t2t_lite.data import sounds

TONE = made.tone(440)


@pytest.mark.parametrize(("width", "error"), [(1, 1 / 100), (2, 1e-4), (3, 1e-6), (4, 1e-6)])
def test_pcm_of_every_width(width, error):
    sound = sounds.of_file(made.pcm(TONE, 11025, width))
    assert sound.rate == 11025 and sound.remark == "" and sound.samples.dtype == np.float32
    np.testing.assert_allclose(sound.samples, TONE, atol=error)
    assert sound.seconds == pytest.approx(len(TONE) / 11025)


def test_floats_and_long_headers():
    plain = sounds.of_file(made.by_hand(TONE.astype("<f4").tobytes(), 3, 32)).samples
    np.testing.assert_array_equal(plain, TONE.astype(np.float32))
    double = sounds.of_file(made.by_hand(TONE.astype("<f8").tobytes(), 3, 64)).samples
    np.testing.assert_array_equal(double, plain)
    whole = np.round(TONE * 32767).astype("<i2").tobytes()
    guid = b"\x16\0" + b"\x10\0" + bytes(4) + b"\x01\0" + bytes(14)  # as long headers name PCM
    long = sounds.of_file(made.by_hand(whole, 0xFFFE, 16, more=guid)).samples
    np.testing.assert_array_equal(long, sounds.of_file(made.pcm(TONE)).samples)


def test_channels_are_averaged_and_told():
    both = np.stack([TONE, made.tone(880)], axis=1)
    sound = sounds.of_file(made.pcm(both))
    assert sound.remark == "2 channels, averaged"
    np.testing.assert_allclose(sound.samples, both.mean(axis=1), atol=1e-4)


def test_a_recorder_that_did_not_know_the_length():
    content = bytearray(made.pcm(TONE))
    content[40:44] = b"\xff\xff\xff\xff"
    np.testing.assert_allclose(sounds.of_file(bytes(content)).samples, TONE, atol=1e-4)


@pytest.mark.parametrize("name", made.DAMAGED)
def test_damaged_files_have_a_reason(name):
    with pytest.raises(sounds.UnreadableError) as error:
        sounds.of_file(made.DAMAGED[name])
    assert "\n" not in str(error.value)


def test_arrays():
    whole = np.round(TONE * 32768).astype(np.int64)
    np.testing.assert_allclose(sounds.of_array(whole, 8000).samples, TONE, atol=1e-4)
    np.testing.assert_allclose(sounds.of_array(TONE, 8000).samples, TONE, atol=1e-6)
    stored = np.frombuffer(sounds.of_array(TONE * 4, 8000).encoded(), "<i2")  # too loud: cut
    assert stored.max() == 32767 and stored.min() == -32768


@pytest.mark.parametrize(
    ("old", "new"), [(8000, 16000), (44100, 16000), (48000, 8000), (22050, 16000)]
)
def test_resampled_sines_are_sines(old, new):
    def wave(rate, count):
        t = np.arange(count) / rate
        return 0.5 * np.sin(2 * np.pi * 440 * t) + 0.3 * np.cos(2 * np.pi * 1000 * t)

    found = sounds.resample(wave(old, 5000), old, new)
    assert len(found) == -(-5000 * new // old)
    middle = slice(200, -200)
    np.testing.assert_allclose(found[middle], wave(new, len(found))[middle], atol=1e-4)


def test_what_the_lower_rate_cannot_hold_is_gone():
    high = np.sin(2 * np.pi * 7000 * np.arange(8000) / 16000)
    assert np.abs(sounds.resample(high, 16000, 8000)[100:-100]).max() < 1e-3
