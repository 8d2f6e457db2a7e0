"""Functions that bring their own gradient."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras
from keras import ops


def with_own_gradient(function: Callable[..., tuple[Any, Callable]], *args):
    """The output of `function(*args)`.

    Args:
      function: -> (output, gradient), where gradient maps the gradient of a loss for the output
        to a list of those for the args.
      *args: tensors or variables.
    """

    def adapted(*tensors):
        output, gradient = function(*tensors)

        def adapted_gradient(*args, upstream=None):  # Keras' backends differ in how they call it.
            return gradient(*(args or (upstream,)))

        return output, adapted_gradient

    # TensorFlow would ask for the gradients of variables apart.
    tensors = [ops.reshape(x, x.shape) if isinstance(x, keras.Variable) else x for x in args]
    return ops.custom_gradient(adapted)(*tensors)
