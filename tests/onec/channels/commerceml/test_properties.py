"""Whatever bytes come, a file is read or refused: no other error, no hang, no half of it."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from saleor_b2b_docs.onec.channels.commerceml.reading import read
from saleor_b2b_docs.onec.channels.commerceml.values import BadValue, read_date, read_decimal
from saleor_b2b_docs.onec.channels.detection import open_file
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.facts import Container, Fact, Said, Unreadable
from tests.builders.archives import zip_of
from tests.builders.commerceml import CONTEXT, PAYMENT, document, file_of, order, requisites, tag
from tests.examples import EXAMPLES

pytestmark = pytest.mark.properties

_settings = settings(max_examples=EXAMPLES, deadline=None)

_GOODS = tag("Товары", tag("Товар", tag("Ид", "1"), tag("Количество", "2"), tag("Сумма", "10")))
_SEEDS = [
    file_of(
        order(requisites(Номер_оплаты_по_1С="ПП-1", Дата_оплаты_по_1С="2026-03-02")),
        document("Отпуск товара", _GOODS, Основание="142"),
        tag("Контейнер", order(), document("Выплата наличных денег", Ид=PAYMENT)),
    ),
    file_of(document("Отпуск товара", _GOODS), encoding="windows-1251"),
    file_of(
        '<Контрагент Идентификатор="B" Наименование="ООО"/>'
        '<Документ Дата="2026-03-02" Номер="17" ХозОперация="Sale" Сумма="10" Валюта="РУБ">'
        '<ПредприятиеВДокументе Контрагент="B" Роль="Buyer"/></Документ>',
        version="",
        namespace="",
    ),
]
_NAMES = sorted(
    {
        "Документ",
        "Контейнер",
        "Контрагенты",
        "Контрагент",
        "ПодчиненныеДокументы",
        "ПодчиненныйДокумент",
        "ЗначенияРеквизитов",
        "ЗначениеРеквизита",
        "Наименование",
        "Значение",
        "Ид",
        "Номер",
        "Дата",
        "ХозОперация",
        "Роль",
        "Валюта",
        "Курс",
        "Сумма",
        "Основание",
        "Товары",
        "Товар",
        "Налоги",
        "Налог",
        "Ставка",
        "Единица",
        "Количество",
        "Цена",
        "Комментарий",
        "ПометкаУдаления",
        "СрокПлатежа",
        "ПредприятиеВДокументе",
        "Каталог",
    }
)
_WORDS = [
    "Заказ товара",
    "Отпуск товара",
    "Возврат товара",
    "Выплата наличных денег",
    "Покупатель",
    "Продавец",
    "true",
    "2026-03-02",
    "31.02.2026",
    "0001-01-01",
    "1 200,50",
    "-0",
    "9" * 29,
    "0." + "0" * 20 + "1",
    "руб.",
    "у.е.",
    "Номер оплаты по 1С",
    "Дата отгрузки по 1С",
    PAYMENT,
    "",
]

_texts = st.sampled_from(_WORDS) | st.text(
    st.characters(
        codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="<>&\ufffe\uffff"
    )
)
_elements = st.recursive(
    st.builds(tag, st.sampled_from(_NAMES), _texts),
    lambda inner: st.builds(
        lambda name, content: tag(name, *content),
        st.sampled_from(_NAMES),
        st.lists(inner, max_size=6),
    ),
    max_leaves=30,
)


@st.composite
def _mutated(draw: st.DrawFn) -> bytes:
    """A good file with some bytes taken out, put in or changed."""
    content = bytearray(draw(st.sampled_from(_SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        place = draw(st.integers(0, len(content)))
        taken = draw(st.integers(0, 40))
        content[place : place + taken] = draw(st.binary(max_size=12))
    return bytes(content)


def _read(content: bytes) -> list[Said] | None:
    """What a file says; None for one that is refused, which says nothing before that."""
    said: list[Said] = []
    try:
        said.extend(read(io.BytesIO(content), CONTEXT))
    except UnreadableFile:
        return pytest.fail("half of it was said") if said else None
    return said


def _is_sound(said: Said) -> bool:
    """Whether the intake may rely on it."""
    if isinstance(said, Container):
        return 1 <= len(said.key) <= 150 and all(map(_is_sound, said.facts))
    if isinstance(said, Unreadable):
        return len(said.key) <= 150 and bool(said.code) and 0 < len(said.reason) <= 500
    return isinstance(said, Fact) and 1 <= len(said.key) <= 150


@_settings
@given(_mutated())
def test_a_damaged_file_is_read_or_refused(content: bytes) -> None:
    said = _read(content)

    assert said is None or all(map(_is_sound, said))


@_settings
@given(st.lists(_elements, max_size=5))
def test_any_elements_in_any_order_are_read(elements: list[str]) -> None:
    content = file_of(*elements)

    said = _read(content)

    assert said is None or all(map(_is_sound, said))
    assert _read(content) == said


@_settings
@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda tail: b"<?xml" + tail))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with suppress(UnreadableFile):
        open_file(io.BytesIO(content), "x").check()


@_settings
@given(st.data())
def test_a_damaged_archive_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(zip_of({"1.xml": _SEEDS[0], "2.xml": _SEEDS[1]}))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]

    with suppress(UnreadableFile):
        opened = open_file(io.BytesIO(bytes(content)), "x")
        opened.check()
        assert all(map(_is_sound, opened.facts(CONTEXT)))


@_settings
@given(st.text(max_size=40))
def test_any_text_is_a_value_or_none(text: str) -> None:
    for reader in (read_date, read_decimal):
        with suppress(BadValue):
            reader(text)


@_settings
@given(st.dates(min_value=date(2, 1, 1)))
def test_a_day_is_the_same_in_every_shape(day: date) -> None:
    iso = day.isoformat()
    compact, dotted = iso.replace("-", ""), f"{day.day:02}.{day.month:02}.{day.year:04}"

    assert [read_date(text) for text in (iso, f"{iso}T23:59:59", compact, dotted)] == [day] * 4


@_settings
@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
def test_a_number_is_the_same_with_spaces_and_commas(figure: Decimal) -> None:
    plain = f"{figure:.2f}"
    spaced = f"{figure:,.2f}".replace(",", "\u00a0").replace(".", ",")

    assert read_decimal(plain) == read_decimal(spaced) == read_decimal(f"{figure:,.2f}") == figure
