"""The equations of recurrent cells, of attention, and of decoders, written down in NumPy.

Everything goes sentence by sentence and step by step, in float64. Kernels and gates are laid out
as in TensorFlow 1: rows are the input's, then the state's; columns are the gates i, j, f, o.
"""

from __future__ import annotations

import numpy as np


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def softmax(x):
    e = np.exp(x - x.max())
    return e / e.sum()


def normalised(x, gain, shift):
    return (x - x.mean()) / np.sqrt(x.var() + 1e-12) * gain + shift


def weights(layer) -> dict[str, np.ndarray]:
    """The last part of its path -> each weight of a layer."""
    return {w.path.split("/")[-1]: np.asarray(w, np.float64) for w in layer.weights}


def kernel(w, name: str):
    """Both parts of a cell's kernel."""
    parts = [w[f"{name}_{part}"] for part in ("known", "later") if f"{name}_{part}" in w]
    return np.concatenate(parts)


def lstm(cell, x, state):
    """Zaremba et al. 2014, section 3.1, with a forget bias of 1."""
    w = weights(cell)
    i, j, f, o = np.split(np.concatenate([x, state["h"]]) @ kernel(w, "kernel") + w["bias"], 4)
    c = sigmoid(f + 1) * state["c"] + sigmoid(i) * np.tanh(j)
    return {"c": c, "h": sigmoid(o) * np.tanh(c)}


def layer_norm_lstm(cell, x, state):
    """Ba et al. 2016, section 3.1, as TensorFlow's LayerNormBasicLSTMCell."""
    gates = np.split(np.concatenate([x, state["h"]]) @ kernel(weights(cell), "kernel"), 4)
    gains = [np.asarray(norm.scale, np.float64) for norm in cell.norms]
    shifts = [np.asarray(norm.bias, np.float64) for norm in cell.norms]
    i, j, f, o = (normalised(*g) for g in zip(gates, gains, shifts, strict=False))
    c = sigmoid(f + 1) * state["c"] + sigmoid(i) * np.tanh(j)
    c = normalised(c, gains[4], shifts[4])
    return {"c": c, "h": sigmoid(o) * np.tanh(c)}


def gru(cell, x, state):
    """Cho et al. 2014, section 2.3; the reset gate comes first."""
    w, h = weights(cell), state["h"]
    gates = np.concatenate([x, h]) @ kernel(w, "gates") + w["gates_bias"]
    r, u = np.split(sigmoid(gates), 2)
    new = np.concatenate([x, r * h]) @ kernel(w, "candidate") + w["candidate_bias"]
    return {"h": u * h + (1 - u) * np.tanh(new)}


CELLS = {"lstm": lstm, "gru": gru, "layer_norm_lstm": layer_norm_lstm}


def zero_state(cell):
    return {name: np.zeros(cell.units) for name in cell.state_names}


def layer(step, cell, sentence, state=None, backwards=False, is_residual=False):
    """Outputs and last state of a cell along a sentence `[length, width]`."""
    state = state or zero_state(cell)
    outputs = np.zeros((len(sentence), cell.units))
    order = range(len(sentence))
    for t in reversed(order) if backwards else order:
        state = step(cell, sentence[t], state)
        outputs[t] = state["h"] + (sentence[t][: cell.units] if is_residual else 0)
    return outputs, state


def attention(layer, query, memory):
    """Contexts of each head, and their weights, for one query and one sentence's memory."""
    keys = memory @ np.asarray(layer.memory_layer.kernel, np.float64)
    w = weights(layer)
    contexts, alignments = [], []
    for head in range(layer.heads):
        if layer.mechanism.endswith("luong"):
            scores = keys @ query * w.get("g", 1.0)
        else:
            hidden = query @ np.asarray(layer.query_layer.kernel, np.float64) + keys
            v = w[f"v_{head}"]
            if layer.mechanism == "normed_bahdanau":
                hidden = hidden + w["b"]
                v = w[f"g_{head}"] * v / np.linalg.norm(v)
            scores = np.tanh(hidden) @ v
        alignments.append(softmax(scores))
        contexts.append(alignments[-1] @ memory)
    return contexts, alignments


def attention_vector(vector, output, memory):
    """[output; context] W for each head, side by side; or the contexts."""
    contexts, _ = attention(vector.attention, output, memory)
    if not vector.layers:
        return np.concatenate(contexts)
    kernels = [np.asarray(part.kernel, np.float64) for part in vector.layers]
    parts = [np.concatenate([output, c]) @ k for c, k in zip(contexts, kernels, strict=True)]
    return np.concatenate(parts)


def fed_layers(step, layers, sentence, states, memory, num_residual=0):
    """Outputs and attention vectors `[length, …]` of layers with input feeding."""
    vector = np.zeros(layers.vector.width)
    outputs, vectors = [], []
    for x in sentence:
        below = np.concatenate([x, vector])
        for i, cell in enumerate(layers.cells):
            states[i] = step(cell, below, states[i])
            is_residual = i >= len(layers.cells) - num_residual
            below = states[i]["h"] + (below if is_residual else 0)
        vector = attention_vector(layers.vector, below, memory)
        outputs.append(below)
        vectors.append(vector)
    return np.array(outputs), np.array(vectors)
