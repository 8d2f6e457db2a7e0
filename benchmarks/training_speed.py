"""How fast the trainer is, beside the machine's own rate; writes training_speed.md.

    python benchmarks/training_speed.py --tmp_dir=MULTI30K_FILES

3+3 layers, 256/1024/4 heads, joint 8k vocabulary, batches of 4,096 tokens of Multi30k. In turn, in
one process, several times: a matrix product, the trainer's step on the input pipeline, and a bare
`tf.function` step (gradient and optimizer, nothing else) on batches that lie in memory; the last
two in float32 and in bf16.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import statistics
import tempfile
import time

import keras
import measuring
import numpy as np
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.data import pipeline
from t2t_lite.training import distribution
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.step import TrainStep
from t2t_lite.training.train import build

HPARAMS = "batch_size=4096"
MATRIX = 2048
PAGE = """# Speed of training

`python benchmarks/training_speed.py --tmp_dir=MULTI30K_FILES` wrote this page. {setting}

3+3 layers, 256/1024/4 heads, joint 8k vocabulary ({parameters:,} parameters), Multi30k,
batches of 4,096 tokens, dropout on. {rounds} rounds in one process, in each of them {steps} steps
of every row in turn; medians over the rounds, in brackets the least and the greatest. A token is
one that is not padding. Utilisation is 6 x parameters x target tokens per second, divided by the
float32 rate of a 2048 x 2048 x 2048 product in the same round.

| | target tokens/s | utilisation | beside the bare step |
|---|---|---|---|
{rows}

The product runs at {matmul:.0f} GFLOP/s in float32. {bf16}
{padding:.1%} of the batches is padding.
"""


class Runner:
    """A model in one precision, stepped by the trainer or by a bare loop over the same batches."""

    def __init__(self, run: RunConfig, precision: str, batches: list[dict]):
        distribution.set_precision(precision)
        problem = registry.problem(run.problem)
        hparams = registry.hparams(run.hparams_set)
        hparams.parse(HPARAMS)
        hparams.freeze()
        problem_hparams = problem.get_hparams(hparams, run.data_dir)
        self.model, self.optimizer = build(run, hparams, problem_hparams)
        self.trainer = TrainStep(
            self.model, self.optimizer, hparams, tf.distribute.get_strategy(), shares=1
        )
        dataset = pipeline.training_batches(problem, problem_hparams, run.data_dir, hparams, 1, 1)
        self.iterator = iter(dataset)
        self.batches = batches
        self.bare = tf.function(self.bare_step, reduce_retracing=True)
        specs = {name: tf.TensorSpec([None, None], tf.int32) for name in batches[0]}
        self.bare = self.bare.get_concrete_function(specs)
        self.padded = self.places = 0.0

    def bare_step(self, batch):
        """Gradient of the mean loss, and one update."""
        with tf.GradientTape() as tape:
            weight = tf.reduce_sum(self.model.loss_weights(batch))
            loss = self.model.training_loss(batch) / weight
        gradients = tape.gradient(loss, self.model.trainable_variables)
        self.optimizer.apply(gradients, self.model.trainable_variables)
        return weight

    def run_trainer(self, steps: int) -> float:
        """Target tokens per second."""
        start = time.perf_counter()
        metrics = self.trainer.run(self.iterator, tf.constant(steps))
        tokens = metrics.tokens.numpy().sum()
        self.padded += metrics.padded.numpy().sum()
        self.places += metrics.places.numpy().sum()
        return tokens / (time.perf_counter() - start)

    def run_bare(self, steps: int) -> float:
        """Target tokens per second."""
        start, tokens = time.perf_counter(), 0.0
        for batch in self.batches[:steps]:
            tokens += float(self.bare(batch))
        return tokens / (time.perf_counter() - start)


def matmul_rate() -> float:
    """Floating-point operations per second of a float32 matrix product."""
    x = tf.random.normal([MATRIX, MATRIX])
    product = tf.function(lambda: tf.reduce_sum(tf.matmul(x, x)))
    product()
    times = []
    for _ in range(10):
        start = time.perf_counter()
        product().numpy()
        times.append(time.perf_counter() - start)
    return 2 * MATRIX**3 / statistics.median(times)


def main() -> None:
    """Measures and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_datagen", help="Multi30k's files.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=30)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as data_dir:
        measuring.generate_multi30k(data_dir, args.tmp_dir)
        measure(data_dir, args.rounds, args.steps)


def measure(data_dir: str, rounds: int, steps: int) -> None:
    """Runs the rounds and writes the page."""
    run = RunConfig(
        problem=measuring.MULTI30K,
        model="transformer",
        hparams_set="transformer_multi30k",
        data_dir=data_dir,
        output_dir=data_dir,
    )
    batches = training_batches(run, steps)
    precisions = ["float32"] + ["bf16"] * measuring.has_bf16_instructions()
    runners = {name: Runner(run, name, batches) for name in precisions}
    rates: dict[str, list[float]] = {"matmul": []}
    for name, runner in runners.items():  # Traces; the first steps are slower.
        distribution.set_precision(name)
        runner.run_trainer(3), runner.run_bare(3)
        rates[f"{name}, trainer"], rates[f"{name}, bare step"] = [], []
    for _ in range(rounds):
        rates["matmul"].append(matmul_rate())
        for name, runner in runners.items():
            rates[f"{name}, trainer"].append(runner.run_trainer(steps))
            rates[f"{name}, bare step"].append(runner.run_bare(steps))
        print({name: round(values[-1]) for name, values in rates.items()}, flush=True)
    parameters = sum(int(np.prod(v.shape)) for v in runners["float32"].model.trainable_variables)
    rates = {name: np.array(values) for name, values in rates.items()}
    matmul = rates.pop("matmul")
    rows = []
    for name, values in rates.items():
        bare = rates[f"{name.split(',')[0]}, bare step"]
        utilisation = measuring.spread(6 * parameters * values / matmul, "{:.0%}")
        rows.append(
            f"| {name} | {measuring.spread(values, '{:,.0f}')} | {utilisation} "
            f"| {measuring.spread(values / bare, '{:.2f}')} |"
        )
    measuring.write_page(
        pathlib.Path(__file__),
        PAGE.format(
            setting=measuring.setting(),
            parameters=parameters,
            rounds=rounds,
            steps=steps,
            rows="\n".join(rows),
            matmul=np.median(matmul) / 1e9,
            bf16=compare_precisions(rates),
            padding=runners["float32"].padded / runners["float32"].places,
        ),
    )


def compare_precisions(rates: dict[str, np.ndarray]) -> str:
    """A sentence about bf16."""
    if "bf16, trainer" not in rates:
        return "bf16 was left out: this CPU has no instructions for it."
    ratio = measuring.spread(rates["bf16, trainer"] / rates["float32, trainer"], "{:.2f}")
    return f"bf16 trains {ratio} times as fast as float32."


def training_batches(run: RunConfig, count: int) -> list[dict]:
    """The first batches of the training data, in memory."""
    problem, hparams = registry.problem(run.problem), registry.hparams(run.hparams_set)
    hparams.parse(HPARAMS)
    hparams.freeze()
    problem_hparams = problem.get_hparams(hparams, run.data_dir)
    dataset = pipeline.training_batches(problem, problem_hparams, run.data_dir, hparams, 1, 1)
    return list(dataset.take(count))


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    keras.utils.set_random_seed(1)
    main()
