"""Xception: its hyperparameters, and the sets of Tensor2Tensor with its values.

Their weight_decay of 3 was written when Tensor2Tensor took the mean of the squared weights; 1.15,
and so this, takes the sum, which leaves the weights little room: for a training of your own add
--hparams=weight_decay=1e-4.
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.base import HParams, hparam


class XceptionHParams(HParams):
    """Fields of Xception (Chollet 2016, arXiv:1610.02357)."""

    dropout: float = hparam(0.2, "dropout after each layer", minimum=0, maximum=1)
    kernel_height: int = hparam(3, "height of the layers' kernels", minimum=1)
    kernel_width: int = hparam(1, "width of the layers' kernels", minimum=1)


@registry.register_hparams
def xception_base() -> XceptionHParams:
    """8 layers of width 768."""
    hp = XceptionHParams()
    hp.batch_size = 128
    hp.hidden_size = 768
    hp.dropout = 0.2
    hp.symbol_dropout = 0.2
    hp.num_hidden_layers = 8
    hp.kernel_height = 3
    hp.kernel_width = 3
    hp.learning_rate_decay_scheme = "exp"
    hp.learning_rate = 0.05
    hp.learning_rate_warmup_steps = 3000
    hp.initializer_gain = 1.0
    hp.weight_decay = 3.0
    return hp


@registry.register_hparams
def xception_tiny() -> XceptionHParams:
    """2 layers of width 64."""
    hp = xception_base()
    hp.batch_size = 2
    hp.hidden_size = 64
    hp.num_hidden_layers = 2
    hp.learning_rate_decay_scheme = "none"
    return hp


@registry.register_hparams
def xception_tiny_tpu() -> XceptionHParams:
    """2 layers of width 128."""
    hp = xception_base()
    hp.batch_size = 2
    hp.num_hidden_layers = 2
    hp.hidden_size = 128
    hp.optimizer = "true_adam"
    return hp
