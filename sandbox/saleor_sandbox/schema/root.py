"""The schema."""

from __future__ import annotations

import graphene
from graphql import GraphQLSchema

from saleor_sandbox.schema.accounts import AccountMutations, AccountQueries
from saleor_sandbox.schema.app_mutations import AppMutations
from saleor_sandbox.schema.apps import AppQueries
from saleor_sandbox.schema.bulk_orders import BulkOrderMutations
from saleor_sandbox.schema.channels import ChannelMutations, ChannelQueries
from saleor_sandbox.schema.checkout_mutations import CheckoutMutations
from saleor_sandbox.schema.checkouts import CheckoutQueries
from saleor_sandbox.schema.federation import FederationQueries
from saleor_sandbox.schema.fulfillment_mutations import FulfillmentMutations
from saleor_sandbox.schema.invoices import InvoiceMutations
from saleor_sandbox.schema.metadata import MetadataMutations
from saleor_sandbox.schema.order_mutations import OrderMutations
from saleor_sandbox.schema.order_queries import OrderQueries
from saleor_sandbox.schema.payments import PaymentMutations
from saleor_sandbox.schema.product_queries import ProductQueries
from saleor_sandbox.schema.subscription_types import EVENT_OBJECT_TYPES, Subscription
from saleor_sandbox.schema.webhooks import WebhookMutations


class Query(
    AccountQueries,
    AppQueries,
    ChannelQueries,
    CheckoutQueries,
    FederationQueries,
    OrderQueries,
    ProductQueries,
    graphene.ObjectType,
):
    """All that can be read."""


class Mutation(
    AccountMutations,
    AppMutations,
    BulkOrderMutations,
    ChannelMutations,
    CheckoutMutations,
    FulfillmentMutations,
    InvoiceMutations,
    MetadataMutations,
    OrderMutations,
    PaymentMutations,
    WebhookMutations,
    graphene.ObjectType,
):
    """All that can be done."""


schema: GraphQLSchema = graphene.Schema(
    query=Query, mutation=Mutation, subscription=Subscription, types=EVENT_OBJECT_TYPES
).graphql_schema
