"""The base of networks that tell what is on a picture."""

from __future__ import annotations

from t2t_lite.errors import T2TError
from t2t_lite.models.base import T2TModel

LABELS = ("class_label", "multi_label")


class ImageClassifier(T2TModel):
    """A model is its `network`; the class label's modality adds mean and logits."""

    takes_pixels = True

    def __init__(self, hparams, problem_hparams, body_width: int | None = None):
        for kinds in (own.modality for own in problem_hparams.each()):
            if kinds.get("inputs") != "image" or kinds["targets"] not in LABELS:
                raise T2TError(
                    f"The model '{type(self).name}' gives pictures a class; it needs a problem "
                    "with pictures for inputs and classes for targets, such as image_mnist."
                )
        shapes = [own.shape["inputs"] for own in problem_hparams.each() if "inputs" in own.shape]
        channels = sorted({shape[-1] for shape in shapes})
        if len(channels) > 1:
            raise T2TError(
                f"The model '{type(self).name}' sees pixels as they are, so pictures of "
                f"{' and '.join(map(str, channels))} channels cannot share it; choose "
                "--model=transformer or multi_model."
            )
        super().__init__(hparams, problem_hparams, body_width)

    def body(self, features, training=False):
        """The pixels of `features` -> what `network` makes of them."""
        return self.network(features["inputs"], training)

    def network(self, x, training: bool):
        """Pixels -> `[batch, height, width, channels]`, or their mean `[batch, 1, channels]`."""
        raise NotImplementedError(f"{type(self).__name__} has no network.")
