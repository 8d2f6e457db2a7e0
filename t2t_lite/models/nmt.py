"""The translation models of Google's seq2seq tutorial (Luong, Brevdo and Zhao 2017).

github.com/tensorflow/nmt; among them GNMT (Wu et al. 2016, arXiv:1609.08144).
"""

from __future__ import annotations

from keras import ops

from t2t_lite import registry
from t2t_lite.errors import T2TError
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.initializers import initializer
from t2t_lite.layers.recurrent import RecurrentStack
from t2t_lite.layers.recurrent_decoders import AttentionDecoder, GNMTDecoder, PlainDecoder
from t2t_lite.models.lstm import RecurrentSeq2Seq


class ForwardEncoder(Composite):
    """Layers from the first word to the last."""

    def __init__(self, num_layers, num_residual, hparams, **kwargs):
        super().__init__(**kwargs)
        self.width = hparams.hidden_size
        self.stack = RecurrentStack(
            num_layers,
            self.width,
            self.width,
            hparams,
            num_residual=num_residual,
            name="stack",
        )

    def call(self, x, is_word, training=False):
        """`[length, batch, width]` -> outputs `[length, batch, width]`, and each layer's state."""
        return self.stack(x, None, is_word, training=training)


class TwoWayEncoder(Composite):
    """Half the layers in each direction; the states of both, one after the other, go on."""

    def __init__(self, num_layers, num_residual, hparams, **kwargs):
        super().__init__(**kwargs)
        if num_layers % 2:
            raise T2TError(
                f"encoder_type=bi shares out {num_layers} layers to two directions; let "
                "num_encoder_layers be even."
            )
        self.width = 2 * hparams.hidden_size
        shape = (num_layers // 2, hparams.hidden_size, hparams.hidden_size, hparams)
        self.stacks = [
            RecurrentStack(*shape, backwards, num_residual // 2, name=name)
            for name, backwards in (("forwards", False), ("backwards", True))
        ]

    def call(self, x, is_word, training=False):
        """`[length, batch, hidden]` -> `[length, batch, 2 hidden]`; states forwards, backwards,
        forwards, …"""
        outputs, states = zip(
            *[stack(x, None, is_word, training=training) for stack in self.stacks], strict=True
        )
        in_turn = [state for pair in zip(*states, strict=True) for state in pair]
        return ops.concatenate(outputs, axis=-1), in_turn


class GNMTEncoder(Composite):
    """A layer in each direction, and layers from the first word to the last on top of both."""

    def __init__(self, num_layers, num_residual, hparams, **kwargs):
        super().__init__(**kwargs)
        if num_layers < 2:
            raise T2TError("encoder_type=gnmt needs num_encoder_layers >= 2.")
        self.width = hparams.hidden_size
        self.bottom = TwoWayEncoder(2, 0, hparams, name="bottom")
        self.upper = RecurrentStack(
            num_layers - 1,
            self.bottom.width,
            self.width,
            hparams,
            num_residual=num_residual,
            name="upper",
        )

    def call(self, x, is_word, training=False):
        """`[length, batch, width]` -> outputs of the same shape; the states of the backward layer
        and of those on top."""
        x, (_, backward_state) = self.bottom(x, is_word, training=training)
        x, states = self.upper(x, None, is_word, training=training)
        return x, [backward_state, *states]


ENCODERS = {"uni": ForwardEncoder, "bi": TwoWayEncoder, "gnmt": GNMTEncoder}


def residual_layers(hparams) -> tuple[int, int]:
    """How many layers of encoder and decoder, from the top, add their input to their output."""
    if not hparams.residual:
        return 0, 0
    encoder, decoder = depths(hparams)
    of_encoder, of_decoder = encoder - 1, decoder - 1
    if hparams.encoder_type == "gnmt":  # Its second layer's input is twice as wide as its output.
        of_encoder = encoder - 2
        if encoder == decoder:
            of_decoder = of_encoder
    return of_encoder, of_decoder


def depths(hparams) -> tuple[int, int]:
    """The numbers of layers of encoder and decoder."""
    both = hparams.num_hidden_layers
    return hparams.num_encoder_layers or both, hparams.num_decoder_layers or both


@registry.register_model
class NMT(RecurrentSeq2Seq):
    """The seq2seq tutorial's translators: encoders uni, bi, gnmt; five attentions; GNMT's wiring.

    The encoder's states begin the decoder's where both have as many layers.
    """

    default_hparams_set = "nmt_iwslt15"

    def __init__(self, hparams, problem_hparams):
        encoder_layers, decoder_layers = depths(hparams)
        encoder_residual, decoder_residual = residual_layers(hparams)
        encoder = ENCODERS[hparams.encoder_type](
            encoder_layers, encoder_residual, hparams, name="encoder"
        )
        width = hparams.hidden_size
        shape = (decoder_layers, width, width)
        options = {"num_residual": decoder_residual, "name": "decoder"}
        if hparams.attention_mechanism == "none":
            decoder = PlainDecoder(*shape, hparams, **options)
        elif hparams.attention_architecture == "standard":
            decoder = AttentionDecoder(*shape, encoder.width, hparams, **options)
        else:
            options["uses_new_context"] = hparams.attention_architecture == "gnmt_v2"
            decoder = GNMTDecoder(*shape, encoder.width, hparams, **options)
        super().__init__(hparams, problem_hparams, encoder, decoder)
        self.passes_states = encoder_layers == decoder_layers
        self._start_embeddings()

    def _start_embeddings(self) -> None:
        """Like all other weights, where these are uniform."""
        if self.hparams.initializer != "uniform":
            return
        for modality in {id(m): m for m in self.modalities.values()}.values():
            for weight in modality.trainable_variables:
                weight.assign(initializer(self.hparams)(weight.shape))

    def _encoded(self, features, training):
        encoded = super()._encoded(features, training)
        return encoded if self.passes_states else {**encoded, "states": {}}

    def loss_divisor(self, features):
        if self.hparams.loss_normalization == "tokens":
            return super().loss_divisor(features)
        is_sentence = ops.any(self.loss_weights(features) > 0, axis=1)
        return ops.sum(ops.cast(is_sentence, "float32"))
