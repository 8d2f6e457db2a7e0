"""Tensor2Tensor's networks on pictures in NumPy, as they evaluate, without their logits.

Written after its source (1.15: models/resnet.py, shake_shake.py, xception.py, and the convolutions
of layers/common_layers.py). Weights are those of the model that is given; `x` is
`[batch, height, width, channels]` everywhere.
"""

from __future__ import annotations

import numpy as np


def relu(x):
    return np.maximum(x, 0)


# TensorFlow's convolutions.


def windows(x, size, strides, padding, filling=0.0):
    """For each place within a kernel what it sees: (row, column, `[batch, height', width', …]`)."""
    if padding == "SAME":  # as little as possible, and the odd one at the end
        ends = []
        for length, n in zip(x.shape[1:3], size, strict=True):
            total = max((-(-length // strides) - 1) * strides + n - length, 0)
            ends.append((total // 2, total - total // 2))
        x = np.pad(x, [(0, 0), *ends, (0, 0)], constant_values=filling)
    height, width = ((x.shape[i + 1] - size[i]) // strides + 1 for i in range(2))
    for i in range(size[0]):
        for j in range(size[1]):
            rows = slice(i, i + strides * (height - 1) + 1, strides)
            columns = slice(j, j + strides * (width - 1) + 1, strides)
            yield i, j, x[:, rows, columns]


def convolve(x, layer, strides=1, padding="SAME"):
    kernel = np.asarray(layer.kernel, np.float64)
    y = sum(seen @ kernel[i, j] for i, j, seen in windows(x, kernel.shape[:2], strides, padding))
    return y if layer.bias is None else y + np.asarray(layer.bias)


def depthwise(x, layer):
    kernel = np.asarray(layer.kernel, np.float64)
    size = kernel.shape[:2]
    return sum(seen * kernel[i, j, :, 0] for i, j, seen in windows(x, size, 1, "SAME"))


def max_pool(x):
    """3x3, to half the size."""
    return np.max([seen for *_, seen in windows(x, (3, 3), 2, "SAME", -np.inf)], axis=0)


def batch_norm(x, layer, epsilon):
    mean, variance = np.asarray(layer.moving_mean), np.asarray(layer.moving_variance)
    normed = (x - mean) / np.sqrt(variance + epsilon)
    return normed * np.asarray(layer.gamma) + np.asarray(layer.beta)


def layer_norm(x, layer):
    centred = x - x.mean(-1, keepdims=True)
    normed = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-6)
    return normed * np.asarray(layer.scale) + np.asarray(layer.bias)


# ResNet.


def conv2d_fixed_padding(x, layer, strides):
    if strides == 1:
        return convolve(x, layer)
    before = (layer.kernel.shape[0] - 1) // 2
    after = layer.kernel.shape[0] - 1 - before
    x = np.pad(x, [(0, 0), (before, after), (before, after), (0, 0)])
    return convolve(x, layer, strides, "VALID")


def batch_norm_relu(x, layer, has_relu=True):
    x = batch_norm(x, layer, 1e-5)
    return relu(x) if has_relu else x


def projection(x, layer, strides):
    x = conv2d_fixed_padding(x, layer.convolve, strides)
    return batch_norm_relu(x, layer.norm, has_relu=False)


def residual_block(x, block, strides, is_first):
    shortcut = x
    x = batch_norm_relu(x, block.norms[0])
    if is_first:
        shortcut = projection(x, block.shortcut, strides)
    x = conv2d_fixed_padding(x, block.convolutions[0], strides)
    x = batch_norm_relu(x, block.norms[1])
    return conv2d_fixed_padding(x, block.convolutions[1], 1) + shortcut


def bottleneck_block(x, block, strides, is_first):
    shortcut = projection(x, block.shortcut, strides) if is_first else x
    x = batch_norm_relu(conv2d_fixed_padding(x, block.narrow.convolve, 1), block.narrow.norm)
    x = batch_norm_relu(conv2d_fixed_padding(x, block.middle.convolve, strides), block.middle.norm)
    return relu(projection(x, block.wide, 1) + shortcut)


def resnet(model, x):
    hp = model.hparams
    x = conv2d_fixed_padding(x, model.first.convolve, 1 if hp.is_cifar else 2)
    x = batch_norm_relu(x, model.first.norm)
    x = x if hp.is_cifar else max_pool(x)
    block_fn = {"residual": residual_block, "bottleneck": bottleneck_block}[hp.block_fn]
    blocks = iter(model.blocks)
    for group, size in enumerate(hp.layer_sizes):
        for i in range(size):
            x = block_fn(x, next(blocks), 2 if group and not i else 1, is_first=not i)
    assert not list(blocks)
    return x


# Shake-shake: batch normalisation with TensorFlow's own epsilon.


def shake_shake_skip(x, block, width, strides):
    if x.shape[-1] == width:
        return x
    first, second = block.skip.paths
    path_1 = convolve(x[:, ::strides, ::strides], first)
    path_2 = np.pad(x, [(0, 0), (0, 1), (0, 1), (0, 0)])[:, 1:, 1:]
    path_2 = convolve(path_2[:, ::strides, ::strides], second)
    return batch_norm(np.concatenate([path_1, path_2], -1), block.skip.norm, 1e-3)


def shake_shake_branch(x, branch, strides, count):
    x = convolve(relu(x), branch.convolutions[0], strides)
    x = relu(batch_norm(x, branch.norms[0], 1e-3))
    return batch_norm(convolve(x, branch.convolutions[1]), branch.norms[1], 1e-3) / count


def shake_shake_block(x, block, width, strides, hp):
    count = hp.shake_shake_num_branches
    assert len(block.branches) == count
    branches = [shake_shake_branch(x, branch, strides, count) for branch in block.branches]
    skip = shake_shake_skip(x, block, width, strides)
    if not hp.shake_shake_concat:
        return skip + sum(branches)
    joined = relu(np.concatenate([skip, *branches], -1))
    return batch_norm(convolve(joined, block.merge), block.merge_norm, 1e-3)


def shake_shake(model, x):
    hp = model.hparams
    x = batch_norm(convolve(x, model.first), model.first_norm, 1e-3)
    blocks = iter(model.blocks)
    for group in range(3):
        for i in range((hp.num_hidden_layers - 2) // 6):
            strides = 2 if group and not i else 1
            x = shake_shake_block(x, next(blocks), hp.hidden_size * 2**group, strides, hp)
    assert not list(blocks)
    return relu(x)


# Xception.


def conv_block(x, layer, strides=1, first_relu=True):
    """One dense convolution of `layer`, or its separable ones."""
    for i, (convolutions, norm) in enumerate(zip(layer.convolutions, layer.norms, strict=True)):
        x = relu(x) if first_relu or i else x
        if len(convolutions) == 2:  # depthwise, pointwise
            x = convolve(depthwise(x, convolutions[0]), convolutions[1])
        else:
            x = convolve(x, convolutions[0], strides)
        x = layer_norm(x, norm)
    return x


def downsampled(x, layer, shortcut_relu):
    """What `xnet_resblock` and the first half of `conv_block_downsample` have in common."""
    y = conv_block(conv_block(x, layer.convolutions[0]), layer.convolutions[1])
    return max_pool(y) + conv_block(x, layer.shortcut, 2, first_relu=shortcut_relu)


def xception(model, x):
    if len(model.entry) > 1:  # large pictures
        x = conv_block(x, model.entry[0], 2, first_relu=False)
        x = conv_block(x, model.entry[1])
        for i, layer in enumerate(model.entry[2:]):
            x = downsampled(x, layer, shortcut_relu=i == 0)
    else:
        x = conv_block(x, model.entry[0], first_relu=False)
    for layer in model.middle:
        x = layer_norm(x + conv_block(x, layer.convolutions), layer.norm)
    x = downsampled(x, model.exit[0], shortcut_relu=True)
    x = conv_block(x, model.exit[1], first_relu=False)
    return relu(conv_block(x, model.exit[2]))
