"""The hyperparameters of recurrent models, and the sets that Tensor2Tensor published for them.

A set that bears Tensor2Tensor's name has Tensor2Tensor's values (models/lstm.py there).
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.base import HParams, hparam


class LSTMHParams(HParams):
    """Fields of recurrent sequence-to-sequence models (Sutskever et al. 2014, arXiv:1409.3215)."""

    recurrent_cell: str = hparam(
        "lstm",
        "lstm, gru or layer_norm_lstm",
        choices=("lstm", "gru", "layer_norm_lstm"),
    )
    lstm_forget_bias: float = hparam(1.0, "added to an LSTM's forget gate")
    dropout: float = hparam(0.2, "dropout of every recurrent layer's input", minimum=0, maximum=1)

    # Attention
    attention_mechanism: str = hparam(
        "bahdanau", "luong, scaled_luong, bahdanau or normed_bahdanau"
    )
    attention_layer_size: int = hparam(
        0, "width of each head's attention vector; 0: the decoder's", minimum=0
    )
    output_attention: bool = hparam(
        True, "the attention vector is the decoder's output; false: the top cell's"
    )
    num_heads: int = hparam(1, "attention heads; they share keys and queries", minimum=1)
    input_feeding: bool = hparam(
        True, "the last attention vector is a part of the bottom cell's input"
    )
    attention_mask_padding: bool = hparam(
        True, "padding of the inputs gets no attention; false: it does, as in Tensor2Tensor"
    )

    # Scheduled sampling
    scheduled_sampling_prob: float = hparam(
        0.0, "1: the decoder also sees symbols drawn from the model; 0: never", minimum=0, maximum=1
    )
    scheduled_sampling_gold_mixin_prob: float = hparam(
        0.5, "share of drawn symbols at the end of the warm-up", minimum=0, maximum=1
    )
    scheduled_sampling_method: str = hparam(
        "parallel",
        "parallel: drawn at once, given the true ones; sequential: one by one",
        choices=("parallel", "sequential"),
    )
    scheduled_sampling_num_passes: int = hparam(1, "how often 'parallel' draws", minimum=1)
    scheduled_sampling_warmup_steps: int = hparam(
        50000, "steps in which the share of drawn symbols grows", minimum=0
    )
    scheduled_sampling_warmup_schedule: str = hparam(
        "exp", "how it grows: exp, linear or sigmoid", choices=("exp", "linear", "sigmoid")
    )


@registry.register_hparams
def lstm_seq2seq() -> LSTMHParams:
    """2 layers of width 128."""
    hp = LSTMHParams()
    hp.batch_size = 1024
    hp.hidden_size = 128
    hp.num_hidden_layers = 2
    hp.initializer = "uniform_unit_scaling"
    hp.initializer_gain = 1.0
    hp.weight_decay = 0.0
    return hp


def _with_attention(mechanism: str) -> LSTMHParams:
    hp = lstm_seq2seq()
    hp.attention_layer_size = hp.hidden_size
    hp.attention_mechanism = mechanism
    return hp


@registry.register_hparams
def lstm_bahdanau_attention() -> LSTMHParams:
    """lstm_seq2seq with Bahdanau's attention."""
    return _with_attention("bahdanau")


@registry.register_hparams
def lstm_luong_attention() -> LSTMHParams:
    """lstm_seq2seq with Luong's attention."""
    return _with_attention("luong")


@registry.register_hparams
def lstm_attention() -> LSTMHParams:
    """The same as lstm_bahdanau_attention."""
    return lstm_bahdanau_attention()


@registry.register_hparams
def lstm_bahdanau_attention_multi() -> LSTMHParams:
    """lstm_bahdanau_attention with 4 heads."""
    hp = lstm_bahdanau_attention()
    hp.num_heads = 4
    return hp


@registry.register_hparams
def lstm_luong_attention_multi() -> LSTMHParams:
    """lstm_luong_attention with 4 heads, which all look at the same places."""
    hp = lstm_luong_attention()
    hp.num_heads = 4
    return hp
