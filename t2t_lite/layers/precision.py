"""In which type matrices are multiplied.

On a CPU only the large matrix products gain from bfloat16; everything else is slower in it than
in float32. So there the activations stay in float32, and just the operands of those products
are rounded. (On GPUs the Keras policy `mixed_bfloat16` is the better way.)
"""

from __future__ import annotations

from keras import ops

_operands: str | None = None


def set_matmul_operands(dtype: str | None) -> None:
    """Rounds the operands of `matmul` to `dtype`, e.g. "bfloat16"; None: no rounding."""
    global _operands
    _operands = dtype


def operand_type(dtype: str) -> str:
    """The type in which `matmul` multiplies values of type `dtype`."""
    return _operands or dtype


def matmul(x, y):
    """`x @ y` of operands rounded as `set_matmul_operands` says, in their type."""
    kind = operand_type(x.dtype)
    return ops.matmul(ops.cast(x, kind), ops.cast(y, kind))
