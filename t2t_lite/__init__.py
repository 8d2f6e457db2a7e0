"""t2t_lite: any registered problem x any registered model x any hparams set.

import t2t_lite
translate = t2t_lite.load("runs/first")
translate(["A dog runs."])
"""

from t2t_lite.version import __version__

__all__ = ["__version__", "load"]


def __getattr__(name: str):
    if name == "load":  # Imported when it is used: it brings TensorFlow.
        from t2t_lite.training.loading import load

        return load
    raise AttributeError(f"module 't2t_lite' has no attribute '{name}'")
