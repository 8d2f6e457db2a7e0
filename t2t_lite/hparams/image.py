"""What most networks on pictures have in common."""

from __future__ import annotations

from t2t_lite.hparams.base import HParams, hparam


class BatchNormHParams(HParams):
    """Fields of networks with batch normalisation."""

    batch_norm_decay: float = hparam(
        0.99, "decay of batch normalisation's means and variances", minimum=0, maximum=1
    )
    batch_norm_epsilon: float = hparam(
        1e-3, "added to the variance by batch normalisation", minimum=0
    )
    batch_norm_synchronized: bool = hparam(
        False, "batch normalisation takes mean and variance over all replicas"
    )
