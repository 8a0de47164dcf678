"""Writes of what a base says of suppliers, holdings, companies and contracts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from saleor_b2b_docs.onec.facts import (
    ContractFact,
    CounterpartyFact,
    GroupFact,
    ManagerFact,
    SupplierFact,
)
from saleor_b2b_docs.onec.intake.money import check_currency, minor
from saleor_b2b_docs.onec.intake.refusals import Refused
from saleor_b2b_docs.onec.intake.resolving.queries import called, contracts_by_own_id, currencies_of
from saleor_b2b_docs.onec.intake.resolving.services import Resolver, contract_name
from saleor_b2b_docs.onec.models import Base
from saleor_b2b_docs.parties.accounts.facts import (
    ContractFacts,
    CounterpartyFacts,
    GroupFacts,
    ManagerFacts,
    Origin,
    Outcome,
)
from saleor_b2b_docs.parties.accounts.services import (
    call_counterparty,
    call_group,
    keep_called_group,
    keep_contract,
    keep_counterparty,
    keep_manager,
    namesake,
)
from saleor_b2b_docs.parties.matching.queries import (
    counterparties_with_name,
    counterparties_with_tax_id,
)
from saleor_b2b_docs.parties.matching.reasons import Reason
from saleor_b2b_docs.parties.matching.services import suggest_duplicate
from saleor_b2b_docs.parties.merging.services import join_counterparties, move_contract
from saleor_b2b_docs.parties.models import (
    Alias,
    Contract,
    Counterparty,
    Coverage,
    Manager,
    Supplier,
)
from saleor_b2b_docs.parties.queries import main_contract
from saleor_b2b_docs.parties.terms import Terms
from saleor_b2b_docs.settlements.moving.services import begin_books, move_money
from saleor_b2b_docs.settlements.services import apply_terms_to_open

_LIMITS = {"name": 500, "tax_id": 60, "vat_id": 60}
_CONTRACT_LIMITS = {"number": 100, "name": 300}
_MANAGER_LIMITS = {"name": 200, "phone": 50, "email": 254}
_MAX_ADDRESS = 500
_MAX_EMAIL = 254


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a base tells of its parties in this delivery."""

    base: Base
    resolver: Resolver
    coverage: Coverage
    """Of a contract that it tells of for the first time without saying how much it tells of it."""
    says_all: bool
    """Whether what it leaves out (terms, limit, manager, holding) is none; else the channel has no
    word for it, and what is there stays."""
    now: dt.datetime


def tell_supplier(telling: Telling, fact: SupplierFact) -> None:
    """The base's name of a supplier, by its tax id. Raises Refused UNKNOWN_SUPPLIER."""
    base = telling.base
    if called(base, Alias.Kind.SUPPLIER, [fact.key]):
        return
    found = (
        list(Supplier.objects.filter(installation=base.installation_id, tax_id=fact.tax_id)[:2])
        if fact.tax_id
        else []
    )
    if len(found) != 1:
        raise Refused(
            "UNKNOWN_SUPPLIER", f"no supplier has the tax id {fact.tax_id!r}: staff must say who"
        )
    Alias.objects.create(
        installation=base.installation,
        source=base.code,
        kind=Alias.Kind.SUPPLIER,
        external_id=fact.key,
        target=str(found[0].pk),
    )


def tell_group(telling: Telling, fact: GroupFact) -> None:
    """A holding. Raises Refused, InvalidInput."""
    limit = None if fact.credit_limit is None else minor(fact.credit_limit, fact.currency)
    if fact.currency:
        check_currency(fact.currency)
    facts = GroupFacts(name=fact.name.strip(), credit_limit=limit, currency=fact.currency)
    keep_called_group(telling.base.installation, facts, origin=_origin(telling.base, fact.key))


def tell_counterparty(telling: Telling, fact: CounterpartyFact, *, is_first: bool) -> UUID:
    """A company; its id. `is_first`: nothing but its key, and perhaps its money, was known.

    Where its tax id turns out to be that of a company that is known, and that the base has no other
    name for, the two are one. Raises Refused, PartiesError, InvalidPosting.
    """
    _check_lengths(fact, _LIMITS)
    base, now = telling.base, telling.now
    origin = _origin(base, fact.key)
    known, outcome = call_counterparty(
        base.installation,
        origin=origin,
        name=fact.name.strip() or fact.key,
        tax_id=fact.tax_id,
        now=now,
    )
    if is_first and outcome is Outcome.UNCHANGED and fact.tax_id and not known.tax_id:
        known = _joined(telling, known, fact.tax_id)
    terms = fact.terms if fact.terms or telling.says_all else _terms(known)
    group = known.group if not telling.says_all else None
    if fact.group_key:
        group = call_group(base.installation, fact.group_key, origin=_origin(base, fact.group_key))
    facts = CounterpartyFacts(
        name=fact.name.strip() or known.name,
        tax_id=fact.tax_id or known.tax_id,
        vat_id=fact.vat_id or known.vat_id,
        address=fact.address[:_MAX_ADDRESS] or known.address,
        email=(fact.email if len(fact.email) <= _MAX_EMAIL else "") or known.email,
        group=group,
        manager=_manager(telling, fact.manager, known.manager),
        terms=terms,
    )
    are_terms_new = is_first and _terms(known) != terms
    counterparty, _ = keep_counterparty(base.installation, facts, origin=origin, now=now)
    if are_terms_new:
        for contract in Contract.objects.filter(
            counterparty=counterparty, terms__isnull=True
        ).select_related("supplier", "counterparty"):
            apply_terms_to_open(contract, also_settled=True, now=now)
    if is_first:
        _ask_about_doubles(counterparty, now=now)
    return counterparty.pk


def tell_contract(telling: Telling, fact: ContractFact, *, is_first: bool) -> Contract:
    """A contract, made or, where its money came before it, put right.

    `is_first`: it was not told of before. What was posted to it meanwhile is dated by its terms;
    what is older than its books leaves them. It may be another counterparty's than its money said,
    or than it was: it moves there with its money. Raises Refused, PartiesError, InvalidPosting.
    """
    _check_lengths(fact, _CONTRACT_LIMITS)
    check_currency(fact.currency)
    base, now = telling.base, telling.now
    supplier = telling.resolver.supplier(fact.party.supplier_key)
    if not telling.resolver.is_believed(supplier, "contract"):
        raise Refused("NOT_AUTHORITATIVE", "another base tells of this supplier's contracts")
    limit = None if fact.credit_limit is None else minor(fact.credit_limit, fact.currency)
    name = contract_name(fact.key, fact.currency)
    # Any that money made in other currencies belong to the same company.
    names = {fact.key, *(contract_name(fact.key, each) for each in currencies_of(base)), name}
    ids = called(base, Alias.Kind.CONTRACT, names)
    ids |= {key: str(own.pk) for key, own in contracts_by_own_id(base, [fact.key]).items()}
    rows = {
        str(row.pk): row
        for row in Contract.objects.filter(pk__in=set(ids.values())).select_related(
            "supplier__installation", "counterparty"
        )
    }
    found = rows.get(ids.get(name, ""))
    if found is None and (bare := rows.get(ids.get(fact.key, ""))) is not None:
        found = bare if bare.currency == fact.currency else None
    if any(row.supplier_id != supplier.pk for row in rows.values()):
        raise Refused("CONTRACT_OF_STRANGERS", "the contract was another supplier's before")
    counterparty = _counterparty_of(telling, fact, next(iter(rows.values()), None))
    for row in rows.values():
        if row.counterparty_id != counterparty.pk:
            move_contract(row, counterparty, by=base.code, now=now)
            apply_terms_to_open(row, also_settled=True, now=now)
    spot = main_contract(supplier, counterparty, fact.currency) if fact.is_main else None
    if found is not None and name not in ids:
        _name_contract(base, name, found)
    contract = _keep_contract(
        telling, fact, supplier, counterparty, found, limit=limit, is_first=is_first
    )
    _name_contract(base, fact.key, contract)
    if spot is not None and spot.pk != contract.pk and _is_made_on_the_spot(spot):
        move_money(spot, contract, now=now)
    if is_first:
        apply_terms_to_open(contract, also_settled=True, now=now)
    telling.resolver.believe(supplier, "contract")
    return contract


def _keep_contract(
    telling: Telling,
    fact: ContractFact,
    supplier: Supplier,
    counterparty: Counterparty,
    found: Contract | None,
    *,
    limit: int | None,
    is_first: bool,
) -> Contract:
    """`found` is what there was, if anything."""
    stays = found if not telling.says_all else None
    books_from = fact.books_from or (found.books_from if found else None)
    former_books = found.books_from if found else None
    coverage = fact.coverage or (
        telling.coverage if is_first or found is None else Coverage(found.coverage)
    )
    facts = ContractFacts(
        number=fact.number,
        name=fact.name,
        signed_on=fact.signed_on,
        is_main=fact.is_main,
        is_closed=fact.is_closed,
        coverage=coverage,
        books_from=books_from,
        terms=fact.terms or (_terms(stays) if stays else None),
        credit_limit=limit if limit is not None or stays is None else stays.credit_limit,
        manager=_manager(telling, fact.manager, found.manager if found else None),
    )
    contract, _ = keep_contract(
        supplier,
        counterparty,
        fact.currency,
        facts,
        origin=_origin(telling.base, contract_name(fact.key, fact.currency)),
        now=telling.now,
    )
    if books_from is not None and (former_books is None or former_books < books_from):
        begin_books(contract, books_from, now=telling.now)
    return contract


def _joined(telling: Telling, known: Counterparty, tax_id: str) -> Counterparty:
    """Whom the company turns out to be by its tax id, with its money; else itself."""
    base, now = telling.base, telling.now
    other = namesake(base.installation, tax_id, source=base.code)
    if other is None or other.pk == known.pk:
        return known
    mains = list(
        Contract.objects.filter(counterparty=known, is_main=True).select_related("supplier")
    )
    joined = join_counterparties(
        base.installation_id, known.pk, into=other.pk, by=base.code, now=now
    )
    for main in mains:
        target = main_contract(main.supplier, joined, main.currency)
        source = Contract.objects.select_related("supplier", "counterparty").get(pk=main.pk)
        if target is not None and target.pk != source.pk and _is_made_on_the_spot(source):
            move_money(source, target, now=now)
    return joined


def _counterparty_of(telling: Telling, fact: ContractFact, known: Contract | None) -> Counterparty:
    party = fact.party
    if not party.counterparty_key:
        if known is None:
            raise Refused("UNKNOWN_COUNTERPARTY", "a contract needs its counterparty")
        return known.counterparty
    counterparty, _ = call_counterparty(
        telling.base.installation,
        origin=_origin(telling.base, party.counterparty_key),
        name=(party.counterparty_name.strip() or party.counterparty_key)[: _LIMITS["name"]],
        tax_id=party.counterparty_tax_id[: _LIMITS["tax_id"]],
        now=telling.now,
    )
    return counterparty


def _ask_about_doubles(counterparty: Counterparty, *, now: dt.datetime) -> None:
    """Ask staff about others that may be the same; nobody is matched by a name."""
    installation = counterparty.installation
    for other in counterparties_with_tax_id(
        installation, (counterparty.tax_id, counterparty.vat_id)
    ):
        if other.pk != counterparty.pk:
            suggest_duplicate(other, counterparty, reason=Reason.TAX_ID, now=now)
    for other in counterparties_with_name(installation, counterparty.name):
        if other.pk != counterparty.pk:
            suggest_duplicate(other, counterparty, reason=Reason.COMPANY_NAME, now=now)


def _manager(telling: Telling, fact: ManagerFact | None, present: Manager | None) -> Manager | None:
    if fact is None:
        return None if telling.says_all else present
    _check_lengths(fact, _MANAGER_LIMITS)
    if not fact.name.strip():
        raise Refused("INVALID_TEXT", "a manager is known by the name")
    facts = ManagerFacts(
        name=fact.name, phone=fact.phone, email=fact.email, messengers=fact.messengers
    )
    manager, _ = keep_manager(telling.base.installation, facts)
    return manager


def _terms(of: Counterparty | Contract) -> Terms | None:
    return None if of.terms is None else Terms.from_json(of.terms)


def _is_made_on_the_spot(contract: Contract) -> bool:
    return (
        not contract.number
        and not Alias.objects.filter(
            installation_id=contract.supplier.installation_id,
            kind=Alias.Kind.CONTRACT,
            target=str(contract.pk),
        ).exists()
    )


def _name_contract(base: Base, name: str, contract: Contract) -> None:
    Alias.objects.update_or_create(
        installation=base.installation,
        source=base.code,
        kind=Alias.Kind.CONTRACT,
        external_id=name,
        defaults={"target": str(contract.pk)},
    )


def _check_lengths(fact: object, limits: dict[str, int]) -> None:
    for name, limit in limits.items():
        if len(getattr(fact, name)) > limit:
            raise Refused("INVALID_TEXT", f"{name}: at most {limit} characters")


def _origin(base: Base, key: str) -> Origin:
    return Origin(source=base.code, external_id=key)
