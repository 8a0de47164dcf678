"""The events that webhooks subscribe to."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox import SALEOR_VERSION
from saleor_sandbox.event_types import EVENT_TYPES, Occurrence
from saleor_sandbox.schema.accounts import User
from saleor_sandbox.schema.apps import App
from saleor_sandbox.schema.base import TYPES, context_of, non_null_list
from saleor_sandbox.schema.channels import Channel
from saleor_sandbox.schema.order_parts import Invoice
from saleor_sandbox.schema.orders import Order


class IssuingPrincipal(graphene.Union):
    """Who caused an event."""

    class Meta:
        types = (App, User)

    @classmethod
    def resolve_type(cls, instance: Any, _info: GraphQLResolveInfo) -> Any:
        """By the name that the object gives itself."""
        return TYPES[instance.graphql_type]


_EVENT_GRAPHENE_TYPES: dict[str, Any] = {}


class Event(graphene.Interface):
    """What happened."""

    issued_at = graphene.DateTime()
    version = graphene.String()
    issuing_principal = graphene.Field(IssuingPrincipal)
    recipient = graphene.Field(App)

    @staticmethod
    def resolve_issued_at(root: Occurrence, _info: GraphQLResolveInfo) -> object:
        """When."""
        return root.issued_at

    @staticmethod
    def resolve_version(_root: Occurrence, _info: GraphQLResolveInfo) -> str:
        """Of Saleor."""
        return SALEOR_VERSION

    @staticmethod
    def resolve_issuing_principal(root: Occurrence, _info: GraphQLResolveInfo) -> Any:
        """Who caused it; null for a stranger and for Saleor itself."""
        return root.requestor.principal

    @staticmethod
    def resolve_recipient(_root: Occurrence, info: GraphQLResolveInfo) -> Any:
        """The app that it goes to."""
        return context_of(info).recipient

    @classmethod
    def resolve_type(cls, instance: Occurrence, _info: GraphQLResolveInfo) -> Any:
        """By the kind of event."""
        return _EVENT_GRAPHENE_TYPES[instance.event.name]


def _subject(root: Occurrence, _info: GraphQLResolveInfo) -> Any:
    return root.subjects[0]


def _order_of_invoice(root: Occurrence, _info: GraphQLResolveInfo) -> Any:
    subject: Any = root.subjects[0]
    return subject.order


def _all_subjects(root: Occurrence, _info: GraphQLResolveInfo) -> Any:
    return root.subjects


_FIELDS: dict[str, dict[str, Any]] = {
    "Order": {
        "order": graphene.Field(Order),
        "resolve_order": staticmethod(_subject),
    },
    "User": {
        "user": graphene.Field(User),
        "resolve_user": staticmethod(_subject),
    },
    "Channel": {
        "channel": graphene.Field(Channel),
        "resolve_channel": staticmethod(_subject),
    },
    "App": {
        "app": graphene.Field(App),
        "resolve_app": staticmethod(_subject),
    },
    "Invoice": {
        "invoice": graphene.Field(Invoice),
        "order": graphene.Field(Order, required=True),
        "resolve_invoice": staticmethod(_subject),
        "resolve_order": staticmethod(_order_of_invoice),
    },
}
_BULK_FIELDS = {
    "orders": non_null_list(Order),
    "resolve_orders": staticmethod(_all_subjects),
}

for _event in EVENT_TYPES.values():
    _fields = (
        _BULK_FIELDS
        if _event.name == "order_bulk_created"
        else _FIELDS[str(getattr(_event.subject, "graphql_type", ""))]
    )
    _EVENT_GRAPHENE_TYPES[_event.name] = type(
        _event.graphql_type,
        (graphene.ObjectType,),
        {
            "Meta": type("Meta", (), {"interfaces": (Event,)}),
            "__doc__": f"Event sent on {_event.name}.",
            **_fields,
        },
    )

EVENT_OBJECT_TYPES: list[Any] = list(_EVENT_GRAPHENE_TYPES.values())


class Subscription(graphene.ObjectType):
    """What a webhook can subscribe to."""

    event = graphene.Field(Event)

    @staticmethod
    def resolve_event(root: Occurrence | None, _info: GraphQLResolveInfo) -> Occurrence | None:
        """The occurrence that a body is made of; nothing outside of webhooks."""
        return root
