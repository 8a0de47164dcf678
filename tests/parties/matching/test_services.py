from __future__ import annotations

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saleor_b2b_docs.parties.errors import (
    AlreadyResolved,
    InvalidInput,
    NotFound,
    PartiesError,
    PermissionDenied,
)
from saleor_b2b_docs.parties.matching.queries import (
    contracts_of_matches,
    match_contracts,
    open_matches,
)
from saleor_b2b_docs.parties.matching.reasons import Reason
from saleor_b2b_docs.parties.matching.services import dismiss, link, merge, suggest_duplicate
from saleor_b2b_docs.parties.models import Counterparty, Match, Member, Role
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer
from tests.builders.parties import (
    make_contract,
    make_counterparty,
    make_match,
    make_member,
    make_supplier,
)
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


@pytest.fixture
def installation() -> Installation:
    return make_installation()


def _boss(installation: Installation) -> Viewer:
    return staff(installation, "MANAGE_USERS")


def test_linking_makes_the_user_a_member(installation: Installation) -> None:
    counterparty = make_counterparty(installation)
    match = make_match(counterparty)

    link(_boss(installation), match.pk, role=Role.ACCOUNTANT, now=NOW)

    member = Member.objects.get()
    assert (member.counterparty, member.user_id, member.email, member.role, member.source) == (
        counterparty,
        BUYER_ID,
        "buyer@example.com",
        Role.ACCOUNTANT,
        "staff",
    )
    match.refresh_from_db()
    assert (match.state, match.resolved_at, match.resolved_by) == (
        Match.State.LINKED,
        NOW,
        STAFF_ID,
    )


def test_staff_may_mean_another_counterparty(installation: Installation) -> None:
    meant = make_counterparty(installation, name="Інша")
    match = make_match(None, installation=installation, reason="nothing")

    link(_boss(installation), match.pk, counterparty_id=meant.pk, now=NOW)

    assert Member.objects.get().counterparty == meant
    match.refresh_from_db()
    assert match.counterparty == meant


def test_linking_is_refused_and_changes_nothing(installation: Installation) -> None:
    # given
    elsewhere = make_installation(api_url=OTHER_API_URL)
    stranger = make_counterparty(elsewhere)
    nobody = make_match(None, installation=installation)
    asked = make_match(make_counterparty(installation), user_id=OTHER_BUYER_ID)
    pair = make_match(make_counterparty(installation), duplicate=make_counterparty(installation))
    done = make_match(make_counterparty(installation), state=Match.State.DISMISSED)
    removed = make_match(make_counterparty(installation), reason=Reason.REMOVED)
    boss = _boss(installation)
    before = list(Match.objects.order_by("pk").values())

    # then
    refused: list[tuple[Viewer, int, uuid.UUID | None, type[PartiesError]]] = [
        (boss, nobody.pk, None, InvalidInput),
        (boss, nobody.pk, stranger.pk, NotFound),
        (boss, nobody.pk, uuid.uuid4(), NotFound),
        (boss, pair.pk, None, InvalidInput),
        (boss, done.pk, None, AlreadyResolved),
        (boss, removed.pk, None, NotFound),
        (boss, 0, None, NotFound),
        (_boss(elsewhere), asked.pk, None, NotFound),
        (staff(installation, "MANAGE_ORDERS"), asked.pk, None, PermissionDenied),
        (customer(installation), asked.pk, None, PermissionDenied),
        (ANONYMOUS, asked.pk, None, PermissionDenied),
    ]
    for viewer, match_id, counterparty_id, error in refused:
        with pytest.raises(error):
            link(viewer, match_id, counterparty_id=counterparty_id, now=NOW)
    assert list(Match.objects.order_by("pk").values()) == before
    assert not Member.objects.exists()


def test_dismissing_says_no(installation: Installation) -> None:
    match = make_match(make_counterparty(installation))

    dismiss(_boss(installation), match.pk, now=NOW)

    match.refresh_from_db()
    assert (match.state, match.resolved_by) == (Match.State.DISMISSED, STAFF_ID)
    assert not Member.objects.exists()
    with pytest.raises(AlreadyResolved):
        dismiss(_boss(installation), match.pk, now=NOW)


@pytest.mark.parametrize("duplicate_stays", [False, True])
def test_merging_keeps_the_one_that_staff_say(
    installation: Installation, duplicate_stays: bool
) -> None:
    one = make_counterparty(installation, name="A")
    two = make_counterparty(installation, name="B")
    match = make_match(one, duplicate=two)

    merge(_boss(installation), match.pk, survivor_id=two.pk if duplicate_stays else None, now=NOW)

    survivor, gone = (two, one) if duplicate_stays else (one, two)
    assert Counterparty.objects.get(merged_into=None) == survivor
    match.refresh_from_db()
    assert (match.state, match.counterparty, match.duplicate, match.resolved_by) == (
        Match.State.MERGED,
        survivor,
        gone,
        STAFF_ID,
    )


def test_merging_is_refused_and_changes_nothing(installation: Installation) -> None:
    one, two = make_counterparty(installation), make_counterparty(installation)
    match = make_match(one, duplicate=two)
    about_user = make_match(one)

    refused: list[tuple[Viewer, int, uuid.UUID | None, type[PartiesError]]] = [
        (_boss(installation), match.pk, uuid.uuid4(), InvalidInput),
        (_boss(installation), about_user.pk, None, InvalidInput),
        (staff(installation, "MANAGE_ORDERS"), match.pk, None, PermissionDenied),
    ]
    for viewer, match_id, survivor_id, error in refused:
        with pytest.raises(error):
            merge(viewer, match_id, survivor_id=survivor_id, now=NOW)
    assert not Counterparty.objects.exclude(merged_into=None).exists()
    assert Match.objects.filter(state=Match.State.OPEN).count() == 2


def test_a_pair_is_asked_about_once_whichever_is_named_first(installation: Installation) -> None:
    one, two = make_counterparty(installation), make_counterparty(installation)

    asked = suggest_duplicate(one, two, reason=Reason.TAX_ID, now=NOW)
    again = suggest_duplicate(two, one, reason=Reason.COMPANY_NAME, now=NOW)

    assert asked is not None
    assert again is None
    assert (asked.counterparty, asked.duplicate, asked.kind) == (one, two, "duplicate")


def test_open_matches_are_for_staff_who_manage_users(installation: Installation) -> None:
    # given
    counterparty = make_counterparty(installation)
    newer = make_match(counterparty, created_at=NOW)
    older = make_match(counterparty, created_at=NOW - dt.timedelta(days=1), user_id="VXNlcjoz")
    make_match(counterparty, state=Match.State.LINKED)
    elsewhere = make_installation(api_url=OTHER_API_URL)
    make_match(make_counterparty(elsewhere))

    # then
    assert list(open_matches(_boss(installation))) == [older, newer]
    for viewer in (ANONYMOUS, customer(installation), staff(installation, "MANAGE_ORDERS")):
        assert not open_matches(viewer).exists()


def test_a_link_s_preview_adds_the_counterparty_s_contracts_to_the_user_s(
    installation: Installation,
) -> None:
    supplier = make_supplier(installation)
    present = make_contract(supplier, make_counterparty(installation, name="A"))
    make_member(present.counterparty)
    joined = make_contract(supplier, make_counterparty(installation, name="B"))
    make_contract(supplier, make_counterparty(installation, name="C"))

    before, after = match_contracts(make_match(joined.counterparty))

    assert before == (present,)
    assert set(after) == {present, joined}
    assert match_contracts(make_match(None, installation=installation)) == (
        (present,),
        (present,),
    )


def test_a_merge_s_preview_adds_the_duplicate_s_contracts(installation: Installation) -> None:
    supplier = make_supplier(installation)
    stays = make_contract(supplier, make_counterparty(installation, name="A"))
    moves = make_contract(supplier, make_counterparty(installation, name="B"))

    before, after = match_contracts(make_match(stays.counterparty, duplicate=moves.counterparty))

    assert (before, after) == ((stays,), (stays, moves))


def test_previews_cost_two_queries_however_many_there_are(installation: Installation) -> None:
    supplier = make_supplier(installation)
    matches = []
    for number in range(8):
        contract = make_contract(supplier, make_counterparty(installation, name=str(number)))
        make_member(contract.counterparty, user_id=f"User:{number}")
        matches.append(make_match(contract.counterparty, user_id=f"User:{(number + 1) % 8}"))

    with CaptureQueriesContext(connection) as queries:
        found = contracts_of_matches(matches)

    assert len(queries) == 2
    assert all(len(one.before) == 1 and len(one.after) == 2 for one in found.values())
