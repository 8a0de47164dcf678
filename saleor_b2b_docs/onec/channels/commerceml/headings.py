"""The heading of a `Документ`: what it is called, and of whom and of what it is."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from saleor_b2b_docs.onec.channels.commerceml.nodes import Node
from saleor_b2b_docs.onec.channels.commerceml.operations import ORDER, Operation
from saleor_b2b_docs.onec.channels.commerceml.parties import MAX_KEY
from saleor_b2b_docs.onec.channels.commerceml.requisites import Requisites
from saleor_b2b_docs.onec.channels.commerceml.values import (
    BadValue,
    read_date,
    read_decimal,
    read_flag,
)
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.facts import OrderRef, PartyRef, keyless

_GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_NO_GUID = "00000000-0000-0000-0000-000000000000"
_SITE_NUMBER = re.compile(r"\[\s*Номер документа на сайте:\s*([^\]]{1,60}?)\s*\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What a document says of itself, read once."""

    node: Node
    operation: Operation
    requisites: Requisites
    id: str
    key: str
    number: str
    """What the base calls it."""
    site_number: str
    """What the site calls it, where it is an order."""
    dated_on: dt.date | None
    party: PartyRef
    bases: tuple[tuple[str, Decimal | None], ...]
    """`Основание`: ids or numbers of what it is based on, each with how much of it."""

    @property
    def order(self) -> OrderRef:
        """The order that this document is."""
        return OrderRef(id=self.id, number=self.site_number)

    @property
    def version(self) -> str:
        return self.node.text("НомерВерсии")[:100]

    @property
    def is_deleted(self) -> bool:
        return read_flag(self.node.text("ПометкаУдаления")) is True


def heading_of(
    node: Node, operation: Operation, *, party: PartyRef, context: ReadingContext
) -> Heading:
    """The heading. Raises BadValue for a document without anything to know it by again."""
    own_number, number = node.line("Номер1С"), node.line("Номер")
    in_comment = _SITE_NUMBER.search(node.text("Комментарий"))
    site_number = in_comment[1] if in_comment else number
    if not own_number and (operation is not ORDER or number != site_number):
        own_number = number
    dated_on = read_date(node.text("Дата1С")) or read_date(node.text("Дата"))
    own_id = node.line("Ид")
    if own_id == _NO_GUID:
        own_id = ""
    return Heading(
        node=node,
        operation=operation,
        requisites=Requisites(node),
        id=own_id,
        key=_key(
            own_id,
            operation,
            number=own_number or site_number,
            dated_on=dated_on,
            supplier=party.supplier_key or context.own_supplier_key,
        ),
        number=own_number,
        site_number=site_number,
        dated_on=dated_on,
        party=party,
        bases=tuple(_bases(node)),
    )


def rough_key(node: Node) -> str:
    """To call a document by whose heading can't be read."""
    return (node.line("Ид") or node.line("Номер1С", "Номер"))[:MAX_KEY]


def is_guid(text: str) -> bool:
    """Whether this can be nothing but a GUID."""
    return _GUID.fullmatch(text) is not None


def checked_key(key: str) -> str:
    """The key. Raises BadValue INVALID_KEY for one that is too long."""
    if len(key) > MAX_KEY:
        raise BadValue("INVALID_KEY", f"Ид или номер длиннее {MAX_KEY} знаков: «{key[:40]}…»")
    return key


def _key(
    own_id: str, operation: Operation, *, number: str, dated_on: dt.date | None, supplier: str
) -> str:
    """An order's id is whatever the site gave it. Of anything else only a GUID is trusted: by the
    schema another id need be unique in its file only."""
    if own_id and (operation is ORDER or is_guid(own_id)):
        return checked_key(own_id)
    if number and dated_on:
        return checked_key(keyless(operation.kind, supplier=supplier, number=number, on=dated_on))
    if own_id:
        return checked_key(f"{operation.kind}:{own_id}")
    raise BadValue("NO_KEY", "У документа нет ни Ид, ни номера с датой")


def _bases(node: Node) -> Iterator[tuple[str, Decimal | None]]:
    for base in (*node.all("Основание"), *node.all("Основания", "Основание")):
        text = " ".join(base.value.split()) or base.line("Ид", "Номер")
        if text and text != _NO_GUID:
            yield text, read_decimal(base.text("Сумма"))
    attribute = node.line("Основание")
    if attribute and not node.has("Основание"):
        yield attribute, None
