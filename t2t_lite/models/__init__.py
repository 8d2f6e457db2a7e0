"""Models: a body between the bottoms and the top of modalities."""
