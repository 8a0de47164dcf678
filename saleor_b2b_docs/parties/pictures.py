"""Pictures that a merchant uploads: PNG and JPEG of a sane size, judged by their bytes."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.files import File

MAX_BYTES = 2 * 1024 * 1024
_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def media_type(content: bytes) -> str | None:
    """The media type of a PNG or JPEG by its first bytes, or None for anything else."""
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            return kind
    return None


def check_picture(file: File[bytes]) -> None:
    """Raise ValidationError unless the file is a PNG or JPEG of at most 2 MB."""
    if file.size > MAX_BYTES:
        raise ValidationError("A picture may have 2 MB at most.")
    file.seek(0)
    if media_type(file.read(16)) is None:
        raise ValidationError("A picture must be a PNG or a JPEG.")
    file.seek(0)
