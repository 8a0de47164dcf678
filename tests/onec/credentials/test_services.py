"""Making and revoking what bases prove themselves with."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.documents.attempts import TooManyAttempts
from saleor_b2b_docs.onec.credentials.context import signing_bytes
from saleor_b2b_docs.onec.credentials.errors import TooManySecrets
from saleor_b2b_docs.onec.credentials.services import (
    create_key,
    make_bearer_key,
    make_password,
    make_signing_secret,
    revoke,
)
from saleor_b2b_docs.onec.credentials.verification import by_basic, by_bearer, signing_secrets
from saleor_b2b_docs.onec.models import Base, Credential
from saleor_b2b_docs.parties.errors import InvalidInput, NotFound, PermissionDenied
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer, ViewerKind
from tests.builders.onec import make_base
from tests.builders.onec_events import manager_of
from tests.builders.parties import make_supplier
from tests.builders.saleor import OTHER_API_URL, OTHER_APP_ID, make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)
Kind = Credential.Kind


@pytest.fixture
def base(db: None) -> Base:
    return make_base()


def test_a_signing_secret_is_kept_encrypted(base: Base) -> None:
    credential, plain = make_signing_secret(manager_of(base.installation), base.pk, now=NOW)

    assert plain.startswith("whsec_")
    assert len(signing_bytes(plain)) == 32
    assert plain not in credential.encrypted_secret
    assert signing_secrets(base) == [signing_bytes(plain)]


def test_a_bearer_key_is_kept_as_its_hash(base: Base) -> None:
    credential, plain = make_bearer_key(manager_of(base.installation), base.pk, now=NOW)

    assert plain.startswith("b2b_")
    stored = Credential.objects.filter(pk=credential.pk).values().get()
    assert not any(plain in str(value) for value in stored.values())
    assert by_bearer(plain, now=NOW) == base
    assert by_bearer(plain + "x", now=NOW) is None
    assert by_bearer(credential.lookup, now=NOW) is None


def test_a_password_is_kept_hashed(base: Base) -> None:
    credential, plain = make_password(manager_of(base.installation), base.pk, now=NOW)

    assert credential.username.startswith("1c-main-")
    assert plain not in credential.password_hash
    assert by_basic(credential.username, plain, now=NOW) == base
    assert by_basic(credential.username, plain + "x", now=NOW) is None
    assert by_basic("nobody", plain, now=NOW) is None
    assert by_basic(credential.username, "x" * 100_000, now=NOW) is None
    assert by_basic("\ud83d\0", "\ud83d\0", now=NOW) is None


def test_a_guesser_of_passwords_is_stopped_and_others_are_not(base: Base) -> None:
    credential, plain = make_password(manager_of(base.installation), base.pk, now=NOW)
    for _ in range(20):
        assert by_basic(credential.username, "wrong", now=NOW, address="10.0.0.1") is None

    with pytest.raises(TooManyAttempts):
        by_basic(credential.username, plain, now=NOW, address="10.0.0.1")
    assert by_basic(credential.username, plain, now=NOW, address="10.0.0.2") == base


def test_a_third_signing_secret_is_refused(base: Base) -> None:
    viewer = manager_of(base.installation)
    first, _ = make_signing_secret(viewer, base.pk, now=NOW)
    make_signing_secret(viewer, base.pk, now=NOW)

    with pytest.raises(TooManySecrets):
        make_signing_secret(viewer, base.pk, now=NOW)
    assert Credential.objects.count() == 2

    revoke(viewer, first.pk, now=NOW)
    make_signing_secret(viewer, base.pk, now=NOW)
    assert len(signing_secrets(base)) == 2


def test_what_is_revoked_keeps_no_secret_and_stays_revoked(base: Base) -> None:
    viewer = manager_of(base.installation)
    for maker in (make_signing_secret, make_password):
        credential, _ = maker(viewer, base.pk, now=NOW)
        revoked = revoke(viewer, credential.pk, now=NOW)

        again = revoke(viewer, credential.pk, now=NOW + dt.timedelta(days=1))

        assert (revoked.encrypted_secret, revoked.password_hash) == ("", "")
        assert again.revoked_at == NOW
        assert again.revoked_by == viewer.user_id
    assert signing_secrets(base) == []


def test_a_key_for_a_base_that_is_not_there_makes_it(base: Base) -> None:
    viewer = manager_of(base.installation)

    credential, _ = create_key(
        viewer, base_code="unf-2", kind=Kind.BEARER_KEY, name="Офіс", now=NOW
    )
    same, _ = create_key(viewer, base_code="unf-2", kind=Kind.PASSWORD, name="", now=NOW)

    assert credential.base == same.base
    assert (credential.base.code, credential.name) == ("unf-2", "Офіс")
    assert Base.objects.count() == 2


@pytest.mark.parametrize(
    ("code", "name"),
    [("", ""), ("а", ""), ("x" * 41, ""), ("a b", ""), ("ok", "x" * 101), ("ok", "\0")],
)
def test_nonsense_makes_neither_a_base_nor_a_key(base: Base, code: str, name: str) -> None:
    with pytest.raises(InvalidInput):
        create_key(
            manager_of(base.installation),
            base_code=code,
            kind=Kind.BEARER_KEY,
            name=name,
            now=NOW,
        )

    assert (Base.objects.count(), Credential.objects.count()) == (1, 0)


@pytest.mark.parametrize("permission", ["MANAGE_ORDERS", "MANAGE_USERS", ""])
def test_only_who_manages_settings_makes_and_revokes(base: Base, permission: str) -> None:
    credential, _ = make_bearer_key(manager_of(base.installation), base.pk, now=NOW)
    staff = Viewer(
        ViewerKind.STAFF,
        installation_id=base.installation_id,
        user_id="x",
        permissions=frozenset({permission}),
    )

    for viewer in (staff, ANONYMOUS):
        with pytest.raises(PermissionDenied):
            make_bearer_key(viewer, base.pk, now=NOW)
        with pytest.raises(PermissionDenied):
            create_key(viewer, base_code="n", kind=Kind.BEARER_KEY, name="", now=NOW)
        with pytest.raises(PermissionDenied):
            revoke(viewer, credential.pk, now=NOW)
    credential.refresh_from_db()
    assert (Credential.objects.count(), credential.revoked_at) == (1, None)


def test_another_shops_base_and_keys_are_not_found(base: Base) -> None:
    credential, _ = make_bearer_key(manager_of(base.installation), base.pk, now=NOW)
    other = make_supplier(make_installation(api_url=OTHER_API_URL, app_id=OTHER_APP_ID))

    with pytest.raises(NotFound):
        make_password(manager_of(other.installation), base.pk, now=NOW)
    with pytest.raises(NotFound):
        revoke(manager_of(other.installation), credential.pk, now=NOW)

    credential.refresh_from_db()
    assert (Credential.objects.count(), credential.revoked_at) == (1, None)
