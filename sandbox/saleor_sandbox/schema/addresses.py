"""Addresses and countries."""

from __future__ import annotations

import graphene
from babel import Locale
from graphql import GraphQLResolveInfo

from saleor_sandbox.models import Address as AddressModel
from saleor_sandbox.schema.base import (
    TYPES,
    MetadataInput,
    Node,
    ObjectWithMetadata,
    non_null_list,
)
from saleor_sandbox.schema.enums import CountryCode


class CountryDisplay(graphene.ObjectType):
    """A country."""

    code = graphene.String(required=True)
    country = graphene.String(required=True)


def country_display(code: str) -> dict[str, str]:
    """A country by its code, with its English name."""
    return {"code": code, "country": Locale("en").territories.get(code, code)}


class Address(graphene.ObjectType):
    """Represents user address data."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    first_name = graphene.String(required=True)
    last_name = graphene.String(required=True)
    company_name = graphene.String(required=True)
    street_address1 = graphene.String(required=True)
    street_address2 = graphene.String(required=True)
    city = graphene.String(required=True)
    city_area = graphene.String(required=True)
    postal_code = graphene.String(required=True)
    country = graphene.Field(CountryDisplay, required=True)
    country_area = graphene.String(required=True)
    phone = graphene.String()
    is_default_shipping_address = graphene.Boolean()
    is_default_billing_address = graphene.Boolean()

    @staticmethod
    def resolve_street_address1(root: AddressModel, _info: GraphQLResolveInfo) -> str:
        """First line of the street."""
        return root.street_address_1

    @staticmethod
    def resolve_street_address2(root: AddressModel, _info: GraphQLResolveInfo) -> str:
        """Second line of the street."""
        return root.street_address_2

    @staticmethod
    def resolve_country(root: AddressModel, _info: GraphQLResolveInfo) -> dict[str, str]:
        """The country with its name."""
        return country_display(root.country)

    @staticmethod
    def resolve_is_default_shipping_address(
        root: AddressModel, _info: GraphQLResolveInfo
    ) -> bool | None:
        """Whether its owner has goods sent there; null for a copy in an order."""
        return root.owner.default_shipping_address_id == root.pk if root.owner else None

    @staticmethod
    def resolve_is_default_billing_address(
        root: AddressModel, _info: GraphQLResolveInfo
    ) -> bool | None:
        """Whether its owner has bills sent there; null for a copy in an order."""
        return root.owner.default_billing_address_id == root.pk if root.owner else None


TYPES["Address"] = Address


class AddressInput(graphene.InputObjectType):
    """An address that comes in."""

    first_name = graphene.String()
    last_name = graphene.String()
    company_name = graphene.String()
    street_address_1 = graphene.String()
    street_address_2 = graphene.String()
    city = graphene.String()
    city_area = graphene.String()
    postal_code = graphene.String()
    country = CountryCode()
    country_area = graphene.String()
    phone = graphene.String()
    metadata = non_null_list(MetadataInput)
    skip_validation = graphene.Boolean(default_value=False)
