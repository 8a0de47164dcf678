"""Customer and Dashboard tokens: what Saleor signs, turned into a Viewer."""

from __future__ import annotations

import datetime as dt

import jwt

from saleor_b2b_docs.saleor import queries
from saleor_b2b_docs.saleor.errors import InvalidToken
from saleor_b2b_docs.saleor.keys import UnknownKey, signing_key
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind

_LEEWAY = dt.timedelta(seconds=10)
_MAX_TOKEN_LENGTH = 8192


def viewer_of(token: str, *, now: dt.datetime) -> Viewer:
    """Who a token's bearer is.

    A customer's access token makes a customer, also where the customer is staff: staff powers
    come only with the Dashboard's token for this very app. The signature doesn't prove that the
    token was not revoked; it lives for five minutes.

    Raises InvalidToken, or SaleorUnavailable when the keys can't be had now.
    """
    if len(token) > _MAX_TOKEN_LENGTH:
        raise InvalidToken("the token is too long")
    try:
        header = jwt.get_unverified_header(token)
        issuer = jwt.decode(token, options={"verify_signature": False}).get("iss")
        installation = queries.installed(api_url=issuer) if isinstance(issuer, str) else None
        if installation is None:
            raise InvalidToken("the token is of a Saleor that has not installed the app")
        key = signing_key(installation, str(header.get("kid", "")), now=now)
        claims = jwt.decode(
            token,
            key=key,
            algorithms=["RS256"],
            issuer=installation.api_url,
            leeway=_LEEWAY,
            options={"require": ["exp", "iat", "iss"], "verify_aud": False},
        )
    except UnknownKey as error:
        raise InvalidToken("the token's key is not its Saleor's") from error
    except jwt.ExpiredSignatureError as error:
        raise InvalidToken("the token has expired") from error
    except jwt.InvalidTokenError as error:
        raise InvalidToken("the token is not valid") from error

    user_id = claims.get("user_id")
    if not isinstance(user_id, str) or not user_id:
        raise InvalidToken("the token names no user")
    if claims.get("type") == "access" and claims.get("owner") == "saleor":
        return Viewer(ViewerKind.CUSTOMER, installation_id=installation.pk, user_id=user_id)
    if claims.get("type") == "thirdparty" and claims.get("app") == installation.app_id:
        if not claims.get("is_staff"):
            raise InvalidToken("the token's user is not staff")
        return Viewer(
            ViewerKind.STAFF,
            installation_id=installation.pk,
            user_id=user_id,
            permissions=_permissions(claims.get("permissions"))
            & _permissions(claims.get("user_permissions")),
        )
    raise InvalidToken("the token is of a kind that is not accepted here")


def _permissions(claim: object) -> frozenset[str]:
    """Permission codes of a claim; anything but a list of texts grants nothing."""
    if not isinstance(claim, list):
        return frozenset()
    return frozenset(code for code in claim if isinstance(code, str))
