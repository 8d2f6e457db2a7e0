"""One class out of several."""

from __future__ import annotations

from keras import ops

from t2t_lite import registry
from t2t_lite.layers.image_stems import ClassBlock, SequenceClassBlock
from t2t_lite.layers.linear import Linear
from t2t_lite.layers.loss import smoothed_cross_entropy
from t2t_lite.modalities.base import Modality


@registry.register_modality
class ClassLabel(Modality):
    """A class id `[batch, 1]`: the mean over positions, then a softmax over the classes.

    With `class_label_top=block` the positions of a square picture, in a sequence, pass a residual
    block before (Kaiser et al. 2017, arXiv:1706.05137). Those of other inputs pass
    `sequence_block`, by the model that knows their padding.
    """

    def __init__(self, hparams, vocab_size, is_target=True, **kwargs):
        super().__init__(hparams, vocab_size, is_target, **kwargs)
        self.block = self.sequence_block = None
        if hparams.class_label_top == "block":  # One that no problem needs makes no weights.
            self.block = ClassBlock(hparams, name="block")
            self.sequence_block = SequenceClassBlock(hparams, name="sequence_block")
        self.logits = Linear(vocab_size, hparams, use_bias=True, name="logits")

    def bottom(self, x, training=False):
        """The label as it is: a body has no use for it."""
        return x

    def top(self, body_output):
        """`[batch, …, hidden]`, with any number of axes of positions -> `[batch, 1, classes]`."""
        if self.block is not None and len(body_output.shape) == 3 and body_output.shape[1] != 1:
            body_output = self.block(body_output)
        positions = tuple(range(1, len(body_output.shape) - 1))
        if positions:
            body_output = ops.mean(body_output, axis=positions)
        return self.logits(body_output)[:, None]

    def target_losses(self, logits, targets):
        """Cross entropy with `label_smoothing`: `[batch, 1]`."""
        return smoothed_cross_entropy(logits, targets, self.hparams.label_smoothing)

    def target_weights(self, targets):
        """Every example counts 1, class 0 too."""
        return ops.ones(ops.shape(targets), "float32")
