"""What a trained model says of pictures: of files, or of a split of its problem."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from t2t_lite.decoding import batches
from t2t_lite.decoding.decode_files import Decoded, Hypothesis
from t2t_lite.decoding.decoder import Decoder
from t2t_lite.decoding.picture_classes import picture_batches
from t2t_lite.errors import T2TError


def is_for(model) -> bool:
    """Whether a model describes pictures in words."""
    kinds = model.problem_hparams.modality
    return kinds.get("inputs") == "image" and kinds["targets"] == "symbol"


class PictureDecoder(Decoder):
    """Decodes captions; a batch is as many pictures as `batch_size` says."""

    def __init__(self, model, source_encoder, target_encoder, hparams=None, **options):
        super().__init__(model, source_encoder, target_encoder, hparams, **options)
        for name, usual in (("max_length_ratio", 0.0), ("min_length_ratio", 0.0)):
            if getattr(self.hparams, name) > usual:
                raise T2TError(f"{name} compares with an input's length, which pictures have not.")

    def hypotheses(self, lines: Sequence[str]) -> list[list[Hypothesis]]:
        raise T2TError("The model describes pictures: give a picture or a folder, not text.")

    def of_files(
        self, place: str | os.PathLike, problem, hparams
    ) -> Iterator[tuple[str, list[Hypothesis]]]:
        """Name and captions, best first, of a picture, or of all in a folder.

        Files that cannot be read are named on stderr and left out.

        Args:
          problem: of the model; prepares the pictures.
          hparams: the model's.
        Raises:
          T2TError: there is no such place, or no picture in it.
        """
        for names, dataset in picture_batches(place, problem, hparams, self.hparams.batch_size):
            found = (captions for batch in dataset for captions in self._captions(batch["inputs"]))
            yield from zip(names, found, strict=True)

    def decode_dataset(self, dataset: Iterable[Mapping[str, Any]]) -> list[Decoded]:
        limit = self.hparams.num_samples
        decoded: list[Decoded] = []
        rows = self.hparams.batch_size or batches.DEFAULT_BATCH_SIZE
        for batch in dataset:
            for start in range(0, len(batch["inputs"]), rows):
                count = rows if limit < 0 else min(rows, limit - len(decoded))
                if not count:
                    return decoded
                part = slice(start, start + count)
                found = self._captions(batch["inputs"][part])
                for captions, ids in zip(found, np.asarray(batch["targets"][part]), strict=True):
                    right = self._text(self._target_encoder, ids.tolist())
                    decoded.append(Decoded(None, right, captions[0].text))
        return decoded

    def _captions(self, pictures) -> Iterator[list[Hypothesis]]:
        """The hypotheses of each of `[batch, height, width, channels]`."""
        numbers = range(len(pictures))
        # Their length is unknown; what may be generated counts from 0.
        arguments = batches.arrange(
            dict.fromkeys(numbers, ()), len(numbers), self.hparams, is_prefix=True
        )
        del arguments["prefix"]
        arguments["features"] = {"inputs": np.asarray(pictures)}
        outputs, scores = self._generator.generate(**arguments)
        for row in numbers:
            kept = zip(outputs[row, : self._count], scores[row], strict=False)
            yield [
                Hypothesis(self._text(self._target_encoder, ids.tolist()), float(score))
                for ids, score in kept
            ]
