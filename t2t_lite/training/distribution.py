"""On which devices a model runs."""

from __future__ import annotations

import json
import os

import keras
import tensorflow as tf

from t2t_lite.errors import T2TError
from t2t_lite.layers.precision import set_matmul_operands


def refuse_several_workers() -> None:
    """T2TError if TF_CONFIG describes a cluster, whose workers would each train by themselves."""
    text = os.environ.get("TF_CONFIG") or "{}"
    try:
        tasks = sum(len(addresses) for addresses in json.loads(text).get("cluster", {}).values())
    except (ValueError, TypeError, AttributeError) as error:
        raise T2TError(f"TF_CONFIG cannot be read ({error}); unset it.") from error
    if tasks > 1:
        raise T2TError(
            f"TF_CONFIG names {tasks} tasks, but training runs on one machine: unset TF_CONFIG. "
            "--worker_gpu=N uses several GPUs, and --emulate_workers=N follows a recipe for N "
            "devices on one."
        )


def strategy(worker_gpu: str = "1") -> tf.distribute.Strategy:
    """One replica per device: the first `worker_gpu` GPUs ('all': every one; '0': the CPU).

    Without GPUs, `worker_gpu` above 1 splits the CPU into as many logical devices, which is
    slower than one but computes the same as that many GPUs would.

    Raises:
      T2TError: there are fewer GPUs than asked for.
    """
    gpus = tf.config.list_physical_devices("GPU")
    if worker_gpu != "all" and not worker_gpu.isdecimal():
        raise T2TError(f"--worker_gpu={worker_gpu} is neither a number nor 'all'.")
    if worker_gpu == "0":
        tf.config.set_visible_devices([], "GPU")
        return tf.distribute.get_strategy()
    wanted = max(1, len(gpus)) if worker_gpu == "all" else int(worker_gpu)
    if wanted == 1:
        return tf.distribute.get_strategy()
    if gpus and wanted > len(gpus):
        raise T2TError(
            f"--worker_gpu={wanted}, but this machine has {len(gpus)} GPU(s). To follow a recipe "
            f"for {wanted}, add --emulate_workers={-(-wanted // len(gpus))}."
        )
    if gpus:
        return tf.distribute.MirroredStrategy([f"GPU:{i}" for i in range(wanted)])
    _split_cpu(wanted)
    return tf.distribute.MirroredStrategy([f"CPU:{i}" for i in range(wanted)])


def _split_cpu(count: int) -> None:
    cpu = tf.config.list_physical_devices("CPU")[0]
    current = tf.config.get_logical_device_configuration(cpu) or []
    if len(current) >= count:
        return
    try:
        tf.config.set_logical_device_configuration(
            cpu, [tf.config.LogicalDeviceConfiguration()] * count
        )
    except RuntimeError:
        raise T2TError(
            f"TensorFlow already runs with {max(1, len(current))} CPU device(s) in this process; "
            f"choose {count} before anything else is computed."
        ) from None


PRECISIONS = ("float32", "bf16", "mixed_bf16")


def set_precision(precision: str) -> None:
    """One of PRECISIONS; weights are float32 in all.

    bf16: matrix products and convolutions of bfloat16. mixed_bf16: what comes out of each layer is
    bfloat16, too, which halves what is kept for the gradient. On GPUs both are that.

    Raises:
      T2TError: another word.
    """
    if precision not in PRECISIONS:
        known = f"{', '.join(PRECISIONS[:-1])} or {PRECISIONS[-1]}"
        raise T2TError(f"--precision={precision} is not known; it can be {known}.")
    has_gpu = bool(tf.config.list_physical_devices("GPU"))
    is_mixed = precision == "mixed_bf16" or (precision == "bf16" and has_gpu)
    keras.config.set_dtype_policy("mixed_bfloat16" if is_mixed else "float32")
    set_matmul_operands("bfloat16" if precision == "bf16" and not is_mixed else None)
