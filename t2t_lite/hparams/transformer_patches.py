"""Sets for models that see pictures as sequences of patches: `transformer_encoder` gives classes,
`transformer` captions.
"""

from __future__ import annotations

from t2t_lite import registry
from t2t_lite.hparams.transformer import TransformerHParams, transformer_base


@registry.register_hparams
def transformer_patches() -> TransformerHParams:
    """Small pictures as patches of 4 x 4 pixels: 6 layers of width 192 (about ViT-Tiny's half)."""
    hp = transformer_base()
    hp.batch_size = 128
    hp.hidden_size = 192
    hp.filter_size = 768
    hp.num_heads = 3
    hp.num_hidden_layers = 6
    hp.patch_size = 4
    hp.learning_rate_schedule = "constant*linear_warmup*rsqrt_decay"
    hp.learning_rate_constant = 0.02
    hp.learning_rate_warmup_steps = 1000
    hp.clip_grad_norm = 1.0
    return hp


@registry.register_hparams
def transformer_patches_tiny() -> TransformerHParams:
    """3 layers of width 96, for digits."""
    hp = transformer_patches()
    hp.hidden_size = 96
    hp.filter_size = 384
    hp.num_hidden_layers = 3
    hp.learning_rate_warmup_steps = 300
    return hp
