"""Suppliers, buyers' companies and contracts for the merchant's staff."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils import timezone

from saleor_b2b_docs.parties.members.person import Source
from saleor_b2b_docs.parties.members.services import end_membership, member_added
from saleor_b2b_docs.parties.models import (
    Alias,
    BankAccount,
    CalendarDay,
    Contract,
    Counterparty,
    Group,
    Invitation,
    Manager,
    Match,
    Member,
    Signatory,
    Supplier,
    SupplierChannel,
)
from saleor_b2b_docs.parties.services import supplier_saved
from saleor_b2b_docs.parties.terms import Terms, TermsError
from saleor_b2b_docs.work.admin import ReadOnlyAdmin


class BankAccountInline(admin.TabularInline[BankAccount, Supplier]):
    model = BankAccount
    extra = 0


class SignatoryInline(admin.TabularInline[Signatory, Supplier]):
    model = Signatory
    extra = 0


class CalendarDayInline(admin.TabularInline[CalendarDay, Supplier]):
    model = CalendarDay
    extra = 0


@admin.register(Supplier)
class SupplierAdmin(admin.ModelAdmin[Supplier]):
    """A supplier with its accounts and signatories."""

    list_display = ["legal_name", "code", "installation", "profile", "is_default"]
    list_filter = ["installation", "profile"]
    inlines = [BankAccountInline, SignatoryInline, CalendarDayInline]

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


@admin.register(Manager)
class ManagerAdmin(admin.ModelAdmin[Manager]):
    """Who looks after buyers."""

    list_display = ["name", "phone", "email", "installation"]
    list_filter = ["installation"]
    search_fields = ["name", "email"]


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin[Group]):
    """Holdings and their limits."""

    list_display = ["name", "credit_limit", "currency", "installation"]
    list_filter = ["installation"]
    search_fields = ["name"]


class TermsForm(ModelForm[Any]):
    """Refuses terms that nothing could be dated by."""

    def clean_terms(self) -> object:
        """As parties/terms.py reads them; empty: those of the level above."""
        value = self.cleaned_data["terms"]
        if value is None:
            return None
        try:
            return Terms.from_json(value).to_json()
        except TermsError as error:
            raise ValidationError(str(error)) from error


@admin.register(Counterparty)
class CounterpartyAdmin(admin.ModelAdmin[Counterparty]):
    """Buyers' companies. Two that are one are merged through the API, not here."""

    form = TermsForm
    list_display = ["name", "tax_id", "group", "manager", "merged_into", "installation"]
    list_filter = ["installation", "group"]
    search_fields = ["name", "tax_id", "vat_id", "email"]
    readonly_fields = ["merged_into", "created_at"]
    autocomplete_fields = ["group", "manager"]

    def save_model(self, request: HttpRequest, obj: Counterparty, form: Any, change: bool) -> None:
        """A new one is from now."""
        if not change:
            obj.created_at = timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(Contract)
class ContractAdmin(admin.ModelAdmin[Contract]):
    """Contracts, their terms and limits."""

    form = TermsForm
    list_display = ["__str__", "supplier", "counterparty", "currency", "is_main", "is_closed"]
    list_filter = ["supplier", "currency", "coverage", "is_closed"]
    search_fields = ["number", "name", "counterparty__name", "counterparty__tax_id"]
    readonly_fields = ["created_at"]
    autocomplete_fields = ["counterparty", "manager"]
    list_select_related = ["supplier", "counterparty"]

    def save_model(self, request: HttpRequest, obj: Contract, form: Any, change: bool) -> None:
        """A new one is from now."""
        if not change:
            obj.created_at = timezone.now()
        super().save_model(request, obj, form, change)


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin[Member]):
    """Who acts for whom."""

    list_display = ["email", "user_id", "counterparty", "role", "source"]
    list_filter = ["role", "source"]
    search_fields = ["email", "user_id", "name", "counterparty__name"]
    readonly_fields = ["source", "created_at"]
    autocomplete_fields = ["counterparty"]
    list_select_related = ["counterparty"]

    def save_model(self, request: HttpRequest, obj: Member, form: Any, change: bool) -> None:
        """A new one is staff's, and brings his orders along."""
        if change:
            super().save_model(request, obj, form, change)
            return
        obj.source = Source.STAFF
        obj.created_at = timezone.now()
        super().save_model(request, obj, form, change)
        member_added(obj, now=obj.created_at)

    def delete_model(self, request: HttpRequest, obj: Member) -> None:
        """He doesn't come back by himself."""
        end_membership(obj, by=request.user.get_username(), now=timezone.now())

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Member]) -> None:
        """The same for several."""
        for member in queryset.select_related("counterparty"):
            self.delete_model(request, member)


@admin.register(Alias)
class AliasAdmin(admin.ModelAdmin[Alias]):
    """What outside systems call our rows."""

    list_display = ["external_id", "source", "kind", "target", "installation"]
    list_filter = ["installation", "source", "kind"]
    search_fields = ["external_id", "target"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin[Invitation]):
    """Who was invited, and what became of it; the secrets are known to nobody."""

    list_display = ["email", "counterparty", "role", "expires_at", "accepted_at", "revoked_at"]
    list_select_related = ["counterparty"]
    search_fields = ["email", "counterparty__name"]
    exclude = ["secret_hash"]


@admin.register(Match)
class MatchAdmin(ReadOnlyAdmin[Match]):
    """What may be the same; decided through the API, which shows the money before and after."""

    list_display = ["kind", "user_email", "company", "tax_id", "counterparty", "reason", "state"]
    list_filter = ["installation", "kind", "state", "reason"]
    search_fields = ["user_email", "company", "tax_id", "counterparty__name"]
    list_select_related = ["counterparty"]
