"""What is there already."""

from __future__ import annotations

from saleor_b2b_docs.parties.models import Contract
from saleor_b2b_docs.settlements.models import StatedBalance


def newest_stated_balance(contract: Contract) -> StatedBalance | None:
    """What the accounting system said last of the contract's balance."""
    return StatedBalance.objects.filter(contract=contract).order_by("-as_of", "-id").first()
