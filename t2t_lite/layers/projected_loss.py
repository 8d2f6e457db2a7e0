"""A softmax over a large vocabulary and its cross entropy, with the logits never all in memory."""

from __future__ import annotations

from keras import ops

from t2t_lite.layers.loss import target_entropy
from t2t_lite.layers.own_gradient import with_own_gradient
from t2t_lite.layers.precision import operand_type

CHUNK_ROWS = 640
"""Rows that are dealt with at once: enough for fast products, few enough for little memory."""

TINY = 1e-30
"""From here down a float32 probability loses digits."""


def projected_cross_entropy(x, projection, targets, weights, label_smoothing: float):
    """sum(weights * smoothed_cross_entropy(x @ transpose(projection), targets)), with its gradient.

    The gradient is made along with the loss, while the logits of a chunk of rows are there:
    with p = softmax(logits), low and confidence as in `smoothed_cross_entropy`, the gradient of a
    row's loss for its logits is p - low - (confidence - low) * one_hot(target). Its three terms go
    through the two products with `projection` and `x` one by one, so that only p is as large as
    the logits.

    Args:
      x: `[rows, hidden]`.
      projection: `[vocab, hidden]`.
      targets: `[rows]` ids.
      weights: `[rows]` float32.
    Returns:
      A float32 scalar, in nats.
    """

    used = ops.nonzero(weights)[0]  # Padding costs no products.
    used_targets, used_weights = ops.take(targets, used), ops.take(weights, used)

    def loss_and_gradient(x, projection):
        used_x = ops.take(x, used, axis=0)
        loss, of_used_x, of_projection = _loss_and_gradients(
            used_x, projection, used_targets, used_weights, label_smoothing
        )

        def gradient(upstream):
            of_x = ops.scatter(used[:, None], ops.cast(upstream, x.dtype) * of_used_x, ops.shape(x))
            return [of_x, ops.cast(upstream, projection.dtype) * of_projection]

        return loss, gradient

    return with_own_gradient(loss_and_gradient, x, projection)


def _loss_and_gradients(x, projection, targets, weights, label_smoothing):
    """The sum of losses, and its gradients for x and for the projection."""
    vocab, hidden = projection.shape
    kind = operand_type(x.dtype)
    confidence, low = 1.0 - label_smoothing, label_smoothing / (vocab - 1)
    x32, targets = ops.cast(x, "float32"), ops.cast(targets, "int32")
    out_of_logits = ops.cast(projection, kind)
    rows = ops.shape(x)[0]
    chunks = ops.maximum(-(-rows // CHUNK_ROWS), 1)
    size = -(-rows // chunks)

    def add_chunk(i, state):
        loss, x_or_gradient, projection_gradient = state
        here = slice(i * size, (i + 1) * size)
        part, part_weights = x_or_gradient[here], weights[here]
        part_kind = ops.cast(part, kind)
        logits = ops.cast(
            ops.matmul(part_kind, ops.transpose(out_of_logits)), "float32"
        )  # [size, vocab]
        chosen = _take_from_rows(logits, targets[here])
        p = ops.softmax(logits)
        losses = _log_sum_exp(logits, p, targets[here], chosen) - (confidence - low) * chosen
        p, part_weights = ops.cast(p, kind), part_weights[:, None]
        from_all = part_weights * ops.cast(ops.matmul(p, out_of_logits), "float32")
        weighted = ops.cast(part * part_weights, kind)
        projection_gradient += ops.cast(ops.matmul(ops.transpose(weighted), p), "float32")
        numbers = ops.arange(i * size, i * size + ops.shape(part)[0])
        x_or_gradient = ops.scatter_update(x_or_gradient, numbers[:, None], from_all)
        return loss + ops.sum(losses * part_weights[:, 0]), x_or_gradient, projection_gradient

    # The gradient takes the place of x part by part, so no chunk begins before the last is done.
    start = (0.0, x32, ops.zeros((hidden, vocab)))
    start = tuple(ops.convert_to_tensor(value, "float32") for value in start)
    loss, x_gradient, projection_gradient = ops.fori_loop(0, chunks, add_chunk, start)
    # The terms of the target and of all other symbols.
    on_target = (weights * (confidence - low))[:, None]
    x_gradient -= on_target * ops.take(projection, targets, axis=0)
    projection_gradient = ops.transpose(projection_gradient) - ops.segment_sum(
        on_target * x32, targets, num_segments=vocab
    )
    if label_smoothing:
        sum_of_projections = ops.sum(projection, axis=0)  # [hidden]
        weighted_x = ops.sum(weights[:, None] * x32, axis=0)  # [hidden]
        loss -= low * ops.sum(weighted_x * sum_of_projections)
        loss -= target_entropy(label_smoothing, vocab) * ops.sum(weights)
        x_gradient -= low * weights[:, None] * sum_of_projections
        projection_gradient -= low * weighted_x
    return loss, ops.cast(x_gradient, x.dtype), projection_gradient


def _take_from_rows(x, ids):
    """`[rows, vocab]`, `[rows]` -> `[rows]`: one value of every row."""
    return ops.take_along_axis(x, ids[:, None], axis=1)[:, 0]


def _log_sum_exp(logits, p, targets, chosen):
    """The logarithm of softmax's denominator, from one probability per row where that is exact."""
    chosen_p = _take_from_rows(p, targets)
    return ops.cond(
        ops.min(chosen_p) > TINY,
        lambda: chosen - ops.log(chosen_p),
        lambda: ops.logsumexp(logits, axis=1),
    )
