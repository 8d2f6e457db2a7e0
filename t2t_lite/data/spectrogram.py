"""From waveforms to log-mel spectrograms in the input pipeline.

The numbers are Tensor2Tensor's (data_generators/speech_recognition.py), but for two: the filters
end at half of the sounds' rate, and a frame lies whole within the sound. TensorFlow is imported
inside functions only.
"""

from __future__ import annotations

import numpy as np

LOG_FLOOR = 1e-3
"""Magnitudes below this count as this much."""

_DELTA = np.array([2.0, 1.0, 0.0, -1.0, -2.0])


def samples_per_frame(rate: int, hparams) -> int:
    """From the beginning of one frame to that of the next one."""
    return max(1, round(hparams.audio_frame_step * rate / 1000))


def shape(hparams) -> tuple[int, int]:
    """Mel bands and channels of a frame."""
    return hparams.audio_num_mel_bins, 3 if hparams.audio_add_delta_deltas else 1


def frames_of_samples(samples, rate: int, hparams):
    """`[samples]` -> `[frames, samples_per_frame]`, with zeros at the end of the last one."""
    import tensorflow as tf

    step = samples_per_frame(rate, hparams)
    return tf.reshape(tf.pad(samples, [[0, -tf.size(samples) % step]]), (-1, step))


def log_mel(samples, rate: int, hparams, seed=None):
    """`[samples]` float32 from -1 to 1 -> `[frames, mel bands, channels]`.

    A sound of n steps of `audio_frame_step` has n frames, rounded up. With `seed` int32 `[2]`,
    noise of `audio_dither` is added, and bands and frames are hidden (`mask`).
    """
    import tensorflow as tf

    if seed is not None and hparams.audio_dither:
        noise = tf.random.stateless_normal(tf.shape(samples), seed)
        samples += hparams.audio_dither * noise
    if hparams.audio_preemphasis:
        before = tf.pad(samples[:-1], [[1, 0]])
        samples -= hparams.audio_preemphasis * before
    step = samples_per_frame(rate, hparams)
    length = max(step, round(hparams.audio_frame_length * rate / 1000))
    count = -(-tf.size(samples) // step)
    samples = tf.pad(samples, [[0, tf.maximum(0, (count - 1) * step + length - tf.size(samples))]])
    fft_length = 1 << (length - 1).bit_length()
    magnitudes = tf.abs(tf.signal.stft(samples, length, step, fft_length))  # [frames, bins]
    matrix = tf.signal.linear_to_mel_weight_matrix(
        hparams.audio_num_mel_bins,
        fft_length // 2 + 1,
        rate,
        hparams.audio_lower_edge_hertz,
        min(hparams.audio_upper_edge_hertz, rate / 2),
    )
    x = tf.math.log(tf.maximum(LOG_FLOOR, tf.matmul(magnitudes, matrix)))[..., None]
    if hparams.audio_add_delta_deltas:
        x = with_deltas(x)
    if hparams.audio_normalization == "utterance":
        mean, variance = tf.nn.moments(x, axes=[0], keepdims=True)
        x = (x - mean) * tf.math.rsqrt(variance + 1e-9)
    if seed is not None:
        x = mask(x, hparams, seed)
    return tf.ensure_shape(x, (None, *shape(hparams)))


def with_deltas(x):
    """`[frames, bands, 1]` -> `[frames, bands, 3]`: with the first and second derivative in time.

    Each is a filter of norm 1 over 5 and 9 frames, and zeros lie around, as in Tensor2Tensor.
    """
    import tensorflow as tf

    filters = np.zeros((9, 1, 1, 3), np.float32)
    filters[4, 0, 0, 0] = 1
    filters[2:7, 0, 0, 1] = _DELTA
    filters[:, 0, 0, 2] = np.convolve(_DELTA, _DELTA)
    filters /= np.sqrt(np.sum(filters**2, axis=0, keepdims=True))
    return tf.nn.conv2d(x[None], filters, 1, "SAME")[0]


def mask(x, hparams, seed):
    """Hides bands and stretches of frames (SpecAugment, Park et al. 2019, arXiv:1904.08779, 2).

    Zero, which hides them, is the mean of a normalised spectrogram. The last frame stays: zeros
    at the end would count as padding.
    """
    import tensorflow as tf

    frames, bands = tf.shape(x)[0], x.shape[1]
    longest = tf.minimum(hparams.audio_time_mask_frames, frames // 5)
    kinds = (
        (hparams.audio_frequency_masks, bands, tf.constant(hparams.audio_frequency_mask_bands), 1),
        (hparams.audio_time_masks, frames - 1, longest, 0),
    )
    number = 1
    for count, size, longest, axis in kinds:
        for _ in range(count):
            draws = tf.random.stateless_uniform([2], seed + tf.stack([0, number * 7919]))
            width = tf.cast(draws[0] * tf.cast(longest + 1, tf.float32), tf.int32)
            first = tf.cast(draws[1] * tf.cast(size - width + 1, tf.float32), tf.int32)
            places = tf.range(tf.shape(x)[axis])
            is_hidden = (places >= first) & (places < first + width)
            x = tf.where(is_hidden[:, None] if axis == 1 else is_hidden[:, None, None], 0.0, x)
            number += 1
    return x
