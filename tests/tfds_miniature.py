"""A data set as tensorflow_datasets prepares it, written by its own code."""

from __future__ import annotations

import os
import pathlib


def prepare_wmt_ende(directory: pathlib.Path, pairs: dict[str, list[tuple[str, str]]]) -> None:
    """Prepares "wmt_t2t_translate/de-en" in a directory.

    Args:
      pairs: split -> (English, German).
    """
    from tensorflow_datasets.translate import wmt_t2t

    class Miniature(wmt_t2t.WmtT2tTranslate, skip_registration=True):
        """The data set without its downloads."""

        name = "wmt_t2t_translate"

        def _split_generators(self, dl_manager):
            return {
                split: ((i, {"en": en, "de": de}) for i, (en, de) in enumerate(rows))
                for split, rows in pairs.items()
            }

    Miniature(data_dir=os.fspath(directory)).download_and_prepare()


def prepare_coco_captions(
    directory: pathlib.Path, pictures: dict[str, list[tuple[bytes, list[str]]]]
) -> None:
    """Prepares "coco_captions/2014" in a directory.

    Args:
      pictures: split -> (JPEG, captions).
    """
    import io

    from tensorflow_datasets.object_detection import coco_captions

    class Miniature(coco_captions.CocoCaptions, skip_registration=True):
        """The data set without its downloads, and without objects."""

        name = "coco_captions"

        def _split_generators(self, dl_manager):
            return {split: self._rows(rows) for split, rows in pictures.items()}

        def _rows(self, rows):
            for i, (picture, captions) in enumerate(rows):
                yield (
                    i,
                    {
                        "image": io.BytesIO(picture),
                        "image/filename": f"{i}.jpg",
                        "image/id": i,
                        "objects": [],
                        "captions": [{"id": n, "text": t} for n, t in enumerate(captions)],
                    },
                )

    Miniature(data_dir=os.fspath(directory), config="2014").download_and_prepare()
