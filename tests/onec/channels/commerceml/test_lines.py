"""Lines of a document: sums with and without their tax, units, names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from saleor_b2b_docs.documents.received.context import ReceivedLine
from saleor_b2b_docs.onec.facts import DocumentFact, Unreadable
from tests.builders.commerceml import document, fields, file_of, said_in, tag

DRILL = {"Ид": "G-1", "Артикул": "KSH-1", "Наименование": "Дрель", "Количество": "2", "Цена": "500"}


def _lines(*goods: str, more: str = "") -> tuple[ReceivedLine, ...]:
    content = file_of(document("Отпуск товара", tag("Товары", *goods), more))
    (waybill,) = (item for item in said_in(content) if isinstance(item, DocumentFact))
    return waybill.lines


def _goods(*more: str, **values: str) -> str:
    return tag("Товар", fields({**DRILL, **values}), *more)


def _vat(total: str, *, is_within: str = "", rate: str = "20") -> str:
    said = {"Наименование": "НДС", "УчтеноВСумме": is_within, "Сумма": total, "Ставка": rate}
    return tag("Налоги", tag("Налог", fields({name: text for name, text in said.items() if text})))


def test_a_line_is_read_whole() -> None:
    unit = tag("Единица", fields({"Код": "796", "НаименованиеКраткое": "шт"}))

    (line,) = _lines(_goods(unit, _vat("166.67", is_within="true"), Сумма="1000"))

    assert line == ReceivedLine(
        name="Дрель",
        sku="KSH-1",
        unit="шт",
        quantity=Decimal(2),
        price=Decimal(500),
        net=Decimal("833.33"),
        vat_rate=Decimal("0.2"),
        vat=Decimal("166.67"),
        gross=Decimal(1000),
    )


def test_a_tax_on_top_is_added_to_the_line() -> None:
    (line,) = _lines(_goods(_vat("200", is_within="false"), Сумма="1000"))

    assert (line.net, line.vat, line.gross) == (Decimal(1000), Decimal(200), Decimal(1200))


def test_a_line_that_does_not_say_takes_the_documents_word() -> None:
    on_top = _vat("200", is_within="false")

    (line,) = _lines(_goods(_vat("200"), Сумма="1000"), more=on_top)

    assert (line.net, line.gross) == (Decimal(1000), Decimal(1200))


def test_a_line_without_a_tax_has_only_its_sum() -> None:
    (line,) = _lines(_goods(Сумма="1000"))

    assert (line.net, line.vat_rate, line.vat, line.gross) == (None, None, None, Decimal(1000))


@pytest.mark.parametrize(
    ("rate", "fraction"),
    [
        ("20", Decimal("0.2")),
        ("20%", Decimal("0.2")),
        ("7,5", Decimal("0.075")),
        ("0", Decimal(0)),
        ("Без НДС", None),
        ("без налога", None),
    ],
)
def test_a_rate_is_a_fraction(rate: str, fraction: Decimal | None) -> None:
    rates = tag(
        "СтавкиНалогов", tag("СтавкаНалога", fields({"Наименование": "НДС", "Ставка": rate}))
    )

    (line,) = _lines(_goods(rates, Сумма="1000"))

    assert line.vat_rate == fraction


def test_a_price_that_is_not_told_follows_from_the_sum() -> None:
    (line,) = _lines(_goods(Цена="", Количество="3", Сумма="100"))

    assert line.price == Decimal("33.3333")


def test_the_price_per_unit_is_called_so_in_older_versions() -> None:
    (line,) = _lines(_goods(Цена="", ЦенаЗаЕдиницу="231,7400"))

    assert line.price == Decimal("231.74")


@pytest.mark.parametrize(
    "unit",
    [
        '<БазоваяЕдиница Код="796" НаименованиеПолное="Штука">шт</БазоваяЕдиница>',
        "<Единица>шт</Единица>",
        "<Единица><Ид>796</Ид><НаименованиеКраткое>шт</НаименованиеКраткое></Единица>",
    ],
)
def test_a_unit_is_read_in_every_shape(unit: str) -> None:
    (line,) = _lines(_goods(unit))

    assert line.unit == "шт"


@pytest.mark.parametrize("values", [{"Количество": "много"}, {"Сумма": "1" + "0" * 20}])
def test_a_line_that_can_not_be_read_refuses_its_document(values: dict[str, str]) -> None:
    said = said_in(file_of(document("Отпуск товара", tag("Товары", _goods(**values)))))

    (refused,) = (item for item in said if isinstance(item, Unreadable))
    assert refused.code == "INVALID_NUMBER"
    assert "Дрель" in refused.reason
    assert not any(isinstance(item, DocumentFact) for item in said)
