"""Which base is knocking: by a bearer key, a password, or a signature.

Whoever fails too often is not listened to for a while: `TooManyAttempts`, see documents/attempts.py
(the counts are in the database, since the embedded mode has no cache that processes share).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import cache

from django.contrib.auth import hashers

from saleor_b2b_docs.documents.attempts import Limit, count_attempt, refuse_exhausted
from saleor_b2b_docs.onec.credentials.context import lookup_of, new_password, signing_bytes
from saleor_b2b_docs.onec.credentials.errors import AuthenticationFailed
from saleor_b2b_docs.onec.credentials.queries import valid_credential, valid_signing_secrets
from saleor_b2b_docs.onec.credentials.services import touch
from saleor_b2b_docs.onec.credentials.signatures import Signed, check_signature
from saleor_b2b_docs.onec.models import Base, Credential
from saleor_b2b_docs.saleor.sealing import unseal

FAILURES = Limit("onec-credential", times=20, window=dt.timedelta(minutes=10))
"""Of an address with one user name or key id. A base that was set up wrongly is told so twenty
times, and a guesser of passwords gets through a few thousand in a year."""
_KEY_ID = re.compile(r"[0-9a-f]{32}")
_PASSWORD = re.compile(r"[!-~]{1,200}")
"""As ours are. Anything else need not be hashed, which takes longer with the length."""


def by_bearer(token: str, *, now: dt.datetime, address: str = "") -> Base | None:
    """The base whose key this is. `address` is the caller's, whose failures are counted.

    Found by its SHA-256, so no comparison tells anything by its time. Raises TooManyAttempts.
    """
    subject = f"{address}\nbearer"
    _refuse_exhausted(subject, address, now=now)
    credential = valid_credential(Credential.Kind.BEARER_KEY, lookup_of(token))
    if credential is None:
        _count(subject, address, now=now)
        return None
    touch(credential, now=now)
    return credential.base


def by_basic(username: str, password: str, *, now: dt.datetime, address: str = "") -> Base | None:
    """The base whose user name and password these are; an unknown name takes as long as a wrong
    password. Raises TooManyAttempts."""
    subject = f"{address}\n{lookup_of(username)}"
    _refuse_exhausted(subject, address, now=now)
    credential = valid_credential(Credential.Kind.PASSWORD, lookup_of(username))
    expected = credential.password_hash if credential else _nobodys_hash()
    fits = _PASSWORD.fullmatch(password) and hashers.check_password(password, expected)
    if credential is None or not fits:
        _count(subject, address, now=now)
        return None
    touch(credential, now=now)
    return credential.base


def by_signature(
    key_id: str, signed: Signed, *, body: bytes, now: dt.datetime, address: str = ""
) -> Base:
    """The base that signed a message, by the id of one of its secrets; it may be signed with
    another one that is valid, too. Raises AuthenticationFailed, TooManyAttempts."""
    subject = f"{address}\n{key_id}"
    _refuse_exhausted(subject, address, now=now)
    try:
        credential = (
            valid_credential(Credential.Kind.SIGNING_SECRET, key_id)
            if _KEY_ID.fullmatch(key_id)
            else None
        )
        if credential is None:
            raise AuthenticationFailed("UNKNOWN_KEY", "there is no such key, or it was revoked")
        valid = valid_signing_secrets(credential.base)
        place = check_signature(signed, body=body, secrets=_in_the_clear(valid), now=now)
    except AuthenticationFailed:
        _count(subject, address, now=now)
        raise
    touch(valid[place], now=now)
    return credential.base


def signing_secrets(base: Base) -> Sequence[bytes]:
    """All that messages of the base may be signed with now, the newest first."""
    return _in_the_clear(valid_signing_secrets(base))


def _in_the_clear(credentials: Sequence[Credential]) -> Sequence[bytes]:
    return [signing_bytes(unseal(credential.encrypted_secret)) for credential in credentials]


def _refuse_exhausted(subject: str, address: str, *, now: dt.datetime) -> None:
    if address:
        refuse_exhausted(FAILURES, subject, now=now)


def _count(subject: str, address: str, *, now: dt.datetime) -> None:
    if address:
        count_attempt(FAILURES, subject, now=now)


@cache
def _nobodys_hash() -> str:
    return hashers.make_password(new_password())
