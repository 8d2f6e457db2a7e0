"""Layers in `keras.ops` alone, so that any Keras backend can run them.

Names of dimensions in the shape comments of this package and of `models/`:

    batch      examples                       rows       batch x beam, while decoding
    length     positions of a sequence        hidden     `hparams.hidden_size`
    query      positions that attend          filter     width inside a feed-forward layer
    memory     positions attended to          vocab      entries of a vocabulary
    heads      attention heads                depth      width of one attention head
"""
