"""CommerceML files as bases write them, from their elements."""

from __future__ import annotations

import io
from collections.abc import Mapping
from xml.sax.saxutils import escape

from saleor_b2b_docs.onec.channels.commerceml.reading import read
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.facts import Said

WAYBILL = "5018186c-ddb3-11df-aeb7-0015e9b8c48d"
PAYMENT = "640a2bf0-e8ac-11db-95da-505054503030"
ORDER = "bd72d913-55bc-11d9-848a-00112f43529a"
BUYER = "4a65ecb6-8b1b-11df-be16-e0cb4ed5f70f"
SELLER = "6f87e83f-722c-11df-b336-0011955cba6b"

CONTEXT = ReadingContext(
    base_code="1c", own_supplier_key="", currencies={"у.е.": "USD"}, default_currency="UAH"
)


def tag(name: str, *content: str) -> str:
    """An element; its content is markup."""
    return f"<{name}>{''.join(content)}</{name}>"


def fields(values: Mapping[str, str]) -> str:
    """Elements of text."""
    return "".join(tag(name, escape(text)) for name, text in values.items())


def party(role: str = "Покупатель", *, key: str = BUYER, name: str = "ТОВ «Магазин»") -> str:
    """A `Контрагент` of a document."""
    return tag("Контрагент", fields({"Ид": key, "Наименование": name, "Роль": role}))


def document(operation: str, *more: str, parties: str | None = None, **values: str) -> str:
    """A `Документ` of the 2nd of March 2026; `values` replace what it says, empty ones take out."""
    said = {
        "Ид": WAYBILL,
        "Номер": "РН-17",
        "Дата": "2026-03-02",
        "ХозОперация": operation,
        "Роль": "Продавец",
        "Валюта": "UAH",
        "Курс": "1",
        "Сумма": "1200.00",
        **values,
    }
    companies = tag("Контрагенты", party() if parties is None else parties)
    return tag(
        "Документ",
        fields({name: text for name, text in said.items() if text}),
        companies if parties != "" else "",
        *more,
    )


def order(*more: str, **values: str) -> str:
    """An order, number 142 at the site."""
    return document("Заказ товара", *more, **{"Ид": "142", "Номер": "142", **values})


def requisites(**values: str) -> str:
    """`ЗначенияРеквизитов`; underscores in names are spaces."""
    return tag(
        "ЗначенияРеквизитов",
        *(
            tag(
                "ЗначениеРеквизита",
                fields({"Наименование": name.replace("_", " "), "Значение": text}),
            )
            for name, text in values.items()
        ),
    )


def file_of(
    *elements: str,
    version: str = "2.09",
    namespace: str = "urn:1C.ru:commerceml_2",
    encoding: str = "UTF-8",
) -> bytes:
    """A whole file in the encoding that it declares."""
    attributes = f' xmlns="{namespace}"' if namespace else ""
    attributes += f' ВерсияСхемы="{version}"' if version else ""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n'
        f"<КоммерческаяИнформация{attributes}>{''.join(elements)}</КоммерческаяИнформация>"
    )
    return text.encode(encoding)


def said_in(content: bytes, context: ReadingContext = CONTEXT) -> list[Said]:
    """What a file says."""
    return list(read(io.BytesIO(content), context))
