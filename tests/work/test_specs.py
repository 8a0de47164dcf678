from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from saleor_b2b_docs.config.jobs import JOBS
from saleor_b2b_docs.work.specs import JobSpec, backoff


@pytest.mark.parametrize(
    ("failures", "seconds"),
    [(1, 5), (2, 10), (3, 20), (4, 40), (7, 320), (8, 600), (9, 600), (1_000_000, 600)],
)
def test_the_pause_doubles_up_to_ten_minutes(failures: int, seconds: int) -> None:
    assert backoff(failures) == dt.timedelta(seconds=seconds)


@given(failures=st.integers(1, 10_000))
def test_the_pause_never_shrinks(failures: int) -> None:
    assert backoff(failures) <= backoff(failures + 1) <= dt.timedelta(minutes=10)


@pytest.mark.parametrize("spec", JOBS.values(), ids=lambda spec: spec.name)
def test_every_job_of_the_app_has_a_handler(spec: JobSpec) -> None:
    assert callable(spec.load())
