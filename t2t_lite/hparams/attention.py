"""The hyperparameters of multi-head attention, for every family that has it."""

from __future__ import annotations

from t2t_lite.hparams.base import HParams, hparam


class AttentionHParams(HParams):
    """Fields that `layers.attention.MultiHeadAttention` reads."""

    num_heads: int = hparam(8, "attention heads", minimum=1)
    attention_key_channels: int = hparam(
        0, "width of all heads' keys together; 0: hidden_size", minimum=0
    )
    attention_value_channels: int = hparam(
        0, "width of all heads' values together; 0: hidden_size", minimum=0
    )
    attention_dropout: float = hparam(0.0, "dropout of attention weights", minimum=0, maximum=1)
    attention_dropout_broadcast_dims: str = hparam(
        "", "comma-separated axes along which that dropout's mask is the same"
    )
    self_attention_type: str = hparam("dot_product", "dot_product or dot_product_relative")
    max_relative_position: int = hparam(
        0, "distance from which dot_product_relative tells positions apart no more", minimum=0
    )
    proximity_bias: bool = hparam(False, "self-attention prefers near positions")
