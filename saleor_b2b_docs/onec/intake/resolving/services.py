"""Whose a fact is: found by what the base calls things, or made where it had not told of them yet.

What is made is written once the facts that need it have turned out to be good.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from saleor_b2b_docs.onec.facts import OrderRef, PartyRef
from saleor_b2b_docs.onec.intake.money import Links
from saleor_b2b_docs.onec.intake.refusals import Refused
from saleor_b2b_docs.onec.intake.resolving.queries import (
    authorities,
    called,
    contracts_by_id,
    contracts_by_own_id,
    counterparties_by_id,
    counterparties_named,
    known_by_own_id,
    known_by_tax_id,
    main_contracts,
    order_id,
    orders_named,
    suppliers_of,
)
from saleor_b2b_docs.onec.models import Authority, Base
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.matching.reasons import Reason
from saleor_b2b_docs.parties.matching.services import suggest_duplicate
from saleor_b2b_docs.parties.models import Alias, Contract, Counterparty, Coverage, Supplier

_MAX_NAME = 500
_MAX_TAX_ID = 60
_MAX_ORDER_ID = 100

_Main = tuple[int, UUID, str]
"""Supplier, counterparty and currency."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a fact names."""

    party: PartyRef
    currency: str
    orders: tuple[OrderRef, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """Whose a fact is."""

    supplier: Supplier
    counterparty: Counterparty
    contract: Contract | None
    """Kept only once `keep` was called with it, where it is new."""


class Resolver:
    """What the facts of a batch name. `load` reads all of it at once; `flush` writes what is new.

    A contract's alias is the base's key, "#" and the currency: money that names a contract of
    another currency goes to one beside it, whichever of the two came first. The bare key is the
    alias of the contract that the base tells of, or, until it does, of the first that money made.
    """

    def __init__(self, base: Base, *, stub_coverage: Coverage, now: dt.datetime) -> None:
        self._base = base
        self._stub_coverage = stub_coverage
        self._now = now
        self._suppliers = suppliers_of(base)
        self._supplier_aliases: dict[str, str] = {}
        self._authorities = authorities(base)
        self._claims: set[tuple[int, str]] = set()
        self._counterparties: dict[str, Counterparty] = {}
        self._by_tax_id: dict[str, Counterparty] = {}
        self._contracts: dict[str, Contract] = {}
        self._mains: dict[_Main, Contract] = {}
        self._orders: dict[str, Order] = {}
        self._new_counterparties: dict[str, tuple[Counterparty, bool]] = {}
        self._new_contracts: dict[UUID, tuple[Contract, str]] = {}
        self._kept: set[UUID] = set()

    def load(self, named: Sequence[Named]) -> None:
        """Read whatever these name."""
        parties = [one.party for one in named]
        self.load_suppliers(party.supplier_key for party in parties)
        self._load_counterparties(parties)
        names = {
            name
            for one in named
            if one.party.contract_key
            for name in (
                one.party.contract_key,
                contract_name(one.party.contract_key, one.currency),
            )
        }
        targets = called(self._base, Alias.Kind.CONTRACT, names)
        rows = contracts_by_id(targets.values())
        self._contracts = {name: rows[target] for name, target in targets.items() if target in rows}
        own = contracts_by_own_id(self._base, {party.contract_key for party in parties})
        rows.update((str(contract.pk), contract) for contract in own.values())
        self._contracts |= own
        self._orders = orders_named(self._base, (ref for one in named for ref in one.orders))
        homeless = [one.party.counterparty_key for one in named if not one.party.contract_key]
        wanted = {party.pk: party for key in homeless if (party := self._counterparties.get(key))}
        wanted.update((party.pk, party) for party in self._by_tax_id.values())
        for order in self._orders.values():
            if order.contract is not None:
                wanted[order.contract.counterparty.pk] = order.contract.counterparty
        # One object for one row: what a fact says of a contract, the next one reads there.
        same = {row.pk: row for row in rows.values()}
        for contract in main_contracts(list(wanted.values())):
            key = (contract.supplier_id, contract.counterparty_id, contract.currency)
            self._mains[key] = same.setdefault(contract.pk, contract)
        for order in self._orders.values():
            if order.contract is not None:
                order.contract = same.setdefault(order.contract.pk, order.contract)

    def load_suppliers(self, keys: Iterable[str]) -> None:
        """Read what these suppliers are called."""
        new = {key for key in keys if key} - set(self._supplier_aliases)
        self._supplier_aliases |= called(self._base, Alias.Kind.SUPPLIER, new)

    def supplier(self, key: str) -> Supplier:
        """The supplier that the base calls so; for an empty key the base's, else the default one.

        Raises Refused UNKNOWN_SUPPLIER.
        """
        if key:
            found = self._suppliers.get(self._supplier_aliases.get(key, ""))
        elif self._base.supplier_id is not None:
            found = self._suppliers.get(str(self._base.supplier_id))
        else:
            found = next((one for one in self._suppliers.values() if one.is_default), None)
        if found is None:
            raise Refused("UNKNOWN_SUPPLIER", f"no supplier is known as {key!r} to this base")
        return found

    def home(self, named: Named, *, makes: bool) -> Home:
        """Whose it is. With `makes` there is a contract in the end; it is written by `keep`.

        A contract that is known says whose it is, also where the fact names another counterparty:
        the accounting system moves contracts when it merges two. Raises Refused for strangers, and
        where nothing says who the buyer is.
        """
        party, currency = named.party, named.currency
        known = self._known_contract(party.contract_key, currency)
        if known is not None:
            if party.supplier_key and self.supplier(party.supplier_key).pk != known.supplier_id:
                raise Refused("CONTRACT_OF_STRANGERS", "the contract is of another supplier")
            if not currency or known.currency == currency:
                return Home(known.supplier, known.counterparty, known)
            return Home(
                known.supplier,
                known.counterparty,
                self._stub(known.supplier, known.counterparty, party.contract_key, currency)
                if makes
                else None,
            )
        supplier = self.supplier(party.supplier_key)
        of_order = self._contract_of_orders(named, supplier)
        counterparty = self._counterparty(party)
        if counterparty is None and of_order is not None:
            counterparty = of_order.counterparty
        if counterparty is None:
            raise Refused("UNKNOWN_COUNTERPARTY", "nothing says which company it is about")
        if party.contract_key:
            contract = (
                self._stub(supplier, counterparty, party.contract_key, currency) if makes else None
            )
            return Home(supplier, counterparty, contract)
        if (
            of_order is not None
            and of_order.counterparty_id == counterparty.pk
            and currency in ("", of_order.currency)
        ):
            return Home(supplier, counterparty, of_order)
        return Home(supplier, counterparty, self._main(supplier, counterparty, currency, makes))

    def order_links(self, refs: Sequence[OrderRef], amounts: Sequence[int | None]) -> Links:
        """Saleor's ids of the orders; one that is named twice is one. What is named by a number
        only, and is not known, is left out: there is nothing that it could be waited for by."""
        links: dict[str, int | None] = {}
        for ref, amount in zip(refs, amounts, strict=True):
            known = self._order(ref)
            name = known.saleor_id if known is not None else order_id(ref.id)
            if not name:
                continue
            if len(name) > _MAX_ORDER_ID:
                raise Refused("INVALID_ORDERS", "an order's id is too long")
            before = links.get(name, 0)
            links[name] = None if amount is None or before is None else before + amount
        return tuple(links.items())

    def is_believed(self, supplier: Supplier, kind: str) -> bool:
        """Whether this base is the one that is believed in such facts of the supplier; the first
        that tells of them is."""
        return self._authorities.get((supplier.pk, kind), self._base.pk) == self._base.pk

    def keep(self, home: Home, kind: str) -> None:
        """A fact of this kind is good: what was made for it is written, and its base believed."""
        self._kept.add(home.counterparty.pk)
        if home.contract is not None:
            self._kept.add(home.contract.pk)
        self.believe(home.supplier, kind)

    def believe(self, supplier: Supplier, kind: str) -> None:
        """The base tells a supplier's facts of this kind."""
        if (supplier.pk, kind) not in self._authorities:
            self._claims.add((supplier.pk, kind))

    def flush(self) -> None:
        """Write what is new and kept: counterparties, contracts, their aliases, authorities."""
        self._write_counterparties()
        contracts = [pair for pk, pair in self._new_contracts.items() if pk in self._kept]
        Contract.objects.bulk_create([contract for contract, _ in contracts])
        names: dict[str, Contract] = {}
        for contract, key in contracts:
            if key:
                names[contract_name(key, contract.currency)] = contract
                names.setdefault(key, contract)
        self._call(Alias.Kind.CONTRACT, {name: str(of.pk) for name, of in names.items()})
        Authority.objects.bulk_create(
            [
                Authority(supplier_id=supplier_id, kind=kind, base=self._base)
                for supplier_id, kind in sorted(self._claims)
            ],
            ignore_conflicts=True,
        )

    def _load_counterparties(self, parties: Sequence[PartyRef]) -> None:
        keys = {party.counterparty_key for party in parties if party.counterparty_key}
        targets = called(self._base, Alias.Kind.COUNTERPARTY, keys)
        rows = counterparties_by_id(targets.values())
        self._counterparties = {
            key: rows[target] for key, target in targets.items() if target in rows
        }
        if unknown := keys - set(self._counterparties):
            found = known_by_own_id(self._base.installation, unknown)
            self._counterparties |= found
            self._new_counterparties.update((key, (row, False)) for key, row in found.items())
        tax_ids = {
            party.counterparty_tax_id
            for party in parties
            if party.counterparty_tax_id and party.counterparty_key not in self._counterparties
        }
        self._by_tax_id = known_by_tax_id(self._base, tax_ids)

    def _counterparty(self, party: PartyRef) -> Counterparty | None:
        key = party.counterparty_key
        found = self._counterparties.get(key) if key else None
        if found is not None:
            return found
        found = self._by_tax_id.get(party.counterparty_tax_id)
        if not key:
            return found
        is_new = found is None
        if found is None:
            found = Counterparty(
                installation=self._base.installation,
                name=(party.counterparty_name.strip() or key)[:_MAX_NAME],
                tax_id=party.counterparty_tax_id[:_MAX_TAX_ID],
                created_at=self._now,
            )
        else:
            # The base has a name for it now: another key of the same tax id is another company.
            del self._by_tax_id[party.counterparty_tax_id]
        self._counterparties[key] = found
        self._new_counterparties[key] = (found, is_new)
        return found

    def _known_contract(self, key: str, currency: str) -> Contract | None:
        if not key:
            return None
        return self._contracts.get(contract_name(key, currency)) or self._contracts.get(key)

    def _stub(
        self, supplier: Supplier, counterparty: Counterparty, key: str, currency: str
    ) -> Contract:
        contract = Contract(
            supplier=supplier,
            counterparty=counterparty,
            currency=currency,
            coverage=self._stub_coverage,
            created_at=self._now,
        )
        self._contracts[contract_name(key, currency)] = contract
        self._contracts.setdefault(key, contract)
        self._new_contracts[contract.pk] = (contract, key)
        return contract

    def _main(
        self, supplier: Supplier, counterparty: Counterparty, currency: str, makes: bool
    ) -> Contract | None:
        """The main contract, also a closed one: what it was to its money it stays."""
        key = (supplier.pk, counterparty.pk, currency)
        if key not in self._mains and makes:
            contract = Contract(
                supplier=supplier,
                counterparty=counterparty,
                currency=currency,
                is_main=True,
                # Without an accounting system's waybills the app's own invoices are all the money.
                coverage=(
                    Coverage.FULL if supplier.debt_from == "invoice" else self._stub_coverage
                ),
                created_at=self._now,
            )
            self._mains[key] = contract
            self._new_contracts[contract.pk] = (contract, "")
        return self._mains.get(key)

    def _order(self, ref: OrderRef) -> Order | None:
        found = self._orders.get(f"id:{order_id(ref.id)}") if ref.id else None
        return found or (self._orders.get(f"number:{ref.number}") if ref.number else None)

    def _contract_of_orders(self, named: Named, supplier: Supplier) -> Contract | None:
        for ref in named.orders:
            order = self._order(ref)
            if (
                order is not None
                and order.contract is not None
                and order.contract.supplier_id == supplier.pk
            ):
                return order.contract
        return None

    def _write_counterparties(self) -> None:
        kept = {
            key: pair for key, pair in self._new_counterparties.items() if pair[0].pk in self._kept
        }
        made = {row.pk: row for row, is_new in kept.values() if is_new}
        known = (
            counterparties_named(self._base, {row.name for row in made.values()}) if made else {}
        )
        Counterparty.objects.bulk_create(made.values())
        self._call(Alias.Kind.COUNTERPARTY, {key: str(row.pk) for key, (row, _) in kept.items()})
        for row in made.values():
            for namesake in known.get(row.name, ()):
                suggest_duplicate(namesake, row, reason=Reason.COMPANY_NAME, now=self._now)

    def _call(self, kind: Alias.Kind, names: dict[str, str]) -> None:
        Alias.objects.bulk_create(
            [
                Alias(
                    installation=self._base.installation,
                    source=self._base.code,
                    kind=kind,
                    external_id=name,
                    target=target,
                )
                for name, target in names.items()
            ],
            # The bare key may be that of the contract in another currency.
            ignore_conflicts=True,
        )


def contract_name(key: str, currency: str) -> str:
    """The alias of a contract of the base in one currency."""
    return f"{key}#{currency}"
