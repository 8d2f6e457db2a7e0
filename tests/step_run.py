"""Trains a tiny Transformer on the same global batches, by any number of replicas and shares.

As a program it does so on several logical CPUs, which must be made before TensorFlow starts.
"""

from __future__ import annotations

import sys
import types

import keras
import numpy as np
import tensorflow as tf
from toy_problem import VOCAB, ToyLanguage, hparams_of

from t2t_lite import registry
from t2t_lite.layers.dropout import Dropout
from t2t_lite.models.base import build_model
from t2t_lite.training import distribution
from t2t_lite.training.checkpoints import Checkpoints
from t2t_lite.training.moving_average import MovingAverage
from t2t_lite.training.optimizers import optimizer as make_optimizer
from t2t_lite.training.step import TrainStep

STEPS = 50
OPTIMIZERS = {"adam": 0.003, "sgd": 0.3}  # and their learning rates
NO_DROPOUT = "layer_prepostprocess_dropout=0,attention_dropout=0,relu_dropout=0"
# An embedding that is not the softmax's, too, has a sparse gradient.
HPARAMS = (
    "hidden_size=16,filter_size=16,num_heads=2,num_hidden_layers=1,clip_grad_norm=0.5,"
    "shared_embedding_and_softmax_weights=false"
)


def global_batches(steps: int = STEPS, rows: int = 8, longest: int = 9) -> list[dict]:
    """Batches whose quarters hold very different numbers of tokens."""
    rng = np.random.default_rng(5)
    result = []
    for _ in range(steps):
        ids = rng.integers(2, VOCAB // 2, (rows, longest)).astype(np.int32)
        for row, length in enumerate(np.sort(rng.integers(1, longest + 1, rows))):
            ids[row, length - 1 :] = 0
            ids[row, length - 1] = 1
        result.append({"targets": ids})
    return result


class Run:
    """A model, an optimizer, and a position in the stream of batches."""

    def __init__(self, strategy, shares: int, optimizer: str = "adam", overrides=NO_DROPOUT):
        hparams = registry.hparams("transformer_tiny")
        for text in (HPARAMS, f"optimizer={optimizer}", overrides):
            hparams.parse(text)
        with strategy.scope():
            keras.utils.set_random_seed(1)
            self.model = build_model("transformer", hparams.freeze(), hparams_of(ToyLanguage))
            self.optimizer = make_optimizer(OPTIMIZERS[optimizer], hparams)
            self.optimizer.build(self.model.trainable_variables)
            self.average = MovingAverage(self.model.weights, decay=0.9)
        self.step = TrainStep(
            self.model, self.optimizer, hparams, strategy, shares, average=self.average
        )
        batches = np.stack([batch["targets"] for batch in global_batches()])
        self.iterator = iter(tf.data.Dataset.from_tensor_slices({"targets": batches}).repeat())

    def train(self, steps: int):
        """Metrics of `steps` updates."""
        return self.step.run(self.iterator, tf.constant(steps))

    def weights(self) -> dict[str, np.ndarray]:
        """Path -> value, of the weights and of their moving averages."""
        weights = {f"weight {v.path}": np.asarray(v) for v in self.model.trainable_variables}
        averages = {f"average {i}": np.asarray(v) for i, v in enumerate(self.average.averages)}
        return {**weights, **averages}


def train(strategy, shares: int, optimizer: str) -> dict[str, np.ndarray]:
    """The weights, and the `metrics` of each step, of a run of STEPS updates."""
    run = Run(strategy, shares, optimizer)
    metrics = run.train(STEPS)
    return {**run.weights(), "metrics": np.stack(metrics)}


def resumed(strategy, directory: str) -> tuple[dict, dict]:
    """With dropout: weights after 6 steps at a stretch, and after 3, a checkpoint and 3 more."""
    results = []
    for count in (6, 3):
        run = Run(strategy, shares=2, overrides="")
        checkpoints = Checkpoints(
            directory, run.model, run.optimizer, run.iterator, {}, keep=1, average=run.average
        )
        checkpoints.restore_latest()
        run.train(3)
        if count == 6:
            checkpoints.save()
            run.train(3)
        results.append(run.weights())
    return results[0], results[1]


def masks(strategy) -> np.ndarray:
    """What each replica's dropout leaves of ones, twice: `[replicas, 2, 1000]`."""
    with strategy.scope():
        layer = Dropout(0.5)

    def draw():
        with TrainStep._own_randomness(types.SimpleNamespace(replicas=2)):
            return tf.stack([layer(tf.ones(1000), training=True) for _ in range(2)])

    drawn = strategy.experimental_local_results(tf.function(lambda: strategy.run(draw))())
    return np.stack(drawn)


def main(directory: str, replicas: str, *cases: str) -> None:
    """Writes REPLICAS-SHARES-OPTIMIZER.npz for each case "SHARES-OPTIMIZER"; for the case
    "resumed" whole.npz and resumed.npz, for "masks" masks.npz."""
    strategy = distribution.strategy(replicas)
    for case in cases:
        if case == "masks":
            np.savez(f"{directory}/masks.npz", masks=masks(strategy))
        elif case == "resumed":
            whole, again = resumed(strategy, f"{directory}/checkpoints")
            np.savez(f"{directory}/whole.npz", **whole)
            np.savez(f"{directory}/resumed.npz", **again)
        else:
            shares, optimizer = case.split("-")
            result = train(strategy, int(shares), optimizer)
            np.savez(f"{directory}/{replicas}-{case}.npz", **result)


if __name__ == "__main__":
    main(*sys.argv[1:])
