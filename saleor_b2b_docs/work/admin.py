"""Jobs, to be looked at and tried again."""

from __future__ import annotations

from typing import TypeVar

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.services import retry

M = TypeVar("M", bound=Model)


class ReadOnlyAdmin(admin.ModelAdmin[M]):
    """Rows that the app makes, changes and forgets by itself: to be looked at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is typed in."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Nothing is edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        """Nothing is deleted by hand."""
        return False


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin[Job]):
    """Jobs, and another try of what is parked."""

    list_display = ["id", "name", "key", "state", "attempts", "run_at", "error_code"]
    list_filter = ["state", "name"]
    actions = ["retry_parked"]

    @admin.action(description="Try parked jobs again")
    def retry_parked(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        """Queue the chosen parked jobs again."""
        jobs = list(queryset.values_list("pk", flat=True))
        retried = sum(retry(job_id, now=timezone.now()) for job_id in jobs)
        self.message_user(request, f"{retried} queued again", messages.SUCCESS)
