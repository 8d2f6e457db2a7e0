"""The hyperparameters of the seq2seq tutorial's translators, and its standard sets.

From github.com/tensorflow/nmt, nmt/standard_hparams. There a batch is 128 sentences; here it is
as many tokens as those have, about. The learning rate's decay depends on --train_steps.
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.base import hparam
from t2t_lite.hparams.lstm import LSTMHParams


class NMTHParams(LSTMHParams):
    """Fields of the seq2seq tutorial's models (Luong, Brevdo, Zhao 2017)."""

    encoder_type: str = hparam(
        "uni", "uni, bi (half the layers in each direction) or gnmt", choices=("uni", "bi", "gnmt")
    )
    num_encoder_layers: int = hparam(0, "layers of the encoder; 0: as num_hidden_layers", minimum=0)
    num_decoder_layers: int = hparam(0, "layers of the decoder; 0: as num_hidden_layers", minimum=0)
    residual: bool = hparam(False, "all but the bottom layers add their input to their output")
    attention_architecture: str = hparam(
        "standard",
        "standard: attention from the top layer; gnmt, gnmt_v2: from the bottom one, and all "
        "layers see the last (gnmt) or the present (gnmt_v2) context",
        choices=("standard", "gnmt", "gnmt_v2"),
    )
    attention_mechanism: str = hparam(
        "none", "none, luong, scaled_luong, bahdanau or normed_bahdanau"
    )
    loss_normalization: str = hparam(
        "tokens",
        "what the sum of losses is divided by: tokens, or sentences",
        choices=("tokens", "sentences"),
    )


@registry.register_hparams
def nmt_iwslt15() -> NMTHParams:
    """English to Vietnamese talks: 2 layers of width 512, bidirectional, scaled_luong.

    12,000 steps by the tutorial: BLEU 23.2 greedy, 23.8 with beam 10 on tst2012; 25.5 and 26.1
    on tst2013. 27.5 M parameters. Not trained here.
    """
    hp = NMTHParams()
    hp.batch_size = 3200
    hp.max_input_seq_length = 50
    hp.max_target_seq_length = 50
    hp.hidden_size = 512
    hp.num_hidden_layers = 2
    hp.encoder_type = "bi"
    hp.attention_mechanism = "scaled_luong"
    hp.multiply_embedding_mode = "none"
    hp.initializer = "uniform"
    hp.initializer_gain = 1.0
    hp.label_smoothing = 0.0
    hp.weight_decay = 0.0
    hp.loss_normalization = "sentences"
    hp.clip_grad_norm = 5.0
    hp.optimizer = "sgd"
    hp.learning_rate_schedule = "constant*luong234_decay"
    hp.learning_rate_constant = 1.0
    return hp


@registry.register_hparams
def nmt_wmt16() -> NMTHParams:
    """German to English news: 4 layers of width 1024, bidirectional, normed_bahdanau.

    340,000 steps by the tutorial: BLEU 27.1 greedy, 28.0 with beam 10 on newstest2013; 27.6 and
    28.9 on newstest2015. Not trained here.
    """
    hp = nmt_iwslt15()
    hp.batch_size = 4096
    hp.hidden_size = 1024
    hp.num_hidden_layers = 4
    hp.attention_mechanism = "normed_bahdanau"
    hp.learning_rate_schedule = "constant*luong10_decay"
    return hp


@registry.register_hparams
def nmt_gnmt_4_layer() -> NMTHParams:
    """nmt_wmt16 with GNMT's encoder and attention (gnmt_v2), and residual layers.

    By the tutorial, with beam 10 and length penalty 1.0: BLEU 29.0 on newstest2013 and 29.9 on
    newstest2015 from German; 23.7 on newstest2014 and 26.5 on newstest2015 to it. Not trained
    here.
    """
    hp = nmt_wmt16()
    hp.encoder_type = "gnmt"
    hp.attention_architecture = "gnmt_v2"
    hp.residual = True
    return hp


@registry.register_hparams
def nmt_gnmt_8_layer() -> NMTHParams:
    """nmt_gnmt_4_layer with 8 layers.

    By the tutorial, from English to German: BLEU 24.4 on newstest2014, 27.6 on newstest2015. Not
    trained here.
    """
    hp = nmt_gnmt_4_layer()
    hp.num_hidden_layers = 8
    return hp
