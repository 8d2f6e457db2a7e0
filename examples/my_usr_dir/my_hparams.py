"""An hparams set: derived from another, with a field of its own."""

from t2t_lite import registry
from t2t_lite.hparams import transformer


@registry.register_hparams
def my_gru_small():
    """For `my_gru`: small and quick."""
    hp = transformer.transformer_tiny()
    hp.hidden_size = 64
    hp.batch_size = 1024
    hp.max_length = 64
    hp.learning_rate_warmup_steps = 100
    hp.add_hparam("gru_dropout", 0.1)
    return hp
