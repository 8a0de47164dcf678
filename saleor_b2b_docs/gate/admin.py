"""Who confirms orders, for the merchant's staff."""

from __future__ import annotations

from django.contrib import admin

from saleor_b2b_docs.gate.models import ConfirmationPolicy


@admin.register(ConfirmationPolicy)
class ConfirmationPolicyAdmin(admin.ModelAdmin[ConfirmationPolicy]):
    """Per channel: at once, a manager, or as the channel is set in Saleor."""

    list_display = ["channel_slug", "mode", "installation"]
    list_filter = ["installation"]
