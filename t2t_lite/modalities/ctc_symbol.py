"""Sequences of symbols that are read off the inputs' positions."""

from __future__ import annotations

from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.linear import Linear
from t2t_lite.modalities.base import Modality

_IMPOSSIBLE = -1e9


@registry.register_modality
class CtcSymbol(Modality):
    """Ids `[batch, length]` by connectionist temporal classification (Graves et al. 2006).

    The model gives a vector for each position of the inputs, and zeros at their padding; symbol 0,
    else padding, is the blank. The end of sequence is not learned. There is no label smoothing.
    """

    has_logits_of_targets = False

    def __init__(self, hparams, vocab_size, is_target=True, **kwargs):
        super().__init__(hparams, vocab_size, is_target, **kwargs)
        if not is_target:
            raise T2TError("sequence_loss=ctc is for targets alone; leave out _rev or _copy.")
        self.logits = Linear(vocab_size, hparams, use_bias=True, name="logits")

    def bottom(self, x, training=False):
        """The ids as they are: a body has no use for them."""
        return x

    def padding(self, x):
        """Symbol 0 is padding."""
        return ops.equal(x, 0)

    def top(self, body_output):
        """`[batch, positions, hidden]` -> logits `[batch, positions, vocab]`.

        At padding the blank is certain, so the sum over alignments is the one without padding.
        """
        logits = ops.cast(self.logits(body_output), "float32")
        is_padding = ops.all(ops.equal(body_output, 0), axis=-1)[..., None]
        is_blank = ops.arange(self.vocab_size) == 0
        certain = ops.where(is_blank, 0.0, _IMPOSSIBLE)
        return ops.where(is_padding, certain, logits)

    def target_losses(self, logits, targets):
        """-log P of all of a row's symbols, spread evenly over them: `[batch, length]`.

        0 for a row whose targets are too many for its positions.
        """
        places = ops.cast(ops.not_equal(targets, 0), "float32")
        is_symbol = ops.cast(ops.greater(targets, 1), "int32")  # neither padding nor the end
        lengths = ops.sum(is_symbol, axis=1)
        is_repeat = ops.equal(targets[:, 1:], targets[:, :-1])
        repeats = ops.sum(ops.cast(is_repeat, "int32") * is_symbol[:, 1:], axis=1)
        is_padding = logits[..., 1] <= _IMPOSSIBLE
        positions = ops.sum(1 - ops.cast(is_padding, "int32"), axis=1)
        fits = lengths + repeats <= positions
        # A row that does not fit would give an infinity, and its gradient more of them.
        lengths = ops.where(fits, lengths, 0)
        all_positions = ops.zeros_like(positions) + ops.shape(logits)[1]
        losses = ops.ctc_loss(targets * is_symbol, logits, lengths, all_positions, mask_index=0)
        losses = ops.where(fits, losses, 0.0)
        share = places / ops.maximum(ops.sum(places, axis=1, keepdims=True), 1.0)
        return losses[:, None] * share

    def target_weights(self, targets):
        """1 at every symbol, 0 at padding."""
        return ops.cast(ops.not_equal(targets, 0), "float32")
