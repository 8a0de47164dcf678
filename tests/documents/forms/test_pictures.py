from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from saleor_b2b_docs.documents.forms.context import Picture
from saleor_b2b_docs.documents.forms.errors import FormError
from saleor_b2b_docs.documents.forms.pictures import MAX_BYTES, printable_picture


def _file(image: Image.Image, kind: str = "PNG") -> bytes:
    content = io.BytesIO()
    image.save(content, kind)
    return content.getvalue()


def _png_that_claims(width: int, height: int) -> bytes:
    """A tiny PNG whose header promises `width` by `height` pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_picture_is_reencoded_as_png_and_scaled_down(kind: str) -> None:
    picture = Picture(_file(Image.new("RGB", (2000, 500), "navy"), kind), "image/png")

    printable = printable_picture(picture, lies_over_text=False)

    assert printable.png.startswith(b"\x89PNG")
    assert (printable.width, printable.height) == (700, 175)


def test_white_paper_of_a_scan_becomes_transparent_over_text() -> None:
    image = Image.new("RGB", (10, 10), "white")
    image.putpixel((5, 5), (10, 20, 120))

    printable = printable_picture(Picture(_file(image), "image/png"), lies_over_text=True)

    result = Image.open(io.BytesIO(printable.png))
    assert result.getchannel("A").getpixel((0, 0)) == 0
    assert result.getpixel((5, 5)) == (10, 20, 120, 255)


def test_metadata_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    content = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "JPEG", exif=exif)

    printable = printable_picture(Picture(content.getvalue(), "image/jpeg"), lies_over_text=False)

    assert b"taken at home" not in printable.png


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "PICTURE_UNSUPPORTED"),
        (_file(Image.new("RGB", (4, 4)), "GIF"), "PICTURE_UNSUPPORTED"),
        (b"", "PICTURE_UNSUPPORTED"),
        (b"\0" * (MAX_BYTES + 1), "PICTURE_TOO_LARGE"),
        (_png_that_claims(5000, 4001), "PICTURE_TOO_LARGE"),
        (_png_that_claims(60_000, 60_000), "PICTURE_TOO_LARGE"),
        (_file(Image.effect_noise((300, 300), 90))[:4000], "PICTURE_BROKEN"),
    ],
)
def test_unsafe_picture_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(FormError) as refusal:
        printable_picture(Picture(content, "image/png"), lies_over_text=False)

    assert refusal.value.code == code
