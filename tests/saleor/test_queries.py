from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.saleor import queries
from saleor_b2b_docs.saleor.models import Installation
from tests.builders.saleor import API_URL, make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@pytest.mark.parametrize(
    "api_url", ["", "garbage", API_URL + "\x00", API_URL + "\ud800", API_URL + "\n", API_URL[:-1]]
)
def test_an_address_that_is_none_finds_nothing(api_url: str) -> None:
    make_installation()

    assert queries.installed(api_url=api_url) is None
    assert queries.recently_installed(api_url, now=NOW) is None


def test_an_installation_is_remembered_for_a_few_seconds() -> None:
    installation = make_installation()
    assert queries.recently_installed(API_URL, now=NOW) == installation
    Installation.objects.update(app_id="changed")

    soon = queries.recently_installed(API_URL, now=NOW + 5 * SECOND)
    later = queries.recently_installed(API_URL, now=NOW + 6 * SECOND)

    assert soon is not None
    assert later is not None
    assert (soon.app_id, later.app_id) == (installation.app_id, "changed")


def test_an_installation_is_found_as_soon_as_it_is_there() -> None:
    assert queries.recently_installed(API_URL, now=NOW) is None

    installation = make_installation()

    assert queries.recently_installed(API_URL, now=NOW) == installation


def test_an_installation_that_is_gone_is_not_remembered_for_long() -> None:
    installation = make_installation()
    queries.recently_installed(API_URL, now=NOW)
    Installation.objects.update(uninstalled_at=NOW, encrypted_token="")

    assert queries.recently_installed(API_URL, now=NOW + SECOND) == installation
    assert queries.recently_installed(API_URL, now=NOW + 6 * SECOND) is None
