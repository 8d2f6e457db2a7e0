"""Trains a tiny ResNet on the same batches of pictures, by any number of replicas and shares.

As a program it does so on several logical CPUs, which must be made before TensorFlow starts.
"""

from __future__ import annotations

import sys

import keras
import numpy as np
import tensorflow as tf
from image_problem import build

from t2t_lite.training import distribution
from t2t_lite.training.moving_average import MovingAverage
from t2t_lite.training.optimizers import optimizer as make_optimizer
from t2t_lite.training.step import TrainStep

STEPS, ROWS, SIZE, CLASSES = 10, 8, 8, 3
HPARAMS = (
    "layer_sizes=[1,1],filter_sizes=[4,4,6],weight_decay=0.001,clip_grad_norm=1.0,"
    "optimizer=momentum,batch_norm_decay=0.9"
)


def batches() -> dict[str, np.ndarray]:
    """STEPS batches: rows of a batch differ in brightness, so that shares have other means."""
    rng = np.random.default_rng(1)
    pixels = rng.normal(size=(STEPS, ROWS, SIZE, SIZE, 3))
    pixels += np.linspace(-2, 2, ROWS)[:, None, None, None]
    labels = rng.integers(CLASSES, size=(STEPS, ROWS, 1))
    return {"inputs": pixels.astype(np.float32), "targets": labels.astype(np.int32)}


def train(strategy, shares: int, overrides: str = "") -> dict[str, np.ndarray]:
    """All weights, their averages and the `metrics` of each step, after STEPS updates."""
    with strategy.scope():
        keras.utils.set_random_seed(1)
        model = build("resnet", "resnet_cifar_15", HPARAMS, overrides, classes=CLASSES, size=SIZE)
        optimizer = make_optimizer(0.1, model.hparams)
        optimizer.build(model.trainable_variables)
        average = MovingAverage(model.weights, decay=0.9)
    step = TrainStep(model, optimizer, model.hparams, strategy, shares, average=average)
    iterator = iter(tf.data.Dataset.from_tensor_slices(batches()))
    metrics = step.run(iterator, tf.constant(STEPS))
    weights = {weight.path: np.asarray(weight) for weight in model.weights}
    averages = {f"average {i}": np.asarray(v) for i, v in enumerate(average.averages)}
    return {**weights, **averages, "metrics": np.stack(metrics)}


def main(directory: str, replicas: str, *cases: str) -> None:
    """Writes REPLICAS-SHARES.npz for each number of shares, with synchronised statistics."""
    strategy = distribution.strategy(replicas)
    for shares in cases:
        found = train(strategy, int(shares), "batch_norm_synchronized=true")
        np.savez(f"{directory}/{replicas}-{shares}.npz", **found)


if __name__ == "__main__":
    main(*sys.argv[1:])
