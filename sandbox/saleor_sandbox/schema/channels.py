"""Channels and the shop."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLError, GraphQLResolveInfo

from saleor_sandbox import SALEOR_VERSION, SCHEMA_VERSION, configuration, global_ids
from saleor_sandbox.enum_values import CHANNEL_ERRORS
from saleor_sandbox.models import Channel as ChannelModel
from saleor_sandbox.models import Warehouse as WarehouseModel
from saleor_sandbox.permissions import PERMISSIONS, title
from saleor_sandbox.schema.addresses import CountryDisplay, country_display
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
from saleor_sandbox.schema.enums import (
    CountryCode,
    MarkAsPaidStrategyEnum,
    PermissionEnum,
    saleor_enum,
)
from saleor_sandbox.schema.scalars import Day, Hour, Minute
from saleor_sandbox.schema.warehouses import Warehouse
from saleor_sandbox.services import channels
from saleor_sandbox.services.shop_settings import shop_settings

SHOP_NAME = "Гуртовий дім «Каштан»"

ChannelError = error_type(
    "ChannelError",
    saleor_enum("ChannelErrorCode", CHANNEL_ERRORS),
    shipping_zones=non_null_list(graphene.ID),
    warehouses=non_null_list(graphene.ID),
)


class Permission(graphene.ObjectType):
    """A permission."""

    code = graphene.Field(PermissionEnum, required=True)
    name = graphene.String(required=True)


def permission(name: str) -> dict[str, str]:
    """A permission with its readable name."""
    return {"code": name, "name": title(name)}


class OrderSettings(graphene.ObjectType):
    """Represents the channel-specific order settings."""

    automatically_confirm_all_new_orders = graphene.Boolean(required=True)
    automatically_fulfill_non_shippable_gift_card = graphene.Boolean(required=True)
    expire_orders_after = graphene.Field(Minute)
    mark_as_paid_strategy = graphene.Field(MarkAsPaidStrategyEnum, required=True)
    delete_expired_orders_after = graphene.Field(Day, required=True)
    allow_unpaid_orders = graphene.Boolean(required=True)
    include_draft_order_in_voucher_usage = graphene.Boolean(required=True)
    draft_order_line_price_freeze_period = graphene.Field(Hour)
    use_legacy_line_discount_propagation = graphene.Boolean(required=True)

    @staticmethod
    def resolve_delete_expired_orders_after(root: ChannelModel, _info: GraphQLResolveInfo) -> int:
        """In days."""
        return root.delete_expired_orders_after_days


class TaxConfiguration(graphene.ObjectType):
    """How a channel's prices are taxed."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    charge_taxes = graphene.Boolean(required=True)
    display_gross_prices = graphene.Boolean(required=True)
    prices_entered_with_tax = graphene.Boolean(required=True)

    @staticmethod
    def resolve_id(root: ChannelModel, _info: GraphQLResolveInfo) -> str:
        """One per channel."""
        return global_ids.encode("TaxConfiguration", root.pk)

    @staticmethod
    def resolve_charge_taxes(_root: ChannelModel, _info: GraphQLResolveInfo) -> bool:
        """Always."""
        return True


class Channel(graphene.ObjectType):
    """Represents channel."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    slug = graphene.String(required=True)
    name = graphene.String(required=True)
    is_active = graphene.Boolean(required=True)
    currency_code = graphene.String(required=True)
    has_orders = graphene.Boolean(required=True)
    default_country = graphene.Field(CountryDisplay, required=True)
    order_settings = graphene.Field(OrderSettings, required=True)
    tax_configuration = graphene.Field(TaxConfiguration, required=True)
    warehouses = non_null_list(Warehouse, required=True)

    @staticmethod
    def resolve_warehouses(_root: ChannelModel, info: GraphQLResolveInfo) -> list[WarehouseModel]:
        """All sell everywhere; for staff and apps."""
        requestor_of(info).require_staff_or_app()
        return list(WarehouseModel.objects.all())

    @staticmethod
    def resolve_name(root: ChannelModel, info: GraphQLResolveInfo) -> str:
        """Its name; like all but slug, id and currency for staff and apps only."""
        requestor_of(info).require_staff_or_app()
        return root.name

    @staticmethod
    def resolve_is_active(root: ChannelModel, info: GraphQLResolveInfo) -> bool:
        """Whether it sells."""
        requestor_of(info).require_staff_or_app()
        return root.is_active

    @staticmethod
    def resolve_has_orders(root: ChannelModel, info: GraphQLResolveInfo) -> bool:
        """Whether anything was sold."""
        requestor_of(info).require("MANAGE_CHANNELS")
        return root.orders.exists()

    @staticmethod
    def resolve_default_country(root: ChannelModel, info: GraphQLResolveInfo) -> dict[str, str]:
        """Where buyers are taken to be."""
        requestor_of(info).require_staff_or_app()
        return country_display(root.default_country)

    @staticmethod
    def resolve_order_settings(root: ChannelModel, info: GraphQLResolveInfo) -> ChannelModel:
        """How orders are handled."""
        requestor_of(info).require("MANAGE_CHANNELS", "MANAGE_ORDERS")
        return root

    @staticmethod
    def resolve_tax_configuration(root: ChannelModel, info: GraphQLResolveInfo) -> ChannelModel:
        """How prices are taxed."""
        requestor_of(info).require_staff_or_app()
        return root


TYPES["Channel"] = Channel


class OrderSettingsInput(graphene.InputObjectType):
    """How orders shall be handled."""

    automatically_confirm_all_new_orders = graphene.Boolean()
    automatically_fulfill_non_shippable_gift_card = graphene.Boolean()
    expire_orders_after = Minute()
    delete_expired_orders_after = Day()
    mark_as_paid_strategy = MarkAsPaidStrategyEnum()
    allow_unpaid_orders = graphene.Boolean()
    include_draft_order_in_voucher_usage = graphene.Boolean()
    draft_order_line_price_freeze_period = Hour()
    use_legacy_line_discount_propagation = graphene.Boolean()


class ChannelUpdateInput(graphene.InputObjectType):
    """What may be changed of a channel."""

    is_active = graphene.Boolean()
    order_settings = OrderSettingsInput()
    metadata = non_null_list(MetadataInput)
    private_metadata = non_null_list(MetadataInput)
    name = graphene.String()
    slug = graphene.String()
    default_country = CountryCode()


class ChannelUpdate(SaleorMutation):
    """Updates a channel. Some settings may be changed with MANAGE_ORDERS, too."""

    class Meta:
        error = ChannelError
        old_errors = "channel_errors"

    class Arguments:
        id = graphene.ID(required=True)
        input = ChannelUpdateInput(required=True)

    channel = graphene.Field(Channel)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Change."""
        requestor = requestor_of(info)
        only_orders = set(arguments["input"]) <= {"order_settings"}
        allowed = ("MANAGE_CHANNELS", "MANAGE_ORDERS") if only_orders else ("MANAGE_CHANNELS",)
        requestor.require(*allowed)
        channel = channels.update(arguments["id"], arguments["input"], requestor=requestor)
        return {"channel": channel}


class Domain(graphene.ObjectType):
    """Where the API is."""

    host = graphene.String(required=True)
    ssl_enabled = graphene.Boolean(required=True)
    url = graphene.String(required=True)


class Shop(graphene.ObjectType):
    """Represents a shop resource containing general shop data and configuration."""

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    description = graphene.String()
    domain = graphene.Field(Domain, required=True)
    channel_currencies = non_null_list(graphene.String, required=True)
    permissions = non_null_list(Permission, required=True)
    version = graphene.String(required=True)
    schema_version = graphene.String(required=True)
    fulfillment_auto_approve = graphene.Boolean(required=True)
    fulfillment_allow_unpaid = graphene.Boolean(required=True)
    use_legacy_update_webhook_emission = graphene.Boolean()
    enable_account_confirmation_by_email = graphene.Boolean()

    @staticmethod
    def resolve_id(_root: object, _info: GraphQLResolveInfo) -> str:
        """There is one."""
        return global_ids.encode("Shop", 1)

    @staticmethod
    def resolve_name(_root: object, _info: GraphQLResolveInfo) -> str:
        """The wholesaler's."""
        return SHOP_NAME

    @staticmethod
    def resolve_domain(_root: object, _info: GraphQLResolveInfo) -> dict[str, Any]:
        """From the configuration."""
        sandbox = configuration.current()
        return {
            "host": sandbox.domain,
            "ssl_enabled": sandbox.public_url.startswith("https"),
            "url": f"{sandbox.public_url}/",
        }

    @staticmethod
    def resolve_channel_currencies(_root: object, info: GraphQLResolveInfo) -> list[str]:
        """Each once."""
        requestor_of(info).require_staff_or_app()
        return sorted(set(ChannelModel.objects.values_list("currency_code", flat=True)))

    @staticmethod
    def resolve_permissions(_root: object, info: GraphQLResolveInfo) -> list[dict[str, str]]:
        """All that exist."""
        requestor_of(info).require_staff_or_app()
        return [permission(name) for name in PERMISSIONS]

    @staticmethod
    def resolve_version(_root: object, info: GraphQLResolveInfo) -> str:
        """Of Saleor, for staff and apps."""
        requestor_of(info).require_staff_or_app()
        return SALEOR_VERSION

    @staticmethod
    def resolve_schema_version(_root: object, _info: GraphQLResolveInfo) -> str:
        """Of the API."""
        return SCHEMA_VERSION

    @staticmethod
    def resolve_fulfillment_auto_approve(_root: object, _info: GraphQLResolveInfo) -> bool:
        """Whether what is fulfilled leaves at once."""
        return shop_settings().fulfillment_auto_approve

    @staticmethod
    def resolve_fulfillment_allow_unpaid(_root: object, _info: GraphQLResolveInfo) -> bool:
        """Whether goods go before the money comes."""
        return shop_settings().fulfillment_allow_unpaid

    @staticmethod
    def resolve_use_legacy_update_webhook_emission(
        _root: object, _info: GraphQLResolveInfo
    ) -> bool:
        """A change of metadata alone sends `*_METADATA_UPDATED` and nothing else."""
        return False

    @staticmethod
    def resolve_enable_account_confirmation_by_email(
        _root: object, info: GraphQLResolveInfo
    ) -> bool:
        """Nobody signs in before the e-mail is confirmed."""
        requestor_of(info).require("MANAGE_SETTINGS")
        return True


class ChannelQueries(graphene.ObjectType):
    """Queries about channels and the shop."""

    shop = graphene.Field(Shop, required=True)
    channels = non_null_list(Channel)
    channel = graphene.Field(Channel, id=graphene.ID(), slug=graphene.String())

    @staticmethod
    def resolve_shop(_root: object, _info: GraphQLResolveInfo) -> dict[str, Any]:
        """The shop."""
        return {}

    @staticmethod
    def resolve_channels(_root: object, info: GraphQLResolveInfo) -> list[ChannelModel]:
        """All channels, for staff and apps."""
        requestor_of(info).require_staff_or_app()
        return list(ChannelModel.objects.all())

    @staticmethod
    def resolve_channel(
        _root: object,
        _info: GraphQLResolveInfo,
        id: str | None = None,  # noqa: A002  the API's own name
        slug: str | None = None,
    ) -> ChannelModel | None:
        """One channel."""
        if id is None:
            return ChannelModel.objects.filter(slug=slug or "").first()
        try:
            return ChannelModel.objects.filter(pk=global_ids.decode_as(id, "Channel")).first()
        except global_ids.InvalidGlobalId as error:
            raise GraphQLError(str(error)) from error


class ChannelMutations(graphene.ObjectType):
    """Mutations about channels."""

    channel_update = ChannelUpdate.Field()
