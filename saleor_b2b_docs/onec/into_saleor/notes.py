"""What could not be told to Saleor, for staff."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class NoteCode(Enum):
    """Why something of the books is not on the order in Saleor."""

    WAYBILL_WITHOUT_LINES = "WAYBILL_WITHOUT_LINES"
    UNKNOWN_GOODS = "UNKNOWN_GOODS"
    BROKEN_QUANTITY = "BROKEN_QUANTITY"
    MORE_THAN_ORDERED = "MORE_THAN_ORDERED"
    SHARED_GOODS = "SHARED_GOODS"
    LINE_GONE = "LINE_GONE"
    NO_WAREHOUSE = "NO_WAREHOUSE"
    OTHER_CURRENCY = "OTHER_CURRENCY"
    SHARED_DEBIT = "SHARED_DEBIT"
    FROM_SALEOR = "FROM_SALEOR"
    PAID_OTHERWISE = "PAID_OTHERWISE"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was not told."""

    code: NoteCode
    text: str

    def to_json(self) -> dict[str, str]:
        """As it is kept with the report."""
        return {"code": self.code.value, "text": self.text}
