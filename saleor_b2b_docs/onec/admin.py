"""What accounting bases sent, and what of it waits for staff: to be looked at."""

from __future__ import annotations

from django.contrib import admin

from saleor_b2b_docs.onec.models import (
    Authority,
    Base,
    Delivery,
    FactState,
    OrderReport,
    SetAside,
)
from saleor_b2b_docs.work.admin import ReadOnlyAdmin


@admin.register(Base)
class BaseAdmin(ReadOnlyAdmin[Base]):
    """The bases that exchange with a shop."""

    list_display = ["code", "name", "installation", "supplier", "heard_at"]


@admin.register(Authority)
class AuthorityAdmin(ReadOnlyAdmin[Authority]):
    """Which base is believed in what."""

    list_display = ["supplier", "kind", "base"]
    list_filter = ["kind", "base"]


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin[Delivery]):
    """What was sent, and what became of it."""

    list_display = ["id", "base", "channel", "external_id", "format", "state", "received_at"]
    list_filter = ["state", "channel", "base"]
    search_fields = ["external_id"]


@admin.register(FactState)
class FactStateAdmin(ReadOnlyAdmin[FactState]):
    """What was told last of each thing; what vanished from its container is filtered here."""

    list_display = ["kind", "key", "base", "is_gone", "missing_since"]
    list_filter = ["kind", "is_gone", ("missing_since", admin.EmptyFieldListFilter), "base"]
    search_fields = ["key"]


@admin.register(SetAside)
class SetAsideAdmin(ReadOnlyAdmin[SetAside]):
    """Facts that could not be applied."""

    list_display = ["kind", "key", "code", "reason", "at", "settled_at"]
    list_filter = ["code", ("settled_at", admin.EmptyFieldListFilter), "base"]
    search_fields = ["key", "reason"]


@admin.register(OrderReport)
class OrderReportAdmin(ReadOnlyAdmin[OrderReport]):
    """What Saleor was told of orders, and what it could not be told (docs/reports-to-saleor.md)."""

    list_display = ["order", "has_notes", "notes", "reported_at"]
    list_filter = ["has_notes"]
    list_select_related = ["order"]
    search_fields = ["order__number", "order__saleor_id"]
