"""What may be changed of a contract, where "not given" is another thing than "none"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from enum import Enum

from saleor_b2b_docs.parties.models import Coverage
from saleor_b2b_docs.parties.terms import Terms


class NotGiven(Enum):
    """The type of NOT_GIVEN, which mypy tells from every value."""

    NOT_GIVEN = "not given"


NOT_GIVEN = NotGiven.NOT_GIVEN
"""Leaves a field as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractChanges:
    """New values; what is not given stays."""

    credit_limit: int | None | NotGiven = NOT_GIVEN
    """Minor units of the contract's currency; None: no limit."""
    terms: Terms | None | NotGiven = NOT_GIVEN
    """None: the counterparty's, else the supplier's."""
    coverage: Coverage | NotGiven = NOT_GIVEN
    books_from: dt.date | None | NotGiven = NOT_GIVEN
    is_main: bool | NotGiven = NOT_GIVEN
    manager_id: int | None | NotGiven = NOT_GIVEN
    """None: the counterparty's."""
    name: str | NotGiven = NOT_GIVEN
    is_closed: bool | NotGiven = NOT_GIVEN

    def columns(self) -> dict[str, object]:
        """What is given, as the model's columns have it."""
        given = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) is not NOT_GIVEN
        }
        if isinstance(self.terms, Terms):
            given["terms"] = self.terms.to_json()
        return given
