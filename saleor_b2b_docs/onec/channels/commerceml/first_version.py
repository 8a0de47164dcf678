"""What a file of CommerceML 1 says apart from the documents that point at it.

Source: files of 1C 7.7; of that version there is no schema that they keep to.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING

from saleor_b2b_docs.onec.facts import Fact

if TYPE_CHECKING:
    from saleor_b2b_docs.onec.channels.commerceml.nodes import Node
    from saleor_b2b_docs.onec.channels.commerceml.parties import Card


class Elsewhere:
    """Companies and names of goods by id, as a file's earlier elements gave them."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self._cards: dict[str, Card] = {}
        self._used: set[str] = set()

    def keep(self, card: Card) -> None:
        """A company of which only a document will say whether it buys or sells."""
        self._cards[card.key] = card

    def learn_names(self, catalogue: Node) -> None:
        """Names of goods, which the lines do not repeat."""
        for goods in catalogue.all("Товар"):
            key = goods.line("ИдентификаторВКаталоге", "Идентификатор", "Ид")
            if key:
                self.names[key] = goods.line("Наименование")

    def card(self, key: str, role: str) -> Card | None:
        """The company in the role that a document gives it."""
        found = self._cards.get(key)
        if found is None:
            return None
        self._used.add(key)
        return dataclasses.replace(found, role=role)

    def unused(self) -> Iterator[Fact]:
        """The companies that no document pointed at."""
        for key, card in self._cards.items():
            if key not in self._used:
                yield card.fact()
