"""The contract between features and models."""

from __future__ import annotations

import itertools
from typing import Any, NamedTuple

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
) -> list[dict[str, Modality]]:
    """For each problem a modality for every feature: {feature: modality}.

    Features with the same modality and vocabulary size share one, and so one embedding, when
    `hparams.shared_embedding_and_softmax_weights` or `shared_embedding` says so, as in
    Tensor2Tensor. The former is off where inputs and targets have vocabularies of different size,
    also as there: the targets' embedding and softmax are two matrices then. Of several problems
    those with the same vocabulary, or with pictures of as many channels, share modalities.
    """
    plans = [_plan(own, hparams) for own in problem_hparams.each()]
    targets = {keys["targets"] for keys, _ in plans}
    built: dict[_Key, Modality] = {}
    for keys, own_hparams in plans:
        for key in keys.values():
            if key not in built:
                name = _name(key, {modality.name for modality in built.values()})
                is_target = key in targets
                # A plug-in's modality need not know of other widths.
                options = {"body_width": body_width} if is_target and body_width else {}
                modality = registry.modality(key.kind)
                built[key] = modality(own_hparams, key.size, is_target, name=name, **options)
    return [{feature: built[key] for feature, key in keys.items()} for keys, _ in plans]


class _Key(NamedTuple):
    """Features of which this is the same share a modality."""

    kind: str
    size: int | None  # of the vocabulary
    feature: str  # '' where inputs and targets may share
    vocabulary: str
    depth: int | None = None  # how many numbers a place has, of pictures and the like


def _plan(problem_hparams, hparams) -> tuple[dict[str, _Key], Any]:
    """For a problem: {feature: key of its modality}, and the hparams of these modalities."""
    sizes, vocabulary = problem_hparams.vocab_size, problem_hparams.vocabulary
    if hparams.shared_embedding_and_softmax_weights and _differ(sizes, hparams.vocab_divisor):
        hparams = hparams.copy()
        hparams.shared_embedding_and_softmax_weights = False
        hparams.freeze()
    share = hparams.shared_embedding_and_softmax_weights or hparams.shared_embedding
    keys = {
        feature: _Key(
            kind,
            sizes[feature],
            "" if share else feature,
            vocabulary.get(feature, ""),
            _depth(kind, problem_hparams.shape.get(feature)),
        )
        for feature, kind in problem_hparams.modality.items()
    }
    return keys, hparams


def _depth(kind: str, shape: tuple[int, ...] | None) -> int | None:
    """Channels of pictures and spectrograms, samples per frame; None of symbols and classes."""
    has_ids = registry.modality(kind).feature_dtype == "int32"
    return None if has_ids or shape is None else shape[-1]


def _name(key: _Key, taken: set[str]) -> str:
    """Of a layer: kind, feature and size, and a number where several problems have these."""
    name = "_".join(map(str, filter(None, (key.kind, key.feature, str(key.size)))))
    names = itertools.chain([name], (f"{name}_{i}" for i in itertools.count(1)))
    return next(name for name in names if name not in taken)


def _differ(sizes: dict[str, int], divisor: int) -> bool:
    """Whether the vocabularies, padded to a multiple of `divisor`, are of different size."""
    padded = {-(-sizes[name] // divisor) for name in ("inputs", "targets") if sizes.get(name)}
    return len(padded) > 1
