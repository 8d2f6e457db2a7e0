"""Sums of tensors in an order that does not depend on which thread was faster.

TensorFlow's AddN writes its sum over the first of its inputs that nobody else needs any more, and
begins with that one. With three inputs or more, the last bits of the sum then depend on when other
operations were done; no option for determinism changes that.
"""

from __future__ import annotations

import functools

import tensorflow as tf
from tensorflow.python.ops import gen_math_ops


def fix_order() -> None:
    """Lets sums of tensors be made two by two, from the first to the last, in this process.

    That holds for the gradients of what is used several times, for `tf.add_n`, and for `a + b + c`,
    of which the optimizer of graphs would make an AddN.
    """
    tf.config.optimizer.set_experimental_options({"arithmetic_optimization": False})
    # Gradients are summed within TensorFlow, by this function: there is no public way in.
    gen_math_ops.add_n = _two_by_two


_add_n = gen_math_ops.add_n


def _two_by_two(inputs, name=None):
    """`tf.raw_ops.AddN` of any number of tensors."""
    if len(inputs) == 1:
        return _add_n(inputs, name)
    return functools.reduce(lambda total, more: _add_n([total, more], name), inputs)
