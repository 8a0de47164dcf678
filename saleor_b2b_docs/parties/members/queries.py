"""Reads of members, for who may manage them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from saleor_b2b_docs.parties.models import Counterparty, Member, Role
from saleor_b2b_docs.parties.queries import seats, tenant
from saleor_b2b_docs.saleor.viewers import Viewer


def members_of(viewer: Viewer, counterparty_id: UUID) -> QuerySet[Member]:
    """Who acts for a counterparty, the oldest first: for its owners and for staff with
    MANAGE_USERS; nobody for anybody else."""
    if not may_manage_members(viewer, counterparty_id):
        return Member.objects.none()
    return Member.objects.filter(counterparty=counterparty_id).order_by("created_at", "id")


def may_manage_members(viewer: Viewer, counterparty_id: UUID) -> bool:
    """Whether the viewer is an owner of this counterparty, or staff of its installation with
    MANAGE_USERS."""
    if viewer.may_manage_users:
        return Counterparty.objects.filter(
            pk=counterparty_id, installation_id=tenant(viewer)
        ).exists()
    return seats(viewer).get(counterparty_id) is Role.OWNER
