"""The hyperparameters of mixtures of experts, for every family that has them."""

from __future__ import annotations

from t2t_lite.hparams.base import HParams, hparam


class ExpertsHParams(HParams):
    """Fields that `layers.experts.MixtureOfExperts` reads (Shazeer et al. 2017)."""

    moe_num_experts: int = hparam(64, "experts of a mixture", minimum=1)
    moe_k: int = hparam(2, "experts that each position is sent to", minimum=1)
    moe_hidden_sizes: str = hparam("2048", "comma-separated widths of an expert's hidden layers")
    moe_loss_coef: float = hparam(
        0.01, "weight of the loss that spreads positions evenly over the experts", minimum=0
    )
    moe_noisy_gating: bool = hparam(
        True, "noise, as strong as is learned, is added while training to what chooses experts"
    )
