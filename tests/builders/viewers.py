"""Who asks, without a token."""

from __future__ import annotations

from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.saleor.viewers import Viewer, ViewerKind
from tests.builders.saleor import BUYER_ID, STAFF_ID


def customer(installation: Installation, user_id: str = BUYER_ID) -> Viewer:
    """A customer who is signed in: the usual buyer unless said otherwise."""
    return Viewer(ViewerKind.CUSTOMER, installation.pk, user_id)


def staff(installation: Installation, *permissions: str) -> Viewer:
    """A member of staff with exactly these permissions."""
    return Viewer(ViewerKind.STAFF, installation.pk, STAFF_ID, frozenset(permissions))
