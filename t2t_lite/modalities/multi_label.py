"""Any number out of several labels."""

from __future__ import annotations

from keras import ops

from t2t_lite import registry
from t2t_lite.modalities.class_label import ClassLabel


@registry.register_modality
class MultiLabel(ClassLabel):
    """Labels `[batch, labels]`, 1 or 0: the mean over positions, then a sigmoid for each label."""

    def top(self, body_output):
        """`[batch, …, hidden]`, with any number of axes of positions -> `[batch, labels]`."""
        return super().top(body_output)[:, 0]

    def target_losses(self, logits, targets):
        """Cross entropy of each label: `[batch, labels]`.

        With `label_smoothing` s the target is 1 - s / 2 or s / 2, and the loss is less the least
        that it can be.
        """
        smoothing = self.hparams.label_smoothing
        logits = ops.cast(logits, "float32")
        targets = ops.cast(targets, "float32") * (1.0 - smoothing) + smoothing / 2
        losses = ops.softplus(logits) - targets * logits
        if smoothing:
            losses = losses + targets * ops.log(targets) + (1 - targets) * ops.log(1 - targets)
        return losses
