"""Tensor2Tensor's Transformer in NumPy, on variables under the names that its checkpoints have.

Written after its source (1.15: layers/common_attention.py, transformer_layers.py, modalities.py,
models/transformer.py), without dropout and padding, for one example at a time. It creates the
variables it asks for, as TensorFlow 1 does: so it tells which there are, and their shapes.
"""

from __future__ import annotations

import math

import numpy as np


class Variables(dict):
    """Name -> array; one that is asked for, but not there yet, is made at random."""

    def __init__(self, seed: int = 0):
        super().__init__()
        self._rng = np.random.default_rng(seed)

    def get(self, name: str, *shape: int) -> np.ndarray:
        if name not in self:
            self[name] = self._rng.normal(0, 0.5, shape).astype("float32")
        assert self[name].shape == shape, name
        return self[name]


class Transformer:
    """`hp` are Tensor2Tensor's hparams; `sizes` the vocabularies of "inputs" and "targets"."""

    def __init__(self, hp: dict, sizes: dict[str, int], model: str = "transformer"):
        self.hp, self.sizes, self.scope = hp, sizes, model
        self.variables = Variables()
        self.width = hp["hidden_size"]
        # t2t_model.py: vocabularies of different size share nothing with the softmax.
        same = len(set(sizes.values())) == 1
        self.shares_softmax = hp["shared_embedding_and_softmax_weights"] and same

    def get(self, name: str, *shape: int) -> np.ndarray:
        return self.variables.get(f"{self.scope}/{name}", *shape)

    # Modalities

    def embedding(self, feature: str, kind: str) -> np.ndarray:
        """One matrix in `symbol_modality_num_shards` pieces, the first ones larger by a row."""
        size, shards = self.sizes[feature], self.hp["symbol_modality_num_shards"]
        scope = f"symbol_modality_{size}_{self.width}/{kind}"
        rows = [size // shards + (i < size % shards) for i in range(shards)]
        return np.concatenate(
            [self.get(f"{scope}/weights_{i}", n, self.width) for i, n in enumerate(rows)]
        )

    def bottom(self, feature: str, ids) -> np.ndarray:
        shared = self.shares_softmax or self.hp["shared_embedding"]
        kind = {"inputs": "input_emb", "targets": "target_emb"}[feature]
        table = self.embedding(feature, "shared" if shared else kind)
        is_word = (np.asarray(ids) != 0)[:, None]
        return table[ids] * math.sqrt(self.width) * is_word

    def symbol_top(self, x) -> np.ndarray:
        return x @ self.embedding("targets", "shared" if self.shares_softmax else "softmax").T

    def class_top(self, x) -> np.ndarray:
        classes = self.sizes["targets"]
        name = f"class_label_modality_{classes}_{self.width}"
        return self.dense(x.mean(0, keepdims=True), f"{name}/{name}/dense", classes, bias=True)

    # Layers

    def dense(self, x, name: str, units: int, bias: bool = False) -> np.ndarray:
        y = x @ self.get(f"{name}/kernel", x.shape[-1], units)
        return y + self.get(f"{name}/bias", units) if bias else y

    def layer_norm(self, x, scope: str) -> np.ndarray:
        scale, bias = (
            self.get(f"{scope}/layer_norm/layer_norm_{name}", self.width)
            for name in ("scale", "bias")
        )
        centred = x - x.mean(-1, keepdims=True)
        variance = (centred**2).mean(-1, keepdims=True)
        return centred / np.sqrt(variance + 1e-6) * scale + bias

    def wrap(self, x, scope: str, layer, *arguments) -> np.ndarray:
        """layer_preprocess, the layer, layer_postprocess."""
        y = self.preprocess(x, scope)
        y = x + layer(y, scope, *arguments)
        if "n" in self.hp["layer_postprocess_sequence"]:
            y = self.layer_norm(y, f"{scope}/layer_postprocess")
        return y

    def preprocess(self, x, scope: str) -> np.ndarray:
        if self.hp["layer_preprocess_sequence"] == "none":
            return x
        return self.layer_norm(x, f"{scope}/layer_prepostprocess")

    def attention(self, x, scope: str, memory, is_causal: bool, is_relative: bool) -> np.ndarray:
        """To `memory`, or to x itself if that is None."""
        scope = f"{scope}/multihead_attention"
        memory = x if memory is None else memory
        heads = self.hp["num_heads"]
        depth = self.width // heads
        q = self.dense(x, f"{scope}/q", self.width) * depth**-0.5
        k, v = (self.dense(memory, f"{scope}/{name}", self.width) for name in "kv")
        outputs = []
        for head in range(heads):
            part = slice(head * depth, (head + 1) * depth)
            logits = q[:, part] @ k[:, part].T
            if is_relative:
                logits += np.einsum("qd,qmd->qm", q[:, part], self.relations(x, scope, "keys"))
            if is_causal:
                logits += np.triu(np.full(logits.shape, -1e9), 1)
            weights = np.exp(logits - logits.max(-1, keepdims=True))
            weights /= weights.sum(-1, keepdims=True)
            context = weights @ v[:, part]
            if is_relative:
                context += np.einsum("qm,qmd->qd", weights, self.relations(x, scope, "values"))
            outputs.append(context)
        joined = np.concatenate(outputs, -1)
        return self.dense(joined, f"{scope}/output_transform", self.width)

    def relations(self, x, scope: str, kind: str) -> np.ndarray:
        """`[query, memory, depth]`: a vector for each distance, clipped, shared by all heads."""
        furthest = self.hp["max_relative_position"]
        name = f"dot_product_attention_relative/relative_positions_{kind}/embeddings"
        depth = self.width // self.hp["num_heads"]
        table = self.get(f"{scope}/{name}", 2 * furthest + 1, depth)
        places = np.arange(len(x))
        distance = np.clip(places[None, :] - places[:, None], -furthest, furthest)
        return table[distance + furthest]

    def stack(self, x, scope: str, memory=None) -> np.ndarray:
        is_decoder = scope.endswith("decoder")
        is_relative = self.hp["self_attention_type"] == "dot_product_relative"
        for i in range(self.hp["num_hidden_layers"]):
            layer = f"{scope}/layer_{i}"
            name = f"{layer}/self_attention"
            x = self.wrap(x, name, self.attention, None, is_decoder, is_relative)
            if memory is not None:
                name = f"{layer}/encdec_attention"
                x = self.wrap(x, name, self.attention, memory, False, False)
            x = self.wrap(x, f"{layer}/ffn", self.feed_forward)
        return self.preprocess(x, scope)

    def feed_forward(self, x, scope: str) -> np.ndarray:
        hidden = self.dense(x, f"{scope}/conv1", self.hp["filter_size"], bias=True)
        return self.dense(np.maximum(hidden, 0), f"{scope}/conv2", self.width, bias=True)

    def timing(self, x) -> np.ndarray:
        """get_timing_signal_1d: sines, then cosines."""
        if self.hp["pos"] != "timing":
            return x
        count = self.width // 2
        scales = np.exp(-np.arange(count) * math.log(1e4) / (count - 1))
        angles = np.arange(len(x))[:, None] * scales[None]
        return x + np.concatenate([np.sin(angles), np.cos(angles)], -1)

    # The models

    def encode(self, ids, target_space: int) -> np.ndarray:
        x = self.bottom("inputs", ids)
        x = x + self.get("body/target_space_embedding/kernel", 32, self.width)[target_space]
        return self.stack(self.timing(x), "body/encoder")

    def classes(self, inputs, target_space: int = 0) -> np.ndarray:
        """`transformer_encoder` on a class: logits `[1, classes]`."""
        return self.class_top(self.encode(inputs, target_space))

    def logits(self, inputs, targets, target_space: int = 0) -> np.ndarray:
        """`transformer`: `[length, vocab]`, given the targets before each; `inputs` may be None."""
        memory = None if inputs is None else self.encode(inputs, target_space)
        x = self.bottom("targets", targets)
        x = np.concatenate([np.zeros((1, self.width)), x[:-1]])
        return self.symbol_top(self.stack(self.timing(x), "body/decoder", memory))
