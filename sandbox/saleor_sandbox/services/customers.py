"""Customers, as staff and apps change them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.hashers import make_password

from saleor_sandbox import event_types, events, global_ids
from saleor_sandbox.models import User
from saleor_sandbox.models.accounts import new_jwt_key
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.services import addresses
from saleor_sandbox.services.metadata import pairs
from saleor_sandbox.writes import writing

_PLAIN = ("first_name", "last_name", "note", "language_code", "is_confirmed", "external_reference")


def find(user_id: str | None, *, external_reference: str | None = None) -> User:
    """The customer with this global id or reference. Raises Refusal."""
    if user_id is None:
        user = User.objects.filter(external_reference=external_reference or "").first()
        if user is None:
            raise Refusal(
                f"Couldn't resolve to a node: {external_reference}",
                code="NOT_FOUND",
                field="externalReference",
            )
        return user
    try:
        key = int(global_ids.decode_as(user_id, "User"))
    except (global_ids.InvalidGlobalId, ValueError) as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error
    user = User.objects.filter(pk=key).first()
    if user is None:
        raise Refusal(f"Couldn't resolve to a node: {user_id}", code="NOT_FOUND", field="id")
    return user


def create(values: Mapping[str, Any], *, requestor: Requestor) -> User:
    """A new customer without a password. Raises Refusal (REQUIRED, UNIQUE)."""
    email = (values.get("email") or "").strip().lower()
    if not email:
        raise Refusal("This field cannot be blank.", code="REQUIRED", field="email")
    with writing():
        _require_free(email)
        # "!" can never be the hash of a password: nobody signs in until one is set.
        user = User.objects.create(email=email, password="!")  # noqa: S106
        _apply(user, values)
        user.save()
        events.emit(event_types.CUSTOMER_CREATED, user, requestor=requestor)
        return user


def register(email: str, password: str, *, language_code: str) -> User:
    """A customer who signs up in the shop. Raises Refusal (UNIQUE)."""
    with writing():
        _require_free(email.lower())
        return User.objects.create(
            email=email.lower(), password=make_password(password), language_code=language_code
        )


def update(user: User, values: Mapping[str, Any], *, requestor: Requestor) -> User:
    """Change a customer; being made inactive kills the tokens at once. Raises Refusal."""
    with writing():
        if (email := values.get("email")) and email.lower() != user.email:
            _require_free(email.lower())
            user.email = email.lower()
        before = (dict(user.metadata), dict(user.private_metadata))
        _apply(user, values)
        user.save()
        events.emit(event_types.CUSTOMER_UPDATED, user, requestor=requestor)
        if before != (user.metadata, user.private_metadata):
            events.emit(event_types.CUSTOMER_METADATA_UPDATED, user, requestor=requestor)
        return user


def _require_free(email: str) -> None:
    if User.objects.filter(email__iexact=email).exists():
        raise Refusal("User with this Email already exists.", code="UNIQUE", field="email")


def _apply(user: User, values: Mapping[str, Any]) -> None:
    for name in _PLAIN:
        if values.get(name) is not None:
            setattr(user, name, values[name])
    if values.get("is_active") is not None:
        user.is_active = values["is_active"]
    user.metadata |= pairs(values.get("metadata"), field="metadata")
    user.private_metadata |= pairs(values.get("private_metadata"), field="privateMetadata")
    for name in ("default_billing_address", "default_shipping_address"):
        if values.get(name):
            setattr(user, name, addresses.save(values[name], owner=user))


def delete(user: User, *, requestor: Requestor) -> User:
    """Remove a customer; the orders stay, without an owner. Raises Refusal."""
    if user.is_staff:
        raise Refusal("Cannot delete a staff account.", code="DELETE_STAFF_ACCOUNT", field="id")
    with writing():
        key = user.pk
        user.delete()
        # The event still tells whose account it was.
        user.pk = key
        events.emit(event_types.CUSTOMER_DELETED, user, requestor=requestor)
        return user


def revoke_tokens(user: User) -> None:
    """Make every token of `user` worthless."""
    with writing():
        user.jwt_token_key = new_jwt_key()
        user.save(update_fields=["jwt_token_key"])
