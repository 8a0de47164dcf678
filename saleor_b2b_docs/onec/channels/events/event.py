"""What all events share. Each names and bounds what facts.py says; what it means is told there."""

from __future__ import annotations

from abc import abstractmethod
from typing import Annotated, TypeAlias

from pydantic import Field

from saleor_b2b_docs.onec import facts
from saleor_b2b_docs.onec.channels.events.fields import Key, Short
from saleor_b2b_docs.onec.channels.events.parts import Part

MAX_EVENTS = 500
MAX_SEQUENCE = 2**53 - 1
"""The largest whole number that every JSON reader keeps."""
MOST_LINKS = 1000

Sequence: TypeAlias = Annotated[int, Field(ge=0, le=MAX_SEQUENCE)]


class Event(Part):
    """What every event has."""

    key: Key
    """What the base calls the thing for good: its GUID."""
    version: Short = ""
    epoch: Short | None = None
    sequence: Sequence | None = None

    @abstractmethod
    def said(self, *, stamp: facts.Stamp | None, pdf: bytes | None) -> facts.Fact:
        """The fact."""
