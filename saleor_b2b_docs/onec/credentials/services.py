"""Making and revoking what bases prove themselves with. A secret is told once, to who made it."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth import hashers
from django.db import transaction
from django.db.models import Q

from saleor_b2b_docs.onec.bases.services import InvalidBase, keep_base
from saleor_b2b_docs.onec.credentials.context import (
    lookup_of,
    new_bearer_key,
    new_key_id,
    new_password,
    new_signing_secret,
    new_username,
)
from saleor_b2b_docs.onec.credentials.errors import TooManySecrets
from saleor_b2b_docs.onec.credentials.queries import visible_bases, visible_credentials
from saleor_b2b_docs.onec.models import Base, Credential
from saleor_b2b_docs.parties.errors import InvalidInput, NotFound, PermissionDenied
from saleor_b2b_docs.saleor.queries import installation as installation_of
from saleor_b2b_docs.saleor.sealing import seal
from saleor_b2b_docs.saleor.viewers import Viewer

_MAX_NAME = 100
_MOST_SIGNING_SECRETS = 2
_MOST_CREDENTIALS = 20
"""Of a base, of one kind, that are valid: nobody has so many programs, and the list stays short."""
_TOUCHED_EVERY = dt.timedelta(minutes=1)


def make_signing_secret(
    viewer: Viewer, base_id: int, *, name: str = "", now: dt.datetime
) -> tuple[Credential, str]:
    """A secret for Standard Webhooks, and the same in the clear, for the last time.

    `lookup` is the id that messages name it by. Raises PermissionDenied, NotFound, InvalidInput,
    and TooManySecrets for a third one.
    """
    plain = new_signing_secret()
    return (
        _make(
            viewer,
            base_id,
            Credential(
                kind=Credential.Kind.SIGNING_SECRET,
                name=name,
                lookup=new_key_id(),
                encrypted_secret=seal(plain),
                created_at=now,
            ),
        ),
        plain,
    )


def make_bearer_key(
    viewer: Viewer, base_id: int, *, name: str = "", now: dt.datetime
) -> tuple[Credential, str]:
    """A key, and the same in the clear, for the last time. Raises as make_signing_secret does."""
    plain = new_bearer_key()
    return (
        _make(
            viewer,
            base_id,
            Credential(
                kind=Credential.Kind.BEARER_KEY,
                name=name,
                lookup=lookup_of(plain),
                created_at=now,
            ),
        ),
        plain,
    )


def make_password(
    viewer: Viewer, base_id: int, *, name: str = "", now: dt.datetime
) -> tuple[Credential, str]:
    """A user name with a password for the stock exchange, and the password in the clear, for the
    last time. Raises as make_signing_secret does."""
    plain = new_password()
    username = new_username(_base(viewer, base_id).code)
    return (
        _make(
            viewer,
            base_id,
            Credential(
                kind=Credential.Kind.PASSWORD,
                name=name,
                username=username,
                lookup=lookup_of(username),
                password_hash=hashers.make_password(plain),
                created_at=now,
            ),
        ),
        plain,
    )


_MAKERS = {
    Credential.Kind.SIGNING_SECRET: make_signing_secret,
    Credential.Kind.BEARER_KEY: make_bearer_key,
    Credential.Kind.PASSWORD: make_password,
}


@transaction.atomic
def create_key(
    viewer: Viewer, *, base_code: str, kind: Credential.Kind, name: str, now: dt.datetime
) -> tuple[Credential, str]:
    """A credential for the base of this code, which is made if there is none.

    Raises PermissionDenied, InvalidInput, TooManySecrets; then nothing was made.
    """
    if not viewer.may_manage_settings:
        raise PermissionDenied("this needs the permission MANAGE_SETTINGS")
    shop = installation_of(viewer.installation_id or 0)
    if shop is None:
        raise NotFound("there is no such installation")
    try:
        base = keep_base(shop, code=base_code, now=now)
    except InvalidBase as error:
        raise InvalidInput(str(error), field="baseCode") from error
    return _MAKERS[kind](viewer, base.pk, name=name, now=now)


@transaction.atomic
def revoke(viewer: Viewer, credential_id: int, *, now: dt.datetime) -> Credential:
    """Refuse a credential from now on; one that was revoked before stays as it is.

    Raises PermissionDenied, NotFound.
    """
    if not viewer.may_manage_settings:
        raise PermissionDenied("this needs the permission MANAGE_SETTINGS")
    credential = (
        visible_credentials(viewer).select_for_update(of=("self",)).filter(pk=credential_id).first()
    )
    if credential is None:
        raise NotFound("there is no such key", field="id")
    if credential.revoked_at is None:
        credential.revoked_at = now
        credential.revoked_by = viewer.user_id
        # A secret that opens nothing any more need not be kept.
        credential.encrypted_secret = credential.password_hash = ""
        credential.save(
            update_fields=["revoked_at", "revoked_by", "encrypted_secret", "password_hash"]
        )
    return credential


def touch(credential: Credential, *, now: dt.datetime) -> None:
    """Note that it was used: at most once a minute, since it is a write on every request."""
    Credential.objects.filter(
        Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - _TOUCHED_EVERY), pk=credential.pk
    ).update(last_used_at=now)


@transaction.atomic
def _make(viewer: Viewer, base_id: int, credential: Credential) -> Credential:
    base = _base(viewer, base_id)
    _check_name(credential.name)
    # The base's row, so that two made at once are counted one after the other.
    Base.objects.select_for_update().get(pk=base.pk)
    valid = base.credentials.filter(kind=credential.kind, revoked_at__isnull=True).count()
    if credential.kind == Credential.Kind.SIGNING_SECRET and valid >= _MOST_SIGNING_SECRETS:
        raise TooManySecrets("two signing secrets are valid already: revoke one", field="kind")
    if valid >= _MOST_CREDENTIALS:
        raise TooManySecrets(f"{valid} are valid already: revoke one", field="kind")
    credential.base = base
    credential.created_by = viewer.user_id
    credential.save(force_insert=True)
    return credential


def _base(viewer: Viewer, base_id: int) -> Base:
    if not viewer.may_manage_settings:
        raise PermissionDenied("this needs the permission MANAGE_SETTINGS")
    base = visible_bases(viewer).filter(pk=base_id).first()
    if base is None:
        raise NotFound("there is no such accounting base", field="baseId")
    return base


def _check_name(name: str) -> None:
    if len(name) > _MAX_NAME or "\0" in name or name != name.encode(errors="replace").decode():
        raise InvalidInput(f"a name has at most {_MAX_NAME} characters", field="name")
