"""Reads of jobs and of the inbox."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.models import Count

from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.specs import job_specs


def queued_job(name: str, key: str) -> Job | None:
    """The queued job of this name and key; there is one at the most."""
    return Job.objects.filter(name=name, key=key, state=Job.State.QUEUED).first()


def parked_code(name: str, key: str) -> str | None:
    """Why the newest job of this name and key is parked, or None when it is not."""
    job = Job.objects.filter(name=name, key=key).order_by("-id").first()
    return job.error_code if job and job.state == Job.State.PARKED else None


def parked_keys(name: str, keys: Collection[str]) -> set[str]:
    """Those of these keys whose newest job of this name is parked."""
    jobs = Job.objects.filter(name=name, key__in=keys).order_by("id")
    newest = dict(jobs.values_list("key", "state"))
    return {key for key, state in newest.items() if state == Job.State.PARKED}


def is_waiting(names: Collection[str], key: str) -> bool:
    """Whether a job of one of these names and this key is queued or running."""
    alive = (Job.State.QUEUED, Job.State.RUNNING)
    return Job.objects.filter(key=key, name__in=names, state__in=alive).exists()


def parked() -> Sequence[Job]:
    """All parked jobs, oldest first."""
    return list(Job.objects.filter(state=Job.State.PARKED).order_by("id"))


def last_periodic_run() -> dt.datetime | None:
    """When a periodic job last ended, which tells whether workers run at all."""
    periodic = [name for name, spec in job_specs().items() if spec.every]
    last = Job.objects.filter(name__in=periodic, state=Job.State.DONE).order_by("-finished_at")
    return last.values_list("finished_at", flat=True).first()


def counts() -> dict[str, int]:
    """How many jobs there are in each state."""
    return dict(Job.objects.values_list("state").annotate(Count("id")))
