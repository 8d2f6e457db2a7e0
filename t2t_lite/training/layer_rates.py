"""Layers that learn slower than others, or not at all."""

from __future__ import annotations

import re

import keras

from t2t_lite.errors import T2TError

_FORM = (
    "write learning_rate_multipliers='REGEX:FACTOR; REGEX:FACTOR', such as 'logits:10; .*:0.1' or "
    "'block_[1-4]/:0'"
)


class LayerRates:
    """By what the learning rate of each weight is multiplied; 0 freezes it.

    (Of a batch normalisation that is frozen the statistics stay as they are, too, and are used.)
    """

    def __init__(self, text: str):
        """`text`: as the hparam `learning_rate_multipliers` has it; T2TError if it does not."""
        self._rules = [_parse(part) for part in text.split(";") if part.strip()]

    def of(self, path: str) -> float:
        """The factor of the weight at `path`: that of the first expression found in it."""
        return next((factor for regex, factor in self._rules if regex.search(path)), 1.0)

    def freeze(self, model) -> None:
        """Ends the training of the weights whose factor is 0.

        Raises:
          T2TError: an expression is found in no weight's path.
        """
        paths = [weight.path for weight in model.weights]
        for regex, _ in self._rules:
            if not any(map(regex.search, paths)):
                raise T2TError(
                    f"learning_rate_multipliers names '{regex.pattern}', which is found in no "
                    f"weight's path; paths look like {paths[0]} and {paths[-1]}."
                )
        for weight in model.trainable_variables:
            weight.trainable = self.of(weight.path) > 0
        for layer in model._flatten_layers():
            if isinstance(layer, keras.layers.BatchNormalization) and not layer.trainable_variables:
                layer.trainable = False

    def slow_down(self, optimizer: keras.optimizers.Optimizer, model) -> None:
        """From now on the optimizer, built for what is trained, updates at these rates."""
        factors = [self.of(weight.path) for weight in model.trainable_variables]
        if all(factor == 1 for factor in factors):
            return
        update_step = optimizer.update_step

        def slowed(gradient, variable, learning_rate):
            factor = factors[optimizer._get_variable_index(variable)]
            return update_step(gradient, variable, learning_rate * factor)

        optimizer.update_step = slowed


def _parse(part: str) -> tuple[re.Pattern, float]:
    """`"logits:10"` -> (pattern, 10.0)."""
    regex, _, factor = part.strip().rpartition(":")
    try:
        if regex and float(factor) >= 0:
            return re.compile(regex), float(factor)
    except (ValueError, re.error):
        pass
    raise T2TError(f"'{part.strip()}' is no factor of a learning rate; {_FORM}.")
