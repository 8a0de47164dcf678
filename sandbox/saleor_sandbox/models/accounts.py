"""People and their addresses."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone

from saleor_sandbox.models.base import Node, WithMetadata

if TYPE_CHECKING:
    from collections.abc import Iterable


def new_jwt_key() -> str:
    """Twelve random characters, written into a user's tokens; changing them revokes all."""
    return secrets.token_urlsafe(9)


class Address(Node, WithMetadata):
    """A postal address. Orders and checkouts keep copies of their own."""

    graphql_type = "Address"
    # What a form fills in: all fields but metadata and owner.
    TEXT_FIELDS = (
        "first_name",
        "last_name",
        "company_name",
        "street_address_1",
        "street_address_2",
        "city",
        "city_area",
        "postal_code",
        "country",
        "country_area",
        "phone",
    )

    owner = models.ForeignKey(
        "User", null=True, blank=True, on_delete=models.CASCADE, related_name="addresses"
    )
    first_name = models.CharField(max_length=256, blank=True)
    last_name = models.CharField(max_length=256, blank=True)
    company_name = models.CharField(max_length=256, blank=True)
    street_address_1 = models.CharField(max_length=256, blank=True)
    street_address_2 = models.CharField(max_length=256, blank=True)
    city = models.CharField(max_length=256, blank=True)
    city_area = models.CharField(max_length=128, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2)
    country_area = models.CharField(max_length=128, blank=True)
    phone = models.CharField(max_length=128, blank=True, default="")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.company_name or f"{self.first_name} {self.last_name}".strip()

    def copy(self) -> Address:
        """A saved copy that belongs to nobody."""
        values = {name: getattr(self, name) for name in self.TEXT_FIELDS}
        return Address.objects.create(
            **values, metadata=dict(self.metadata), private_metadata=dict(self.private_metadata)
        )


class User(Node, WithMetadata):
    """A customer or a member of staff."""

    graphql_type = "User"

    email = models.EmailField(unique=True)
    password = models.CharField(max_length=128)
    first_name = models.CharField(max_length=256, blank=True)
    last_name = models.CharField(max_length=256, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_confirmed = models.BooleanField(default=True)
    # Names of PermissionEnum; only staff have any.
    permissions = models.JSONField(default=list, blank=True)
    language_code = models.CharField(max_length=35, default="en")
    note = models.TextField(blank=True, default="")
    external_reference = models.CharField(max_length=250, unique=True, null=True, blank=True)
    jwt_token_key = models.CharField(max_length=12, default=new_jwt_key)
    date_joined = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    last_login = models.DateTimeField(null=True, blank=True)
    default_billing_address = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    default_shipping_address = models.ForeignKey(
        Address, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("email",)

    def __str__(self) -> str:
        return self.email

    def has_any(self, permissions: Iterable[str]) -> bool:
        """Whether this person, if active staff, holds one of `permissions`."""
        return (
            self.is_active and self.is_staff and not set(permissions).isdisjoint(self.permissions)
        )

    @classmethod
    def active_with_email(cls, email: str) -> User | None:
        """The active user of `email`, whatever the case of its letters."""
        return cls.objects.filter(Q(email__iexact=email), is_active=True).first()
