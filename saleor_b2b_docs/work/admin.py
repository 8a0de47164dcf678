"""Jobs, to be looked at and tried again."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.services import retry


@admin.register(Job)
class JobAdmin(admin.ModelAdmin[Job]):
    """Read only, but for another try of what is parked."""

    list_display = ["id", "name", "key", "state", "attempts", "run_at", "error_code"]
    list_filter = ["state", "name"]
    actions = ["retry_parked"]

    @admin.action(description="Try parked jobs again")
    def retry_parked(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        """Queue the chosen parked jobs again."""
        jobs = list(queryset.values_list("pk", flat=True))
        retried = sum(retry(job_id, now=timezone.now()) for job_id in jobs)
        self.message_user(request, f"{retried} queued again", messages.SUCCESS)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Jobs are caused, not typed in."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        """A job's record is not edited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        """A job's record goes by itself after a month."""
        return False
