"""Finding goods."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLError, GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.models import Channel as ChannelModel
from saleor_sandbox.models import Product as ProductModel
from saleor_sandbox.models import ProductVariant as VariantModel
from saleor_sandbox.schema.base import non_null_list
from saleor_sandbox.schema.connections import paginate
from saleor_sandbox.schema.products import (
    Product,
    ProductConnection,
    ProductVariant,
    VariantConnection,
    product_paging,
    variant_paging,
    with_channel,
)


class ProductFilterInput(graphene.InputObjectType):
    """Which products."""

    search = graphene.String()
    ids = non_null_list(graphene.ID)
    slugs = non_null_list(graphene.String)
    categories = non_null_list(graphene.ID)
    is_available = graphene.Boolean()
    is_published = graphene.Boolean()


def _channel(slug: str | None) -> ChannelModel | None:
    return ChannelModel.objects.filter(slug=slug).first() if slug else None


class ProductQueries(graphene.ObjectType):
    """Queries about the catalogue."""

    products = graphene.Field(
        ProductConnection,
        filter=ProductFilterInput(),
        search=graphene.String(),
        channel=graphene.String(),
        **product_paging,
    )
    product = graphene.Field(
        Product,
        id=graphene.ID(),
        slug=graphene.String(),
        external_reference=graphene.String(),
        channel=graphene.String(),
    )
    product_variants = graphene.Field(
        VariantConnection,
        ids=non_null_list(graphene.ID),
        channel=graphene.String(),
        search=graphene.String(),
        **variant_paging,
    )
    product_variant = graphene.Field(
        ProductVariant,
        id=graphene.ID(),
        sku=graphene.String(),
        external_reference=graphene.String(),
        channel=graphene.String(),
    )

    @staticmethod
    def resolve_products(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Any = None,  # noqa: A002  the API's own name
        search: str | None = None,
        channel: str | None = None,
        **paging: Any,
    ) -> Any:
        """Products that the channel sells."""
        wanted = filter or {}
        place = _channel(channel)
        found = ProductModel.objects.select_related("category")
        if place is not None:
            found = found.filter(variants__listings__channel=place).distinct()
        if text := search or wanted.get("search"):
            found = found.filter(name__icontains=text)
        if wanted.get("ids"):
            keys = [global_ids.decode_as(key, "Product") for key in wanted["ids"]]
            found = found.filter(pk__in=keys)
        if wanted.get("slugs"):
            found = found.filter(slug__in=wanted["slugs"])
        if wanted.get("categories"):
            keys = [global_ids.decode_as(key, "Category") for key in wanted["categories"]]
            found = found.filter(category__in=keys)
        page = paginate(found, info, paging, sort_fields=("slug",))
        for edge in page["edges"]:
            with_channel(edge["node"], place)
        return page

    @staticmethod
    def resolve_product(_root: object, _info: GraphQLResolveInfo, **arguments: Any) -> Any:
        """One product, by one of the three."""
        found = _one(ProductModel.objects.select_related("category"), "Product", arguments, "slug")
        return with_channel(found, _channel(arguments.get("channel")))

    @staticmethod
    def resolve_product_variants(
        _root: object,
        info: GraphQLResolveInfo,
        ids: list[str] | None = None,
        channel: str | None = None,
        search: str | None = None,
        **paging: Any,
    ) -> Any:
        """Variants that the channel sells."""
        place = _channel(channel)
        found = VariantModel.objects.select_related("product")
        if place is not None:
            found = found.filter(listings__channel=place)
        if ids:
            keys = [global_ids.decode_as(key, "ProductVariant") for key in ids]
            found = found.filter(pk__in=keys)
        if search:
            found = found.filter(sku__icontains=search)
        page = paginate(found, info, paging, sort_fields=("sku",))
        for edge in page["edges"]:
            with_channel(edge["node"], place)
        return page

    @staticmethod
    def resolve_product_variant(_root: object, _info: GraphQLResolveInfo, **arguments: Any) -> Any:
        """One variant, by one of the three."""
        found = _one(
            VariantModel.objects.select_related("product"), "ProductVariant", arguments, "sku"
        )
        return with_channel(found, _channel(arguments.get("channel")))


def _one(queryset: Any, type_name: str, arguments: dict[str, Any], name: str) -> Any:
    if arguments.get("id"):
        try:
            return queryset.filter(pk=global_ids.decode_as(arguments["id"], type_name)).first()
        except global_ids.InvalidGlobalId as error:
            raise GraphQLError(str(error)) from error
    if arguments.get(name):
        return queryset.filter(**{name: arguments[name]}).first()
    return queryset.filter(external_reference=arguments.get("external_reference") or "").first()
