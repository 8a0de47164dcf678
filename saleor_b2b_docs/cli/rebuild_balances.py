"""`b2b-docs rebuild-balances`: derive all figures from the entries, and say what differed."""

from __future__ import annotations

from saleor_b2b_docs.parties.queries import all_contracts
from saleor_b2b_docs.settlements.services import rebuild

_SHOWN = 20
"""Differences of one contract that are printed one by one."""


def run(*, checks: bool) -> int:
    """Rebuild every contract's figures, or only compare; 1 when a comparison found differences."""
    contracts = differing = 0
    for contract in all_contracts():
        contracts += 1
        differences = rebuild(contract, is_written=not checks)
        if not differences:
            continue
        differing += 1
        print(f"{contract.supplier.code}, {contract.counterparty}, {contract}:")
        for difference in differences[:_SHOWN]:
            print(f"  {difference}")
        if len(differences) > _SHOWN:
            print(f"  and {len(differences) - _SHOWN} more")
    found = "differ" if checks else "were put right"
    print(f"{contracts} contracts: {f'{differing} {found}' if differing else 'all equal'}")
    return 1 if checks and differing else 0
