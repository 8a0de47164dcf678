"""Accounting bases: made once, named again."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.onec.bases.services import InvalidBase, keep_base
from saleor_b2b_docs.onec.models import Base
from tests.builders.saleor import OTHER_API_URL, make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 10, 9, 30, tzinfo=dt.UTC)


def test_a_base_is_made_once() -> None:
    installation = make_installation()

    first = keep_base(installation, code="ut-11", name="УТ 11", now=NOW)
    again = keep_base(installation, code="ut-11", now=NOW + dt.timedelta(days=1))

    assert again == first
    assert (again.name, again.created_at) == ("УТ 11", NOW)


def test_a_new_name_replaces_the_old_one() -> None:
    base = keep_base(make_installation(), code="1c", name="УТ", now=NOW)

    keep_base(base.installation, code="1c", name="УТ 11", now=NOW)

    base.refresh_from_db()
    assert base.name == "УТ 11"


def test_two_installations_may_call_a_base_alike() -> None:
    first = keep_base(make_installation(), code="1c", now=NOW)
    second = keep_base(make_installation(api_url=OTHER_API_URL), code="1c", now=NOW)

    assert first != second


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("", ""),
        ("a b", ""),
        ("база", ""),
        ("a:b", ""),
        ("x" * 41, ""),
        ("1c", "x" * 201),
        ("1c", "\0"),
    ],
)
def test_a_base_that_can_not_be_one_is_refused(code: str, name: str) -> None:
    installation = make_installation()

    with pytest.raises(InvalidBase):
        keep_base(installation, code=code, name=name, now=NOW)

    assert not Base.objects.exists()
