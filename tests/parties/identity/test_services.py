"""What makes a user a member by himself, and what only asks staff."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Mapping, Sequence

import pytest

from saleor_b2b_docs.parties.identity.services import identify
from saleor_b2b_docs.parties.identity.shown import Company, IdentifiedUser
from saleor_b2b_docs.parties.matching.services import dismiss
from saleor_b2b_docs.parties.members.person import Person
from saleor_b2b_docs.parties.members.services import create_member, remove_member
from saleor_b2b_docs.parties.models import Alias, Counterparty, Match, Member, Role
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.parties import make_alias, make_counterparty, make_member
from tests.builders.saleor import BUYER_ID, OTHER_API_URL, OTHER_BUYER_ID, make_installation
from tests.builders.viewers import staff

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
EMAIL = "olena@example.com"
GUID = "6f1c1f52-8a53-11ee-b9d1-0242ac120002"
SHOP = Company("ТОВ «Магазин Затишок»", ("38451232",))


@pytest.fixture
def installation() -> Installation:
    return make_installation()


def _user(
    *,
    email: str = EMAIL,
    is_confirmed: bool = True,
    reference: str = "",
    private: Mapping[str, str] | None = None,
    public: Mapping[str, str] | None = None,
    companies: Sequence[Company] = (),
    public_tax_ids: Sequence[str] = (),
    user_id: str = BUYER_ID,
) -> IdentifiedUser:
    return IdentifiedUser(
        person=Person(user_id, email, "Олена Ковальчук"),
        is_email_confirmed=is_confirmed,
        external_reference=reference,
        private_metadata=private or {},
        public_metadata=public or {},
        companies=tuple(companies),
        public_tax_ids=tuple(public_tax_ids),
    )


def _identify(installation: Installation, shown: IdentifiedUser) -> list[Member]:
    return identify(installation, shown, now=NOW)


def _questions() -> list[tuple[str, object]]:
    return [
        (match.reason, match.counterparty)
        for match in Match.objects.filter(state=Match.State.OPEN).order_by("pk")
    ]


def test_an_external_reference_that_the_accounting_system_knows_proves(
    installation: Installation,
) -> None:
    counterparty = make_counterparty(installation, alias=GUID)

    (member,) = _identify(installation, _user(reference=GUID))

    assert (member.counterparty, member.role, member.source) == (
        counterparty,
        Role.OWNER,
        "external_reference",
    )
    assert (member.email, member.name) == (EMAIL, "Олена Ковальчук")
    assert not Match.objects.exists()


def test_private_metadata_proves_by_any_id_and_several_at_once(
    installation: Installation,
) -> None:
    # given
    by_uuid = make_counterparty(installation, name="A")
    by_global_id = make_counterparty(installation, name="B")
    by_alias = make_counterparty(installation, name="C", alias="000000042")
    by_guid = make_counterparty(installation, name="D", alias=GUID)
    named = ", ".join(
        (
            str(by_uuid.pk),
            base64.b64encode(f"B2BCounterparty:{by_global_id.pk}".encode()).decode(),
            "000000042",
            GUID,
            "nobody",
            "",
        )
    )

    # when
    members = _identify(installation, _user(private={"b2b.counterparty": named}))

    # then
    assert {member.counterparty for member in members} == {
        by_uuid,
        by_global_id,
        by_alias,
        by_guid,
    }
    assert {member.source for member in members} == {"private_metadata"}


@pytest.mark.parametrize(
    ("word", "role"),
    [("accountant", Role.ACCOUNTANT), (" Buyer ", Role.BUYER), ("boss", Role.OWNER)],
)
def test_private_metadata_says_the_role(installation: Installation, word: str, role: Role) -> None:
    counterparty = make_counterparty(installation)

    (member,) = _identify(
        installation,
        _user(private={"b2b.counterparty": str(counterparty.pk), "b2b.role": word}),
    )

    assert member.role == role


def test_a_confirmed_email_that_one_counterparty_has_proves(installation: Installation) -> None:
    counterparty = make_counterparty(installation, email="Olena@Example.com")
    make_member(counterparty, user_id=OTHER_BUYER_ID)

    (member,) = _identify(installation, _user())

    assert (member.counterparty, member.role, member.source) == (
        counterparty,
        Role.BUYER,
        "email",
    )


def test_an_unconfirmed_email_only_asks(installation: Installation) -> None:
    counterparty = make_counterparty(installation, email=EMAIL)

    assert _identify(installation, _user(is_confirmed=False)) == []

    assert _questions() == [("unconfirmed_email", counterparty)]
    match = Match.objects.get()
    assert (match.user_id, match.user_email, match.user_name, match.created_at) == (
        BUYER_ID,
        EMAIL,
        "Олена Ковальчук",
        NOW,
    )


def test_an_email_of_several_counterparties_only_asks(installation: Installation) -> None:
    first = make_counterparty(installation, name="A", email=EMAIL)
    second = make_counterparty(installation, name="B", email=EMAIL)

    assert _identify(installation, _user()) == []

    assert _questions() == [("shared_email", first), ("shared_email", second)]


def test_a_reference_that_two_systems_know_as_different_ones_only_asks(
    installation: Installation,
) -> None:
    first = make_counterparty(installation, name="A", alias=GUID)
    second = make_counterparty(installation, name="B", alias=GUID, source="1c-second")

    assert _identify(installation, _user(reference=GUID)) == []

    assert _questions() == [("shared_reference", first), ("shared_reference", second)]


def test_what_buyers_write_themselves_only_asks(installation: Installation) -> None:
    # given
    by_tax_id = make_counterparty(installation, name="A", tax_id="111")
    by_vat_id = make_counterparty(installation, name="B", tax_id="", vat_id="222")
    by_name = make_counterparty(installation, name="ТОВ «Магазин Затишок»", tax_id="333")
    by_public_id = make_counterparty(installation, name="C", tax_id="444")
    by_public_tax_id = make_counterparty(installation, name="D", tax_id="555")

    # when
    members = _identify(
        installation,
        _user(
            companies=(Company("ТОВ «Магазин Затишок»", ("111", "222")),),
            public={"b2b.counterparty": str(by_public_id.pk), "b2b.role": "owner"},
            public_tax_ids=("555",),
        ),
    )

    # then
    assert members == []
    assert not Member.objects.exists()
    assert _questions() == [
        ("tax_id", by_tax_id),
        ("tax_id", by_vat_id),
        ("company_name", by_name),
        ("public_metadata", by_public_id),
        ("public_metadata", by_public_tax_id),
    ]


def test_a_tax_id_that_nobody_has_asks_who_that_is(installation: Installation) -> None:
    _identify(installation, _user(companies=(SHOP,)))

    assert _questions() == [("nothing", None)]
    match = Match.objects.get()
    assert (match.company, match.tax_id) == ("ТОВ «Магазин Затишок»", "38451232")


def test_who_names_no_company_asks_nothing(installation: Installation) -> None:
    _identify(installation, _user())

    assert not Match.objects.exists()


def test_who_is_a_member_is_not_asked_who_he_is(installation: Installation) -> None:
    member = make_member(make_counterparty(installation, tax_id="1"))

    assert _identify(installation, _user(companies=(SHOP,))) == [member]
    assert not Match.objects.exists()


def test_the_same_is_asked_once(installation: Installation) -> None:
    make_counterparty(installation, email=EMAIL)
    user = _user(is_confirmed=False, companies=(SHOP,))

    for _ in range(3):
        _identify(installation, user)

    # By e-mail, tax id and name it is the same pair.
    assert Match.objects.count() == 1


def test_what_staff_dismissed_is_not_asked_again(installation: Installation) -> None:
    user = _user(companies=(SHOP,))
    make_counterparty(installation)
    _identify(installation, user)
    dismiss(staff(installation, "MANAGE_USERS"), Match.objects.get().pk, now=NOW)

    _identify(installation, user)

    assert Match.objects.count() == 1
    assert _questions() == []


def test_another_company_of_nobody_s_is_asked_about(installation: Installation) -> None:
    _identify(installation, _user(companies=(SHOP,)))

    _identify(installation, _user(companies=(Company("ФОП Ковальчук", ("9",)), SHOP)))

    assert [match.tax_id for match in Match.objects.order_by("pk")] == ["38451232", "9"]


def test_a_buyer_cannot_fill_the_queue(installation: Installation) -> None:
    for number in range(30):
        _identify(installation, _user(companies=(Company("Вигадана", (str(number),)),)))

    assert Match.objects.count() == 20


def test_proof_answers_the_question(installation: Installation) -> None:
    counterparty = make_counterparty(installation, email=EMAIL)
    _identify(installation, _user(is_confirmed=False))

    _identify(installation, _user(is_confirmed=True))

    assert Member.objects.get().counterparty == counterparty
    assert Match.objects.get().state == Match.State.LINKED


def test_who_was_removed_does_not_come_back_by_himself_but_by_staff(
    installation: Installation,
) -> None:
    # given
    counterparty = make_counterparty(installation, alias=GUID, email=EMAIL)
    user = _user(reference=GUID, companies=(SHOP,))
    (member,) = _identify(installation, user)
    boss = staff(installation, "MANAGE_USERS")

    # when
    remove_member(boss, member.pk, now=NOW)
    _identify(installation, user)

    # then
    assert not Member.objects.exists()
    assert _questions() == []

    # when
    create_member(boss, counterparty.pk, user.person, role=Role.BUYER, now=NOW)
    (again,) = _identify(installation, user)

    # then
    assert again.role == Role.BUYER
    assert not Match.objects.filter(reason="removed").exists()


def test_a_member_s_name_and_email_follow_saleor(installation: Installation) -> None:
    make_member(make_counterparty(installation), email="", name="")

    _identify(installation, _user())

    member = Member.objects.get()
    assert (member.email, member.name) == (EMAIL, "Олена Ковальчук")


def test_only_counterparties_of_the_same_saleor_that_were_not_merged_are_meant(
    installation: Installation,
) -> None:
    # given
    elsewhere = make_installation(api_url=OTHER_API_URL)
    stranger = make_counterparty(elsewhere, alias=GUID, email=EMAIL)
    survivor = make_counterparty(installation, name="Правильна", tax_id="1")
    duplicate = make_counterparty(installation, email=EMAIL)
    Counterparty.objects.filter(pk=duplicate.pk).update(merged_into=survivor)
    make_alias(installation, kind=Alias.Kind.CONTRACT, external_id=GUID, target=str(survivor.pk))

    # when
    _identify(
        installation,
        _user(
            reference=GUID,
            private={"b2b.counterparty": str(stranger.pk)},
            companies=(SHOP,),
        ),
    )

    # then
    assert not Member.objects.exists()
    assert _questions() == [("nothing", None)]


def test_characters_that_no_database_takes_are_left_out(
    installation: Installation,
) -> None:
    counterparty = make_counterparty(installation)

    _identify(
        installation,
        _user(
            reference="\x00",
            private={"b2b.counterparty": "\x00,\ud83d"},
            companies=(Company("ТОВ\x00", ("38451232\x00",)),),
        ),
    )

    assert _questions() == [("tax_id", counterparty)]
