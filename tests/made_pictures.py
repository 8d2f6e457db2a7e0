"""Pictures made by a test: small ones of plain colours, and files that are odd or damaged."""

from __future__ import annotations

import base64
import pathlib
import zlib

import numpy as np


def _unpacked(text: str) -> bytes:
    return zlib.decompress(base64.b85decode(text))


LEFT, RIGHT = (200, 30, 60), (20, 180, 90)
"""The colours of the two halves of the odd pictures below, 6 x 8 pixels, made by Pillow."""

# fmt: off
CMYK_JPEG = _unpacked(
    "c-s4a<NrGbKF5^&q*R6!1`zmvo57iZmy?T|i-VV&i<^&+mtR;xR9HwzSY1X=TtQFM&_GX9SI5}O%g)%$&0I&<A>7f;"
    "$1f;2$jB}#F)ARzD=^6a{{aRO4hA*`4i;xY246vjNI?c~L5BZF7~~lk7+D#?fB^~^nV4Bv+1NRNRst1l6<}auWM*b!"
    "VP<7zVFAk40_7Q41X+a?4ISBp0~6Vm3Pp?>CobercG`GQH0a_772~9$CQdFfaS2H&RW)@DO)V2sGjj_|D`yv1H+K(D"
    "ui%i-u<(e;sN|H?wDgS3tm2Z=vhs?`s^*r~w)T$Bu1S-pOr17;#>`oZ7B5-4Z25|nt2S-kvUS_`9Xod&I(+2lvEwIB"
    "p1O4T%GGPvZ`{1~@X_NZPoF)1@$%KjPoKYh{r3IG&tLy<G4QcCGx#z@GI%pE*fXsBsQxc;|F`S^8B$i+G5=?n{-5D@"
    "`hSMa;kN02>RYQy>;K;b04$J$7y"
)
PALETTE_PNG = _unpacked(
    "c-rd>@N?(olHy`uVBq!ia0vp^96-#*$P6Tpoc7%T;sp4FxQc9vIw5Bx;cD{%tklIZq+(9;j{`>-ni;reF#OJ3Dl-u%"
    "!QkoY=d#Wzp$Pyv_!fH"
)
ANIMATED_GIF = _unpacked(
    "c-nLKbh9u|<X~W9Xk=gz*%Ea^&V~UDbU*}1oPk4}ftiDcVSz$JBMYyRNkxIe;Z`nLDIN|6#h)yU3=B*NwT;Lo0QE6)"
    "um~(jz|dz608cU#TL"
)
WEBP = _unpacked(
    "c-jl{baT^SU|<M$bqWXzu<(%vvh~>=7#a8r_)i-v-fvF-cbJ*M@z4D#1Hp^`1sDJq2@Wd"
)
PALETTE_BMP = _unpacked(
    "c-nLF&0~N7J0R8oVh$i?17b!ni-Exah>!3=FcSj=M{N;du#r2#zz75&HN?^YmsAC>"
)
# fmt: on


def halves(height: int = 6, width: int = 8) -> np.ndarray:
    """What the odd pictures show: [height, width, 3] uint8."""
    pixels = np.empty((height, width, 3), np.uint8)
    pixels[:, : width // 2], pixels[:, width // 2 :] = LEFT, RIGHT
    return pixels


def png(pixels: np.ndarray) -> bytes:
    """A PNG of `[height, width, channels]` uint8 or uint16."""
    import tensorflow as tf

    return tf.io.encode_png(pixels).numpy()


def jpeg(pixels: np.ndarray) -> bytes:
    """A JPEG of `[height, width, channels]` uint8."""
    import tensorflow as tf

    return tf.io.encode_jpeg(pixels, quality=95).numpy()


def of_color(color, height: int = 10, width: int = 12) -> np.ndarray:
    """A picture of one colour."""
    return np.broadcast_to(np.uint8(color), (height, width, 3)).copy()


def idx(array: np.ndarray) -> bytes:
    """A uint8 array in MNIST's format."""
    head = bytes([0, 0, 8, array.ndim])
    return head + np.array(array.shape, ">u4").tobytes() + np.uint8(array).tobytes()


def digits(count: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Pictures `[count, 28, 28]` with a bright row whose place tells the class, and the classes."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 10
    images = rng.integers(0, 60, (count, 28, 28))
    images[np.arange(count), 4 + 2 * labels] = 255
    return images.astype(np.uint8), labels.astype(np.uint8)


def write_mnist(directory: pathlib.Path, train: int = 40, test: int = 20, prefix: str = "") -> None:
    """MNIST's four files, of `digits`."""
    import gzip

    directory.mkdir(parents=True, exist_ok=True)
    for part, count in (("train", train), ("t10k", test)):
        images, labels = digits(count)
        for name, array in (("images-idx3", images), ("labels-idx1", labels)):
            path = directory / f"{prefix}{part}-{name}-ubyte.gz"
            path.write_bytes(gzip.compress(idx(array)))


def decoded(content: bytes) -> np.ndarray:
    """A JPEG or PNG as `[height, width, 3]`."""
    import tensorflow as tf

    return tf.io.decode_image(content, channels=3).numpy()
