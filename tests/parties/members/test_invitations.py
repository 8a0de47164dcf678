from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from saleor_b2b_docs.parties.errors import (
    AlreadyAccepted,
    AlreadyMember,
    Expired,
    InvalidInput,
    NotFound,
    PartiesError,
    PermissionDenied,
    TooManyInvitations,
)
from saleor_b2b_docs.parties.members.services import accept_invitation, invite
from saleor_b2b_docs.parties.models import Counterparty, Invitation, Member, Role
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer
from saleor_b2b_docs.work.models import Job
from tests.builders.parties import make_counterparty, make_member
from tests.builders.saleor import (
    BUYER_ID,
    OTHER_API_URL,
    OTHER_BUYER_ID,
    make_installation,
)
from tests.builders.viewers import customer, staff

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def counterparty() -> Counterparty:
    """Whose owner is the usual buyer."""
    made = make_counterparty(make_installation())
    make_member(made)
    return made


def _invite(
    counterparty: Counterparty, *, viewer: Viewer | None = None, role: Role = Role.ACCOUNTANT
) -> str:
    _, secret = invite(
        viewer or customer(counterparty.installation),
        counterparty.pk,
        email="ivan@example.com",
        role=role,
        now=NOW,
    )
    return secret


def test_only_the_secret_s_hash_is_kept(counterparty: Counterparty) -> None:
    secret = _invite(counterparty)

    invitation = Invitation.objects.get()
    assert len(secret) >= 43
    assert invitation.secret_hash == hashlib.sha256(secret.encode()).hexdigest()
    assert (invitation.email, invitation.role, invitation.invited_by) == (
        "ivan@example.com",
        Role.ACCOUNTANT,
        BUYER_ID,
    )
    assert invitation.expires_at == NOW + WEEK


def test_whoever_brings_the_secret_is_a_member_and_looked_up(counterparty: Counterparty) -> None:
    secret = _invite(counterparty)

    member = accept_invitation(
        customer(counterparty.installation, OTHER_BUYER_ID),
        secret,
        now=NOW + WEEK - dt.timedelta(seconds=1),
    )

    assert (member.counterparty, member.user_id, member.role, member.source) == (
        counterparty,
        OTHER_BUYER_ID,
        Role.ACCOUNTANT,
        "invitation",
    )
    # The invitation's e-mail proves nothing, so it is not the member's.
    assert member.email == ""
    assert {job.name for job in Job.objects.all()} == {
        "orders.adopt_contracts",
        "parties.identify",
    }


def test_an_invitation_is_accepted_once(counterparty: Counterparty) -> None:
    secret = _invite(counterparty)
    here = counterparty.installation
    accept_invitation(customer(here, OTHER_BUYER_ID), secret, now=NOW)

    for user_id in ("VXNlcjoz", OTHER_BUYER_ID):
        with pytest.raises(AlreadyAccepted):
            accept_invitation(customer(here, user_id), secret, now=NOW)

    assert Member.objects.count() == 2


def test_staff_s_invitation_may_make_the_first_owner() -> None:
    counterparty = make_counterparty(make_installation())
    viewer = staff(counterparty.installation, "MANAGE_USERS")
    secret = _invite(counterparty, viewer=viewer, role=Role.OWNER)

    member = accept_invitation(customer(counterparty.installation), secret, now=NOW)

    assert member.role == Role.OWNER


def test_an_invitation_that_cannot_be_accepted_makes_no_member(
    counterparty: Counterparty,
) -> None:
    # given
    here = counterparty.installation
    elsewhere = make_installation(api_url=OTHER_API_URL)
    secret = _invite(counterparty)
    revoked = _invite(counterparty)
    Invitation.objects.filter(secret_hash=hashlib.sha256(revoked.encode()).hexdigest()).update(
        revoked_at=NOW
    )
    stranger = customer(here, OTHER_BUYER_ID)

    # then
    refused: list[tuple[Viewer, str, dt.datetime, type[PartiesError]]] = [
        (stranger, secret, NOW + WEEK, Expired),
        (stranger, revoked, NOW, NotFound),
        (stranger, "", NOW, NotFound),
        (stranger, "\ud83d\x00", NOW, NotFound),
        (customer(elsewhere, OTHER_BUYER_ID), secret, NOW, NotFound),
        (customer(here), secret, NOW, AlreadyMember),
        (staff(here, "MANAGE_USERS"), secret, NOW, PermissionDenied),
        (ANONYMOUS, secret, NOW, PermissionDenied),
    ]
    for viewer, brought, now, error in refused:
        with pytest.raises(error):
            accept_invitation(viewer, brought, now=now)
    assert Member.objects.count() == 1
    assert not Invitation.objects.exclude(accepted_at=None).exists()
    assert not Job.objects.exists()


def test_inviting_is_refused_and_keeps_nothing(counterparty: Counterparty) -> None:
    # given
    here = counterparty.installation
    elsewhere = make_installation(api_url=OTHER_API_URL)
    make_member(counterparty, user_id="VXNlcjoz", role=Role.ACCOUNTANT)

    # then
    refused: list[tuple[Viewer, str, type[PartiesError]]] = [
        (ANONYMOUS, "", NotFound),
        (customer(here, OTHER_BUYER_ID), "", NotFound),
        (customer(here, "VXNlcjoz"), "", PermissionDenied),
        (customer(elsewhere), "", NotFound),
        (staff(here, "MANAGE_ORDERS"), "", PermissionDenied),
        (staff(elsewhere, "MANAGE_USERS"), "", NotFound),
        (customer(here), "not an address", InvalidInput),
        (customer(here), "a@" + "x" * 300, InvalidInput),
    ]
    for viewer, email, error in refused:
        with pytest.raises(error):
            invite(viewer, counterparty.pk, email=email, role=Role.OWNER, now=NOW)
    assert not Invitation.objects.exists()


def test_there_is_an_end_to_open_invitations(counterparty: Counterparty) -> None:
    for _ in range(50):
        _invite(counterparty)

    with pytest.raises(TooManyInvitations):
        _invite(counterparty)

    assert Invitation.objects.count() == 50
    Invitation.objects.update(expires_at=NOW)
    _invite(counterparty)
