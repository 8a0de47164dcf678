"""What a parser must know of the base whose file it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """Of the base that sent a file."""

    base_code: str
    own_supplier_key: str
    """Part of the keys that are made for papers without a GUID, where a paper names no seller."""
    currencies: Mapping[str, str]
    """ISO 4217 code by the base's own word: see `Base.currencies`."""
    default_currency: str
    """ISO 4217, of sums that come without any currency; empty: such sums are refused."""
    profile: str = ""
    """The supplier's country profile: in Ukraine a company is known by its ЄДРПОУ, not its ИНН."""
