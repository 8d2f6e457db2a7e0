"""Encoded pictures: what is in a file, and whether training can read it."""

from __future__ import annotations

from typing import NamedTuple

from t2t_lite.errors import UnreadableError


class Picture(NamedTuple):
    """A picture that can be read: JPEG or PNG with 8 bits, gray or coloured, opaque."""

    encoded: bytes
    format: str  # "jpeg" or "png"
    height: int
    width: int
    remark: str = ""  # what was odd about the file; "" if nothing

    def features(self) -> dict[str, list]:
        """As Tensor2Tensor's files have them."""
        return {
            "image/encoded": [self.encoded],
            "image/format": [self.format],
            "image/height": [self.height],
            "image/width": [self.width],
        }


def of_array(pixels) -> Picture:
    """A PNG of `[height, width, channels]` (or without channels) uint8."""
    import tensorflow as tf

    if pixels.ndim == 2:
        pixels = pixels[..., None]
    height, width = map(int, pixels.shape[:2])
    return Picture(tf.io.encode_png(pixels).numpy(), "png", height, width)


def of_file(content: bytes, name: str = "") -> Picture:
    """What a file holds, if need be converted to PNG; decoded once to be sure.

    Args:
      name: of the file; only to remark on a wrong ending.
    Raises:
      UnreadableError: empty, cut off, damaged, or of a format that is not known.
    """
    import tensorflow as tf

    if not content:
        raise UnreadableError("the file is empty")
    kind = _format(content)
    if not kind:
        raise UnreadableError("it is no JPEG, PNG, GIF, BMP or WebP")
    if kind == "bmp" and len(content) > 29 and content[28] < 16:
        raise UnreadableError("BMPs with a palette are not read; save it as PNG")
    try:
        pixels = tf.io.decode_image(content, expand_animations=False)
        height, width, channels = map(int, pixels.shape)
        oddity = _oddity(content, kind, channels)
        if not oddity:
            return Picture(content, kind, height, width, _wrong_ending(name, kind))
        pixels = tf.io.decode_image(content, channels=3, expand_animations=False)
    except tf.errors.InvalidArgumentError as error:
        raise UnreadableError("it is cut off or damaged") from error
    encoded = tf.io.encode_png(pixels).numpy()
    return Picture(encoded, "png", height, width, f"{oddity}, converted")


def _format(content: bytes) -> str:
    """By its first bytes, whatever it is called."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    return "bmp" if content.startswith(b"BM") else ""


def _oddity(content: bytes, kind: str, channels: int) -> str:
    """What Tensor2Tensor's readers could not deal with, or not alike; "" if nothing."""
    if kind == "jpeg":
        return "CMYK" if _jpeg_components(content) == 4 else ""
    if kind == "png":
        depth, color = content[24], content[25]  # of the header, which comes first
        if depth == 16:
            return "16 bits"
        if color == 3 or depth < 8:
            return "a palette"
        return "transparent" if channels in (2, 4) else ""
    return {"gif": "a GIF, of which the first picture is", "bmp": "a BMP", "webp": "a WebP"}[kind]


def _jpeg_components(content: bytes) -> int:
    """Colours of a JPEG: from its start-of-frame segment (ITU T.81, B.2.2)."""
    position = 2
    while position + 9 < len(content):
        marker = content[position + 1]
        if marker == 0xFF:  # a byte that only fills
            position += 1
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return content[position + 9]
        else:
            position += 2 + int.from_bytes(content[position + 2 : position + 4], "big")
    return 0


def _wrong_ending(name: str, kind: str) -> str:
    endings = {"jpeg": (".jpg", ".jpeg", ".jpe"), "png": (".png",)}[kind]
    if not name or name.lower().endswith(endings):
        return ""
    return f"a {kind.upper()} in spite of its name, read as such"
