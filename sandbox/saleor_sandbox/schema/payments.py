"""Transactions."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.enum_values import TRANSACTION_CREATE_ERRORS, TRANSACTION_UPDATE_ERRORS
from saleor_sandbox.models import TransactionItem as TransactionModel
from saleor_sandbox.pricing import ZERO
from saleor_sandbox.schema.base import (
    TYPES,
    MetadataInput,
    Node,
    ObjectWithMetadata,
    SaleorMutation,
    error_type,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.enums import TransactionActionEnum, saleor_enum
from saleor_sandbox.schema.money import Amount, Money, MoneyInput
from saleor_sandbox.services import payments

TransactionCreateError = error_type(
    "TransactionCreateError",
    saleor_enum("TransactionCreateErrorCode", TRANSACTION_CREATE_ERRORS),
)
TransactionUpdateError = error_type(
    "TransactionUpdateError",
    saleor_enum("TransactionUpdateErrorCode", TRANSACTION_UPDATE_ERRORS),
)


def _order() -> Any:
    from saleor_sandbox.schema.orders import Order

    return Order


class TransactionItem(graphene.ObjectType):
    """Represents a payment transaction."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    token = graphene.UUID(required=True)
    created_at = graphene.DateTime(required=True)
    modified_at = graphene.DateTime(required=True)
    actions = non_null_list(TransactionActionEnum, required=True)
    authorized_amount = graphene.Field(Money, required=True)
    refunded_amount = graphene.Field(Money, required=True)
    canceled_amount = graphene.Field(Money, required=True)
    charged_amount = graphene.Field(Money, required=True)
    charge_pending_amount = graphene.Field(Money, required=True)
    name = graphene.String(required=True)
    message = graphene.String(required=True)
    psp_reference = graphene.String(required=True)
    external_url = graphene.String(required=True)
    order = graphene.Field(_order)

    @staticmethod
    def resolve_id(root: TransactionModel, _info: GraphQLResolveInfo) -> str:
        """By its token."""
        return global_ids.encode("TransactionItem", root.token)

    @staticmethod
    def resolve_actions(root: TransactionModel, _info: GraphQLResolveInfo) -> list[str]:
        """What may be asked of the provider."""
        names: list[str] = root.available_actions
        return names

    @staticmethod
    def resolve_authorized_amount(root: TransactionModel, _info: GraphQLResolveInfo) -> Amount:
        """Reserved."""
        return Amount(root.authorized, root.currency)

    @staticmethod
    def resolve_refunded_amount(root: TransactionModel, _info: GraphQLResolveInfo) -> Amount:
        """Given back."""
        return Amount(root.refunded, root.currency)

    @staticmethod
    def resolve_canceled_amount(root: TransactionModel, _info: GraphQLResolveInfo) -> Amount:
        """Released."""
        return Amount(root.canceled, root.currency)

    @staticmethod
    def resolve_charged_amount(root: TransactionModel, _info: GraphQLResolveInfo) -> Amount:
        """Taken."""
        return Amount(root.charged, root.currency)

    @staticmethod
    def resolve_charge_pending_amount(root: TransactionModel, _info: GraphQLResolveInfo) -> Amount:
        """Nothing waits here."""
        return Amount(ZERO, root.currency)


TYPES["TransactionItem"] = TransactionItem


class TransactionCreateInput(graphene.InputObjectType):
    """A transaction that comes in."""

    name = graphene.String()
    message = graphene.String()
    psp_reference = graphene.String()
    available_actions = non_null_list(TransactionActionEnum)
    amount_authorized = MoneyInput()
    amount_charged = MoneyInput()
    amount_refunded = MoneyInput()
    amount_canceled = MoneyInput()
    metadata = non_null_list(MetadataInput)
    private_metadata = non_null_list(MetadataInput)
    external_url = graphene.String()


class TransactionEventInput(graphene.InputObjectType):
    """A note in a transaction's history."""

    psp_reference = graphene.String()
    message = graphene.String()


class TransactionCreate(SaleorMutation):
    """Creates transaction for checkout or order."""

    class Meta:
        error = TransactionCreateError
        permissions = ("HANDLE_PAYMENTS",)

    class Arguments:
        id = graphene.ID(required=True)
        transaction = TransactionCreateInput(required=True)
        transaction_event = TransactionEventInput()

    transaction = graphene.Field(TransactionItem)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Create."""
        item = payments.create(
            arguments["id"], arguments["transaction"], requestor=requestor_of(info)
        )
        return {"transaction": item}


class TransactionUpdateInput(TransactionCreateInput):
    """What changes of a transaction."""


class TransactionUpdate(SaleorMutation):
    """Update transaction."""

    class Meta:
        error = TransactionUpdateError
        permissions = ("HANDLE_PAYMENTS",)

    class Arguments:
        id = graphene.ID()
        transaction = TransactionUpdateInput()
        transaction_event = TransactionEventInput()

    transaction = graphene.Field(TransactionItem)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Change."""
        item = payments.update(
            arguments.get("id") or "",
            arguments.get("transaction") or {},
            requestor=requestor_of(info),
        )
        return {"transaction": item}


class PaymentMutations(graphene.ObjectType):
    """Mutations about money."""

    transaction_create = TransactionCreate.Field()
    transaction_update = TransactionUpdate.Field()
