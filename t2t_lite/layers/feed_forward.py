"""What follows attention in a layer of the Transformer: position by position, or convolutions.

Each has, besides `__call__`, what decoding needs: `init_cache` makes room for what a position must
know of those before it, and `step` computes one position from it.
"""

from __future__ import annotations

from keras import ops

from t2t_lite.layers.composite import Composite
from t2t_lite.layers.convolution import SeparableConvolution
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.linear import Linear


class Pointwise(Composite):
    """A layer that treats each position alone, so that a step is a call and nothing is kept."""

    def init_cache(self, rows):
        """Nothing."""
        return {}

    def step(self, x, cache):
        """One position `[rows, 1, hidden]`, and the cache."""
        return self(x), cache


class FeedForward(Pointwise):
    """`[..., hidden] -> [..., hidden]`: linear, ReLU, dropout, linear (Vaswani 2017, eq. 2)."""

    def __init__(self, hparams, dropout: Dropout | None = None, **kwargs):
        """`dropout`: after the ReLU; None: as `relu_dropout` says."""
        super().__init__(**kwargs)
        self.expand = Linear(
            hparams.filter_size, hparams, use_bias=True, for_matmul=True, name="conv1"
        )
        self.dropout = dropout or Dropout(hparams.relu_dropout, hparams.relu_dropout_broadcast_dims)
        self.contract = Linear(hparams.hidden_size, hparams, use_bias=True, name="conv2")

    def call(self, x, present=None, training=False):
        """`[..., hidden]` -> `[..., hidden]`; `present` is not looked at."""
        return self.contract(self.dropout(ops.relu(self.expand(x)), training=training))


class SeparableFeedForward(Composite):
    """Separable convolution, ReLU, dropout, separable convolution (Tensor2Tensor's "sepconv")."""

    def __init__(self, hparams, sizes: tuple[int, int], is_causal: bool, **kwargs):
        """
        Args:
          sizes: how many neighbours each of the two convolutions sees.
        """
        super().__init__(**kwargs)
        options = {"is_causal": is_causal, "use_bias": True}
        self.is_causal = is_causal
        self.expand = SeparableConvolution(
            hparams.filter_size, sizes[0], hparams, **options, name="conv1"
        )
        self.dropout = Dropout(hparams.relu_dropout, hparams.relu_dropout_broadcast_dims)
        self.contract = SeparableConvolution(
            hparams.hidden_size, sizes[1], hparams, **options, name="conv2"
        )

    def call(self, x, present=None, training=False):
        """`[batch, length, hidden]` -> the same shape.

        Args:
          present: `[batch, length, 1]`, 0 at padding. A causal layer needs none, for padding
            comes last.
        """
        hide = (lambda y: y) if self.is_causal or present is None else (lambda y: y * present)
        x = ops.relu(self.expand(hide(x)))
        return self.contract(hide(self.dropout(x, training=training)))

    def init_cache(self, rows):
        """The last inputs of both convolutions."""
        return {"expand": self.expand.init_cache(rows), "contract": self.contract.init_cache(rows)}

    def step(self, x, cache):
        """One position `[rows, 1, hidden]` of a causal layer, and the new cache."""
        x, expand = self.expand.step(x, cache["expand"])
        x, contract = self.contract.step(ops.relu(x), cache["contract"])
        return x, {"expand": expand, "contract": contract}
