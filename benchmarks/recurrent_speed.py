"""How fast recurrent models train, beside bare Keras; writes recurrent_speed.md.

    python benchmarks/recurrent_speed.py --tmp_dir=MULTI30K_FILES

In turn, in one process, several times: the trainer's step, and a bare `tf.function` step (gradient,
clipping, Adam) of an encoder and decoder put together from Keras' own layers, of the same widths,
over the same batches of Multi30k. Ours feeds the attention back into the loop; Keras'
layers cannot.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import tempfile
import time

import keras
import measuring
import numpy as np
import tensorflow as tf
from keras import layers, ops

from t2t_lite import registry
from t2t_lite.data import pipeline
from t2t_lite.training import distribution
from t2t_lite.training.run_config import RunConfig
from t2t_lite.training.step import TrainStep
from t2t_lite.training.train import build

SETS = ("nmt_multi30k", "nmt_luong_multi30k", "nmt_bahdanau_multi30k", "nmt_gnmt_multi30k")
VOCAB = 8192
PAGE = """# Speed of training recurrent models

`python benchmarks/recurrent_speed.py --tmp_dir=MULTI30K_FILES` wrote this page. {setting}

Multi30k with a joint 8k vocabulary, batches of 2,048 tokens, dropout on. {rounds} rounds in one
process, in each of them {steps} steps of every row in turn over the same batches; medians over the
rounds, in brackets the least and the greatest. A token is one that is not padding. Keras is a bare
step of `keras.layers`: `Bidirectional`, `LSTM`, `Attention` (scaled) or `AdditiveAttention`,
one embedding for inputs, targets and softmax, and `keras.optimizers.Adam`, in float32.

| set | Keras, target tokens/s | the trainer | beside Keras | the trainer in bf16 |
|---|---|---|---|---|
{rows}

Our attention is a part of the decoder's loop (input feeding), as in the models' papers; Keras'
layers attend once, after it, which is less work.
"""


class Peer(keras.Model):
    """What one would put together from Keras' layers for a set: as many LSTMs, as wide."""

    def __init__(self, hparams):
        super().__init__()
        self.width, self.dropout = hparams.hidden_size, hparams.dropout
        mechanism = hparams.attention_mechanism
        self.embedding = layers.Embedding(VOCAB, self.width)
        self.both_ways = layers.Bidirectional(self.lstm())
        self.decoder = [self.lstm() for _ in range(hparams.num_hidden_layers)]
        self.attention, self.query = None, lambda y: y
        if mechanism.endswith("luong"):
            self.attention = layers.Attention(use_scale=True)
        elif mechanism.endswith("bahdanau"):
            self.attention = layers.AdditiveAttention()
            self.query = layers.Dense(self.width, use_bias=False)
        self.key = layers.Dense(self.width, use_bias=False)
        self.vector = layers.Dense(self.width, use_bias=False)

    def build(self, *_):
        """The parts make their own weights when they are first called."""
        self.built = True

    def lstm(self):
        """One layer."""
        options = {"return_sequences": True, "return_state": True}
        return layers.LSTM(self.width, dropout=self.dropout, **options)

    def call(self, batch, training=False):
        """Ids -> logits `[batch, length, vocab]`."""
        is_word = batch["inputs"] != 0
        memory, states = self.encode(self.embedding(batch["inputs"]), is_word, training)
        y = self.embedding(ops.pad(batch["targets"][:, :-1], [[0, 0], [1, 0]]))
        y = self.decode(y, memory, states, is_word, training)
        return ops.matmul(y, ops.transpose(self.embedding.embeddings))

    def encode(self, x, is_word, training):
        """Outputs, and a state for each layer of the decoder."""
        x, *states = self.both_ways(x, mask=is_word, training=training)
        return x, [states[:2], states[2:]]

    def decode(self, y, memory, states, is_word, training):
        """What the softmax gets."""
        for layer, state in zip(self.decoder, states, strict=True):
            y, *_ = layer(y, initial_state=state, training=training)
        if self.attention is None:
            return y
        return self.vector(ops.concatenate([y, self.context(y, memory, is_word)], axis=-1))

    def context(self, y, memory, is_word):
        """Means of the memory, for the outputs `y`: `[batch, length, ...]`."""
        return self.attention([self.query(y), memory, self.key(memory)], mask=[None, is_word])


class GNMTPeer(Peer):
    """Three layers over the first; attention from the bottom; all others see its contexts."""

    def __init__(self, hparams):
        super().__init__(hparams)
        self.above = [self.lstm() for _ in range(hparams.num_hidden_layers - 1)]

    def encode(self, x, is_word, training):
        x, states = super().encode(x, is_word, training)
        states = states[1:]
        for i, layer in enumerate(self.above):
            y, *state = layer(x, mask=is_word, training=training)
            x = y + x if i else y
            states.append(state)
        return x, states

    def decode(self, y, memory, states, is_word, training):
        bottom, *others = self.decoder
        y, *_ = bottom(y, initial_state=states[0], training=training)
        context = self.context(y, memory, is_word)
        for i, layer in enumerate(others):
            x = ops.concatenate([y, context], axis=-1)
            z, *_ = layer(x, initial_state=states[i + 1], training=training)
            y = z + y if i else z
        return y


class BareKeras:
    """A `Peer` and its training step."""

    def __init__(self, hparams, batches):
        self.model = (GNMTPeer if hparams.encoder_type == "gnmt" else Peer)(hparams)
        self.model(batches[0])
        self.optimizer = keras.optimizers.Adam(1e-3, global_clipnorm=hparams.clip_grad_norm)
        self.optimizer.build(self.model.trainable_variables)
        specs = {name: tf.TensorSpec([None, None], tf.int32) for name in batches[0]}
        self.step = tf.function(self.update).get_concrete_function(specs)
        self.batches = batches

    def update(self, batch):
        """Gradient of the mean loss, and one update; the number of target tokens."""
        with tf.GradientTape() as tape:
            logits = self.model(batch, training=True)
            losses = keras.losses.sparse_categorical_crossentropy(
                batch["targets"], logits, from_logits=True
            )
            weights = tf.cast(batch["targets"] != 0, tf.float32)
            tokens = tf.reduce_sum(weights)
            loss = tf.reduce_sum(losses * weights) / tokens
        variables = self.model.trainable_variables
        self.optimizer.apply(tape.gradient(loss, variables), variables)
        return tokens

    def rate(self, steps: int) -> float:
        """Target tokens per second."""
        start = time.perf_counter()
        tokens = sum(float(self.step(batch)) for batch in self.batches[:steps])
        return tokens / (time.perf_counter() - start)


class Trainer:
    """The trainer's step of a set, in one precision."""

    def __init__(self, run: RunConfig, problem_hparams, precision: str, batches):
        self.precision = precision
        distribution.set_precision(precision)
        hparams = registry.hparams(run.hparams_set).freeze()
        model, optimizer = build(run, hparams, problem_hparams)
        self.trainer = TrainStep(model, optimizer, hparams, tf.distribute.get_strategy(), shares=1)
        specs = {name: tf.TensorSpec([None, None], tf.int32) for name in batches[0]}
        dataset = tf.data.Dataset.from_generator(lambda: batches, output_signature=specs)
        self.dataset = dataset.cache().repeat()

    def rate(self, steps: int) -> float:
        """Target tokens per second."""
        iterator = iter(self.dataset)
        start = time.perf_counter()
        metrics = self.trainer.run(iterator, tf.constant(steps))
        return metrics.tokens.numpy().sum() / (time.perf_counter() - start)


def runners(data_dir: str, name: str, steps: int) -> dict:
    """What is measured for a set: label -> runner."""
    run = RunConfig(
        problem=measuring.MULTI30K,
        model="nmt",
        hparams_set=name,
        data_dir=data_dir,
        output_dir=data_dir,
    )
    problem, hparams = registry.problem(run.problem), registry.hparams(name).freeze()
    problem_hparams = problem.get_hparams(hparams, data_dir)
    dataset = pipeline.training_batches(problem, problem_hparams, data_dir, hparams, 1, 1)
    batches = list(dataset.take(steps))
    distribution.set_precision("float32")
    made = {"keras": BareKeras(hparams, batches)}
    for precision in ["float32"] + ["bf16"] * measuring.has_bf16_instructions():
        trainer = Trainer(run, problem_hparams, precision, batches)
        trainer.rate(steps)  # Traces, in this precision, and fills the cache.
        made[precision] = trainer
    made["keras"].rate(steps)
    return made


def row(name: str, rates: dict[str, list[float]]) -> str:
    """A line of the table."""
    found = {label: np.array(values) for label, values in rates.items()}
    ratio = measuring.spread(found["float32"] / found["keras"], "{:.2f}")
    keras_rate, ours = (measuring.spread(found[k], "{:,.0f}") for k in ("keras", "float32"))
    bf16 = measuring.spread(found["bf16"], "{:,.0f}") if "bf16" in found else "no instructions"
    return f"| {name} | {keras_rate} | {ours} | {ratio} | {bf16} |"


def main() -> None:
    """Measures and writes the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tmp_dir", default="/tmp/t2t_datagen", help="Multi30k's files.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=15)
    parser.add_argument("--sets", default=",".join(SETS), help="Which sets, with commas.")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as data_dir:
        measuring.generate_multi30k(data_dir, args.tmp_dir)
        rows = []
        for name in args.sets.split(","):
            made = runners(data_dir, name, args.steps)
            rates: dict[str, list[float]] = {label: [] for label in made}
            for _ in range(args.rounds):
                for label, runner in made.items():
                    rates[label].append(runner.rate(args.steps))
            rows.append(row(name, rates))
            print(rows[-1], flush=True)
    page = PAGE.format(
        setting=measuring.setting(), rounds=args.rounds, steps=args.steps, rows="\n".join(rows)
    )
    measuring.write_page(pathlib.Path(__file__), page)


if __name__ == "__main__":
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
    keras.utils.set_random_seed(1)
    main()
