"""Spectrograms against a transcription in NumPy; what is hidden, and what padding means."""

import made_sounds as made
import numpy as np
import pytest
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.data import spectrogram

RATE = 8000


def hparams(text=""):
    hp = registry.hparams("transformer_test")
    hp.audio_num_mel_bins = 12
    hp.audio_normalization = "none"
    hp.parse(text)
    return hp


def mel(hertz):
    return 1127.0 * np.log(1.0 + hertz / 700.0)


def expected(x, hp):
    """The definition: frames of 25 ms, Hann window, magnitudes, triangles on the mel scale, log."""
    x = x - 0.97 * np.concatenate([[0.0], x[:-1]])
    count = -(-len(x) // 80)
    x = np.pad(x, (0, count * 80 + 200))
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(200) / 200)
    frames = np.stack([x[i * 80 : i * 80 + 200] * window for i in range(count)])
    magnitudes = np.abs(np.fft.rfft(frames, 256))  # [frames, 129]
    edges = np.linspace(mel(20.0), mel(4000.0), 14)
    centres = mel(np.arange(129) * RATE / 256)
    rising = (centres[:, None] - edges[None, :-2]) / np.diff(edges)[0]
    triangles = np.maximum(0.0, np.minimum(rising, 2.0 - rising))
    triangles[0] = 0.0  # TensorFlow leaves out the constant
    return np.log(np.maximum(1e-3, magnitudes @ triangles))


def noise(count=1234, seed=0):
    return (0.1 * np.random.default_rng(seed).normal(size=count)).astype(np.float32)


def test_is_the_definition():
    x = noise()
    found = spectrogram.log_mel(tf.constant(x), RATE, hparams()).numpy()
    assert found.shape == (16, 12, 1)
    np.testing.assert_allclose(found[..., 0], expected(x.astype(float), hparams()), atol=2e-3)


def test_normalised_bands_and_derivatives():
    x = tf.constant(noise())
    plain = spectrogram.log_mel(x, RATE, hparams()).numpy()[..., 0]
    found = spectrogram.log_mel(
        x, RATE, hparams("audio_add_delta_deltas=true,audio_normalization=utterance")
    ).numpy()
    np.testing.assert_allclose(found.mean(axis=0), 0, atol=1e-5)
    np.testing.assert_allclose(found.std(axis=0), 1, atol=1e-4)
    around = np.pad(plain, [(2, 2), (0, 0)])
    delta = sum(w * around[i : i + 16] for i, w in enumerate([2, 1, 0, -1, -2]))
    delta = (delta - delta.mean(axis=0)) / delta.std(axis=0)
    np.testing.assert_allclose(found[..., 1], delta, atol=1e-3)


def test_a_shorter_band_where_the_rate_is_low_and_frames_of_samples():
    hp = hparams()
    assert spectrogram.samples_per_frame(RATE, hp) == 80
    x = noise(250)
    frames = spectrogram.frames_of_samples(tf.constant(x), RATE, hp).numpy()
    assert frames.shape == (4, 80)
    np.testing.assert_array_equal(frames.reshape(-1), np.pad(x, (0, 70)))
    assert spectrogram.log_mel(tf.constant(x), RATE, hp).shape == (4, 12, 1)


@pytest.mark.parametrize(("bands", "times"), [(2, 0), (0, 2)])
def test_masks_hide_some_and_never_the_end(bands, times):
    hp = hparams(
        f"audio_frequency_masks={bands},audio_time_masks={times},audio_frequency_mask_bands=4"
    )
    hidden = 0
    for seed in range(20):
        x = spectrogram.mask(tf.ones((40, 12, 1)), hp, tf.constant([3, seed])).numpy()[..., 0]
        again = spectrogram.mask(tf.ones((40, 12, 1)), hp, tf.constant([3, seed])).numpy()[..., 0]
        np.testing.assert_array_equal(x, again)
        assert (x[-1] == 1).any()
        rows, columns = (x == 0).all(axis=1), (x == 0).all(axis=0)
        assert (x[~rows][:, ~columns] == 1).all()
        assert rows.sum() <= 8 * times and columns.sum() <= 4 * bands
        assert rows.any() <= bool(times) and columns.any() <= bool(bands)
        hidden += rows.sum() + columns.sum()
    assert hidden > 20


def test_training_differs_from_evaluation_by_its_seed():
    hp = hparams("audio_dither=0.01")
    x = tf.constant(made.tone(440).astype(np.float32))
    one, same, other, plain = (
        spectrogram.log_mel(x, RATE, hp, seed).numpy()
        for seed in (tf.constant([1, 2]), tf.constant([1, 2]), tf.constant([1, 3]), None)
    )
    np.testing.assert_array_equal(one, same)
    assert np.abs(one - other).max() > 0.1 and np.abs(one - plain).max() > 0.1
