"""Reads of what a batch's facts name: each a constant number of statements."""

from __future__ import annotations

import base64
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

from saleor_b2b_docs.onec.facts import OrderRef
from saleor_b2b_docs.onec.models import Authority, Base
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.parties.models import Alias, Contract, Counterparty, Member, Supplier
from saleor_b2b_docs.parties.references import CONTRACT_TYPE, COUNTERPARTY_TYPE, read_reference
from saleor_b2b_docs.saleor.models import Installation


def called(base: Base, kind: Alias.Kind, external_ids: Collection[str]) -> dict[str, str]:
    """Primary keys, as texts, of what the base calls so."""
    if not external_ids:
        return {}
    return dict(
        Alias.objects.filter(
            installation=base.installation_id,
            source=base.code,
            kind=kind,
            external_id__in=external_ids,
        ).values_list("external_id", "target")
    )


def suppliers_of(base: Base) -> dict[str, Supplier]:
    """The installation's suppliers by their primary keys, as texts."""
    found = Supplier.objects.filter(installation=base.installation_id)
    return {str(supplier.pk): supplier for supplier in found.select_related("installation")}


def counterparties_by_id(ids: Iterable[str]) -> dict[str, Counterparty]:
    """By the ids asked for, as texts; a merged one is the one that it was merged into."""
    wanted = set(ids)
    if not wanted:
        return {}
    found = Counterparty.objects.filter(pk__in=wanted).select_related("merged_into")
    return {str(row.pk): row.merged_into or row for row in found}


def contracts_by_id(ids: Iterable[str]) -> dict[str, Contract]:
    """By their ids as texts."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {str(contract.pk): contract for contract in _contracts().filter(pk__in=wanted)}


def contracts_by_own_id(base: Base, keys: Iterable[str]) -> dict[str, Contract]:
    """Those that keys of the base are ids of ours: a base that never had a name for a contract
    gives back what orders named it by."""
    references = {key: read_reference(key) for key in keys}
    ids = {
        key: reference.id
        for key, reference in references.items()
        if reference is not None and reference.may_be(CONTRACT_TYPE)
    }
    if not ids:
        return {}
    rows = _contracts().filter(
        supplier__installation=base.installation_id, pk__in=set(ids.values())
    )
    by_id = {row.pk: row for row in rows}
    return {key: by_id[pk] for key, pk in ids.items() if pk in by_id}


def main_contracts(counterparties: Collection[Counterparty]) -> list[Contract]:
    """The main contracts of these, in all currencies."""
    if not counterparties:
        return []
    return list(_contracts().filter(is_main=True, counterparty__in=counterparties))


def known_by_own_id(installation: Installation, keys: Collection[str]) -> dict[str, Counterparty]:
    """Those that keys of the base are ids of ours, or ids of users who act for one company only;
    see `parties.accounts.services.call_counterparty`."""
    found: dict[str, Counterparty] = {}
    seats: dict[str, dict[uuid.UUID, Counterparty]] = defaultdict(dict)
    for member in Member.objects.filter(
        counterparty__installation=installation, user_id__in=keys
    ).select_related("counterparty"):
        seats[member.user_id][member.counterparty_id] = member.counterparty
    found.update(
        (user_id, next(iter(of.values()))) for user_id, of in seats.items() if len(of) == 1
    )
    references = {key: read_reference(key) for key in keys}
    ids = {
        key: reference.id
        for key, reference in references.items()
        if reference is not None and reference.may_be(COUNTERPARTY_TYPE)
    }
    if ids:
        rows = Counterparty.objects.filter(
            installation=installation, pk__in=set(ids.values())
        ).select_related("merged_into")
        by_id = {row.pk: row.merged_into or row for row in rows}
        found.update((key, by_id[pk]) for key, pk in ids.items() if pk in by_id)
    return found


def known_by_tax_id(base: Base, tax_ids: Collection[str]) -> dict[str, Counterparty]:
    """By tax id or VAT id: the only company that has it, where the base has no name for it yet."""
    if not tax_ids:
        return {}
    found: dict[str, dict[uuid.UUID, Counterparty]] = defaultdict(dict)
    for row in Counterparty.objects.filter(
        Q(tax_id__in=tax_ids) | Q(vat_id__in=tax_ids),
        installation=base.installation_id,
        merged_into=None,
    ):
        for tax_id in {row.tax_id, row.vat_id} & set(tax_ids):
            found[tax_id][row.pk] = row
    taken = set(
        Alias.objects.filter(
            installation=base.installation_id,
            source=base.code,
            kind=Alias.Kind.COUNTERPARTY,
            target__in={str(pk) for of in found.values() for pk in of},
        ).values_list("target", flat=True)
    )
    return {
        tax_id: row
        for tax_id, of in found.items()
        for row in of.values()
        if len(of) == 1 and str(row.pk) not in taken
    }


def counterparties_named(base: Base, names: Collection[str]) -> dict[str, list[Counterparty]]:
    """Those of exactly these names."""
    found: dict[str, list[Counterparty]] = defaultdict(list)
    for row in Counterparty.objects.filter(
        installation=base.installation_id, name__in=names, merged_into=None
    ).order_by("created_at", "id"):
        found[row.name].append(row)
    return found


def orders_named(base: Base, refs: Iterable[OrderRef]) -> dict[str, Order]:
    """Orders by how the base names them: `id:` and their id, or `number:` and their number."""
    refs = list(refs)
    by_id = {order_id(ref.id) for ref in refs if ref.id}
    found: dict[str, Order] = {}
    orders = Order.objects.filter(installation=base.installation_id).select_related(
        "contract__supplier__installation", "contract__counterparty"
    )
    if by_id:
        found = {f"id:{order.saleor_id}": order for order in orders.filter(saleor_id__in=by_id)}
    numbers = {
        ref.number
        for ref in refs
        if ref.number and not (ref.id and f"id:{order_id(ref.id)}" in found)
    }
    if numbers:
        alike: dict[str, list[Order]] = defaultdict(list)
        for order in orders.filter(number__in=numbers):
            alike[order.number].append(order)
        found.update((f"number:{name}", of[0]) for name, of in alike.items() if len(of) == 1)
    return found


def order_id(text: str) -> str:
    """An order's id at Saleor as the base gives it back: the global id, or only the UUID in it."""
    try:
        key = uuid.UUID(text.strip())
    except ValueError:
        return text.strip()
    return base64.b64encode(f"Order:{key}".encode()).decode()


def authorities(base: Base) -> dict[tuple[int, str], int]:
    """Which base is believed, by supplier and kind of fact."""
    rows = Authority.objects.filter(supplier__installation=base.installation_id)
    return {
        (supplier_id, kind): base_id
        for supplier_id, kind, base_id in rows.values_list("supplier", "kind", "base")
    }


def currencies_of(base: Base) -> list[str]:
    """The currencies that any contract of the installation is in."""
    contracts = Contract.objects.filter(supplier__installation=base.installation_id)
    return list(contracts.order_by().values_list("currency", flat=True).distinct())


def without_member(counterparty_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the counterparties that no Saleor user acts for."""
    if not counterparty_ids:
        return set()
    matched = Member.objects.filter(counterparty__in=counterparty_ids)
    return set(counterparty_ids) - set(matched.values_list("counterparty", flat=True))


def _contracts() -> QuerySet[Contract]:
    return Contract.objects.select_related("supplier__installation", "counterparty")
