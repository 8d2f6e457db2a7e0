"""Sequences of symbols: words, pieces of words, characters, digits."""

from __future__ import annotations

import keras
from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.loss import smoothed_cross_entropy
from t2t_lite.layers.precision import matmul
from t2t_lite.layers.projected_loss import projected_cross_entropy
from t2t_lite.layers.randomness import SeedGenerator
from t2t_lite.modalities.base import Modality


@registry.register_modality
class Symbol(Modality):
    """Ids `[batch, length]`, 0 is padding: embedding at the bottom, softmax at the top."""

    def __init__(self, hparams, vocab_size, is_target=True, **kwargs):
        divisor = hparams.vocab_divisor
        super().__init__(hparams, -(-vocab_size // divisor) * divisor, is_target, **kwargs)
        self.scale = 1.0
        if hparams.multiply_embedding_mode == "sqrt_depth":
            self.scale = hparams.hidden_size**0.5
        self.seed_generator = SeedGenerator() if hparams.symbol_dropout else None
        hidden = self.hparams.hidden_size
        normal = keras.initializers.RandomNormal(stddev=hidden**-0.5)
        shape = (self.vocab_size, hidden)
        self.embedding = self.add_weight(shape=shape, initializer=normal, name="embedding")
        self.softmax = self.embedding
        if is_target and not hparams.shared_embedding_and_softmax_weights:
            shape = (self.vocab_size, self.body_width)
            self.softmax = self.add_weight(shape=shape, initializer=normal.clone(), name="softmax")
        elif is_target and self.body_width != hidden:
            raise T2TError(
                f"The model's output has width {self.body_width}, so it cannot share its softmax "
                f"with embeddings of width {hidden}: set "
                "shared_embedding_and_softmax_weights=false (shared_embedding=true may stay)."
            )

    def bottom(self, ids, training=False):
        """Ids `[batch, length]` -> `[batch, length, hidden]`; zeros at padding.

        With `symbol_dropout`, some symbols are replaced by padding while training.
        """
        if training and self.hparams.symbol_dropout:
            kept = keras.random.uniform(ops.shape(ids), seed=self.seed_generator)
            ids = ids * ops.cast(kept >= self.hparams.symbol_dropout, ids.dtype)
        present = ops.cast(ids != 0, self.compute_dtype)
        x = ops.cast(ops.take(self.embedding, ids, axis=0), self.compute_dtype)
        return x * (present * ops.cast(self.scale, self.compute_dtype))[..., None]

    def padding(self, ids):
        """Symbol 0 is padding."""
        return ops.equal(ids, 0)

    def top(self, body_output):
        """`[batch, length, hidden]` -> logits `[batch, length, vocab]`."""
        hidden = body_output.shape[-1]
        rows = ops.reshape(body_output, (-1, hidden))
        logits = matmul(rows, ops.transpose(self.softmax))  # [batch * length, vocab]
        logits = ops.cast(logits, body_output.dtype)
        return ops.reshape(logits, (*ops.shape(body_output)[:-1], self.vocab_size))

    def target_losses(self, logits, targets):
        """Cross entropy with `label_smoothing`: `[batch, length]`."""
        return smoothed_cross_entropy(logits, targets, self.hparams.label_smoothing)

    def loss_sum(self, body_output, targets, weights):
        """The sum of `target_losses` times `weights` `[batch, length]`: a float32 scalar."""
        rows = ops.reshape(body_output, (-1, body_output.shape[-1]))
        targets, weights = ops.reshape(targets, (-1,)), ops.reshape(weights, (-1,))
        smoothing = self.hparams.label_smoothing
        return projected_cross_entropy(rows, self.softmax, targets, weights, smoothing)

    def target_weights(self, targets):
        """1 at every symbol, 0 at padding."""
        return ops.cast(targets != 0, "float32")
