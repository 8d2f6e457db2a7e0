"""The moving average of a model's weights, which scores better than the weights themselves."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import keras
import tensorflow as tf


class MovingAverage:
    """average += (1 - d) * (weight - average) after each step, d = min(decay, (1 + t) / (10 + t)).

    d grows with the number of steps t, so that the first weights are soon forgotten
    (TensorFlow 1's `ExponentialMovingAverage` with `num_updates`).
    """

    def __init__(self, weights: list[keras.Variable], decay: float):
        """
        Args:
          weights: of the model, trainable or not; the averages begin with their values.
          decay: see above; 0.9999 in the Inception papers.
        """
        self.decay = decay
        self.weights = list(weights)
        self.averages = [
            keras.Variable(tf.convert_to_tensor(weight), trainable=False, name=weight.name)
            for weight in self.weights
        ]

    def restart(self) -> None:
        """The averages become the present weights."""
        for average, weight in zip(self.averages, self.weights, strict=True):
            average.assign(weight)

    def update(self, strategy: tf.distribute.Strategy, step) -> None:
        """Takes the weights after step `step` (from 1) in; called outside of replicas."""
        t = tf.cast(step, tf.float32)
        rate = 1.0 - tf.minimum(self.decay, (1.0 + t) / (10.0 + t))

        def move(average, weight):
            average.assign_add(tf.cast(rate, average.dtype) * (weight - average))

        for average, weight in zip(self.averages, self.weights, strict=True):
            strategy.extended.update(average.value, move, args=(weight.value,), group=False)

    @contextlib.contextmanager
    def in_model(self) -> Iterator[None]:
        """Puts the averages in the place of the weights for as long as the block runs."""
        kept = [weight.numpy() for weight in self.weights]
        for weight, average in zip(self.weights, self.averages, strict=True):
            weight.assign(average)
        try:
            yield
        finally:
            for weight, value in zip(self.weights, kept, strict=True):
                weight.assign(value)
