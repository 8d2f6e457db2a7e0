"""Vectors of real numbers."""

from __future__ import annotations

from keras import ops

from t2t_lite import registry
from t2t_lite.layers.linear import Linear
from t2t_lite.modalities.base import Modality


@registry.register_modality
class Real(Modality):
    """Vectors `[batch, length, depth]`: a linear map at the bottom and at the top, squared error.

    The loss is the mean over all numbers, as Tensor2Tensor's `real_l2_loss`; no vector is padding,
    for zeros mean something. What is called vocab_size is the depth.
    """

    feature_dtype = "float32"

    def __init__(self, hparams, vocab_size, is_target=True, **kwargs):
        super().__init__(hparams, vocab_size, is_target, **kwargs)
        self.embedding = Linear(hparams.hidden_size, hparams, use_bias=True, name="bottom")
        self.prediction = Linear(vocab_size, hparams, use_bias=True, name="top")

    def bottom(self, x, training=False):
        """`[batch, length, depth]` -> `[batch, length, hidden]`."""
        return self.embedding(ops.cast(x, self.compute_dtype))

    def top(self, body_output):
        """`[batch, length, hidden]` -> the numbers themselves, `[batch, length, depth]`."""
        return self.prediction(body_output)

    def target_losses(self, logits, targets):
        """The squared error of each number: `[batch, length, depth]`."""
        predicted = ops.reshape(ops.cast(logits, "float32"), ops.shape(targets))
        return ops.square(predicted - targets)

    def target_weights(self, targets):
        """Each number counts 1."""
        return ops.ones_like(targets)


@registry.register_modality("real_l2_loss")
class RealL2Loss(Real):
    """`real`, under Tensor2Tensor's name of its loss."""
