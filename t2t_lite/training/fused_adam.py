"""Adam with one kernel per variable."""

from __future__ import annotations

import keras
import tensorflow as tf


class FusedAdam(keras.optimizers.Adam):
    """`keras.optimizers.Adam` that updates a variable and both its moments in one pass over memory.

    Keras needs about ten.
    """

    def moments(self, variable) -> tuple[keras.Variable, keras.Variable]:
        """The means of a variable's gradient and of its square."""
        index = self._get_variable_index(variable)
        return self._momentums[index], self._velocities[index]

    def update_step(self, gradient, variable, learning_rate):
        """Adam's update (Kingma and Ba 2014, end of section 2), in place."""
        m, v = self.moments(variable)
        step = tf.cast(self.iterations.value + 1, variable.dtype)
        beta_1, beta_2 = (tf.constant(b, variable.dtype) for b in (self.beta_1, self.beta_2))
        tf.raw_ops.ResourceApplyAdam(
            var=variable.handle,
            m=m.value.handle,
            v=v.value.handle,
            beta1_power=beta_1**step,
            beta2_power=beta_2**step,
            lr=tf.cast(learning_rate, variable.dtype),
            beta1=beta_1,
            beta2=beta_2,
            epsilon=tf.constant(self.epsilon, variable.dtype),
            grad=gradient,
        )


class FusedAdamW(FusedAdam, keras.optimizers.AdamW):
    """`keras.optimizers.AdamW`, likewise. A layer's own rate holds for its decay, too."""

    def update_step(self, gradient, variable, learning_rate):
        """A share learning_rate * weight_decay taken away (Loshchilov and Hutter 2017, algorithm
        2), and Adam's update."""
        if self._use_weight_decay(variable):
            share = tf.cast(learning_rate, variable.dtype) * self.weight_decay
            variable.assign_sub(share * variable)
        super().update_step(gradient, variable, learning_rate)

    def _apply_weight_decay(self, variables):
        """Done in `update_step`, where the layer's rate is known."""
