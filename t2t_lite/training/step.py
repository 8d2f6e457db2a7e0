"""One update of the weights, over all replicas and the batches each accumulates."""

from __future__ import annotations

import contextlib
from typing import NamedTuple

import numpy as np
import tensorflow as tf

from t2t_lite import registry
from t2t_lite.layers import randomness
from t2t_lite.models import scheduled_sampling
from t2t_lite.training.optimizers import decays


class StepMetrics(NamedTuple):
    """What a step tells, over its whole global batch."""

    loss: tf.Tensor  # [] mean per target token (or example), label smoothing included
    gradient_norm: tf.Tensor  # [] global norm, before clipping
    tokens: tf.Tensor  # [] target tokens (or examples) that count
    padded: tf.Tensor  # [] places of the batch that hold padding
    places: tf.Tensor  # [] places of the batch in all


def summary(parts: list[StepMetrics]) -> dict[str, float]:
    """Of several calls of `TrainStep.run`: means over tokens, not over steps."""
    loss, norm, tokens, padded, places = map(np.concatenate, zip(*parts, strict=True))
    return {
        "loss": float((loss * tokens).sum() / tokens.sum()),
        "gradient_norm": float(norm.mean()),
        "target_tokens": int(tokens.sum()),
        "padding": float(padded.sum() / max(places.sum(), 1)),
    }


class TrainStep:
    """Gradient of the mean loss over the global batch; clip; one optimizer update.

    A global batch has `shares` equal shares of rows: `shares / replicas` per replica, one after
    the other. The loss is a sum over tokens divided by the tokens of the *global* batch, or by
    the model's `loss_divisor` of it, so N replicas, or N accumulated shares, give the gradient
    that one device would give.
    """

    def __init__(
        self,
        model,
        optimizer,
        hparams,
        strategy,
        shares: int,
        seed: int = 0,
        average=None,
        loss_weight: float = 1.0,
    ):
        """
        Args:
          seed: of the noise that `grad_noise_scale` adds.
          average: None, or the `MovingAverage` to update.
          loss_weight: by what the loss of the targets is multiplied.
        """
        self.model = model
        self.optimizer = optimizer
        self.hparams = hparams
        self.strategy = strategy
        self.seed = seed
        self.average = average
        self.loss_weight = loss_weight
        self.replicas = strategy.num_replicas_in_sync
        self.shares_per_replica = shares // self.replicas
        # With several problems there are several steps, and TensorFlow takes their graphs for one
        # that is made again and again.
        self.run._omit_frequent_tracing_warning = True

    @tf.function(reduce_retracing=True)
    def run(self, iterator, num_steps) -> StepMetrics:
        """`num_steps` updates; each field of the result is `[num_steps]`."""
        history = [tf.TensorArray(tf.float32, size=num_steps) for _ in StepMetrics._fields]
        for i in tf.range(num_steps):
            # A batch may have any number of rows and any length; without this, each new shape
            # would be another graph.
            batch = {
                name: tf.ensure_shape(value, [None] * value.shape.rank)
                for name, value in next(iterator).items()
            }
            metrics = self.strategy.run(self._replica_update, args=(batch,))
            if self.average is not None:
                self.average.update(self.strategy, self.optimizer.iterations.value)
            local = [self.strategy.experimental_local_results(value)[0] for value in metrics]
            history = [array.write(i, v) for array, v in zip(history, local, strict=True)]
        return StepMetrics(*[array.stack() for array in history])

    def _replica_update(self, batch):
        own = self._shares(batch, self._first_share(), self.shares_per_replica)
        weight = self._sum_over_replicas(tf.reduce_sum(self.model.loss_weights(own)))
        divisor = self._sum_over_replicas(self.model.loss_divisor(own))
        with self._own_randomness(), scheduled_sampling.at_update(self.optimizer.iterations.value):
            loss, gradients = self._loss_and_gradients(batch, divisor)
        gradients = self._add_noise(self._sum_over_replicas(gradients))
        norm = tf.linalg.global_norm(gradients)
        if self.hparams.clip_grad_norm:
            limit = self.hparams.clip_grad_norm
            gradients, _ = tf.clip_by_global_norm(gradients, limit, use_norm=norm)
        if self.replicas > 1:  # Keras sums over the replicas once more when it applies.
            gradients = [gradient / self.replicas for gradient in gradients]
        self.optimizer.apply(gradients, self.model.trainable_variables)
        loss = self._sum_over_replicas(loss) * (divisor / weight)
        return (loss, norm, weight, *count_padding(batch))

    def _own_randomness(self):
        """A block in which this replica draws other dropout masks than the others."""
        if self.replicas == 1:
            return contextlib.nullcontext()
        return randomness.stream(tf.distribute.get_replica_context().replica_id_in_sync_group)

    def _first_share(self):
        """Number of the first share of the replica in which this is called."""
        replica = tf.distribute.get_replica_context().replica_id_in_sync_group
        return replica * self.shares_per_replica

    def _shares(self, batch, first, count: int):
        """`count` of the global batch's shares, from number `first` on."""
        total = self.shares_per_replica * self.replicas
        if total == 1:
            return batch
        all_rows = tf.shape(next(iter(batch.values())))[0]
        rows = all_rows // total
        with tf.control_dependencies([tf.debugging.assert_equal(rows * total, all_rows)]):
            start, end = first * rows, (first + count) * rows
        return {name: value[start:end] for name, value in batch.items()}

    def _loss_and_gradients(self, batch, divisor):
        """Sums over this replica's shares, one after the other: that is what saves memory."""
        variables = self.model.trainable_variables
        first = self._first_share()

        def of_share(i):
            with tf.GradientTape() as tape:
                loss = self._share_loss(self._shares(batch, first + i, 1), divisor)
            # Dense: the norm of IndexedSlices would count repeated rows one by one.
            gradients = map(_dense, tape.gradient(loss, variables), variables)
            return loss, list(gradients)

        def add_share(i, loss, gradients):
            new_loss, new = of_share(i)
            return i + 1, loss + new_loss, [a + b for a, b in zip(gradients, new, strict=True)]

        if self.shares_per_replica == 1:
            return of_share(0)
        state = 0, tf.constant(0.0), [tf.zeros(v.shape, v.dtype) for v in variables]
        if self.replicas > 1 and self._is_synchronized():  # No sum over replicas in such a loop.
            for _ in range(self.shares_per_replica):
                state = add_share(*state)
            return state[1:]
        return tf.while_loop(
            lambda i, *_: i < self.shares_per_replica, add_share, state, parallel_iterations=1
        )[1:]

    def _is_synchronized(self) -> bool:
        """Whether layers of the model talk to those on the other replicas."""
        return any(getattr(layer, "synchronized", False) for layer in self.model._flatten_layers())

    def _share_loss(self, share, divisor):
        loss = self.model.training_loss(share) / divisor
        if self.loss_weight != 1.0:
            loss *= self.loss_weight
        extra = list(self.model.losses)
        decays_itself = registry.snake_case(self.hparams.optimizer) == "adam_w"
        if self.hparams.weight_decay and not decays_itself:
            decaying = [v for v in self.model.trainable_variables if decays(v, self.hparams)]
            squares = tf.stack([tf.nn.l2_loss(v.value) for v in decaying])
            extra.append(self.hparams.weight_decay * tf.reduce_sum(squares))
        if extra:  # They do not depend on tokens: each share brings its part.
            parts = self.shares_per_replica * self.replicas
            loss += tf.add_n([tf.cast(term, tf.float32) for term in extra]) / parts
        return loss

    def _sum_over_replicas(self, value):
        if self.replicas == 1:
            return value
        return tf.distribute.get_replica_context().all_reduce(tf.distribute.ReduceOp.SUM, value)

    def _add_noise(self, gradients):
        scale = self.hparams.grad_noise_scale
        if not scale:
            return gradients
        step = tf.cast(self.optimizer.iterations.value, tf.int32)
        return [
            gradient + scale * tf.random.stateless_normal(gradient.shape, [self.seed + i, step])
            for i, gradient in enumerate(gradients)
        ]


def _dense(gradient, variable):
    """A gradient as a tensor; zeros where the loss does not depend on the variable."""
    return tf.zeros(variable.shape) if gradient is None else tf.convert_to_tensor(gradient)


def count_padding(batch):
    """(places that hold padding, all places) of a batch's sequences of ids, as float32.

    Where there are pictures, the targets are classes: there is no padding.
    """
    ids = [batch[name] for name in ("inputs", "targets") if name in batch]
    ids = [x for x in ids if x.dtype == tf.int32 and x.shape.rank == 2]
    if not ids or any(x.shape.rank == 4 for x in batch.values()):
        return tf.constant(0.0), tf.constant(0.0)
    places = tf.add_n([tf.cast(tf.size(x), tf.float32) for x in ids])
    used = tf.add_n([tf.cast(tf.math.count_nonzero(x), tf.float32) for x in ids])
    return places - used, places
