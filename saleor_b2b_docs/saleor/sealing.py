"""Encryption of secrets at rest: Fernet (AES-128-CBC with HMAC-SHA256), keys rotatable."""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class UnsealingFailed(Exception):
    """None of the configured keys opens the secret: the key was lost or replaced."""


def seal(secret: str) -> str:
    """Encrypt with the first configured key."""
    return _keys().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Decrypt with whichever configured key fits. Raises UnsealingFailed."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise UnsealingFailed("no encryption key opens a stored token") from error


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])
