"""Shake-shake (Gastaldi 2017, arXiv:1705.07485)."""

from __future__ import annotations

import keras
from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.images import Convolution2D, batch_norm
from t2t_lite.layers.randomness import SeedGenerator
from t2t_lite.models.image_classifier import ImageClassifier

FIRST_WIDTH = 16
GROUPS = 3


class Branch(Composite):
    """ReLU, 3x3 convolution and batch normalisation, twice."""

    def __init__(self, width: int, strides: int, hparams, **kwargs):
        super().__init__(**kwargs)
        self.convolutions = [
            Convolution2D(width, 3, hparams, strides=s, use_bias=True, name=f"convolution_{i}")
            for i, s in enumerate((strides, 1))
        ]
        self.norms = [batch_norm(hparams, name=f"norm_{i}") for i in range(2)]

    def call(self, x, training=False):
        """`[batch, height, width, input]` -> `[batch, height', width', width]`."""
        for convolve, norm in zip(self.convolutions, self.norms, strict=True):
            x = norm(convolve(ops.relu(x)), training=training)
        return x


class Skip(Composite):
    """A shortcut to half the size: every other place, and those between, to half the width each."""

    def __init__(self, width: int, strides: int, hparams, **kwargs):
        super().__init__(**kwargs)
        self.strides = strides
        self.paths = [
            Convolution2D(width // 2, 1, hparams, use_bias=True, name=f"path_{i}") for i in range(2)
        ]
        self.norm = batch_norm(hparams)

    def call(self, x, training=False):
        """`[batch, height, width, input]` -> `[batch, height', width', width]`."""
        between = ops.pad(x, [(0, 0), (0, 1), (0, 1), (0, 0)])[:, 1:, 1:]
        apart = slice(None, None, self.strides)
        parts = [path(y[:, apart, apart]) for path, y in zip(self.paths, (x, between), strict=True)]
        return self.norm(ops.concatenate(parts, axis=-1), training=training)


class ShakeShakeBlock(Composite):
    """A shortcut and branches, whose shares are drawn anew for each example and direction.

    Forward and backward differ (section 2.1 of the paper, "Shake-Shake-Image"); while evaluating
    all shares are equal.
    """

    def __init__(self, width: int, strides: int, changes_width: bool, hparams, **kwargs):
        super().__init__(**kwargs)
        self.branches = [
            Branch(width, strides, hparams, name=f"branch_{i}")
            for i in range(hparams.shake_shake_num_branches)
        ]
        self.skip = Skip(width, strides, hparams, name="skip") if changes_width else None
        self.dropout = Dropout(hparams.layer_prepostprocess_dropout)
        self.seed_generator = SeedGenerator()
        self.merge: Convolution2D | None = None
        self.merge_norm: keras.layers.Layer | None = None
        if hparams.shake_shake_concat:
            self.merge = Convolution2D(width, 1, hparams, use_bias=True, name="merge")
            self.merge_norm = batch_norm(hparams, name="merge_norm")

    def call(self, x, training=False):
        """`[batch, height, width, input]` -> `[batch, height', width', width]`."""
        outputs = [branch(x, training=training) for branch in self.branches]
        if training:
            shares = zip(self._shares(x), self._shares(x), strict=True)
            outputs = [_shaken(y, *share) for y, share in zip(outputs, shares, strict=True)]
        else:
            outputs = [y / len(outputs) for y in outputs]
        outputs = [self.dropout(y, training=training) for y in outputs]
        skip = self.skip(x, training=training) if self.skip else x
        if self.merge is None or self.merge_norm is None:
            return skip + sum(outputs)
        x = self.merge(ops.relu(ops.concatenate([skip, *outputs], axis=-1)))
        return self.merge_norm(x, training=training)

    def _shares(self, x) -> list:
        """For each branch `[batch, 1, 1, 1]`; together 1."""
        shape = (len(self.branches), ops.shape(x)[0], 1, 1, 1)
        drawn = keras.random.uniform(shape, seed=self.seed_generator)
        return list(ops.unstack(drawn / ops.sum(drawn, axis=0), num=len(self.branches)))


def _shaken(y, forward, backward):
    """`y * forward`, with the gradient of `y * backward`."""
    return y * backward + ops.stop_gradient(y * (forward - backward))


@registry.register_model
class ShakeShake(ImageClassifier):
    """Shake-shake (Gastaldi 2017, arXiv:1705.07485): residual branches in random shares."""

    default_hparams_set = "shake_shake_quick"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        blocks, rest = divmod(hparams.num_hidden_layers - 2, 2 * GROUPS)
        if rest or blocks < 1 or hparams.hidden_size % FIRST_WIDTH:
            raise T2TError(
                f"shake_shake has 6n + 2 layers and a width that {FIRST_WIDTH} divides, not "
                f"num_hidden_layers={hparams.num_hidden_layers}, hidden_size={hparams.hidden_size}."
            )
        self.first = Convolution2D(FIRST_WIDTH, 3, hparams, use_bias=True, name="first")
        self.first_norm = batch_norm(hparams, name="first_norm")
        self.blocks = []
        before = FIRST_WIDTH
        for group in range(GROUPS):
            width = hparams.hidden_size * 2**group
            for i in range(blocks):
                self.blocks.append(
                    ShakeShakeBlock(
                        width,
                        2 if group and i == 0 else 1,
                        width != before,
                        hparams,
                        name=f"group_{group + 1}_block_{i + 1}",
                    )
                )
                before = width

    def network(self, x, training: bool):
        """Pixels -> `[batch, height / 4, width / 4, 4 * hidden]`."""
        x = self.first_norm(self.first(x), training=training)
        for block in self.blocks:
            x = block(x, training=training)
        return ops.relu(x)
