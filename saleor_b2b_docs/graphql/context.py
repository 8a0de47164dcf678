"""What resolvers know of the request."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from saleor_b2b_docs.documents.models import Document
from saleor_b2b_docs.documents.queries import visible_documents
from saleor_b2b_docs.graphql.batches import Batch
from saleor_b2b_docs.graphql.errors import refusal
from saleor_b2b_docs.graphql.federation.queries import (
    contracts_of_users,
    panels_of_users,
    papers_of_orders,
)
from saleor_b2b_docs.graphql.staff.previews import Preview, previews
from saleor_b2b_docs.graphql.staff.queries import (
    contracts_of_counterparties,
    members_of_counterparties,
)
from saleor_b2b_docs.onec.deliveries.log.queries import set_aside_of
from saleor_b2b_docs.onec.models import SetAside
from saleor_b2b_docs.parties.models import Contract, Match, Member, Role
from saleor_b2b_docs.parties.queries import seats
from saleor_b2b_docs.saleor.callers import client_address, request_viewer
from saleor_b2b_docs.saleor.errors import InvalidToken, SaleorUnavailable
from saleor_b2b_docs.saleor.viewers import Viewer
from saleor_b2b_docs.settlements.panel.figures import ContractPanel, Panel
from saleor_b2b_docs.settlements.panel.queries import contract_panels


@dataclass
class Context:
    """One request: its time, who makes it, and what was read for it."""

    request: HttpRequest
    now: dt.datetime

    @cached_property
    def viewer(self) -> Viewer:
        """Who asks. Raises a GraphQLError UNAUTHENTICATED for a token that is no good."""
        try:
            return request_viewer(self.request, now=self.now)
        except InvalidToken as error:
            raise refusal(error.code, str(error)) from error
        except SaleorUnavailable as error:
            raise refusal("UNAVAILABLE", "the token cannot be checked now") from error

    @cached_property
    def client_address(self) -> str:
        """The caller's network address, for limits."""
        return client_address(self.request)

    @cached_property
    def seats(self) -> dict[uuid.UUID, Role]:
        """Whom the caller acts for, and as what."""
        return seats(self.viewer)

    @cached_property
    def documents(self) -> Batch[uuid.UUID, Document]:
        """Papers that rows link to, as far as the caller may see them."""

        def load(ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Document]:
            found = visible_documents(self.viewer).filter(pk__in=ids)
            return {document.pk: document for document in found}

        return Batch(load)

    @cached_property
    def panels_of_counterparties(self) -> Batch[uuid.UUID, Sequence[ContractPanel]]:
        """The figures of companies' contracts."""

        def load(ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, Sequence[ContractPanel]]:
            contracts = contracts_of_counterparties(self.viewer, ids)
            panels = {
                panel.contract.pk: panel
                for panel in contract_panels(
                    [contract for own in contracts.values() for contract in own], now=self.now
                )
            }
            return {
                counterparty_id: [panels[contract.pk] for contract in own]
                for counterparty_id, own in contracts.items()
            }

        return Batch(load)

    @cached_property
    def members_of_counterparties(self) -> Batch[uuid.UUID, Sequence[Member]]:
        """Who acts for companies."""
        return Batch(lambda ids: members_of_counterparties(self.viewer, ids))

    @cached_property
    def previews_of_matches(self) -> Batch[Match, Sequence[Preview]]:
        """What decisions about matches would change."""
        return Batch(lambda matches: previews(self.viewer, matches, now=self.now))

    @cached_property
    def set_aside_of_deliveries(self) -> Batch[int, Sequence[SetAside]]:
        """What of deliveries could not be applied."""
        return Batch(lambda ids: set_aside_of(self.viewer, ids))

    @cached_property
    def papers_of_orders(self) -> Batch[str, Sequence[Document]]:
        """Papers of orders, by the orders' ids at Saleor."""
        return Batch(lambda ids: papers_of_orders(self.viewer, ids))

    @cached_property
    def panels_of_users(self) -> Batch[str, Panel]:
        """Debt panels of users, by their ids at Saleor."""
        return Batch(lambda ids: panels_of_users(self.viewer, ids, now=self.now))

    @cached_property
    def contracts_of_users(self) -> Batch[str, Sequence[Contract]]:
        """Contracts of users, by their ids at Saleor."""
        return Batch(lambda ids: contracts_of_users(self.viewer, ids))
