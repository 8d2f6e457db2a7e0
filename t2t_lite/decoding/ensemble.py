"""Several models that decode as one."""

from __future__ import annotations

import tensorflow as tf

from t2t_lite.errors import T2TError


def ensemble_of(members):
    """The models as one: an `Ensemble`, or a `ClassEnsemble` if their outputs are classes."""
    is_sequence = any(member.is_autoregressive for member in members)
    return (Ensemble if is_sequence else ClassEnsemble)(members)


class Ensemble:
    """Models of one problem whose probabilities are averaged at every step of decoding.

    It has what a `Generator` asks of a `T2TModel`; the members' encoded inputs and caches lie side
    by side.
    """

    def __init__(self, members):
        """`members`: at least one `T2TModel`, autoregressive, with the same vocabularies.

        Raises:
          T2TError: a member's output is no sequence.
        """
        if not all(member.is_autoregressive for member in members):
            raise T2TError("An ensemble needs models whose outputs are sequences.")
        self.members = list(members)
        self.hparams = members[0].hparams
        self.problem_hparams = members[0].problem_hparams
        self.is_autoregressive = True

    @property
    def keeps_attention(self) -> bool:
        """Whether the caches hold where the members look."""
        return self.members[0].keeps_attention

    @keeps_attention.setter
    def keeps_attention(self, value: bool) -> None:
        for member in self.members:
            member.keeps_attention = value

    def attention_of(self, cache):
        """The mean of the members' attention; see `T2TModel.attention_of`."""
        seen = [m.attention_of(cache[str(i)]) for i, m in enumerate(self.members)]
        return tf.add_n(seen) / len(seen)

    def encode(self, features):
        """See `T2TModel.encode`."""
        return {str(i): member.encode(features) for i, member in enumerate(self.members)}

    def init_cache(self, encoded, rows, max_length):
        """See `T2TModel.init_cache`."""
        return {
            str(i): member.init_cache(encoded[str(i)], rows, max_length)
            for i, member in enumerate(self.members)
        }

    def decode_step(self, ids, position, cache, encoded):
        """The logarithm of the members' mean probabilities, and all caches."""
        vocab, log_probs, caches = self.problem_hparams.vocab_size["targets"], [], {}
        for i, member in enumerate(self.members):
            name = str(i)
            logits, caches[name] = member.decode_step(ids, position, cache[name], encoded[name])
            log_probs.append(tf.nn.log_softmax(logits[:, :vocab]))
        return _log_mean(tf.identity, log_probs), caches


class ClassEnsemble:
    """Models of one problem of classes, or labels, whose probabilities are averaged.

    It is called as a `T2TModel` is.
    """

    is_autoregressive = False
    PREPARATION = ("image_size", "image_augmentation", "image_normalization")

    def __init__(self, members):
        """T2TError if the members want pictures that are prepared in different ways."""
        self.members = list(members)
        self.hparams = members[0].hparams
        self.problem_hparams = members[0].problem_hparams
        if self.problem_hparams.modality.get("inputs") != "image":
            return
        for name in self.PREPARATION:
            values = {str(member.hparams.get(name)) for member in members}
            if len(values) > 1:
                raise T2TError(
                    f"The models of an ensemble must see the same pictures, but {name} is "
                    f"{' and '.join(sorted(values))}."
                )

    def __call__(self, features, training=False):
        """Logits of the mean probabilities, of the members' shape."""
        logits = [
            tf.cast(member(features, training=training), tf.float32) for member in self.members
        ]
        if self.problem_hparams.modality["targets"] == "multi_label":
            return _log_mean(tf.math.log_sigmoid, logits) - _log_mean(
                lambda x: tf.math.log_sigmoid(-x), logits
            )
        return _log_mean(tf.nn.log_softmax, logits)


def _log_mean(log_probability, logits):
    """The logarithm of the mean of probabilities."""
    log_probs = tf.stack([log_probability(x) for x in logits])
    return tf.reduce_logsumexp(log_probs, axis=0) - tf.math.log(float(len(logits)))
