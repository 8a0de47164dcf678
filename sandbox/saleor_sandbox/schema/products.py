"""The catalogue and ways of delivery."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.models import Category as CategoryModel
from saleor_sandbox.models import Channel as ChannelModel
from saleor_sandbox.models import Product as ProductModel
from saleor_sandbox.models import ProductVariant as VariantModel
from saleor_sandbox.models import ShippingMethod as ShippingMethodModel
from saleor_sandbox.models import Stock as StockModel
from saleor_sandbox.models import VariantListing
from saleor_sandbox.schema.addresses import AddressInput
from saleor_sandbox.schema.base import (
    TYPES,
    Node,
    ObjectWithMetadata,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.connections import connection
from saleor_sandbox.schema.enums import (
    CountryCode,
    LanguageCodeEnum,
    ShippingMethodTypeEnum,
)
from saleor_sandbox.schema.money import Amount, Money, TaxedAmount, TaxedMoney, TaxedMoneyRange
from saleor_sandbox.schema.scalars import JSONString
from saleor_sandbox.schema.warehouses import Stock
from saleor_sandbox.taxes import TaxTable, country_of


def _in_channel(root: Any) -> ChannelModel | None:
    """The channel that the query named; it travels with the objects that were found."""
    channel: ChannelModel | None = getattr(root, "asked_channel", None)
    return channel


def with_channel(found: Any, channel: ChannelModel | None) -> Any:
    """`found`, which remembers the channel that it was asked for in."""
    if found is not None:
        found.asked_channel = channel
    return found


class VariantPricingInfo(graphene.ObjectType):
    """Represents availability of a variant in the storefront."""

    on_sale = graphene.Boolean()
    discount = graphene.Field(TaxedMoney)
    price = graphene.Field(TaxedMoney)
    price_undiscounted = graphene.Field(TaxedMoney)


class ProductPricingInfo(graphene.ObjectType):
    """Represents availability of a product in the storefront."""

    on_sale = graphene.Boolean()
    display_gross_prices = graphene.Boolean(required=True)
    price_range = graphene.Field(TaxedMoneyRange)
    price_range_undiscounted = graphene.Field(TaxedMoneyRange)


def _listing(variant: VariantModel, channel: ChannelModel | None) -> VariantListing | None:
    if channel is None:
        return None
    return variant.listings.filter(channel=channel).first()


def _pricing(variant: VariantModel, channel: ChannelModel | None) -> dict[str, Any] | None:
    listing = _listing(variant, channel)
    if listing is None or channel is None:
        return None
    country = country_of(channel, shipping_address=None, billing_address=None)
    tax = TaxTable(channel=channel, country=country).of(variant.product)

    def shown(amount: Decimal) -> TaxedAmount:
        return TaxedAmount(tax.apply_rounded(amount), channel.currency_code)

    on_sale = listing.sale_price is not None
    price = listing.price if listing.sale_price is None else listing.sale_price
    return {
        "on_sale": on_sale,
        "discount": shown(listing.price - price) if on_sale else None,
        "price": shown(price),
        "price_undiscounted": shown(listing.price),
    }


@dataclass(frozen=True, slots=True)
class Translated:
    """A translation of an object that has names by language."""

    key: str
    language: str
    name: str | None


class ProductTranslation(graphene.ObjectType):
    """Represents product translations."""

    id = graphene.ID(required=True)
    name = graphene.String()

    @staticmethod
    def resolve_id(root: Translated, _info: GraphQLResolveInfo) -> str:
        """One per product and language."""
        return global_ids.encode("ProductTranslation", root.key)


class Category(graphene.ObjectType):
    """Represents a single category of products."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    slug = graphene.String(required=True)
    level = graphene.Int(required=True)

    @staticmethod
    def resolve_level(_root: CategoryModel, _info: GraphQLResolveInfo) -> int:
        """All are roots."""
        return 0


TYPES["Category"] = Category


class ProductVariant(graphene.ObjectType):
    """Represents a version of a product such as different size or color."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    sku = graphene.String()
    product = graphene.Field(lambda: Product, required=True)
    track_inventory = graphene.Boolean(required=True)
    quantity_limit_per_customer = graphene.Int()
    channel = graphene.String()
    pricing = graphene.Field(VariantPricingInfo, address=AddressInput())
    quantity_available = graphene.Int(address=AddressInput(), country_code=CountryCode())
    stocks = non_null_list(Stock, address=AddressInput(), country_code=CountryCode())
    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    external_reference = graphene.String()

    @staticmethod
    def resolve_name(root: VariantModel, _info: GraphQLResolveInfo) -> str:
        """Its name, or its SKU where it has none."""
        return str(root)

    @staticmethod
    def resolve_product(root: VariantModel, _info: GraphQLResolveInfo) -> Any:
        """What it is a version of, seen in the same channel."""
        return with_channel(root.product, _in_channel(root))

    @staticmethod
    def resolve_track_inventory(_root: VariantModel, _info: GraphQLResolveInfo) -> bool:
        """Always."""
        return True

    @staticmethod
    def resolve_channel(root: VariantModel, _info: GraphQLResolveInfo) -> str | None:
        """The slug of the channel that the query named."""
        channel = _in_channel(root)
        return channel.slug if channel else None

    @staticmethod
    def resolve_pricing(
        root: VariantModel, _info: GraphQLResolveInfo, **_arguments: Any
    ) -> dict[str, Any] | None:
        """Its price in the channel's own country."""
        return _pricing(root, _in_channel(root))

    @staticmethod
    def resolve_quantity_available(
        root: VariantModel, _info: GraphQLResolveInfo, **_arguments: Any
    ) -> int:
        """What no order holds."""
        return root.quantity_available

    @staticmethod
    def resolve_stocks(
        root: VariantModel, info: GraphQLResolveInfo, **_arguments: Any
    ) -> list[StockModel]:
        """In all warehouses, for staff and apps."""
        requestor_of(info).require_staff_or_app()
        return list(root.stocks.select_related("warehouse"))

    @staticmethod
    def resolve_created(root: VariantModel, _info: GraphQLResolveInfo) -> object:
        """When it was added."""
        return root.created_at


TYPES["ProductVariant"] = ProductVariant
VariantConnection, variant_paging = connection(ProductVariant, "ProductVariant")


class ProductType(graphene.ObjectType):
    """Represents a type of product: here there is one, of goods that are sent."""

    id = graphene.ID(required=True)
    name = graphene.String(required=True)
    is_shipping_required = graphene.Boolean(required=True)


_GOODS = ProductType(
    id=global_ids.encode("ProductType", "1"), name="Goods", is_shipping_required=True
)


class Product(graphene.ObjectType):
    """Represents an individual item for sale in the storefront."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    name = graphene.String(required=True)
    description = graphene.Field(JSONString)
    slug = graphene.String(required=True)
    category = graphene.Field(Category)
    product_type = graphene.Field(ProductType, required=True)
    created = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    default_variant = graphene.Field(ProductVariant)
    channel = graphene.String()
    pricing = graphene.Field(ProductPricingInfo, address=AddressInput())
    is_available = graphene.Boolean(address=AddressInput())
    is_available_for_purchase = graphene.Boolean()
    variants = non_null_list(ProductVariant)
    translation = graphene.Field(
        ProductTranslation, language_code=graphene.Argument(LanguageCodeEnum, required=True)
    )
    external_reference = graphene.String()

    @staticmethod
    def resolve_product_type(_root: ProductModel, _info: GraphQLResolveInfo) -> ProductType:
        """All goods are of one type."""
        return _GOODS

    @staticmethod
    def resolve_description(root: ProductModel, _info: GraphQLResolveInfo) -> dict[str, Any]:
        """As EditorJS writes it."""
        block = {"type": "paragraph", "data": {"text": root.description}}
        return {"blocks": [block]}

    @staticmethod
    def resolve_created(root: ProductModel, _info: GraphQLResolveInfo) -> object:
        """When it was added."""
        return root.created_at

    @staticmethod
    def resolve_default_variant(root: ProductModel, _info: GraphQLResolveInfo) -> Any:
        """The first."""
        return with_channel(root.variants.first(), _in_channel(root))

    @staticmethod
    def resolve_channel(root: ProductModel, _info: GraphQLResolveInfo) -> str | None:
        """The slug of the channel that the query named."""
        channel = _in_channel(root)
        return channel.slug if channel else None

    @staticmethod
    def resolve_variants(root: ProductModel, _info: GraphQLResolveInfo) -> list[Any]:
        """All versions, seen in the same channel."""
        found = root.variants.select_related("product")
        return [with_channel(variant, _in_channel(root)) for variant in found]

    @staticmethod
    def resolve_pricing(
        root: ProductModel, _info: GraphQLResolveInfo, **_arguments: Any
    ) -> dict[str, Any] | None:
        """From the cheapest to the dearest version."""
        channel = _in_channel(root)
        entries = [_pricing(variant, channel) for variant in root.variants.all()]
        priced = [entry for entry in entries if entry is not None]
        if not priced or channel is None:
            return None

        def span(name: str) -> dict[str, TaxedAmount]:
            amounts = sorted((entry[name] for entry in priced), key=lambda each: each.taxed.gross)
            return {"start": amounts[0], "stop": amounts[-1]}

        return {
            "on_sale": any(entry["on_sale"] for entry in priced),
            "display_gross_prices": channel.display_gross_prices,
            "price_range": span("price"),
            "price_range_undiscounted": span("price_undiscounted"),
        }

    @staticmethod
    def resolve_is_available(
        root: ProductModel, _info: GraphQLResolveInfo, **_arguments: Any
    ) -> bool:
        """Whether any version can be bought in the channel."""
        channel = _in_channel(root)
        return any(
            variant.quantity_available > 0 and _listing(variant, channel) is not None
            for variant in root.variants.all()
        )

    @staticmethod
    def resolve_is_available_for_purchase(_root: ProductModel, _info: GraphQLResolveInfo) -> bool:
        """What is listed can be bought."""
        return True

    @staticmethod
    def resolve_translation(
        root: ProductModel, _info: GraphQLResolveInfo, language_code: Any
    ) -> Translated | None:
        """Its name in another language."""
        language = language_code.value
        if language not in root.names:
            return None
        return Translated(f"{root.pk}-{language}", language, root.names[language])


TYPES["Product"] = Product
ProductConnection, product_paging = connection(Product, "Product")


class ShippingMethod(graphene.ObjectType):
    """Shipping method: what a buyer can choose, at the price as entered for the channel."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    type = graphene.Field(ShippingMethodTypeEnum)
    name = graphene.String(required=True)
    maximum_delivery_days = graphene.Int()
    minimum_delivery_days = graphene.Int()
    price = graphene.Field(Money, required=True)
    active = graphene.Boolean(required=True)
    message = graphene.String()

    @staticmethod
    def resolve_type(_root: ShippingMethodModel, _info: GraphQLResolveInfo) -> str:
        """By price."""
        return "PRICE"

    @staticmethod
    def resolve_price(root: Any, _info: GraphQLResolveInfo) -> Amount:
        """In the checkout's or order's channel."""
        amount: Amount = root.asked_price
        return amount

    @staticmethod
    def resolve_active(_root: ShippingMethodModel, _info: GraphQLResolveInfo) -> bool:
        """The sandbox asks no app whether a method may be chosen."""
        return True

    @staticmethod
    def resolve_message(_root: ShippingMethodModel, _info: GraphQLResolveInfo) -> str:
        """Why it may not be chosen."""
        return ""


TYPES["ShippingMethod"] = ShippingMethod


def shipping_method_at(method: ShippingMethodModel, price: Amount) -> Any:
    """`method` with the price that it is offered at."""
    priced: Any = method
    priced.asked_price = price
    return priced


class DeliveryMethod(graphene.Union):
    """How goods get to the buyer."""

    class Meta:
        types = (ShippingMethod,)

    @classmethod
    def resolve_type(cls, _instance: Any, _info: GraphQLResolveInfo) -> Any:
        """There are no collection points."""
        return ShippingMethod
