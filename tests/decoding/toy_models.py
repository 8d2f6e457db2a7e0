"""Models small enough to know by heart what they decode; they obey the contract of T2TModel."""

import types

import tensorflow as tf

from t2t_lite.text.byte_encoder import ByteTextEncoder
from t2t_lite.text.encoder import EOS

VOCAB_SIZE = ByteTextEncoder().vocab_size


class ToyModel:
    """Remembers in its cache all ids so far, [rows, max_length], and counts its own tracings."""

    def __init__(self, prepend_mode="none"):
        self.hparams = types.SimpleNamespace(prepend_mode=prepend_mode)
        self.problem_hparams = types.SimpleNamespace(vocab_size={"targets": VOCAB_SIZE})
        self.num_tracings = 0

    def encode(self, features):
        return dict(features)

    def init_cache(self, encoded, rows, max_length):
        return {"ids": tf.zeros([rows, max_length], tf.int32)}

    def decode_step(self, ids, position, cache, encoded):
        self.num_tracings += 1
        is_previous = tf.range(tf.shape(cache["ids"])[1]) == position - 1
        history = tf.where(is_previous, ids[:, None], cache["ids"])
        return self.logits(history, position, encoded), {"ids": history}

    def logits(self, history, position, encoded):
        raise NotImplementedError


class CopyModel(ToyModel):
    """Says what it is given; its logits are longer than the vocabulary, as padding makes them."""

    confidence = 20.0

    def logits(self, history, position, encoded):
        inputs = encoded["inputs"]
        beam = tf.shape(history)[0] // tf.shape(inputs)[0]
        column = tf.minimum(position, tf.shape(inputs)[1] - 1)
        wanted = tf.repeat(tf.gather(inputs, column, axis=1), beam)
        padding = tf.fill([tf.shape(history)[0], 6], 99.0)
        return tf.concat([self.confidence * tf.one_hot(wanted, VOCAB_SIZE), padding], axis=1)


class DoubtfulCopyModel(CopyModel):
    """Prefers to copy, but what it has said so far sways it: every hypothesis is another case."""

    def logits(self, history, position, encoded):
        logits = super().logits(history, position, encoded)
        key = tf.reduce_sum(history * tf.range(1, tf.shape(history)[1] + 1), axis=1) % 1009
        symbols = tf.range(VOCAB_SIZE + 6)
        noise = tf.cast((key[:, None] * 7919 + symbols * 104729) % 1013, tf.float32) / 1013.0
        return 0.35 * logits + 4.0 * tf.where(symbols < VOCAB_SIZE, noise, 0.0)


class AlphabetModel(ToyModel):
    """A language model: after every letter its successor, after `e` the end; begins with `a`."""

    def logits(self, history, position, encoded):
        letter_a = ByteTextEncoder().encode("a")[0]
        last = tf.gather(history, tf.maximum(position - 1, 0), axis=1)
        successor = tf.where(last == letter_a + 4, EOS, last + 1)
        wanted = tf.where(position == 0, letter_a, successor)
        return 20.0 * tf.one_hot(wanted, VOCAB_SIZE)


class PrependModel(ToyModel):
    """Copies what stands before the separator 0 in its own targets."""

    def logits(self, history, position, encoded):
        before = tf.range(tf.shape(history)[1]) < position
        is_separator = tf.cast((history == 0) & before, tf.int32)
        separator = tf.argmax(is_separator, axis=1, output_type=tf.int32)  # [rows]
        source = tf.clip_by_value(position - separator - 1, 0, tf.shape(history)[1] - 1)
        wanted = tf.gather(history, source, batch_dims=1)
        return 20.0 * tf.one_hot(wanted, VOCAB_SIZE)
