"""The permissions that apps and staff can hold: names of Saleor's PermissionEnum."""

from __future__ import annotations

from saleor_sandbox.enum_values import words

PERMISSIONS = words(
    """
    MANAGE_USERS MANAGE_STAFF IMPERSONATE_USER MANAGE_APPS MANAGE_OBSERVABILITY MANAGE_CHECKOUTS
    HANDLE_CHECKOUTS HANDLE_TAXES MANAGE_TAXES MANAGE_CHANNELS
    MANAGE_CUSTOMER_TYPES_AND_ATTRIBUTES MANAGE_DISCOUNTS MANAGE_GIFT_CARD MANAGE_MENUS
    MANAGE_ORDERS MANAGE_ORDERS_IMPORT MANAGE_PAGES MANAGE_PAGE_TYPES_AND_ATTRIBUTES
    HANDLE_PAYMENTS MANAGE_PLUGINS MANAGE_PRODUCTS MANAGE_PRODUCT_TYPES_AND_ATTRIBUTES
    MANAGE_SHIPPING MANAGE_SETTINGS MANAGE_TRANSLATIONS
    """
)

# Where Saleor's own words differ from the name.
_TITLES = {"MANAGE_USERS": "Manage customers."}


def title(permission: str) -> str:
    """A readable name: `Manage orders.` for MANAGE_ORDERS."""
    return _TITLES.get(permission, f"{permission.replace('_', ' ').capitalize()}.")
