"""What can go wrong between an invoice's values and its paper."""

from __future__ import annotations


class FormError(Exception):
    """A paper that cannot be made, with a `code` for machines and a message for people.

    Codes: FONTS_MISSING, PROFILE_UNKNOWN, PICTURE_UNSUPPORTED, PICTURE_TOO_LARGE,
    PICTURE_BROKEN, CONTEXT_INVALID, LAYOUT_FAILED.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
