from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from saleor_b2b_docs.parties.pictures import MAX_BYTES, check_picture, media_type
from tests.builders.parties import PNG

JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20


@pytest.mark.parametrize(("content", "kind"), [(PNG, "image/png"), (JPEG, "image/jpeg")])
def test_a_picture_is_known_by_its_bytes(content: bytes, kind: str) -> None:
    file = ContentFile(content, name="stamp.txt")

    check_picture(file)

    assert media_type(content) == kind
    assert file.tell() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"\x89PN",
        b" " + PNG,
    ],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(ValidationError):
        check_picture(ContentFile(content, name="stamp.png"))

    assert media_type(content) is None


def test_a_picture_may_have_two_megabytes() -> None:
    largest = PNG + b"\x00" * (MAX_BYTES - len(PNG))

    check_picture(ContentFile(largest, name="stamp.png"))
    with pytest.raises(ValidationError):
        check_picture(ContentFile(largest + b"\x00", name="stamp.png"))
