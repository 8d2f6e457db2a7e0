"""Words of the inputs in the place of unknown ones in the outputs, by attention.

As in Jean et al. 2015 (arXiv:1412.2007, section 3.3): a word that the vocabulary of the outputs
does not have is often a name, and stands in the inputs where the model looked.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from t2t_lite.errors import T2TError
from t2t_lite.text.encoder import TextEncoder, until_eos


class UnknownWords:
    """Finds what to write for unknown words.

    The search does not know of it: where an output has an unknown word, the model reads the output
    once more, and tells where it looks.
    """

    def __init__(self, model, source_encoder: TextEncoder | None, target_encoder: TextEncoder):
        """
        Raises:
          T2TError: the vocabularies are not of words, or the model has no attention to its inputs.
        """
        if source_encoder is None or not source_encoder.has_words:
            raise T2TError(
                "replace_unknowns copies words of the input, but the input's vocabulary is not one "
                "of words; leave it out."
            )
        if target_encoder.unknown_id is None:
            raise T2TError(
                "replace_unknowns has nothing to do: the output's vocabulary has no unknown words."
            )
        model.keeps_attention = True
        encoded = model.encode({"inputs": tf.ones([1, 1], tf.int32)})
        model.attention_of(model.init_cache(encoded, 1, 1))  # An error, if it has none.
        self._model = model
        self._source_encoder, self._target_encoder = source_encoder, target_encoder
        self._attention = tf.function(self._run, autograph=False)

    def attention(self, inputs: np.ndarray, ids: np.ndarray) -> np.ndarray | None:
        """Where the model looks as it makes the ids; None if no id is unknown.

        Args:
          inputs: [batch, inputs] int32.
          ids: [batch, hypotheses, length] int32, the outputs.
        Returns:
          [batch, hypotheses, length, inputs] float32, with sum 1 over the inputs.
        """
        if not (ids == self._target_encoder.unknown_id).any():
            return None
        batch, hypotheses, length = ids.shape
        rows = ids.reshape(-1, length)
        before = np.pad(rows[:, :-1], [(0, 0), (1, 0)])
        room = 1 << (length - 1).bit_length()  # A power of two, for few graphs.
        before = np.pad(before, [(0, 0), (0, room - length)]).astype("int32")
        specs = tf.TensorSpec([batch, None], tf.int32), tf.TensorSpec(before.shape, tf.int32)
        run = self._attention.get_concrete_function(*specs)
        seen = run(tf.constant(inputs), tf.constant(before)).numpy()
        return seen[:length].swapaxes(0, 1).reshape(batch, hypotheses, length, -1)

    def _run(self, inputs, before):
        """[batch, inputs], [rows, length]: the id before each -> [length, rows, inputs]."""
        rows, length = before.shape
        encoded = self._model.encode({"inputs": inputs})
        cache = self._model.init_cache(encoded, rows, length)

        def step(position, cache, seen):
            ids = tf.gather(before, position, axis=1)
            _, updated = self._model.decode_step(ids, position, cache, encoded)
            cache = tf.nest.map_structure(
                lambda new, old: tf.ensure_shape(new, old.shape), updated, cache
            )
            now = tf.cast(self._model.attention_of(cache), tf.float32)
            return position + 1, cache, seen.write(position, now)

        seen = tf.TensorArray(tf.float32, length, element_shape=[rows, None])
        start = tf.constant(0), cache, seen
        return tf.while_loop(lambda position, *_: position < length, step, start)[2].stack()

    def words(self, ids: Sequence[int], own: Sequence[str] | None) -> Sequence[str]:
        """The words of an input: its `own`, as far as it was not cut, or what its ids stand for."""
        ids = until_eos(ids)
        return own[: len(ids)] if own else self._source_encoder.decode_list(ids)

    def replaced(self, ids: Sequence[int], attention: np.ndarray, words: Sequence[str]) -> str:
        """The text of `ids` before the first EOS, unknown words taken from `words`.

        Args:
          ids: of the output.
          attention: [length, inputs], of `attention`.
          words: of `words`.
        """
        ids = until_eos(ids)
        texts = self._target_encoder.decode_list(ids)
        for position, i in enumerate(ids):
            if i == self._target_encoder.unknown_id and words:
                texts[position] = words[int(np.argmax(attention[position, : len(words)]))]
        return " ".join(text for text in texts if text)
