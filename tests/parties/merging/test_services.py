from __future__ import annotations

import datetime as dt
import uuid

import pytest

from saleor_b2b_docs.parties.errors import InvalidInput, NotFound, PartiesError, PermissionDenied
from saleor_b2b_docs.parties.members.services import invite
from saleor_b2b_docs.parties.merging.services import merge_counterparties, split_counterparty
from saleor_b2b_docs.parties.models import (
    Alias,
    Contract,
    Counterparty,
    Invitation,
    Match,
    Member,
    Role,
    Supplier,
)
from saleor_b2b_docs.parties.queries import counterparty_of, terms_of
from saleor_b2b_docs.parties.terms import Terms
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer
from saleor_b2b_docs.work.models import Job
from tests.builders.parties import (
    make_alias,
    make_contract,
    make_counterparty,
    make_group,
    make_match,
    make_member,
    make_supplier,
)
from tests.builders.saleor import BUYER_ID, OTHER_API_URL, OTHER_BUYER_ID, make_installation
from tests.builders.viewers import customer, staff

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def supplier() -> Supplier:
    return make_supplier(make_installation())


@pytest.fixture
def survivor(supplier: Supplier) -> Counterparty:
    return make_counterparty(supplier.installation, name="Правильна", tax_id="", alias="guid-1")


@pytest.fixture
def duplicate(supplier: Supplier) -> Counterparty:
    return make_counterparty(supplier.installation, name="Дубль", tax_id="38451232", alias="guid-2")


def _boss(supplier: Supplier) -> Viewer:
    return staff(supplier.installation, "MANAGE_USERS")


def _merge(supplier: Supplier, duplicate: Counterparty, survivor: Counterparty) -> None:
    merge_counterparties(_boss(supplier), duplicate.pk, into=survivor.pk, now=NOW)


def test_all_that_is_the_duplicate_s_is_the_survivor_s(
    supplier: Supplier, survivor: Counterparty, duplicate: Counterparty
) -> None:
    # given
    contract = make_contract(supplier, duplicate)
    make_member(duplicate, role=Role.ACCOUNTANT)
    invite(_boss(supplier), duplicate.pk, email="", role=Role.BUYER, now=NOW)
    duplicate.group = make_group(supplier.installation)
    duplicate.save()

    # when
    _merge(supplier, duplicate, survivor)

    # then
    for row in (survivor, duplicate, contract):
        row.refresh_from_db()
    assert (contract.counterparty, contract.is_main) == (survivor, True)
    assert Member.objects.get().counterparty == survivor
    assert Invitation.objects.get().counterparty == survivor
    assert set(Alias.objects.values_list("external_id", "target")) == {
        ("guid-1", str(survivor.pk)),
        ("guid-2", str(survivor.pk)),
    }
    assert (survivor.name, survivor.tax_id, survivor.group) == (
        "Правильна",
        "38451232",
        duplicate.group,
    )
    assert duplicate.merged_into == survivor
    job = Job.objects.get(name="documents.adopt_merged")
    assert job.arguments == {"from": str(duplicate.pk), "to": str(survivor.pk)}
    assert job.installation_id == supplier.installation_id


def test_aliases_of_other_kinds_and_saleors_stay(
    supplier: Supplier, survivor: Counterparty, duplicate: Counterparty
) -> None:
    elsewhere = make_installation(api_url=OTHER_API_URL)
    kept = [
        make_alias(
            supplier.installation,
            kind=Alias.Kind.DOCUMENT,
            external_id="guid-9",
            target=str(duplicate.pk),
        ),
        make_alias(
            elsewhere,
            kind=Alias.Kind.COUNTERPARTY,
            external_id="guid-2",
            target=str(duplicate.pk),
        ),
    ]

    _merge(supplier, duplicate, survivor)

    for alias in kept:
        alias.refresh_from_db()
        assert alias.target == str(duplicate.pk)


def test_of_two_main_contracts_the_survivor_s_stays_main(
    supplier: Supplier, survivor: Counterparty, duplicate: Counterparty
) -> None:
    kept = make_contract(supplier, survivor)
    moved = make_contract(supplier, duplicate, number="Д-2")
    euros = make_contract(supplier, duplicate, number="Д-3", currency="EUR")

    _merge(supplier, duplicate, survivor)

    assert set(Contract.objects.filter(is_main=True)) == {kept, euros}
    assert set(survivor.contracts.all()) == {kept, moved, euros}


def test_moved_contracts_keep_the_terms_they_had(
    supplier: Supplier, survivor: Counterparty, duplicate: Counterparty
) -> None:
    survivor.terms = Terms.of_days(45).to_json()
    survivor.save()
    inherited = make_contract(supplier, duplicate)
    own = make_contract(supplier, duplicate, currency="EUR", terms=Terms.of_days(3))

    _merge(supplier, duplicate, survivor)

    inherited.refresh_from_db()
    own.refresh_from_db()
    assert terms_of(inherited) == Terms.of_days(14)
    assert terms_of(own) == Terms.of_days(3)


def test_of_two_memberships_the_higher_role_stays(
    supplier: Supplier, survivor: Counterparty, duplicate: Counterparty
) -> None:
    make_member(survivor, role=Role.BUYER)
    make_member(duplicate, role=Role.OWNER)
    make_member(survivor, user_id=OTHER_BUYER_ID, role=Role.OWNER)
    make_member(duplicate, user_id=OTHER_BUYER_ID, role=Role.ACCOUNTANT)

    _merge(supplier, duplicate, survivor)

    assert sorted(Member.objects.values_list("user_id", "counterparty", "role")) == [
        (BUYER_ID, survivor.pk, Role.OWNER),
        (OTHER_BUYER_ID, survivor.pk, Role.OWNER),
    ]


def test_what_was_merged_before_leads_to_the_survivor_in_one_step(
    supplier: Supplier, survivor: Counterparty, duplicate: Counterparty
) -> None:
    earlier = make_counterparty(supplier.installation, name="Ще дубль")
    _merge(supplier, earlier, duplicate)

    _merge(supplier, duplicate, survivor)

    earlier.refresh_from_db()
    assert earlier.merged_into == survivor
    assert counterparty_of(supplier.installation, earlier.pk) == survivor


def test_questions_about_the_duplicate_are_about_the_survivor_and_none_is_double(
    supplier: Supplier, survivor: Counterparty, duplicate: Counterparty
) -> None:
    # given
    third = make_counterparty(supplier.installation, name="Третя")
    moved = make_match(duplicate, user_id="User:a")
    make_match(duplicate, user_id="User:b")
    double = make_match(survivor, user_id="User:b")
    make_match(duplicate, user_id="User:c")
    make_member(survivor, user_id="User:c")
    pair = make_match(duplicate, duplicate=survivor)
    with_third = make_match(third, duplicate=duplicate)

    # when
    _merge(supplier, duplicate, survivor)

    # then
    pair.refresh_from_db()
    assert pair.state == Match.State.MERGED
    still_open = Match.objects.filter(state=Match.State.OPEN)
    assert set(still_open) == {moved, double, with_third}
    with_third.refresh_from_db()
    assert (with_third.counterparty, with_third.duplicate) == (third, survivor)
    assert {match.counterparty for match in still_open.filter(kind="user")} == {survivor}


def test_a_pair_that_is_asked_about_already_is_asked_once(
    supplier: Supplier, survivor: Counterparty, duplicate: Counterparty
) -> None:
    third = make_counterparty(supplier.installation, name="Третя")
    asked = make_match(survivor, duplicate=third)
    make_match(duplicate, duplicate=third)

    _merge(supplier, duplicate, survivor)

    assert list(Match.objects.filter(state=Match.State.OPEN)) == [asked]


def test_merging_is_refused_and_changes_nothing(
    supplier: Supplier, survivor: Counterparty, duplicate: Counterparty
) -> None:
    # given
    elsewhere = make_installation(api_url=OTHER_API_URL)
    stranger = make_counterparty(elsewhere)
    gone = make_counterparty(supplier.installation, name="Давній дубль")
    Counterparty.objects.filter(pk=gone.pk).update(merged_into=survivor)
    boss = _boss(supplier)
    before = list(Counterparty.objects.order_by("pk").values())

    # then
    refused: list[tuple[Viewer, uuid.UUID, uuid.UUID, type[PartiesError]]] = [
        (boss, survivor.pk, survivor.pk, InvalidInput),
        (boss, stranger.pk, survivor.pk, NotFound),
        (boss, duplicate.pk, stranger.pk, NotFound),
        (boss, duplicate.pk, gone.pk, NotFound),
        (boss, gone.pk, duplicate.pk, NotFound),
        (boss, uuid.uuid4(), survivor.pk, NotFound),
        (staff(elsewhere, "MANAGE_USERS"), duplicate.pk, survivor.pk, NotFound),
        (staff(supplier.installation), duplicate.pk, survivor.pk, PermissionDenied),
        (customer(supplier.installation), duplicate.pk, survivor.pk, PermissionDenied),
        (ANONYMOUS, duplicate.pk, survivor.pk, PermissionDenied),
    ]
    for viewer, one, into, error in refused:
        with pytest.raises(error):
            merge_counterparties(viewer, one, into=into, now=NOW)
    assert list(Counterparty.objects.order_by("pk").values()) == before
    assert not Job.objects.exists()


def test_a_split_takes_what_is_named_into_a_new_counterparty(
    supplier: Supplier, survivor: Counterparty
) -> None:
    # given
    survivor.terms = Terms.of_days(45).to_json()
    survivor.save()
    taken = make_contract(supplier, survivor)
    left = make_contract(supplier, survivor, currency="EUR")
    alias = make_alias(
        supplier.installation,
        kind=Alias.Kind.COUNTERPARTY,
        external_id="guid-5",
        target=str(survivor.pk),
    )
    make_member(survivor)

    # when
    part = split_counterparty(
        _boss(supplier),
        survivor.pk,
        name=" ТОВ «Частина» ",
        tax_id="77",
        alias_ids=[alias.pk],
        contract_ids=[taken.pk],
        now=NOW,
    )

    # then
    taken.refresh_from_db()
    alias.refresh_from_db()
    assert (part.name, part.tax_id, part.installation) == (
        "ТОВ «Частина»",
        "77",
        supplier.installation,
    )
    assert (taken.counterparty, alias.target) == (part, str(part.pk))
    assert terms_of(taken) == Terms.of_days(45)
    assert list(survivor.contracts.all()) == [left]
    assert Member.objects.get().counterparty == survivor
    job = Job.objects.get(name="documents.follow_contracts")
    assert job.arguments == {"contracts": [str(taken.pk)]}


def test_splitting_is_refused_and_changes_nothing(
    supplier: Supplier, survivor: Counterparty, duplicate: Counterparty
) -> None:
    # given
    mine = make_contract(supplier, survivor)
    foreign = make_contract(supplier, duplicate)
    foreign_alias = Alias.objects.get(external_id="guid-2")
    boss = _boss(supplier)

    # then
    refused: list[tuple[Viewer, str, list[int], list[uuid.UUID], type[PartiesError]]] = [
        (boss, " ", [], [mine.pk], InvalidInput),
        (boss, "Частина", [], [], InvalidInput),
        (boss, "Частина", [], [mine.pk, foreign.pk], NotFound),
        (boss, "Частина", [foreign_alias.pk], [mine.pk], NotFound),
        (staff(supplier.installation), "Частина", [], [mine.pk], PermissionDenied),
    ]
    for viewer, name, aliases, contracts, error in refused:
        with pytest.raises(error):
            split_counterparty(
                viewer,
                survivor.pk,
                name=name,
                alias_ids=aliases,
                contract_ids=contracts,
                now=NOW,
            )
    assert Counterparty.objects.count() == 2
    assert list(survivor.contracts.all()) == [mine]
