"""What is in a picture's file, and IDX files."""

import made_pictures as made
import numpy as np
import pytest

from t2t_lite.data import idx, pictures
from t2t_lite.errors import T2TError


@pytest.mark.parametrize(
    ("content", "remark"),
    [
        (made.CMYK_JPEG, "CMYK"),
        (made.PALETTE_PNG, "a palette"),
        (made.ANIMATED_GIF, "a GIF"),
        (made.WEBP, "a WebP"),
    ],
    ids=["jpeg", "png", "gif", "webp"],
)
def test_odd_files_become_png_with_the_same_picture(content, remark):
    picture = pictures.of_file(content)
    assert picture.remark.startswith(remark) and picture.format == "png"
    assert (picture.height, picture.width) == (6, 8)
    np.testing.assert_allclose(made.decoded(picture.encoded), made.halves(), atol=8)


def test_16_bits_and_transparency_are_converted():
    pixels = made.halves()
    deep = pictures.of_file(made.png(pixels.astype(np.uint16) * 257))
    assert deep.remark == "16 bits, converted"
    np.testing.assert_array_equal(made.decoded(deep.encoded), pixels)
    alpha = np.full((6, 8, 1), 128, np.uint8)
    clear = pictures.of_file(made.png(np.concatenate([pixels, alpha], -1)))
    assert clear.remark == "transparent, converted"
    np.testing.assert_array_equal(made.decoded(clear.encoded), pixels)


@pytest.mark.parametrize("encode", [made.png, made.jpeg])
@pytest.mark.parametrize("channels", [1, 3])
def test_usual_files_stay_as_they_are(encode, channels):
    content = encode(made.halves()[..., :channels])
    picture = pictures.of_file(content)
    assert picture.encoded == content and not picture.remark
    assert picture.format == encode.__name__


def test_a_wrong_ending_is_told():
    picture = pictures.of_file(made.png(made.halves()), "cat.jpg")
    assert picture.format == "png" and picture.remark == "a PNG in spite of its name, read as such"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<html>not found</html>", "no JPEG, PNG"),
        (made.PALETTE_BMP, "palette"),
        *[
            (content[: len(content) // 2], "cut off")
            for content in (made.CMYK_JPEG, made.PALETTE_PNG, made.ANIMATED_GIF, made.WEBP)
        ],
    ],
    ids=["nothing", "html", "bmp", "jpeg", "png", "gif", "webp"],
)
def test_what_cannot_be_read(content, reason):
    with pytest.raises(pictures.UnreadableError, match=reason):
        pictures.of_file(content)


def test_cut_off_at_any_place():
    for content in (made.png(made.halves()), made.jpeg(made.halves())):
        for length in range(0, len(content) - 2, 7):
            with pytest.raises(pictures.UnreadableError):
                pictures.of_file(content[:length])


def test_idx(tmp_path):
    array = np.random.default_rng(0).integers(0, 256, (5, 4, 3)).astype(np.uint8)
    path = tmp_path / "x"
    path.write_bytes(made.idx(array))
    np.testing.assert_array_equal(idx.read(path), array)
    path.write_bytes(made.idx(array)[:-1])
    with pytest.raises(T2TError, match="cut off"):
        idx.read(path)
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(T2TError, match="not in the format IDX"):
        idx.read(path)
    with pytest.raises(T2TError, match="There is no file"):
        idx.read(tmp_path / "y")
