"""Passwords of make-believe people."""

from __future__ import annotations

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class QuickHasher(PBKDF2PasswordHasher):
    """PBKDF2 with few iterations: tests sign in hundreds of times, and the passwords are public."""

    iterations = 1_000
