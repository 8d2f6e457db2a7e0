"""Training on what the model itself would have said (scheduled sampling, Bengio et al. 2015).

Some of the symbols that a decoder sees while training are drawn from the model's distribution.
What it should say stays what it was.
"""

from __future__ import annotations

import contextlib
import math
import threading
from collections.abc import Iterator

import keras
from keras import ops

from t2t_lite.layers.loop import scan

LEAST = 0.001  # Share of the full probability at which the warm-up begins.

_here = threading.local()  # A strategy runs each replica in a thread of its own.


@contextlib.contextmanager
def at_update(number) -> Iterator[None]:
    """Within the block, the training has made `number` (a scalar) updates."""
    _here.number = number
    try:
        yield
    finally:
        del _here.number


def probability(hparams, update):
    """Of drawing a symbol, at update number `update`; None: after the warm-up."""
    highest = hparams.scheduled_sampling_prob * hparams.scheduled_sampling_gold_mixin_prob
    if update is None:
        return highest
    steps = max(hparams.scheduled_sampling_warmup_steps, 1)
    progress = ops.minimum(ops.cast(update, "float32") / steps, 1.0)
    return highest * _WARMUPS[hparams.scheduled_sampling_warmup_schedule](progress)


def _sigmoid_warmup(progress):
    """Along the logistic function, from where it is LEAST to where it is 1 - LEAST."""
    end = math.log((1 - LEAST) / LEAST)
    height = (ops.sigmoid(end * (2 * progress - 1)) - LEAST) / (1 - 2 * LEAST)
    return LEAST + (1 - LEAST) * height


# From LEAST to 1 while `progress` goes from 0 to 1.
_WARMUPS = {
    "exp": lambda progress: ops.exp(math.log(LEAST) * (1 - progress)),
    "linear": lambda progress: LEAST + (1 - LEAST) * progress,
    "sigmoid": _sigmoid_warmup,
}


def add_targets_seen(model, features):
    """`features` with `targets_seen`, if hparams ask for it: gold and drawn symbols mixed.

    scheduled_sampling_method "parallel" draws all symbols of a sentence at once, from what the
    model says when it sees the gold ones, and repeats that with what it has drawn
    `scheduled_sampling_num_passes` times; "sequential" draws one after the other.
    """
    hparams = model.hparams
    if not hparams.scheduled_sampling_prob:
        return features
    gold = features["targets"]
    shape = ops.shape(gold)
    draws = keras.random.uniform((2, *shape), seed=model.sampling_seed)
    is_drawn = draws[0] < probability(hparams, getattr(_here, "number", None))
    is_drawn = is_drawn & (gold != 0)
    if hparams.scheduled_sampling_method == "sequential":
        return {**features, "targets_seen": _one_by_one(model, features, is_drawn, draws[1])}
    seen = gold
    for _ in range(hparams.scheduled_sampling_num_passes):
        logits = model({**features, "targets_seen": seen}, training=False)
        drawn = draw(logits, draws[1], model.problem_hparams.vocab_size["targets"])
        seen = ops.where(is_drawn, drawn, gold)
    return {**features, "targets_seen": seen}


def draw(logits, draws, vocab_size: int):
    """Ids `[...]` from logits `[..., >= vocab]`, by uniform numbers `draws` `[...]`."""
    shares = ops.cumsum(ops.softmax(logits[..., :vocab_size]), axis=-1)
    ids = ops.sum(ops.cast(shares < draws[..., None], "int32"), axis=-1)
    return ops.minimum(ids, vocab_size - 1)


def _one_by_one(model, features, is_drawn, draws):
    """`targets_seen`, each symbol drawn after those before it."""
    gold = ops.cast(features["targets"], "int32")
    rows, length = ops.shape(gold)
    encoded = model.encode(features)
    is_drawn, draws = ops.transpose(is_drawn), ops.transpose(draws)  # [length, rows]
    vocab_size = model.problem_hparams.vocab_size["targets"]

    def step(t, state, gold_here):
        logits, cache = model.decode_step(state["ids"], t, state["cache"], encoded)
        ids = ops.where(is_drawn[t], draw(logits, draws[t], vocab_size), gold_here)
        return {"ids": ids, "cache": cache}

    start = {"ids": ops.zeros((rows,), "int32"), "cache": model.init_cache(encoded, rows, length)}
    every, _ = scan(step, start, ops.transpose(gold))
    return ops.transpose(every["ids"])
