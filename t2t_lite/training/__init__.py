"""Training: the loop, checkpoints, evaluation, the run folder."""
