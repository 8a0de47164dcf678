"""Why nobody is let in, and why a credential is not made."""

from __future__ import annotations

from saleor_b2b_docs.parties.errors import PartiesError


class AuthenticationFailed(Exception):
    """What was presented proves nothing. `code` says what is wrong with it, the message what to
    do; neither says which bases there are."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class TooManySecrets(PartiesError):
    """A base signs with one secret, and during a rotation with two."""

    code = "TOO_MANY"
