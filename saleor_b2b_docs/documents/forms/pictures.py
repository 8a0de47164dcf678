"""The supplier's pictures (logo, stamp, signature): checked, made small, ready to be printed.

They are files that somebody uploaded, so they are read as nothing but PNG or JPEG, and never
decoded before their size is known.
"""

from __future__ import annotations

import io
import warnings
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageOps

from saleor_b2b_docs.documents.forms.context import Picture
from saleor_b2b_docs.documents.forms.errors import FormError

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 20_000_000
# 300 dots an inch at 60 mm, the widest that any form prints a picture.
_LONGEST_SIDE = 700


@dataclass(frozen=True, slots=True)
class PrintablePicture:
    """A picture as PNG bytes without metadata, with its size in pixels."""

    png: bytes
    width: int
    height: int

    @property
    def data_uri(self) -> str:
        """The picture as a `data:` address, for a page that may load nothing else."""
        return "data:image/png;base64," + b64encode(self.png).decode("ascii")


def printable_picture(picture: Picture, *, lies_over_text: bool) -> PrintablePicture:
    """`picture` decoded safely, scaled down to print size and re-encoded.

    With `lies_over_text` (stamp, signature) a picture that has no transparency of its own gets
    its white paper made transparent. Raises FormError PICTURE_TOO_LARGE (over 5 MB or 20
    megapixels), PICTURE_UNSUPPORTED (neither PNG nor JPEG) or PICTURE_BROKEN.
    """
    if len(picture.content) > MAX_BYTES:
        raise FormError("PICTURE_TOO_LARGE", f"A picture may have {MAX_BYTES} bytes at most.")
    return _prepare(picture.content, lies_over_text)


# The same stamp stands on every paper of a supplier: decoding it costs more than the paper.
@lru_cache(maxsize=16)
def _prepare(content: bytes, lies_over_text: bool) -> PrintablePicture:
    # Phones store a picture lying on its side and say so in its EXIF, which is dropped below.
    image = ImageOps.exif_transpose(_decode(content))
    has_transparency = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
    prepared = image.convert("RGBA" if has_transparency else "RGB")
    prepared.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    if lies_over_text and not has_transparency:
        prepared = _without_paper(prepared)
    png = io.BytesIO()
    # Only pixels are copied: no EXIF, no text chunks, no colour profile.
    clean = Image.frombytes(prepared.mode, prepared.size, prepared.tobytes())
    clean.save(png, "PNG")
    return PrintablePicture(png.getvalue(), *clean.size)


def _decode(content: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            # Pillow's own alarm rings above ours and as a warning only.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except (OSError, SyntaxError, ValueError) as error:
        raise FormError("PICTURE_UNSUPPORTED", "A picture must be a PNG or JPEG file.") from error
    if image.width * image.height > MAX_PIXELS:
        raise _too_many_pixels()
    try:
        image.load()
    except (OSError, SyntaxError, ValueError) as error:
        raise FormError("PICTURE_BROKEN", "The picture's file is damaged.") from error
    return image


def _too_many_pixels() -> FormError:
    return FormError("PICTURE_TOO_LARGE", f"A picture may have {MAX_PIXELS} pixels at most.")


def _without_paper(image: Image.Image) -> Image.Image:
    """`image` (RGB) with white made transparent, so that the text below stays readable."""
    red, green, blue = image.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    # Scans of paper are not pure white; from 235 down to 155 the ink fades in.
    opacity = darkest.point(
        [min(255, max(0, round((235 - value) * 255 / 80))) for value in range(256)]
    )
    image.putalpha(opacity)
    return image
