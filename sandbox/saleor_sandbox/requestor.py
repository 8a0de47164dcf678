"""Who is asking: a user by a token, an app by its token, or nobody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import jwt

from saleor_sandbox import tokens
from saleor_sandbox.models import App, AppToken, User
from saleor_sandbox.refusals import PermissionDenied

AUTHENTICATED_STAFF_USER = "AUTHENTICATED_STAFF_USER"
AUTHENTICATED_APP = "AUTHENTICATED_APP"

_INVALID = "Invalid token. Create new one by using tokenCreate mutation."


@dataclass(frozen=True, slots=True)
class Requestor:
    """A caller of the API.

    `token_error` is set for a token of ours that is expired, forged or revoked: like Saleor, the
    call then fails where the caller matters, and succeeds where it does not.
    """

    user: User | None = None
    app: App | None = None
    permissions: frozenset[str] = frozenset()
    token_error: jwt.PyJWTError | None = None

    def known_user(self) -> User | None:
        """The user, if any. Raises jwt.PyJWTError when the token given is no good."""
        if self.token_error is not None:
            raise self.token_error
        return self.user

    def holds(self, permissions: Iterable[str]) -> bool:
        """Whether the caller has one of `permissions`. Raises as `known_user`."""
        self.known_user()
        return not self.permissions.isdisjoint(permissions)

    def require(self, *permissions: str) -> None:
        """Raise PermissionDenied unless the caller has one of `permissions`."""
        if not self.holds(permissions):
            raise PermissionDenied(permissions)

    def require_staff_or_app(self) -> None:
        """Raise PermissionDenied for customers and strangers."""
        self.require(AUTHENTICATED_STAFF_USER, AUTHENTICATED_APP)

    def owns(self, user: User | None) -> bool:
        """Whether the caller is `user`."""
        known = self.known_user()
        return known is not None and user is not None and known.pk == user.pk

    @property
    def principal(self) -> User | App | None:
        """The user or the app: who an event says has caused it."""
        return self.app or self.user


def of_user(user: User, permissions: Iterable[str] | None = None) -> Requestor:
    """The caller that `user` is, with all of the user's permissions or with `permissions`."""
    held = frozenset(user.permissions if permissions is None else permissions)
    if user.is_staff:
        held |= {AUTHENTICATED_STAFF_USER}
    return Requestor(user=user, permissions=held)


def of_app(app: App) -> Requestor:
    """The caller that `app` is."""
    return Requestor(app=app, permissions=frozenset(app.permissions) | {AUTHENTICATED_APP})


def from_token(token: str | None) -> Requestor:
    """The caller who sent `token`; an unknown token is nobody's."""
    if not token:
        return Requestor()
    if not tokens.is_ours(token):
        return _from_app_token(token)
    try:
        return _from_jwt(token)
    except jwt.PyJWTError as error:
        return Requestor(token_error=error)


def _from_app_token(token: str) -> Requestor:
    found = AppToken.objects.select_related("app").filter(digest=tokens.digest(token)).first()
    if found is None or not found.app.is_active or found.app.removed_at is not None:
        return Requestor()
    return of_app(found.app)


def _from_jwt(token: str) -> Requestor:
    claims = tokens.decode(token)
    if claims.get("type") not in (tokens.ACCESS, tokens.THIRD_PARTY):
        raise jwt.InvalidTokenError(_INVALID)
    user = User.active_with_email(claims["email"])
    if user is None:
        raise jwt.InvalidTokenError("Invalid token. User does not exist or is inactive.")
    if user.jwt_token_key != claims.get("token"):
        raise jwt.InvalidTokenError(_INVALID)
    return of_user(user, claims.get("permissions"))
