from __future__ import annotations

import datetime as dt

import pytest
from pytest_django import Settings

from saleor_b2b_docs.work import queries
from tests.builders.work import make_job

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 10, 0, tzinfo=dt.UTC)


def test_the_newest_job_says_whether_its_work_is_parked() -> None:
    make_job("t.crash", now=NOW, state="parked", error_code="NO_ORDER")
    assert queries.parked_code("t.crash", "1") == "NO_ORDER"

    make_job("t.crash", now=NOW, state="queued")
    assert queries.parked_code("t.crash", "1") is None
    assert queries.parked_code("t.crash", "2") is None
    assert queries.parked_code("t.succeed", "1") is None


def test_parked_jobs_come_oldest_first() -> None:
    first = make_job("t.crash", key="b", now=NOW, state="parked")
    make_job("t.crash", key="c", now=NOW)
    second = make_job("t.crash", key="a", now=NOW, state="parked")

    assert queries.parked() == [first, second]


def test_jobs_are_counted_by_state() -> None:
    for key in ("a", "b"):
        make_job("t.crash", key=key, now=NOW)
    make_job("t.crash", key="c", now=NOW, state="parked")

    assert queries.counts() == {"queued": 2, "parked": 1}


def test_the_last_periodic_run_tells_whether_workers_run(settings: Settings) -> None:
    settings.JOBS = "tests.work.handlers.JOBS_WITH_PERIODIC"
    make_job("t.succeed", key="a", now=NOW, state="done", finished_at=NOW)
    assert queries.last_periodic_run() is None

    earlier = NOW - dt.timedelta(minutes=5)
    for key, moment in (("a", earlier - dt.timedelta(minutes=5)), ("b", earlier)):
        make_job("t.periodic", key=key, now=moment, state="done", finished_at=moment)
    assert queries.last_periodic_run() == earlier


@pytest.mark.parametrize(
    ("state", "waiting"),
    [("queued", True), ("running", True), ("done", False), ("parked", False)],
)
def test_work_is_waited_for_until_it_has_ended(state: str, waiting: bool) -> None:
    make_job("t.crash", now=NOW, state=state)

    assert queries.is_waiting(("t.succeed", "t.crash"), "1") is waiting
    assert not queries.is_waiting(("t.succeed",), "1")
    assert not queries.is_waiting(("t.crash",), "2")
    assert not queries.is_waiting((), "1")


def test_a_key_is_parked_while_its_newest_job_is() -> None:
    # given
    for key, states in {
        "1": ["parked"],
        "2": ["parked", "queued"],
        "3": ["done", "parked"],
    }.items():
        for state in states:
            make_job("t.crash", key=key, now=NOW, state=state)

    # then
    assert queries.parked_keys("t.crash", ["1", "2", "3", "4"]) == {"1", "3"}
    assert queries.parked_keys("t.crash", ["2"]) == set()
    assert queries.parked_keys("t.other", ["1"]) == set()
    assert queries.parked_keys("t.crash", []) == set()
