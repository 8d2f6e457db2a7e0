"""A model: its body is all there is to write."""

import keras

from t2t_lite import registry
from t2t_lite.layers.attention import MASKED
from t2t_lite.layers.positions import shift_right
from t2t_lite.models.base import T2TModel


@registry.register_model
class MyGru(T2TModel):
    """A bidirectional GRU encoder, a GRU decoder, and dot-product attention between them."""

    default_hparams_set = "my_gru_small"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        size = hparams.hidden_size
        encoder = keras.layers.GRU(size // 2, return_sequences=True)
        self.encoder = keras.layers.Bidirectional(encoder)
        self.decoder = keras.layers.GRU(size, return_sequences=True)
        self.dropout = keras.layers.Dropout(hparams.gru_dropout)
        self.combine = keras.layers.Dense(size, activation="tanh")

    def body(self, features, training=False):
        is_word = keras.ops.not_equal(features["inputs_raw"], 0)
        memory = self.encoder(features["inputs"], mask=is_word)  # [batch, inputs, hidden]
        state = self.decoder(shift_right(features["targets"]))  # [batch, targets, hidden]
        scores = keras.ops.matmul(state, keras.ops.swapaxes(memory, 1, 2))
        padding = keras.ops.cast(keras.ops.logical_not(is_word), scores.dtype)
        scores = scores + MASKED * padding[:, None]
        context = keras.ops.matmul(keras.ops.softmax(scores), memory)
        output = self.combine(keras.ops.concatenate([state, context], axis=-1))
        return self.dropout(output, training=training)
