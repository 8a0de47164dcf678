"""What the debt panel says: of a contract, and per currency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from saleor_b2b_docs.money import Money
from saleor_b2b_docs.parties.models import Contract, Manager


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractPanel:
    """A contract's figures as its buyer is told them. Amounts are in the contract's currency."""

    contract: Contract
    """With its supplier, counterparty and managers at hand."""
    debt: Money
    """What is owed; like the advance and the overdue sum, the accounting system's own figure while
    `is_being_checked`."""
    advance: Money
    overdue: Money
    reserved: Money
    """What of the advance waits for a certain debit or order."""
    next_due_on: dt.date | None
    """The nearest day to pay by that is not past."""
    next_due_amount: Money | None
    """Due on that day."""
    credit_limit: Money | None
    """The contract's own."""
    group_limit: Money | None
    """Of the holding, where it has one in this currency."""
    available: Money | None
    """What may still be bought on credit, negative when a limit is exceeded; None without one."""
    open_orders: Money
    as_of: dt.datetime
    """When what we know was last true."""
    is_stale: bool
    """The accounting system was last heard of too long ago."""
    is_being_checked: bool
    """The accounting system states another balance than ours."""
    stated_as_of: dt.date | None
    """Of the balance that it states; None while ours are shown."""
    own_debt: Money
    """By our entries, also while another is shown; for staff."""
    own_advance: Money
    own_overdue: Money

    @property
    def manager(self) -> Manager | None:
        """Who looks after the contract: its own manager, else the counterparty's."""
        return self.contract.manager or self.contract.counterparty.manager

    @property
    def kinder_debt(self) -> Money:
        """The lesser of the two debts, which decisions against the buyer go by."""
        return min(self.debt, self.own_debt)

    @property
    def kinder_overdue(self) -> Money:
        """The lesser of the two overdue sums."""
        return min(self.overdue, self.own_overdue)

    @property
    def has_money(self) -> bool:
        """Whether any figure is not zero."""
        return any(
            (self.debt, self.advance, self.overdue, self.own_debt, self.own_advance)
        ) or bool(self.open_orders)


@dataclass(frozen=True, slots=True)
class CurrencyTotals:
    """Sums of what is shown of the contracts in one currency."""

    currency: str
    debt: Money
    advance: Money
    overdue: Money


@dataclass(frozen=True, slots=True)
class Panel:
    """All contracts whose money somebody may see."""

    totals: tuple[CurrencyTotals, ...]
    """By currency, in the alphabet's order."""
    contracts: tuple[ContractPanel, ...]


def panel_of(contracts: Iterable[ContractPanel]) -> Panel:
    """The panel of these contracts, less those that are closed and have nothing left."""
    shown = tuple(panel for panel in contracts if not panel.contract.is_closed or panel.has_money)
    by_currency: dict[str, list[ContractPanel]] = {}
    for panel in shown:
        by_currency.setdefault(panel.contract.currency, []).append(panel)
    totals = tuple(
        CurrencyTotals(
            currency=currency,
            debt=_sum((panel.debt for panel in panels), currency),
            advance=_sum((panel.advance for panel in panels), currency),
            overdue=_sum((panel.overdue for panel in panels), currency),
        )
        for currency, panels in sorted(by_currency.items())
    )
    return Panel(totals, shown)


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    return sum(amounts, Money.from_minor(0, currency))
