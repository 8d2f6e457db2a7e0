"""One update of the weights, over all replicas and the batches each accumulates."""

from __future__ import annotations

from typing import NamedTuple

import tensorflow as tf

from t2t_lite import registry


class StepMetrics(NamedTuple):
    """What a step tells, over its whole global batch."""

    loss: tf.Tensor  # [] mean per target token (or example), label smoothing included
    gradient_norm: tf.Tensor  # [] global norm, before clipping
    tokens: tf.Tensor  # [] target tokens (or examples) that count
    padded: tf.Tensor  # [] places of the batch that hold padding
    places: tf.Tensor  # [] places of the batch in all


class TrainStep:
    """Gradient of the mean loss over the global batch; clip; one optimizer update.

    A global batch has `shares` equal shares of rows: `shares / replicas` per replica, one after
    the other. The loss is a sum over tokens divided by the tokens of the *global* batch, so N
    replicas, or N accumulated shares, give the gradient that one device would give.
    """

    def __init__(self, model, optimizer, hparams, strategy, shares: int):
        self.model = model
        self.optimizer = optimizer
        self.hparams = hparams
        self.strategy = strategy
        self.shares_per_replica = shares // strategy.num_replicas_in_sync

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
            local = [self.strategy.experimental_local_results(value)[0] for value in metrics]
            history = [array.write(i, v) for array, v in zip(history, local, strict=True)]
        return StepMetrics(*[array.stack() for array in history])

    def _replica_update(self, batch):
        shares = self._shares_of_this_replica(batch)
        weight = self._sum_over_replicas(tf.add_n([self._weight(share) for share in shares]))
        loss, gradients = self._loss_and_gradients(shares, weight)
        gradients = self._sum_gradients(gradients)
        norm = tf.linalg.global_norm(gradients)
        gradients = self._clip_and_add_noise(gradients, norm)
        # Keras sums over the replicas once more when it applies.
        replicas = self.strategy.num_replicas_in_sync
        if replicas > 1:
            gradients = [gradient / replicas for gradient in gradients]
        self.optimizer.apply(gradients, self.model.trainable_variables)
        padded, places = count_padding(batch)
        return (self._sum_over_replicas(loss), norm, weight, padded, places)

    def _shares_of_this_replica(self, batch):
        count = self.shares_per_replica
        total = count * self.strategy.num_replicas_in_sync
        if total == 1:
            return [batch]
        first = tf.distribute.get_replica_context().replica_id_in_sync_group * count
        shares = []
        for i in range(count):
            rows = {name: tf.shape(value)[0] // total for name, value in batch.items()}
            share = {
                name: value[(first + i) * rows[name] : (first + i + 1) * rows[name]]
                for name, value in batch.items()
            }
            shares.append(share)
        return shares

    def _weight(self, share):
        return tf.reduce_sum(self.model.loss_weights(share))

    def _loss_and_gradients(self, shares, weight):
        """Sums over this replica's shares."""
        loss, gradients = 0.0, None
        for share in shares:
            with tf.GradientTape() as tape:
                share_loss = self._share_loss(share, weight)
            new = tape.gradient(share_loss, self.model.trainable_variables)
            if len(shares) > 1:
                new = [tf.convert_to_tensor(gradient) for gradient in new]
            gradients = new if gradients is None else _add(gradients, new)
            loss += share_loss
        return loss, gradients

    def _share_loss(self, share, weight):
        logits = self.model(share, training=True)
        loss = self.model.loss_sum(logits, share) / weight
        extra = list(self.model.losses)
        decays_itself = registry.snake_case(self.hparams.optimizer) == "adam_w"
        if self.hparams.weight_decay and not decays_itself:
            extra += [
                self.hparams.weight_decay * tf.nn.l2_loss(variable.value)
                for variable in self.model.trainable_variables
                if len(variable.shape) > 1
            ]
        if extra:  # They do not depend on tokens: each share brings its part.
            parts = self.shares_per_replica * self.strategy.num_replicas_in_sync
            loss += tf.add_n([tf.cast(term, tf.float32) for term in extra]) / parts
        return loss

    def _sum_over_replicas(self, value):
        if self.strategy.num_replicas_in_sync == 1:
            return value
        return tf.distribute.get_replica_context().all_reduce(tf.distribute.ReduceOp.SUM, value)

    def _sum_gradients(self, gradients):
        variables = self.model.trainable_variables
        gradients = [
            tf.zeros_like(variable.value) if gradient is None else gradient
            for gradient, variable in zip(gradients, variables, strict=True)
        ]
        if self.strategy.num_replicas_in_sync == 1:
            return gradients
        return self._sum_over_replicas([tf.convert_to_tensor(g) for g in gradients])

    def _clip_and_add_noise(self, gradients, norm):
        hp = self.hparams
        if hp.clip_grad_norm:
            gradients, _ = tf.clip_by_global_norm(gradients, hp.clip_grad_norm, use_norm=norm)
        if hp.grad_noise_scale:
            scale = hp.grad_noise_scale * self.optimizer.learning_rate
            step = tf.cast(self.optimizer.iterations.value, tf.int32)
            gradients = [
                gradient + scale * tf.random.stateless_normal(gradient.shape, [step, i])
                for i, gradient in enumerate(gradients)
            ]
        return gradients


def _add(left, right):
    return [a + b for a, b in zip(left, right, strict=True)]


def count_padding(batch):
    """(places that hold padding, all places) of a batch's sequences of ids, as float32."""
    ids = [batch[name] for name in ("inputs", "targets") if name in batch]
    ids = [x for x in ids if x.dtype == tf.int32 and x.shape.rank == 2]
    if not ids:
        return tf.constant(0.0), tf.constant(0.0)
    places = tf.add_n([tf.cast(tf.size(x), tf.float32) for x in ids])
    used = tf.add_n([tf.cast(tf.math.count_nonzero(x), tf.float32) for x in ids])
    return places - used, places
