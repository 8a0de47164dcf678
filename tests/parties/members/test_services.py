"""Who becomes a member and who stops being one, by the hands of staff and owners."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.parties.errors import (
    AlreadyMember,
    InvalidInput,
    LastOwner,
    NotFound,
    PartiesError,
    PermissionDenied,
)
from saleor_b2b_docs.parties.members.person import Person, Source
from saleor_b2b_docs.parties.members.queries import members_of
from saleor_b2b_docs.parties.members.services import (
    become_member,
    create_member,
    forget_members,
    invite,
    remove_member,
)
from saleor_b2b_docs.parties.models import Counterparty, Invitation, Match, Member, Role
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer
from saleor_b2b_docs.work.models import Job
from tests.builders.parties import make_counterparty, make_match, make_member
from tests.builders.saleor import (
    BUYER_ID,
    OTHER_API_URL,
    OTHER_BUYER_ID,
    STAFF_ID,
    make_installation,
)
from tests.builders.viewers import customer, staff

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
OLENA = Person(BUYER_ID, "olena@example.com", "Олена Ковальчук")
IVAN = Person(OTHER_BUYER_ID, "ivan@example.com", "Іван Шевчук")


@pytest.fixture
def counterparty() -> Counterparty:
    return make_counterparty(make_installation())


def _become(
    counterparty: Counterparty, person: Person = OLENA, *, role: Role | None = None
) -> tuple[Member, bool]:
    return become_member(counterparty, person, role=role, source=Source.EMAIL, now=NOW)


def test_the_first_member_is_the_owner_and_later_ones_are_buyers(
    counterparty: Counterparty,
) -> None:
    first, is_new = _become(counterparty)
    second, _ = _become(counterparty, IVAN)

    assert (first.role, second.role, is_new) == (Role.OWNER, Role.BUYER, True)
    assert (first.email, first.name, first.source, first.created_at) == (
        "olena@example.com",
        "Олена Ковальчук",
        "email",
        NOW,
    )


def test_a_role_that_is_given_counts_also_for_the_first(counterparty: Counterparty) -> None:
    member, _ = _become(counterparty, role=Role.ACCOUNTANT)

    assert member.role == Role.ACCOUNTANT


def test_a_present_member_stays_as_he_is(counterparty: Counterparty) -> None:
    made, _ = _become(counterparty, role=Role.BUYER)
    Job.objects.all().delete()

    again, is_new = _become(counterparty, role=Role.OWNER)

    assert (again, again.role, is_new) == (made, Role.BUYER, False)
    assert not Job.objects.exists()


def test_his_earlier_orders_are_adopted_by_a_job(counterparty: Counterparty) -> None:
    _become(counterparty)

    job = Job.objects.get()
    assert (job.name, job.arguments, job.installation_id) == (
        "orders.adopt_contracts",
        {"user": BUYER_ID},
        counterparty.installation_id,
    )


def test_who_joins_a_merged_counterparty_joins_what_it_became(counterparty: Counterparty) -> None:
    survivor = make_counterparty(counterparty.installation, name="Правильна")
    Counterparty.objects.filter(pk=counterparty.pk).update(merged_into=survivor)

    member, _ = _become(counterparty)

    assert member.counterparty == survivor


def test_what_was_asked_about_the_two_is_answered(counterparty: Counterparty) -> None:
    other = make_counterparty(counterparty.installation, name="Інша")
    asked = make_match(counterparty)
    about_nobody = make_match(None, installation=counterparty.installation, reason="nothing")
    about_another = make_match(other)

    _become(counterparty)

    for match in (asked, about_nobody, about_another):
        match.refresh_from_db()
    assert (asked.state, asked.resolved_at) == (Match.State.LINKED, NOW)
    assert (about_nobody.state, about_nobody.counterparty) == (Match.State.LINKED, counterparty)
    assert about_another.state == Match.State.OPEN


def test_staff_add_a_member(counterparty: Counterparty) -> None:
    viewer = staff(counterparty.installation, "MANAGE_USERS")

    member = create_member(viewer, counterparty.pk, OLENA, role=Role.ACCOUNTANT, now=NOW)

    assert Member.objects.get() == member
    assert (member.counterparty, member.role, member.source) == (
        counterparty,
        Role.ACCOUNTANT,
        "staff",
    )


def test_adding_a_member_is_refused_and_adds_nobody(counterparty: Counterparty) -> None:
    # given
    here = counterparty.installation
    elsewhere = make_installation(api_url=OTHER_API_URL)
    make_member(counterparty, user_id=OTHER_BUYER_ID)
    boss = staff(here, "MANAGE_USERS")

    # then
    refused: list[tuple[Viewer, Person, type[PartiesError]]] = [
        (ANONYMOUS, OLENA, PermissionDenied),
        (customer(here, OTHER_BUYER_ID), OLENA, PermissionDenied),
        (staff(here, "MANAGE_ORDERS"), OLENA, PermissionDenied),
        (staff(elsewhere, "MANAGE_USERS"), OLENA, NotFound),
        (boss, IVAN, AlreadyMember),
        (boss, Person(""), InvalidInput),
        (boss, Person("T3JkZXI6MQ=="), InvalidInput),
        (boss, Person("\ud83d"), InvalidInput),
    ]
    for viewer, person, error in refused:
        with pytest.raises(error):
            create_member(viewer, counterparty.pk, person, role=Role.OWNER, now=NOW)
    assert [member.user_id for member in Member.objects.all()] == [OTHER_BUYER_ID]
    assert not Job.objects.exists()


@pytest.mark.parametrize("is_staff", [True, False])
def test_owners_and_staff_remove_members_whose_invitations_are_void_then(
    counterparty: Counterparty, is_staff: bool
) -> None:
    # given
    here = counterparty.installation
    make_member(counterparty)
    gone = make_member(counterparty, user_id=OTHER_BUYER_ID, role=Role.OWNER)
    invite(customer(here, OTHER_BUYER_ID), counterparty.pk, email="", role=Role.OWNER, now=NOW)
    invite(customer(here), counterparty.pk, email="", role=Role.BUYER, now=NOW)

    # when
    remove_member(staff(here, "MANAGE_USERS") if is_staff else customer(here), gone.pk, now=NOW)

    # then
    assert [member.user_id for member in Member.objects.all()] == [BUYER_ID]
    revoked = Invitation.objects.filter(revoked_at=NOW)
    assert [one.invited_by for one in revoked] == [OTHER_BUYER_ID]


def test_the_last_owner_is_removed_by_staff_only(counterparty: Counterparty) -> None:
    here = counterparty.installation
    last = make_member(counterparty)
    make_member(counterparty, user_id=OTHER_BUYER_ID, role=Role.ACCOUNTANT)

    with pytest.raises(LastOwner) as refused:
        remove_member(customer(here), last.pk, now=NOW)

    assert refused.value.code == "LAST_OWNER"
    assert Member.objects.count() == 2
    assert not Match.objects.exists()
    remove_member(staff(here, "MANAGE_USERS"), last.pk, now=NOW)
    assert [member.user_id for member in Member.objects.all()] == [OTHER_BUYER_ID]


def test_an_owner_leaves_where_another_one_stays(counterparty: Counterparty) -> None:
    mine = make_member(counterparty)
    make_member(counterparty, user_id=OTHER_BUYER_ID)

    remove_member(customer(counterparty.installation), mine.pk, now=NOW)

    assert [member.user_id for member in Member.objects.all()] == [OTHER_BUYER_ID]


def test_removing_is_refused_and_removes_nobody(counterparty: Counterparty) -> None:
    # given
    here = counterparty.installation
    elsewhere = make_installation(api_url=OTHER_API_URL)
    target = make_member(counterparty)
    make_member(counterparty, user_id="VXNlcjoz", role=Role.ACCOUNTANT)
    make_member(make_counterparty(here, name="Чужа"), user_id=OTHER_BUYER_ID)

    # then
    refused: list[tuple[Viewer, int, type[PartiesError]]] = [
        (ANONYMOUS, target.pk, NotFound),
        (customer(here, OTHER_BUYER_ID), target.pk, NotFound),
        (customer(elsewhere), target.pk, NotFound),
        (staff(elsewhere, "MANAGE_USERS"), target.pk, NotFound),
        (staff(here, "MANAGE_USERS"), 0, NotFound),
        (customer(here, "VXNlcjoz"), target.pk, PermissionDenied),
        (staff(here, "MANAGE_ORDERS"), target.pk, PermissionDenied),
    ]
    for viewer, member_id, error in refused:
        with pytest.raises(error):
            remove_member(viewer, member_id, now=NOW)
    assert Member.objects.count() == 3


def test_members_are_shown_to_owners_and_staff_who_manage_users(
    counterparty: Counterparty,
) -> None:
    # given
    here = counterparty.installation
    owner = make_member(counterparty)
    accountant = make_member(counterparty, user_id=OTHER_BUYER_ID, role=Role.ACCOUNTANT)
    elsewhere = make_installation(api_url=OTHER_API_URL)

    # then
    for viewer in (customer(here), staff(here, "MANAGE_USERS")):
        assert list(members_of(viewer, counterparty.pk)) == [owner, accountant]
    for viewer in (
        ANONYMOUS,
        customer(here, OTHER_BUYER_ID),
        customer(elsewhere),
        staff(here, "MANAGE_ORDERS"),
        staff(elsewhere, "MANAGE_USERS"),
    ):
        assert not members_of(viewer, counterparty.pk).exists()


def test_nothing_names_a_person_who_left(counterparty: Counterparty) -> None:
    # given
    here = counterparty.installation
    make_member(counterparty, email="olena@example.com")
    kept = make_member(counterparty, user_id=OTHER_BUYER_ID, email="ivan@example.com")
    make_match(make_counterparty(here, name="Інша"))
    about_another = make_match(counterparty, user_id=OTHER_BUYER_ID)
    invite(customer(here), counterparty.pk, email="olena@example.com", role=Role.BUYER, now=NOW)
    elsewhere = make_member(make_counterparty(make_installation(api_url=OTHER_API_URL)))

    # when
    count = forget_members(here, user_id=BUYER_ID)

    # then
    assert count == 1
    assert set(Member.objects.all()) == {kept, elsewhere}
    assert list(Match.objects.all()) == [about_another]
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.invited_by) == ("", "")


def test_nobody_in_particular_is_not_forgotten(counterparty: Counterparty) -> None:
    make_member(counterparty, user_id=STAFF_ID)

    with pytest.raises(ValueError, match="whose"):
        forget_members(counterparty.installation, user_id="")

    assert Member.objects.count() == 1
