"""Loading an accounts file: through the rooms' own services, all of it or, on an error, none."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from saleor_b2b_docs.cli.accounts.entries import (
    SOURCE,
    AccountsFileError,
    minor,
    new_payments,
    postings,
    received_paper,
    terms_of_text,
    void_references,
)
from saleor_b2b_docs.cli.accounts.file import (
    AccountsFile,
    ContractEntry,
    CounterpartyEntry,
    MemberEntry,
    StatedBalanceEntry,
)
from saleor_b2b_docs.cli.accounts.queries import newest_stated_balance
from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.received.context import InvalidReceived, check_pdf
from saleor_b2b_docs.documents.received.services import attach_pdf, receive
from saleor_b2b_docs.parties.accounts.facts import (
    ContractFacts,
    CounterpartyFacts,
    GroupFacts,
    ManagerFacts,
    Origin,
    Outcome,
)
from saleor_b2b_docs.parties.accounts.services import (
    keep_contract,
    keep_counterparty,
    keep_group,
    keep_manager,
)
from saleor_b2b_docs.parties.errors import PartiesError
from saleor_b2b_docs.parties.members.person import Person, Source
from saleor_b2b_docs.parties.members.services import become_member, schedule_identification
from saleor_b2b_docs.parties.models import Contract, Counterparty, Group, Manager, Supplier
from saleor_b2b_docs.parties.queries import suppliers
from saleor_b2b_docs.parties.references import user_key
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.settlements.payments.services import record, record_provisional
from saleor_b2b_docs.settlements.postings import InvalidPosting, PostingSummary
from saleor_b2b_docs.settlements.services import post, state_balance, unpost


@dataclass(slots=True)
class Loaded:
    """What a file did."""

    parties: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    """By what it is, "counterparties" for example, and what became of it."""
    documents: int = 0
    """All of them, changed or not."""
    files: int = 0
    entries: PostingSummary = field(default_factory=PostingSummary)
    payments: PostingSummary = field(default_factory=PostingSummary)
    announced: int = 0
    """New payments that are not in the books yet."""
    unposted: int = 0
    stated: int = 0
    members: int = 0
    """New ones."""


@dataclass(slots=True)
class _Books:
    """What the file's keys became."""

    suppliers: Mapping[str, Supplier]
    groups: dict[str, Group] = field(default_factory=dict)
    managers: dict[str, Manager] = field(default_factory=dict)
    counterparties: dict[str, Counterparty] = field(default_factory=dict)
    contracts: list[tuple[ContractEntry, Contract]] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)


def load(
    installation: Installation,
    file: AccountsFile,
    *,
    folder: Path,
    people: Mapping[str, Person],
    is_dry: bool,
    now: dt.datetime,
) -> Loaded:
    """Have the installation's accounts say what the file says. The same file changes nothing.

    `folder` is where the PDFs are, `people` are the customers that members name by e-mail. With
    `is_dry` everything is tried and nothing kept. What the file doesn't name stays as it is.
    Raises AccountsFileError, and has changed nothing then.
    """
    pdfs = _read_pdfs(file, folder)
    loaded = Loaded()
    books = _Books({supplier.code: supplier for supplier in suppliers(installation)})
    with transaction.atomic():
        _keep_parties(installation, file, books, loaded, now=now)
        _receive_papers(installation, books, loaded, now=now)
        _post(installation, books, loaded, now=now)
        for entry, contract in books.contracts:
            if entry.stated_balance:
                with _told(f"contract {entry.key}"):
                    loaded.stated += _state(contract, entry.stated_balance, now=now)
        for member in file.members:
            loaded.members += _join(installation, member, books, people, now=now)
        if is_dry:
            transaction.set_rollback(True)
        else:
            # Last, since a file that is written stays there when the database takes all back.
            for key, pdf in pdfs.items():
                attach_pdf(books.documents[key], pdf, now=now)
    loaded.files = len(pdfs)
    return loaded


def _read_pdfs(file: AccountsFile, folder: Path) -> dict[str, bytes]:
    pdfs = {}
    for contract in file.contracts:
        for paper in contract.documents:
            if not paper.pdf:
                continue
            with _told(f"document {paper.key}: {paper.pdf}"):
                path = (folder / paper.pdf).resolve()
                if not path.is_relative_to(folder.resolve()):
                    raise AccountsFileError("is not beside the file")
                pdfs[paper.key] = path.read_bytes()
                check_pdf(pdfs[paper.key])
    return pdfs


def _keep_parties(
    installation: Installation,
    file: AccountsFile,
    books: _Books,
    loaded: Loaded,
    *,
    now: dt.datetime,
) -> None:
    for manager in file.managers:
        facts = ManagerFacts(
            name=manager.name,
            phone=manager.phone,
            email=manager.email,
            messengers=tuple(manager.messengers.items()),
        )
        books.managers[manager.key], outcome = keep_manager(installation, facts)
        loaded.parties["managers", outcome] += 1
    for group in file.groups:
        with _told(f"group {group.key}"):
            limit = group.credit_limit and minor(
                group.credit_limit, group.currency or "", where="credit_limit"
            )
            books.groups[group.key], outcome = keep_group(
                installation,
                GroupFacts(
                    name=group.name, credit_limit=limit or None, currency=group.currency or ""
                ),
            )
        loaded.parties["groups", outcome] += 1
    for entry in file.counterparties:
        with _told(f"counterparty {entry.key}"):
            counterparty, outcome = _keep_counterparty(installation, entry, books, now=now)
        books.counterparties[entry.key] = counterparty
        loaded.parties["counterparties", outcome] += 1
        for contract in entry.contracts:
            with _told(f"contract {contract.key}"):
                kept, outcome = _keep_contract(contract, counterparty, books, now=now)
            books.contracts.append((contract, kept))
            loaded.parties["contracts", outcome] += 1


def _keep_counterparty(
    installation: Installation, entry: CounterpartyEntry, books: _Books, *, now: dt.datetime
) -> tuple[Counterparty, Outcome]:
    facts = CounterpartyFacts(
        name=entry.name,
        tax_id=entry.tax_id,
        vat_id=entry.vat_id,
        address=entry.address,
        email=entry.email,
        group=books.groups[entry.group] if entry.group else None,
        manager=books.managers[entry.manager] if entry.manager else None,
        terms=terms_of_text(entry.terms, where="terms"),
    )
    origin = Origin(source=SOURCE, external_id=entry.key)
    return keep_counterparty(installation, facts, origin=origin, now=now)


def _keep_contract(
    entry: ContractEntry, counterparty: Counterparty, books: _Books, *, now: dt.datetime
) -> tuple[Contract, Outcome]:
    supplier = books.suppliers.get(entry.supplier)
    if supplier is None:
        known = ", ".join(sorted(books.suppliers)) or "none"
        raise AccountsFileError(f"no supplier {entry.supplier!r}; there are: {known}")
    limit = None
    if entry.credit_limit is not None:
        limit = minor(entry.credit_limit, entry.currency, where="credit_limit")
    facts = ContractFacts(
        number=entry.number,
        name=entry.name,
        signed_on=entry.signed_on,
        is_main=entry.is_main,
        is_closed=entry.is_closed,
        coverage=entry.coverage,
        books_from=entry.books_from,
        terms=terms_of_text(entry.terms, where="terms"),
        credit_limit=limit,
        manager=books.managers[entry.manager] if entry.manager else None,
    )
    origin = Origin(source=SOURCE, external_id=entry.key)
    return keep_contract(supplier, counterparty, entry.currency, facts, origin=origin, now=now)


def _receive_papers(
    installation: Installation, books: _Books, loaded: Loaded, *, now: dt.datetime
) -> None:
    for entry, contract in books.contracts:
        for paper in entry.documents:
            with _told(f"document {paper.key}"):
                received = received_paper(paper, contract)
                books.documents[paper.key] = receive(installation, received, now=now)
            loaded.documents += 1


def _post(installation: Installation, books: _Books, loaded: Loaded, *, now: dt.datetime) -> None:
    """All contracts at once: each of them is settled once, however many entries are new."""
    with _told("the books"):
        void = [name for entry, _ in books.contracts for name in void_references(entry)]
        loaded.unposted = unpost(installation, void, now=now)
        loaded.entries = post(
            installation,
            [
                posting
                for entry, contract in books.contracts
                for posting in postings(entry, contract, books.documents)
            ],
            now=now,
        )
        announced, received = (
            [
                payment
                for entry, contract in books.contracts
                for payment in new_payments(entry, contract, are_provisional=are_provisional)
            ]
            for are_provisional in (True, False)
        )
        loaded.announced = record_provisional(installation, announced, now=now)
        loaded.payments = record(installation, received, now=now)


def _state(contract: Contract, entry: StatedBalanceEntry, *, now: dt.datetime) -> bool:
    """Whether the accounting system says something that it had not said."""
    debt = minor(entry.debt, contract.currency, where="stated_balance")
    overdue = None
    if entry.overdue is not None:
        overdue = minor(entry.overdue, contract.currency, where="stated_balance")
    newest = newest_stated_balance(contract)
    if newest and (newest.as_of, newest.debt, newest.overdue) == (entry.as_of, debt, overdue):
        return False
    state_balance(contract, as_of=entry.as_of, debt=debt, overdue=overdue, now=now)
    return True


def _join(
    installation: Installation,
    entry: MemberEntry,
    books: _Books,
    people: Mapping[str, Person],
    *,
    now: dt.datetime,
) -> bool:
    """Whether the customer was nobody's member before."""
    if entry.user_id:
        if user_key(entry.user_id) is None:
            raise AccountsFileError(f"member: {entry.user_id} is not the id of a Saleor user")
        person = Person(entry.user_id, entry.email.lower(), entry.name)
    elif entry.email.lower() in people:
        person = people[entry.email.lower()]
    else:
        raise AccountsFileError(f"member: Saleor has no customer {entry.email}")
    _, is_new = become_member(
        books.counterparties[entry.counterparty],
        person,
        role=entry.role,
        source=Source.IMPORT,
        now=now,
    )
    if is_new and not person.name:
        schedule_identification(installation.pk, user_id=person.user_id, now=now)
    return is_new


@contextmanager
def _told(where: str) -> Iterator[None]:
    """What a room refuses, with the place in the file."""
    try:
        yield
    except (
        AccountsFileError,
        InvalidPosting,
        InvalidReceived,
        OSError,
        PartiesError,
    ) as error:
        raise AccountsFileError(f"{where}: {error}") from error
