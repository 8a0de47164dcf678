"""Signing in: tokens for an e-mail and a password, and new ones for old."""

from __future__ import annotations

import datetime as dt
import secrets
import threading
import time
from dataclasses import dataclass
from typing import Any

import jwt
from django.contrib.auth.hashers import check_password
from django.utils import timezone

from saleor_sandbox import configuration, tokens
from saleor_sandbox.models import User
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import from_token
from saleor_sandbox.writes import writing


@dataclass(frozen=True, slots=True)
class Session:
    """What a successful sign-in gives."""

    user: User
    token: str
    refresh_token: str
    csrf_token: str


class _Throttle:
    """One attempt per second and address after a wrong password, twice as long each time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures: dict[str, tuple[int, float]] = {}

    def check(self, address: str) -> None:
        """Raise Refusal (LOGIN_ATTEMPT_DELAYED) while `address` must wait."""
        with self._lock:
            _, until = self._failures.get(address, (0, 0.0))
        if time.monotonic() < until:
            moment = timezone.now() + dt.timedelta(seconds=until - time.monotonic())
            raise Refusal(
                f"Logging has been suspended till {moment} due to too many logging attempts "
                "originating from the same IP address.",
                code="LOGIN_ATTEMPT_DELAYED",
            )

    def failed(self, address: str) -> None:
        """Count a wrong password from `address`."""
        with self._lock:
            count, _ = self._failures.get(address, (0, 0.0))
            pause = min(2.0**count, 3600.0)
            self._failures[address] = (count + 1, time.monotonic() + pause)

    def succeeded(self, address: str) -> None:
        """Forget what `address` did wrong."""
        with self._lock:
            self._failures.pop(address, None)


_throttle = _Throttle()


def create(email: str, password: str, *, audience: str | None, address: str) -> Session:
    """Sign in. Raises Refusal (INVALID_CREDENTIALS, INACTIVE, LOGIN_ATTEMPT_DELAYED)."""
    throttled = configuration.current().login_throttle
    if throttled:
        _throttle.check(address)
    user = User.objects.filter(email__iexact=email).first()
    if user is None or not check_password(password, user.password):
        if throttled:
            _throttle.failed(address)
        raise Refusal("Please, enter valid credentials", code="INVALID_CREDENTIALS", field="email")
    _throttle.succeeded(address)
    if not user.is_confirmed:
        raise Refusal(
            "Account needs to be confirmed via email.",
            code="ACCOUNT_NOT_CONFIRMED",
            field="email",
        )
    if not user.is_active:
        raise Refusal("Account inactive.", code="INACTIVE", field="email")
    with writing():
        user.last_login = timezone.now()
        user.save(update_fields=["last_login"])
    return session_for(user, audience=f"custom:{audience}" if audience else None)


def session_for(user: User, *, audience: str | None = None) -> Session:
    """Tokens of `user`, whose identity is known already."""
    csrf_token = secrets.token_urlsafe(48)[:64]
    return Session(
        user=user,
        token=tokens.access_token(user, audience=audience),
        refresh_token=tokens.refresh_token(user, csrf_token=csrf_token, audience=audience),
        csrf_token=csrf_token,
    )


def refresh(refresh_token: str | None) -> Session:
    """A new access token. Raises Refusal (JWT_MISSING_TOKEN, JWT_…)."""
    if not refresh_token:
        raise Refusal("Missing refreshToken", code="JWT_MISSING_TOKEN", field="refreshToken")
    claims = _claims(refresh_token, field="refreshToken")
    if claims.get("type") != tokens.REFRESH:
        raise Refusal("Incorrect refreshToken", code="JWT_INVALID_TOKEN", field="refreshToken")
    user = _user(claims, field="refreshToken")
    return Session(
        user=user,
        token=tokens.access_token(user, audience=claims.get("aud")),
        refresh_token=refresh_token,
        csrf_token=claims["csrfToken"],
    )


def verify(token: str) -> tuple[User, dict[str, Any]]:
    """Whose `token` is, and its claims. Raises Refusal (JWT_…)."""
    claims = _claims(token, field="token")
    return _user(claims, field="token"), claims


def signed_in_user(token: str) -> User | None:
    """The user of a valid access token, else None."""
    return from_token(token).user


def _claims(token: str, *, field: str) -> dict[str, Any]:
    try:
        return tokens.decode(token)
    except jwt.ExpiredSignatureError as error:
        raise Refusal("Signature has expired", code="JWT_SIGNATURE_EXPIRED", field=field) from error
    except jwt.DecodeError as error:
        raise Refusal("Error decoding signature", code="JWT_DECODE_ERROR", field=field) from error
    except jwt.InvalidTokenError as error:
        raise Refusal("Invalid token", code="JWT_INVALID_TOKEN", field=field) from error


def _user(claims: dict[str, Any], *, field: str) -> User:
    user = User.active_with_email(str(claims.get("email", "")))
    if user is None or user.jwt_token_key != claims.get("token"):
        raise Refusal("Invalid token", code="JWT_INVALID_TOKEN", field=field)
    return user
