"""Who is asking: what a door makes of a token or key, and what every read is scoped by."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ViewerKind(Enum):
    ANONYMOUS = "anonymous"
    CUSTOMER = "customer"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody asking, at one installation. Permissions are Saleor's codes, staff only."""

    kind: ViewerKind
    installation_id: int | None = None
    user_id: str = ""
    """The Saleor user's global id."""
    permissions: frozenset[str] = frozenset()

    @property
    def may_read_orders(self) -> bool:
        """Staff who may see every order's documents of their installation."""
        return self._has("MANAGE_ORDERS")

    @property
    def may_manage_users(self) -> bool:
        """Staff who may change terms, members and matches of their installation."""
        return self._has("MANAGE_USERS")

    @property
    def may_manage_settings(self) -> bool:
        """Staff who may change suppliers, policies and keys of their installation."""
        return self._has("MANAGE_SETTINGS")

    def _has(self, permission: str) -> bool:
        return self.kind is ViewerKind.STAFF and permission in self.permissions


ANONYMOUS = Viewer(ViewerKind.ANONYMOUS)
