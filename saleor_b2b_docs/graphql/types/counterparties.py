"""Companies that buy, and what may be the same as what, as staff see them."""

from __future__ import annotations

import datetime as dt

import strawberry
from strawberry.types import Info

from saleor_b2b_docs.documents.pages import Page
from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.global_ids import to_global_id
from saleor_b2b_docs.graphql.types.money import MoneyType
from saleor_b2b_docs.graphql.types.pages import PageInfoType
from saleor_b2b_docs.graphql.types.parties import GroupType, MemberType, PartyType
from saleor_b2b_docs.graphql.types.settlements import ContractPanelType
from saleor_b2b_docs.parties.models import Counterparty, Match
from saleor_b2b_docs.parties.references import COUNTERPARTY_TYPE
from saleor_b2b_docs.settlements.panel.figures import CurrencyTotals

MATCH = "B2BMatch"

strawberry.enum(Match.Kind, name="B2BMatchKind")
strawberry.enum(Match.State, name="B2BMatchState")


@strawberry.type(name=COUNTERPARTY_TYPE, description="A company that buys.")
class CounterpartyType:
    counterparty: strawberry.Private[Counterparty]
    id: strawberry.ID
    name: str
    tax_id: str
    vat_id: str
    address: str
    email: str = strawberry.field(description="As the accounting system knows it.")
    group: GroupType | None

    @classmethod
    def of(cls, counterparty: Counterparty, context: Context) -> CounterpartyType:
        """The counterparty's group is best read with it."""
        context.panels_of_counterparties.name(counterparty.pk)
        context.members_of_counterparties.name(counterparty.pk)
        return cls(
            counterparty=counterparty,
            id=strawberry.ID(to_global_id(COUNTERPARTY_TYPE, counterparty.pk)),
            name=counterparty.name,
            tax_id=counterparty.tax_id,
            vat_id=counterparty.vat_id,
            address=counterparty.address,
            email=counterparty.email,
            group=GroupType.of(counterparty.group) if counterparty.group else None,
        )

    @strawberry.field
    def contracts(self, info: Info[Context, None]) -> list[ContractPanelType]:
        panels = info.context.panels_of_counterparties.get(self.counterparty.pk) or ()
        return [ContractPanelType.of(panel) for panel in panels]

    @strawberry.field(description="For staff with MANAGE_USERS; empty for others.")
    def members(self, info: Info[Context, None]) -> list[MemberType]:
        members = info.context.members_of_counterparties.get(self.counterparty.pk) or ()
        return [MemberType.of(member) for member in members]


@strawberry.type(name="B2BCounterpartyEdge")
class CounterpartyEdgeType:
    node: CounterpartyType
    cursor: str


@strawberry.type(name="B2BCounterpartyConnection")
class CounterpartyConnectionType:
    edges: list[CounterpartyEdgeType]
    page_info: PageInfoType
    total_count: int | None = strawberry.field(description="Null: not counted.")

    @classmethod
    def of(cls, page: Page[Counterparty], context: Context) -> CounterpartyConnectionType:
        return cls(
            edges=[
                CounterpartyEdgeType(node=CounterpartyType.of(row, context), cursor=cursor)
                for row, cursor in zip(page.rows, page.cursors, strict=True)
            ],
            page_info=PageInfoType.of(page),
            total_count=None,
        )


@strawberry.type(name="B2BMatchSide")
class MatchSideType:
    debt: MoneyType
    advance: MoneyType

    @classmethod
    def of(cls, totals: CurrencyTotals) -> MatchSideType:
        return cls(debt=MoneyType.of(totals.debt), advance=MoneyType.of(totals.advance))


@strawberry.type(
    name="B2BMatchPreview",
    description="What the user would see, or what the company would owe, now and afterwards.",
)
class MatchPreviewType:
    currency: str
    before: MatchSideType
    after: MatchSideType


@strawberry.type(name=MATCH, description="Two things that may be the same, for staff to decide.")
class MatchType:
    match: strawberry.Private[Match]
    id: strawberry.ID
    kind: Match.Kind
    state: Match.State
    user_id: strawberry.ID | None = strawberry.field(description="At Saleor.")
    user_email: str
    user_name: str
    company: str
    tax_id: str
    reason: str = strawberry.field(description="Why it is suggested, e.g. `tax_id`.")
    created_at: dt.datetime
    counterparty: PartyType | None = strawberry.field(description="Whom it may be, or who stays.")
    duplicate: PartyType | None

    @classmethod
    def of(cls, match: Match, context: Context) -> MatchType:
        """The match's counterparties are best read with it."""
        context.previews_of_matches.name(match)
        return cls(
            match=match,
            id=strawberry.ID(to_global_id(MATCH, match.pk)),
            kind=Match.Kind(match.kind),
            state=Match.State(match.state),
            user_id=strawberry.ID(match.user_id) if match.user_id else None,
            user_email=match.user_email,
            user_name=match.user_name,
            company=match.company,
            tax_id=match.tax_id,
            reason=match.reason,
            created_at=match.created_at,
            counterparty=_party(match.counterparty),
            duplicate=_party(match.duplicate),
        )

    @strawberry.field(description="For staff who also have MANAGE_ORDERS; empty for others.")
    def preview(self, info: Info[Context, None]) -> list[MatchPreviewType]:
        previews = info.context.previews_of_matches.get(self.match) or ()
        return [
            MatchPreviewType(
                currency=preview.before.currency,
                before=MatchSideType.of(preview.before),
                after=MatchSideType.of(preview.after),
            )
            for preview in previews
        ]


@strawberry.type(name="B2BMatchEdge")
class MatchEdgeType:
    node: MatchType
    cursor: str


@strawberry.type(name="B2BMatchConnection")
class MatchConnectionType:
    edges: list[MatchEdgeType]
    page_info: PageInfoType
    total_count: int | None = strawberry.field(description="Null: not counted.")

    @classmethod
    def of(cls, page: Page[Match], context: Context) -> MatchConnectionType:
        return cls(
            edges=[
                MatchEdgeType(node=MatchType.of(row, context), cursor=cursor)
                for row, cursor in zip(page.rows, page.cursors, strict=True)
            ],
            page_info=PageInfoType.of(page),
            total_count=None,
        )


def _party(counterparty: Counterparty | None) -> PartyType | None:
    return PartyType.of_counterparty(counterparty) if counterparty else None
