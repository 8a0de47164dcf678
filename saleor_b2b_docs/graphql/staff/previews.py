"""What a decision about a match would change, in money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from saleor_b2b_docs.money import Money
from saleor_b2b_docs.parties.matching.queries import contracts_of_matches
from saleor_b2b_docs.parties.models import Match
from saleor_b2b_docs.saleor.viewers import Viewer
from saleor_b2b_docs.settlements.panel.figures import CurrencyTotals, panel_of
from saleor_b2b_docs.settlements.panel.queries import contract_panels


@dataclass(frozen=True, slots=True)
class Preview:
    """Sums of the contracts in one currency, before a decision and after it."""

    before: CurrencyTotals
    after: CurrencyTotals


def previews(
    viewer: Viewer, matches: Sequence[Match], *, now: dt.datetime
) -> Mapping[Match, Sequence[Preview]]:
    """For each match, by currency; nothing for staff who may not see debts."""
    if not viewer.may_read_orders:
        return {}
    contracts = contracts_of_matches(matches)
    involved = {contract.pk: contract for sides in contracts.values() for contract in sides.after}
    panels = {
        panel.contract.pk: panel for panel in contract_panels(list(involved.values()), now=now)
    }
    found = {}
    for match in matches:
        sides = contracts[match.pk]
        before, after = (
            {
                totals.currency: totals
                for totals in panel_of(panels[contract.pk] for contract in side).totals
            }
            for side in (sides.before, sides.after)
        )
        found[match] = [
            Preview(before.get(currency, _nothing(currency)), after[currency])
            for currency in sorted(after)
        ]
    return found


def _nothing(currency: str) -> CurrencyTotals:
    zero = Money.from_minor(0, currency)
    return CurrencyTotals(currency=currency, debt=zero, advance=zero, overdue=zero)
