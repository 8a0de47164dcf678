"""Webhook signatures: detached JWS over the raw bytes (RFC 7515 appendix F, RFC 7797)."""

from __future__ import annotations

import datetime as dt

import jwt

from saleor_b2b_docs.saleor.errors import InvalidSignature
from saleor_b2b_docs.saleor.keys import UnknownKey, signing_key
from saleor_b2b_docs.saleor.models import Installation


def verify_signature(
    installation: Installation, *, signature: str, body: bytes, now: dt.datetime
) -> None:
    """Prove that this installation's Saleor signed exactly these bytes.

    Raises InvalidSignature (final), or SaleorUnavailable when its keys can't be had now.
    """
    try:
        header = jwt.get_unverified_header(signature)
        if header.get("alg") != "RS256":
            raise InvalidSignature("the signature's algorithm is not RS256")
        if header.get("b64") is not False:
            # Then it would be over a text of its own, as every customer's token is.
            raise InvalidSignature("the signature is not over the body")
        key = signing_key(installation, str(header.get("kid", "")), now=now)
        jwt.api_jws.decode_complete(signature, key=key, algorithms=["RS256"], detached_payload=body)
    except UnknownKey as error:
        raise InvalidSignature("the signature's key is not this Saleor's") from error
    except jwt.InvalidTokenError as error:
        raise InvalidSignature("the signature does not fit the body") from error
