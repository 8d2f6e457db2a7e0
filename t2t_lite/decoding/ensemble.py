"""Several models that decode as one."""

from __future__ import annotations

import tensorflow as tf

from t2t_lite.errors import T2TError


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
        mean = tf.reduce_logsumexp(tf.stack(log_probs), axis=0) - tf.math.log(float(len(log_probs)))
        return mean, caches
