"""Modalities: how a kind of feature enters a model, leaves it, and is scored."""
