"""Pictures of a folder on their way to a model: in order, and not all at once in memory."""

import made_pictures as made
import pytest
from archive_files import write_files

from t2t_lite import registry
from t2t_lite.data import pictures
from t2t_lite.decoding import picture_classes
from t2t_lite.errors import T2TError
from t2t_lite.problems.image import Image2ClassProblem


@pytest.mark.parametrize(("batch_size", "chunks"), [(2, [4, 3]), (3, [3, 3, 1]), (5, [5, 2])])
def test_few_pictures_are_held_at_a_time(tmp_path, monkeypatch, batch_size, chunks):
    brightness = [10 * i for i in range(7)]
    files = {f"{i}.png": made.png(made.of_color([x] * 3)) for i, x in enumerate(brightness)}
    write_files(tmp_path, {**files, "4b.png": b"", "4c.txt": "x"})
    opened, of_file = [], pictures.of_file

    def counted(content):
        if content:
            opened.append(content)
        return of_file(content)

    monkeypatch.setattr(pictures, "of_file", counted)
    monkeypatch.setattr(picture_classes, "CHUNK", 4)
    hparams = registry.hparams("transformer_patches_tiny")
    hparams.parse("image_size=8,image_normalization=none")
    found, sizes = [], []
    for names, dataset in picture_classes.picture_batches(
        tmp_path, Image2ClassProblem(), hparams, batch_size
    ):
        batches = [batch["inputs"].numpy() for batch in dataset]
        assert all(len(batch) == batch_size for batch in batches[:-1])
        means = [x.mean() for batch in batches for x in batch]
        found += zip(names, means, strict=True)
        sizes.append(len(names))
        assert len(opened) == len(found)  # nothing ahead
    assert sizes == chunks
    assert found == [(str(tmp_path / f"{i}.png"), x) for i, x in enumerate(brightness)]


def test_no_picture(tmp_path):
    with pytest.raises(T2TError, match="no picture that can be read"):
        next(picture_classes.picture_batches(tmp_path, Image2ClassProblem(), None, 2))
