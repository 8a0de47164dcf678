"""Documents that belong together: an order with its subordinate documents, or a container."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from saleor_b2b_docs.onec.channels.commerceml.first_version import Elsewhere
from saleor_b2b_docs.onec.channels.commerceml.headings import Heading, heading_of, rough_key
from saleor_b2b_docs.onec.channels.commerceml.nodes import Node
from saleor_b2b_docs.onec.channels.commerceml.operations import (
    ORDER,
    Operation,
    is_purchase,
    operation_of,
)
from saleor_b2b_docs.onec.channels.commerceml.papers import order_facts, paper_fact
from saleor_b2b_docs.onec.channels.commerceml.parties import Card, parties_of
from saleor_b2b_docs.onec.channels.commerceml.requisites import Requisites
from saleor_b2b_docs.onec.channels.commerceml.values import BadValue
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.facts import Container, Fact, OrderRef, PartyRef, Said, Unreadable

_SUBORDINATE = ("ПодчиненныеДокументы", "ПодчиненныйДокумент")


def document(node: Node, elsewhere: Elsewhere, context: ReadingContext) -> Iterator[Said]:
    """A document with what is subordinate to it.

    It is a container only where it says what is subordinate to it, be it nothing: a short document
    that just tells a status takes nothing back.
    """
    family = _Family(elsewhere, context)
    family.add(node, parent=None)
    yield from family.said(is_whole=node.has(_SUBORDINATE[0]))


def container(node: Node, elsewhere: Elsewhere, context: ReadingContext) -> Iterator[Said]:
    """A `Контейнер` of CommerceML 3.1: an order with everything that came of it."""
    family = _Family(elsewhere, context)
    for child in node.all("Документ"):
        family.add(child, parent=None)
    yield from family.said(is_whole=True)


@dataclass(frozen=True, slots=True)
class _Member:
    heading: Heading
    parent: Heading | None


@dataclass(slots=True)
class _Family:
    """Documents that may point at each other."""

    elsewhere: Elsewhere
    context: ReadingContext
    members: list[_Member] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)

    def add(self, node: Node, *, parent: Heading | None) -> None:
        """A document and its subordinates. One that can't be read costs only itself."""
        heading = None
        operation = _operation(node)
        if operation is None:
            words = node.line("ХозОперация")[:80]
            self._refuse(
                "document",
                node,
                BadValue("UNKNOWN_OPERATION", f"Неизвестная хозяйственная операция «{words}»"),
            )
        else:
            try:
                heading = self._heading(node, operation, parent)
            except BadValue as error:
                self._refuse(operation.kind, node, error)
            else:
                self.members.append(_Member(heading, parent))
        for subordinate in node.all(*_SUBORDINATE):
            self.add(subordinate, parent=heading or parent)

    def said(self, *, is_whole: bool) -> Iterator[Said]:
        """Companies first, then the documents: as one container if they are all that there is of
        one order, and all could be read, for what is missing from it is taken for gone."""
        yield from dict.fromkeys(card.fact() for card in self.cards if card.is_described)
        orders = [member.heading for member in self.members if member.heading.operation is ORDER]
        self._inherit_parties(orders)
        facts = list(self._facts(orders))
        if is_whole and len(orders) == 1 and not self.unreadable:
            yield Container(key=orders[0].key, facts=tuple(facts))
        else:
            yield from facts
        yield from self.unreadable

    def _heading(self, node: Node, operation: Operation, parent: Heading | None) -> Heading:
        if is_purchase(operation, node.text("Роль")):
            raise BadValue(
                "NOT_A_SALE",
                f"Роль предприятия в документе — «{node.line('Роль')[:40]}»: это не продажа",
            )
        parties = parties_of(node, self.elsewhere, self.context)
        self.cards.extend(parties.cards)
        ref = parties.ref
        if parent is not None:
            ref = _filled(ref, parent.party)
        return heading_of(node, operation, party=ref, context=self.context)

    def _inherit_parties(self, orders: list[Heading]) -> None:
        """What names no company is of the order's."""
        if len(orders) != 1:
            return
        self.members = [
            dataclasses.replace(
                member,
                heading=dataclasses.replace(
                    member.heading, party=_filled(member.heading.party, orders[0].party)
                ),
            )
            for member in self.members
        ]

    def _facts(self, orders: list[Heading]) -> Iterator[Fact]:
        siblings = _by_name(member.heading for member in self.members)
        for member in self.members:
            heading = member.heading
            try:
                if heading.operation is ORDER:
                    for said in order_facts(heading, self.context):
                        if isinstance(said, Unreadable):
                            self.unreadable.append(said)
                        else:
                            yield said
                else:
                    yield paper_fact(
                        heading,
                        siblings=siblings,
                        order=_order_of(member, orders),
                        names=self.elsewhere.names,
                        context=self.context,
                    )
            except BadValue as error:
                self._refuse(heading.operation.kind, heading.node, error, key=heading.key)

    def _refuse(self, kind: str, node: Node, error: BadValue, *, key: str = "") -> None:
        self.unreadable.append(
            Unreadable(kind=kind, key=key or rough_key(node), code=error.code, reason=str(error))
        )


def _operation(node: Node) -> Operation | None:
    words = node.text("ХозОперация")
    if not words and Requisites(node).are_of_an_order:
        return ORDER
    return operation_of(words)


def _order_of(member: _Member, orders: list[Heading]) -> OrderRef | None:
    if member.parent is not None and member.parent.operation is ORDER:
        return member.parent.order
    return orders[0].order if len(orders) == 1 else None


def _by_name(headings: Iterable[Heading]) -> Mapping[str, Heading]:
    """Documents by what an `Основание` may call them: ids, and numbers of orders."""
    found: dict[str, Heading] = {}
    for heading in headings:
        for name in (heading.id, heading.id.lower()):
            if name:
                found[name] = heading
        if heading.operation is ORDER:
            for name in (heading.site_number, heading.number):
                if name:
                    found.setdefault(name, heading)
    return found


def _filled(ref: PartyRef, other: PartyRef) -> PartyRef:
    """The reference, with what it leaves open from another one of the same family."""
    if ref.counterparty_key:
        return dataclasses.replace(ref, supplier_key=ref.supplier_key or other.supplier_key)
    return dataclasses.replace(other, supplier_key=ref.supplier_key or other.supplier_key)
