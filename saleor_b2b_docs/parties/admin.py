"""Suppliers for the merchant's staff."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from saleor_b2b_docs.parties.models import BankAccount, Signatory, Supplier, SupplierChannel
from saleor_b2b_docs.parties.services import supplier_saved


class BankAccountInline(admin.TabularInline[BankAccount, Supplier]):
    model = BankAccount
    extra = 0


class SignatoryInline(admin.TabularInline[Signatory, Supplier]):
    model = Signatory
    extra = 0


@admin.register(Supplier)
class SupplierAdmin(admin.ModelAdmin[Supplier]):
    """A supplier with its accounts and signatories."""

    list_display = ["legal_name", "code", "installation", "profile", "is_default"]
    list_filter = ["installation", "profile"]
    inlines = [BankAccountInline, SignatoryInline]

    def save_related(
        self, request: HttpRequest, form: ModelForm[Supplier], formsets: Any, change: bool
    ) -> None:
        """After the accounts, too, are saved: papers that waited for them are tried again."""
        super().save_related(request, form, formsets, change)
        supplier_saved(form.instance.installation, now=timezone.now())


@admin.register(SupplierChannel)
class SupplierChannelAdmin(admin.ModelAdmin[SupplierChannel]):
    """Which supplier sells where."""

    list_display = ["channel_slug", "supplier", "installation"]
    list_filter = ["installation"]

    def save_model(
        self, request: HttpRequest, obj: SupplierChannel, form: Any, change: bool
    ) -> None:
        """Papers that waited for somebody to sell in the channel are tried again."""
        super().save_model(request, obj, form, change)
        supplier_saved(obj.installation, now=timezone.now())
