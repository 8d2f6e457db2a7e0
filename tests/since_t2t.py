"""Fields of every hparams set that Tensor2Tensor did not have."""

BASE = {
    "moving_average_decay": 0.0,
    "weight_decay_exclude": "",
    "learning_rate_multipliers": "",
    "optimizer_rms_prop_decay": 0.9,
    "optimizer_rms_prop_momentum": 0.0,
    "optimizer_rms_prop_epsilon": 1e-10,
}
"""And the value that means as much."""
