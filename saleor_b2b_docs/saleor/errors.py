"""What can go wrong between us and a Saleor."""

from __future__ import annotations

from saleor_b2b_docs.work.errors import PermanentFailure, TemporaryFailure


class SaleorUnavailable(TemporaryFailure):
    """Saleor is down or out of reach, and the request surely was not carried out."""


class SaleorUncertain(TemporaryFailure):
    """No proper answer came: the request may have been carried out or not."""


class SaleorRefused(PermanentFailure):
    """Saleor understood and said no. `code` is Saleor's own error code."""


class InvalidSignature(Exception):
    """A delivery that is not signed by the Saleor it names. Final."""


class InvalidToken(Exception):
    """A token that proves nobody: forged, expired, of another kind or another Saleor. Final."""

    code = "UNAUTHENTICATED"


class HandshakeRefused(Exception):
    """An installation that we don't accept; the message is what the merchant reads."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
