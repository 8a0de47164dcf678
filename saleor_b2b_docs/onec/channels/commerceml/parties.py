"""`Контрагент`: a company, alone or in a document, and what it is there."""

from __future__ import annotations

from dataclasses import dataclass

from saleor_b2b_docs.onec.channels.commerceml.first_version import Elsewhere
from saleor_b2b_docs.onec.channels.commerceml.nodes import Node
from saleor_b2b_docs.onec.channels.commerceml.values import BadValue, read_flag
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.facts import CounterpartyFact, DeletionFact, Fact, PartyRef, SupplierFact

MAX_KEY = 150

_SELLERS = frozenset({"продавец", "saler", "seller", "комитент", "лицензиар"})
_BUYERS = ("покупатель", "buyer", "плательщик", "payer", "получатель", "")
"""Whose the debt is, the most likely first."""
_EMAILS = frozenset({"электронная почта", "e-mail", "email", "почта", "адрес электронной почты"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A company as one element describes it."""

    key: str
    role: str = ""
    """In lower case."""
    name: str = ""
    tax_id: str = ""
    vat_id: str = ""
    address: str = ""
    email: str = ""
    version: str = ""
    is_deleted: bool = False
    is_described: bool = True
    """False: it is only pointed at, and described nowhere in the file."""

    @property
    def is_seller(self) -> bool:
        return self.role in _SELLERS

    def fact(self) -> Fact:
        """What it says of a seller or a buyer. One without a name is called by its id."""
        if self.is_seller:
            return SupplierFact(
                key=self.key, version=self.version, name=self.name, tax_id=self.tax_id
            )
        if self.is_deleted:
            return DeletionFact(key=self.key, version=self.version, of_kind="counterparty")
        return CounterpartyFact(
            key=self.key,
            version=self.version,
            name=self.name or self.key,
            tax_id=self.tax_id,
            vat_id=self.vat_id,
            address=self.address,
            email=self.email,
        )


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose a document is."""

    ref: PartyRef
    cards: tuple[Card, ...]


def card_of(node: Node, context: ReadingContext) -> Card:
    """A `Контрагент`. Raises BadValue NO_KEY for one without an id and a tax id."""
    tax_id, vat_id = _tax_ids(node, context)
    name = node.line(
        "ОфициальноеНаименование", "ПолноеНаименование", "Наименование", "ОтображаемоеНаименование"
    ) or " ".join(filter(None, (node.line(part) for part in ("Фамилия", "Имя", "Отчество"))))
    key = node.line("Ид", "Идентификатор") or (f"counterparty:{tax_id}" if tax_id else "")
    if not key:
        raise BadValue("NO_KEY", f"У контрагента «{name[:80]}» нет ни Ид, ни ИНН")
    if len(key) > MAX_KEY:
        raise BadValue("INVALID_KEY", f"Ид контрагента длиннее {MAX_KEY} знаков: «{key[:40]}…»")
    return Card(
        key=key,
        role=node.text("Роль").casefold(),
        name=name,
        tax_id=tax_id,
        vat_id=vat_id,
        address=_address(node),
        email=_email(node),
        version=node.text("НомерВерсии")[:100],
        is_deleted=read_flag(node.text("ПометкаУдаления")) is True,
    )


def parties_of(node: Node, elsewhere: Elsewhere, context: ReadingContext) -> Parties:
    """The companies of a document. Raises BadValue."""
    cards = (
        *(card_of(party, context) for party in node.all("Контрагенты", "Контрагент")),
        *(_pointed_at(party, elsewhere) for party in node.all("ПредприятиеВДокументе")),
    )
    buyer = _first_buyer(cards)
    seller = next((card for card in cards if card.is_seller), None)
    contract = node.first("Договор")
    return Parties(
        ref=PartyRef(
            supplier_key=seller.key if seller else "",
            counterparty_key=buyer.key if buyer else "",
            counterparty_name=buyer.name if buyer else "",
            counterparty_tax_id=buyer.tax_id if buyer else "",
            contract_key=contract.line("Ид")[:MAX_KEY] if contract else "",
        ),
        cards=cards,
    )


def _pointed_at(node: Node, elsewhere: Elsewhere) -> Card:
    """A company of CommerceML 1, where a document only names its id."""
    key, role = node.line("Контрагент"), node.text("Роль").casefold()
    if not key or len(key) > MAX_KEY:
        raise BadValue("NO_KEY", "В документе есть предприятие без идентификатора контрагента")
    return elsewhere.card(key, role) or Card(key=key, role=role, is_described=False)


def _first_buyer(cards: tuple[Card, ...]) -> Card | None:
    for role in _BUYERS:
        for card in cards:
            if card.role == role:
                return card
    return next((card for card in cards if not card.is_seller), None)


def _tax_ids(node: Node, context: ReadingContext) -> tuple[str, str]:
    """Tax id and VAT id. A Ukrainian company is known by its ЄДРПОУ, and its ИНН is for VAT."""
    inn = node.line("ИНН")
    register = node.line("ЕДРПОУ", "КодПоЕДРПОУ", "ЄДРПОУ")
    if not register and context.profile == "UA":
        register = node.line("КодПоОКПО", "ОКПО")
    return (register, inn) if register else (inn, "")


def _address(node: Node) -> str:
    for name in ("АдресРегистрации", "ЮридическийАдрес", "Адрес", "ФактическийАдрес"):
        address = node.first(name)
        text = address.line("Представление") or address.value if address else node.line(name)
        if text:
            return " ".join(text.split())
    return ""


def _email(node: Node) -> str:
    for contact in node.all("Контакты", "Контакт"):
        if contact.text("Тип", "КонтактВид").casefold() in _EMAILS:
            email = contact.line("Значение")
            if "@" in email:
                return email
    return ""
