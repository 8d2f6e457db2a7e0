"""The contract between features and models."""

from __future__ import annotations

import keras
from keras import ops

from t2t_lite import registry


class Modality(keras.layers.Layer):
    """How one kind of feature enters and leaves a model.

    A problem names the modality of each feature; the model's body sees only what `bottom`
    makes of it, so any problem meets any model.
    """

    name = ""  # Set by the registry; Keras replaces it on instances.
    feature_dtype = "int32"  # Of the raw feature.
    has_logits_of_targets = True  # Whether `top` gives logits for each place of the targets.

    def __init__(
        self,
        hparams,
        vocab_size: int,
        is_target: bool = True,
        body_width: int | None = None,
        **kwargs,
    ):
        """
        Args:
          vocab_size: the number of symbols, classes, or channels of the feature.
          is_target: whether `top` is used, and its weights are needed.
          body_width: the last dimension of what `top` gets; None: hidden_size.
        """
        super().__init__(**kwargs)
        self.hparams = hparams
        self.body_width = body_width or hparams.hidden_size
        self.is_target = is_target
        self.vocab_size = vocab_size

    def bottom(self, x, training=False):
        """The raw feature -> `[batch, length, hidden]`."""
        raise NotImplementedError

    def pixels(self, x, training=False):
        """What a body that `takes_pixels` gets: a picture itself, and of others the `bottom`."""
        return self.bottom(x, training=training)

    def padding(self, x):
        """Which positions of what `bottom` gives are padding: `[batch, length]` bool."""
        return ops.zeros(ops.shape(x)[:2], "bool")

    def top(self, body_output):
        """The body's output -> logits."""
        raise NotImplementedError

    def target_losses(self, logits, targets):
        """The loss at every place of `targets`, float32."""
        raise NotImplementedError

    def loss_sum(self, body_output, targets, weights):
        """`target_losses` of what `top` makes of the body's output, weighted and summed.

        A modality with many classes may compute it without all logits in memory.
        """
        return ops.sum(self.target_losses(self.top(body_output), targets) * weights)

    def target_weights(self, targets):
        """How much every place of `targets` counts, float32; 0 at padding."""
        raise NotImplementedError


def build_modalities(
    problem_hparams, hparams, body_width: int | None = None
) -> dict[str, Modality]:
    """A modality for every feature of a problem: {feature: modality}.

    Features with the same modality and vocabulary size share one, and so one embedding, when
    `hparams.shared_embedding_and_softmax_weights` or `shared_embedding` says so, as in
    Tensor2Tensor. The former is off where inputs and targets have vocabularies of different size,
    also as there: the targets' embedding and softmax are two matrices then.
    """
    sizes = problem_hparams.vocab_size
    if hparams.shared_embedding_and_softmax_weights and _differ(sizes, hparams.vocab_divisor):
        hparams = hparams.copy()
        hparams.shared_embedding_and_softmax_weights = False
        hparams.freeze()
    share = hparams.shared_embedding_and_softmax_weights or hparams.shared_embedding
    keys = {
        feature: (kind, sizes[feature], "" if share else feature)
        for feature, kind in problem_hparams.modality.items()
    }
    built: dict[tuple, Modality] = {}
    for feature, (kind, size, owner) in keys.items():
        key = keys[feature]
        if key not in built:
            name = f"{kind}_{owner}_{size}" if owner else f"{kind}_{size}"
            is_target = key == keys["targets"]
            # A plug-in's modality need not know of other widths.
            options = {"body_width": body_width} if is_target and body_width else {}
            built[key] = registry.modality(kind)(hparams, size, is_target, name=name, **options)
    return {feature: built[key] for feature, key in keys.items()}


def _differ(sizes: dict[str, int], divisor: int) -> bool:
    """Whether the vocabularies, padded to a multiple of `divisor`, are of different size."""
    padded = {-(-sizes[name] // divisor) for name in ("inputs", "targets") if sizes.get(name)}
    return len(padded) > 1
