"""Changing webhooks."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox.enum_values import WEBHOOK_ERRORS
from saleor_sandbox.models import Webhook as WebhookModel
from saleor_sandbox.requestor import AUTHENTICATED_APP
from saleor_sandbox.schema.apps import Webhook
from saleor_sandbox.schema.base import (
    SaleorMutation,
    error_type,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.enums import (
    WebhookEventTypeAsyncEnum,
    WebhookEventTypeEnum,
    WebhookEventTypeSyncEnum,
    saleor_enum,
)
from saleor_sandbox.schema.scalars import JSONString
from saleor_sandbox.services import webhooks

_PERMISSIONS = ("MANAGE_APPS", AUTHENTICATED_APP)

WebhookError = error_type("WebhookError", saleor_enum("WebhookErrorCode", WEBHOOK_ERRORS))


class WebhookCreateInput(graphene.InputObjectType):
    """A new webhook."""

    name = graphene.String()
    identifier = graphene.String()
    target_url = graphene.String()
    events = non_null_list(WebhookEventTypeEnum)
    async_events = non_null_list(WebhookEventTypeAsyncEnum)
    sync_events = non_null_list(WebhookEventTypeSyncEnum)
    app = graphene.ID()
    is_active = graphene.Boolean()
    secret_key = graphene.String()
    query = graphene.String()
    custom_headers = JSONString()


class WebhookUpdateInput(WebhookCreateInput):
    """What may be changed of a webhook."""


class WebhookCreate(SaleorMutation):
    """Creates a new webhook subscription."""

    class Meta:
        error = WebhookError
        old_errors = "webhook_errors"
        permissions = _PERMISSIONS

    class Arguments:
        input = WebhookCreateInput(required=True)

    webhook = graphene.Field(Webhook)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Create."""
        return {"webhook": webhooks.create(arguments["input"], requestor=requestor_of(info))}


def _found(info: GraphQLResolveInfo, arguments: dict[str, Any]) -> WebhookModel:
    return webhooks.find(
        arguments.get("id"),
        identifier=arguments.get("identifier"),
        requestor=requestor_of(info),
    )


class WebhookUpdate(SaleorMutation):
    """Updates a webhook subscription."""

    class Meta:
        error = WebhookError
        old_errors = "webhook_errors"
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID()
        identifier = graphene.String()
        input = WebhookUpdateInput(required=True)

    webhook = graphene.Field(Webhook)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Change."""
        return {"webhook": webhooks.update(_found(info, arguments), arguments["input"])}


class WebhookDelete(SaleorMutation):
    """Deletes a webhook subscription."""

    class Meta:
        error = WebhookError
        old_errors = "webhook_errors"
        permissions = _PERMISSIONS

    class Arguments:
        id = graphene.ID()
        identifier = graphene.String()

    webhook = graphene.Field(Webhook)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Delete."""
        return {"webhook": webhooks.delete(_found(info, arguments))}


class WebhookMutations(graphene.ObjectType):
    """Mutations about webhooks."""

    webhook_create = WebhookCreate.Field()
    webhook_update = WebhookUpdate.Field()
    webhook_delete = WebhookDelete.Field()
