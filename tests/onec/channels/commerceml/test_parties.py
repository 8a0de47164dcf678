"""Who is whom in a document, and what a company is known by."""

from __future__ import annotations

import dataclasses

import pytest

from saleor_b2b_docs.onec.facts import (
    CounterpartyFact,
    DeletionFact,
    DocumentFact,
    SupplierFact,
    Unreadable,
)
from tests.builders.commerceml import (
    BUYER,
    CONTEXT,
    SELLER,
    document,
    fields,
    file_of,
    party,
    said_in,
    tag,
)

OTHER = "c5b29133-e35a-11db-95d9-505054503030"


def _alone(**values: str) -> list[object]:
    company = tag("Контрагент", fields({"Ид": BUYER, "Наименование": "ТОВ «Магазин»", **values}))
    return [*said_in(file_of(tag("Контрагенты", company)))]


@pytest.mark.parametrize(
    "roles",
    [
        ("Покупатель", "Плательщик"),
        ("Плательщик", "Получатель"),
        ("Покупатель", ""),
        ("", "Продавец"),
        ("Грузополучатель", "Продавец"),
    ],
)
def test_the_buyer_is_the_likeliest_of_those_named(roles: tuple[str, str]) -> None:
    first, second = roles
    # In either order.
    for parties in (
        party(first) + party(second, key=OTHER),
        party(second, key=OTHER) + party(first),
    ):
        said = said_in(file_of(document("Отпуск товара", parties=parties)))

        (waybill,) = (item for item in said if isinstance(item, DocumentFact))
        assert waybill.party.counterparty_key == BUYER


def test_a_document_of_nobody_is_of_nobody() -> None:
    (waybill,) = said_in(file_of(document("Отпуск товара", parties="")))

    assert isinstance(waybill, DocumentFact)
    assert waybill.party.counterparty_key == ""


def test_a_company_alone_is_a_counterparty() -> None:
    (company,) = _alone(ИНН="7701234567", НомерВерсии="AAA=", ОфициальноеНаименование="ТОВ")

    assert company == CounterpartyFact(key=BUYER, name="ТОВ", tax_id="7701234567", version="AAA=")


def test_a_seller_alone_is_a_supplier() -> None:
    (company,) = _alone(Роль="Продавец", ИНН="7701234567")

    assert company == SupplierFact(key=BUYER, name="ТОВ «Магазин»", tax_id="7701234567")


def test_a_ukrainian_company_is_known_by_its_register_number() -> None:
    content = file_of(
        tag(
            "Контрагент",
            fields(
                {"Ид": BUYER, "Наименование": "Т", "ИНН": "123456712345", "КодПоОКПО": "38451232"}
            ),
        )
    )

    (company,) = said_in(content, dataclasses.replace(CONTEXT, profile="UA"))
    (elsewhere,) = said_in(content)

    assert isinstance(company, CounterpartyFact)
    assert (company.tax_id, company.vat_id) == ("38451232", "123456712345")
    assert isinstance(elsewhere, CounterpartyFact)
    assert (elsewhere.tax_id, elsewhere.vat_id) == ("123456712345", "")


def test_a_person_is_called_by_his_name() -> None:
    (company,) = _alone(Наименование="", Фамилия="Иванов", Имя="Иван")

    assert isinstance(company, CounterpartyFact)
    assert company.name == "Иванов Иван"


def test_a_company_without_an_id_is_known_by_its_tax_id() -> None:
    (company,) = _alone(Ид="", ИНН="7701234567")

    assert isinstance(company, CounterpartyFact)
    assert company.key == "counterparty:7701234567"


def test_a_company_without_an_id_and_a_tax_id_is_set_aside() -> None:
    (refused,) = _alone(Ид="")

    assert isinstance(refused, Unreadable)
    assert (refused.kind, refused.code) == ("counterparty", "NO_KEY")


def test_a_deleted_company_is_a_deletion() -> None:
    (deletion,) = _alone(ПометкаУдаления="true")

    assert deletion == DeletionFact(key=BUYER, of_kind="counterparty")


def test_the_contract_is_named_where_the_base_names_it() -> None:
    contract = tag("Договор", fields({"Ид": SELLER, "Номер": "Д-17"}))

    said = said_in(file_of(document("Отпуск товара", contract)))

    (waybill,) = (item for item in said if isinstance(item, DocumentFact))
    assert waybill.party.contract_key == SELLER
