"""t2t_lite: any registered problem x any registered model x any hparams set."""

from t2t_lite.version import __version__

__all__ = ["__version__"]
