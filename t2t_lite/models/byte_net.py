"""ByteNet (Kalchbrenner et al. 2016, arXiv:1610.10099), as Tensor2Tensor builds it."""

from __future__ import annotations

from keras import ops

from t2t_lite import registry
from t2t_lite.layers.composite import Composite
from t2t_lite.layers.convolution import Convolution, ConvolutionBlock
from t2t_lite.layers.dropout import Dropout
from t2t_lite.layers.normalization import normalization
from t2t_lite.layers.positions import at_position, fit_length, shift_right
from t2t_lite.models.base import T2TModel, repeat_beams, require_sequences, require_unpacked

EXTRA_POSITIONS = 5


def unfolded_length(length):
    """Positions that the encoder gives to a sentence of `length`, for the target to unfold over.

    Section 2.2 of the paper, a·|s| + b. Tensor2Tensor takes half as much again as the longest
    sentence of the batch, rounded up to fifties; here it is a sentence's own length that counts,
    so that its output does not depend on what it is batched with.
    """
    return length + length // 2 + EXTRA_POSITIONS


class DilatedStack(Composite):
    """Blocks of dilated convolutions with residual connections (figure 3 of the paper)."""

    def __init__(self, hparams, is_causal: bool, **kwargs):
        super().__init__(**kwargs)
        self.norms, self.blocks, self.dropouts = [], [], []
        for i in range(hparams.num_block_repeat):
            convolutions = [
                Convolution(
                    hparams.hidden_size,
                    hparams.kernel_height,
                    hparams,
                    is_causal=is_causal,
                    dilation=2**j,
                    name=f"conv_{j}",
                )
                for j in range(hparams.num_hidden_layers)
            ]
            self.norms.append(normalization(hparams, f"norm_{i}"))
            self.blocks.append(ConvolutionBlock(convolutions, hparams, name=f"block_{i}"))
            self.dropouts.append(Dropout(hparams.dropout))

    def call(self, x, present=None, training=False):
        """`[batch, length, hidden]` -> the same shape; `present` as in `ConvolutionBlock`."""
        for norm, block, dropout in zip(self.norms, self.blocks, self.dropouts, strict=True):
            x = x + dropout(block(norm(x), present=present), training=training)
        return x

    def init_cache(self, rows):
        """One cache per block."""
        return {block.name: block.init_cache(rows) for block in self.blocks}

    def step(self, x, cache):
        """One position `[rows, 1, hidden]`, and the new cache."""
        updated = {}
        for norm, block in zip(self.norms, self.blocks, strict=True):
            y, updated[block.name] = block.step(norm(x), cache[block.name])
            x = x + y
        return x, updated


@registry.register_model
class ByteNet(T2TModel):
    """ByteNet: dilated convolutions, the decoder on top of the encoder, no attention.

    Without inputs it is the paper's language model.
    """

    default_hparams_set = "bytenet_base"

    def __init__(self, hparams, problem_hparams):
        super().__init__(hparams, problem_hparams)
        require_sequences(self)
        require_unpacked(self)
        if self.has_inputs:
            self.encoder = DilatedStack(hparams, is_causal=False, name="encoder")
        merge = Convolution(
            hparams.hidden_size, hparams.kernel_height, hparams, is_causal=True, name="conv"
        )
        self.merge = ConvolutionBlock([merge], hparams, name="merge")
        self.decoder = DilatedStack(hparams, is_causal=True, name="decoder")

    def body(self, features, training=False):
        x = shift_right(features["targets"])
        if self.has_inputs:
            memory = self._memory(features, training)
            x = ops.concatenate([fit_length(memory, ops.shape(x)[1]), x], axis=-1)
        return self.decoder(self.merge(x), training=training)

    def _memory(self, features, training=False):
        """`[batch, unfolded length, hidden]`, zeros after a sentence's own unfolded length."""
        x, is_padding = features["inputs"], features["inputs_padding"]
        length = unfolded_length(ops.shape(x)[1])
        own = unfolded_length(ops.sum(ops.cast(~is_padding, "int32"), axis=1))  # [batch]
        present = ops.cast(ops.arange(length)[None] < own[:, None], x.dtype)[..., None]
        return self.encoder(fit_length(x, length), present=present, training=training) * present

    def encode(self, features):
        if not self.has_inputs:
            return {}
        return {"memory": self._memory(self.bottom(features))}

    def init_cache(self, encoded, rows, max_length):
        return {"merge": self.merge.init_cache(rows), "decoder": self.decoder.init_cache(rows)}

    def decode_step(self, ids, position, cache, encoded):
        x = self.embed_previous(ids, position)  # [rows, 1, hidden]
        if self.has_inputs:
            here = at_position(encoded["memory"], position)  # [batch, 1, hidden]
            x = ops.concatenate([repeat_beams(here, x), x], axis=-1)
        x, merge = self.merge.step(x, cache["merge"])
        x, decoder = self.decoder.step(x, cache["decoder"])
        return self.top_of_step(x), {"merge": merge, "decoder": decoder}
