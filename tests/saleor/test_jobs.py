from __future__ import annotations

import datetime as dt

import pytest
import respx

from saleor_b2b_docs import __version__
from saleor_b2b_docs.saleor import jobs
from saleor_b2b_docs.saleor.models import Installation
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.specs import JobContext
from tests.builders.saleor import API_URL, OTHER_API_URL, make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


def context(installation_id: int | None = None) -> JobContext:
    """A first run."""
    return JobContext(installation_id=installation_id, arguments={}, attempt=1, now=NOW)


def queued() -> set[tuple[str, str, int | None]]:
    return set(Job.objects.values_list("name", "key", "installation_id"))


def test_every_saleor_is_read_again_also_where_the_app_is_switched_off() -> None:
    on = make_installation()
    off = make_installation(api_url=OTHER_API_URL, is_active=False)
    make_installation(api_url="https://gone.example/graphql/", uninstalled_at=NOW)

    jobs.refresh_all(context())

    assert queued() == {
        ("saleor.refresh", str(on.pk), on.pk),
        ("saleor.refresh", str(off.pk), off.pk),
    }


def test_a_saleor_that_uninstalled_the_app_is_not_asked(saleor: respx.MockRouter) -> None:
    gone = make_installation(uninstalled_at=NOW)
    route = saleor.post(API_URL)

    jobs.refresh(context(gone.pk))
    jobs.refresh(context(None))

    assert not route.called


def test_webhooks_are_compared_where_another_version_of_ours_did_it_last() -> None:
    older = make_installation()
    current = make_installation(api_url=OTHER_API_URL)
    new = make_installation(api_url="https://new.example/graphql/")  # has its own job already
    off = make_installation(api_url="https://off.example/graphql/", is_active=False)
    for installation, version in ((older, "0.0.9"), (current, __version__), (new, ""), (off, "1")):
        Installation.objects.filter(pk=installation.pk).update(app_version=version)

    jobs.upgrade(context())

    assert queued() == {("saleor.sync_webhooks", str(older.pk), older.pk)}
