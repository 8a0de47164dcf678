"""`b2b-docs retry`: parked jobs, and another try."""

from __future__ import annotations

import sys

from django.utils import timezone

from saleor_b2b_docs.work import queries, services


def run(*, job_id: int | None, retry_all: bool) -> int:
    """Without a choice: list. With one: queue again."""
    parked = queries.parked()
    if job_id is None and not retry_all:
        for job in parked:
            print(f"{job.pk}  {job.name}  {job.key}\n    {job.error_code}: {job.error}")
        print(f"{len(parked)} parked" + (": b2b-docs retry NUMBER, or --all" if parked else ""))
        return 0
    chosen = [job.pk for job in parked] if retry_all else [job_id or 0]
    retried = sum(services.retry(number, now=timezone.now()) for number in chosen)
    print(f"{retried} queued again")
    if retried < len(chosen):
        print("The rest is not parked.", file=sys.stderr)
        return 1
    return 0
