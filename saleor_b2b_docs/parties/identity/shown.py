"""Who a Saleor user is, as far as Saleor and the orders show it, before anything is decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from saleor_b2b_docs.parties.members.person import Person, plain
from saleor_b2b_docs.parties.models import Role

COUNTERPARTY_KEY = "b2b.counterparty"
"""Metadata key: a counterparty's UUID, global id or outside id; several are split by commas. In
private metadata it proves, in public metadata, which buyers write themselves, it only suggests."""
ROLE_KEY = "b2b.role"
"""Private metadata key: as what the user acts, by the name of a Role."""


@dataclass(frozen=True, slots=True)
class Company:
    """A company that a user says he buys for, on an order or in public metadata."""

    name: str = ""
    tax_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedUser:
    """What is known of a user. What he could have written himself never proves anything."""

    person: Person
    is_email_confirmed: bool
    """Whether Saleor made sure that the e-mail is his."""
    external_reference: str
    private_metadata: Mapping[str, str]
    public_metadata: Mapping[str, str]
    companies: tuple[Company, ...] = ()
    """As his orders name them, the latest first."""
    public_tax_ids: tuple[str, ...] = ()
    """As his public metadata names them."""

    @property
    def role(self) -> Role | None:
        """The role that private metadata gives him; None without one that we know."""
        word = self.private_metadata.get(ROLE_KEY, "").strip().lower()
        return Role(word) if word in Role.values else None

    @property
    def named_privately(self) -> tuple[str, ...]:
        """The counterparties that private metadata names."""
        return _split(self.private_metadata.get(COUNTERPARTY_KEY, ""))

    @property
    def named_publicly(self) -> tuple[str, ...]:
        """The counterparties that public metadata names."""
        return _split(self.public_metadata.get(COUNTERPARTY_KEY, ""))


def _split(names: str) -> tuple[str, ...]:
    return tuple(name for name in (plain(name) for name in names.split(",")) if name)
