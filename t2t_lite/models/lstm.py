"""Recurrent sequence-to-sequence models (Sutskever et al. 2014), as Tensor2Tensor builds them.

`recurrent_cell` chooses the cell: an LSTM, a GRU, or an LSTM with layer normalisation.
"""

from __future__ import annotations

from keras import ops

from t2t_lite import registry
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.positions import shift_right
from t2t_lite.layers.randomness import SeedGenerator
from t2t_lite.layers.recurrent import RecurrentStack, swap_batch_and_length
from t2t_lite.layers.recurrent_decoders import AttentionDecoder, PlainDecoder
from t2t_lite.models import scheduled_sampling
from t2t_lite.models.base import (
    Features,
    T2TModel,
    repeat_beams,
    require_classes,
    require_inputs,
    require_no_ctc,
    require_one_vector,
    require_sequences,
    require_unpacked,
)


class BackwardEncoder(Composite):
    """Layers from the last word to the first, so that the first words are the freshest memory."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        self.width = hparams.hidden_size
        self.stack = RecurrentStack(
            hparams.num_hidden_layers,
            self.width,
            self.width,
            hparams,
            backwards=True,
            name="stack",
        )

    def call(self, x, is_word, training=False):
        """`[length, batch, width]` -> outputs `[length, batch, width]`, and each layer's state."""
        return self.stack(x, None, is_word, training=training)


class BidirectionalEncoder(Composite):
    """Two stacks, one in each direction, that meet at the top; their states side by side."""

    def __init__(self, hparams, **kwargs):
        super().__init__(**kwargs)
        self.width = 2 * hparams.hidden_size
        shape = (hparams.num_hidden_layers, hparams.hidden_size, hparams.hidden_size)
        self.forwards = RecurrentStack(*shape, hparams, name="forwards")
        self.backwards = RecurrentStack(*shape, hparams, backwards=True, name="backwards")

    def call(self, x, is_word, training=False):
        """`[length, batch, hidden]` -> `[length, batch, 2 hidden]`, and each layer's state."""
        outputs, states = zip(
            *[
                stack(x, None, is_word, training=training)
                for stack in (self.forwards, self.backwards)
            ],
            strict=True,
        )
        joined = [
            {name: ops.concatenate([a[name], b[name]], axis=-1) for name in a}
            for a, b in zip(*states, strict=True)
        ]
        return ops.concatenate(outputs, axis=-1), joined


def encode_words(encoder, features: Features, training: bool):
    """The outputs of an encoder, `[length, batch, …]`, zeros at padding; and its layers' states."""
    is_word = ops.transpose(~features["inputs_padding"])[..., None]  # [length, batch, 1]
    outputs, states = encoder(swap_batch_and_length(features["inputs"]), is_word, training=training)
    return ops.where(is_word, outputs, ops.zeros((), outputs.dtype)), states


class RecurrentSeq2Seq(T2TModel):
    """What recurrent models have in common: an encoder, its last states, a decoder.

    Without inputs it is a language model, if the decoder has no attention.
    """

    def __init__(self, hparams, problem_hparams, encoder, decoder):
        super().__init__(hparams, problem_hparams, body_width=decoder.width)
        require_sequences(self, instead="lstm_encoder")
        require_unpacked(self)
        self.has_attention = not isinstance(decoder, PlainDecoder)
        if self.has_attention:
            require_inputs(self)
        self.encoder = encoder if self.has_inputs else None
        self.decoder = decoder
        self.sampling_seed = SeedGenerator()  # Of scheduled sampling, even while there is none.

    def body(self, features, training=False):
        encoded = self._encoded(features, training) if self.has_inputs else {}
        x = features["targets"]
        if "targets_seen" in features:
            x = self.modalities["targets"].bottom(features["targets_seen"], training=training)
        x = swap_batch_and_length(shift_right(x))
        output = self.decoder(
            x, self._first_states(encoded), encoded.get("memory"), training=training
        )
        return swap_batch_and_length(output)

    def training_loss(self, features):
        return super().training_loss(scheduled_sampling.add_targets_seen(self, features))

    def _encoded(self, features: Features, training: bool) -> Features:
        """What `encode` gives, from embedded features."""
        memory, states = encode_words(self.encoder, features, training)
        return {
            "states": {str(i): state for i, state in enumerate(states)},
            "memory": self.decoder.prepare(
                swap_batch_and_length(memory), features["inputs_padding"]
            ),
        }

    def _first_states(self, encoded: Features) -> list | None:
        """The states of the decoder's layers before the first symbol; None: zeros."""
        states = encoded.get("states")
        return [states[str(i)] for i in range(len(states))] if states else None

    def encode(self, features):
        return self._encoded(self.bottom(features), training=False) if self.has_inputs else {}

    def init_cache(self, encoded, rows, max_length):
        first, states = ops.zeros((rows,)), self._first_states(encoded)
        if states is not None:
            states = [
                {name: repeat_beams(value, first) for name, value in state.items()}
                for state in states
            ]
        cache = {"decoder": self.decoder.start(states, rows)}
        if self.keeps_attention and self.has_attention:
            length = ops.shape(encoded["memory"]["is_padding"])[1]
            cache["attention"] = ops.zeros((rows, length))
        return cache

    def decode_step(self, ids, position, cache, encoded):
        x = self.embed_previous(ids, position)[:, 0]  # [rows, hidden]
        output, state, seen = self.decoder.step(x, cache["decoder"], encoded.get("memory"))
        updated = {"decoder": state}
        if "attention" in cache:
            updated["attention"] = seen
        return self.top_of_step(output[:, None]), updated

    def attention_of(self, cache):
        return cache["attention"] if self.has_attention else super().attention_of(cache)


@registry.register_model
class LSTMSeq2seq(RecurrentSeq2Seq):
    """Recurrent layers that read the inputs backwards; their states begin the decoder's."""

    default_hparams_set = "lstm_seq2seq"

    def __init__(self, hparams, problem_hparams):
        encoder = BackwardEncoder(hparams, name="encoder")
        decoder = PlainDecoder(
            hparams.num_hidden_layers, hparams.hidden_size, encoder.width, hparams, name="decoder"
        )
        super().__init__(hparams, problem_hparams, encoder, decoder)


@registry.register_model
class LSTMSeq2seqAttention(RecurrentSeq2Seq):
    """lstm_seq2seq with attention to the encoder's outputs."""

    default_hparams_set = "lstm_attention"

    def __init__(self, hparams, problem_hparams):
        encoder = BackwardEncoder(hparams, name="encoder")
        decoder = attention_decoder(encoder, hparams)
        super().__init__(hparams, problem_hparams, encoder, decoder)


@registry.register_model
class LSTMSeq2seqBidirectionalEncoder(RecurrentSeq2Seq):
    """lstm_seq2seq whose encoder reads in both directions; its decoder is twice as wide."""

    default_hparams_set = "lstm_seq2seq"

    def __init__(self, hparams, problem_hparams):
        encoder = BidirectionalEncoder(hparams, name="encoder")
        decoder = PlainDecoder(
            hparams.num_hidden_layers, hparams.hidden_size, encoder.width, hparams, name="decoder"
        )
        super().__init__(hparams, problem_hparams, encoder, decoder)


@registry.register_model
class LSTMSeq2seqAttentionBidirectionalEncoder(RecurrentSeq2Seq):
    """lstm_seq2seq_bidirectional_encoder with attention to the encoder's outputs."""

    default_hparams_set = "lstm_attention"

    def __init__(self, hparams, problem_hparams):
        encoder = BidirectionalEncoder(hparams, name="encoder")
        decoder = attention_decoder(encoder, hparams)
        super().__init__(hparams, problem_hparams, encoder, decoder)


def attention_decoder(encoder, hparams) -> AttentionDecoder:
    """A decoder as wide as the encoder's outputs, with attention to them."""
    return AttentionDecoder(
        hparams.num_hidden_layers,
        hparams.hidden_size,
        encoder.width,
        encoder.width,
        hparams,
        name="decoder",
    )


@registry.register_model
class LSTMEncoder(T2TModel):
    """Recurrent layers that read the inputs backwards, for classes: the mean over the words."""

    default_hparams_set = "lstm_seq2seq"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        require_unpacked(self)
        require_inputs(self)
        require_classes(self, instead="lstm_seq2seq")
        require_no_ctc(self)
        require_one_vector(self)
        self.encoder = BackwardEncoder(hparams, name="encoder")

    def body(self, features, training=False):
        outputs, _ = encode_words(self.encoder, features, training)  # Zeros at padding.
        words = ops.sum(ops.cast(~features["inputs_padding"], outputs.dtype), axis=1)[:, None]
        return (ops.sum(outputs, axis=0) / ops.maximum(words, 1.0))[:, None]
