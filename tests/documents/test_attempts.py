"""Limits on guessing."""

from __future__ import annotations

import datetime as dt

import pytest

from saleor_b2b_docs.documents.attempts import (
    GUEST_BY_ADDRESS,
    GUEST_BY_ORDER,
    Limit,
    TooManyAttempts,
    count_attempt,
    refuse_exhausted,
)
from saleor_b2b_docs.documents.models import Attempts

pytestmark = pytest.mark.django_db

LIMIT = Limit("test", times=3, window=dt.timedelta(minutes=10))
START = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
"""The beginning of a window."""


def test_the_attempt_after_the_last_is_refused_until_the_window_ends() -> None:
    # given
    for _ in range(3):
        count_attempt(LIMIT, "10.0.0.1", now=START)

    # when
    with pytest.raises(TooManyAttempts) as refusal:
        count_attempt(LIMIT, "10.0.0.1", now=START + dt.timedelta(minutes=4))

    # then
    assert refusal.value.code == "RATE_LIMITED"
    assert refusal.value.retry_after == dt.timedelta(minutes=6)
    count_attempt(LIMIT, "10.0.0.1", now=START + dt.timedelta(minutes=10))


def test_subjects_and_limits_do_not_share_attempts() -> None:
    # given
    for _ in range(3):
        count_attempt(LIMIT, "10.0.0.1", now=START)

    # when / then
    count_attempt(LIMIT, "10.0.0.2", now=START)
    count_attempt(Limit("other", times=1, window=LIMIT.window), "10.0.0.1", now=START)


def test_looking_whether_attempts_are_used_up_uses_none() -> None:
    # given
    for _ in range(2):
        count_attempt(LIMIT, "10.0.0.1", now=START)
    for _ in range(10):
        refuse_exhausted(LIMIT, "10.0.0.1", now=START)
    count_attempt(LIMIT, "10.0.0.1", now=START)

    # when
    with pytest.raises(TooManyAttempts) as refusal:
        refuse_exhausted(LIMIT, "10.0.0.1", now=START + dt.timedelta(minutes=1))

    # then
    assert refusal.value.retry_after == dt.timedelta(minutes=9)
    refuse_exhausted(LIMIT, "10.0.0.1", now=START + dt.timedelta(minutes=10))


def test_nobody_s_address_is_kept_and_old_windows_are_forgotten() -> None:
    # given
    count_attempt(LIMIT, "10.0.0.1", now=START)

    # when
    count_attempt(LIMIT, "10.0.0.1", now=START + dt.timedelta(hours=1))

    # then
    row = Attempts.objects.get()
    assert row.count == 1
    assert "10.0.0.1" not in row.key


def test_the_limits_of_guests() -> None:
    # when / then
    assert (GUEST_BY_ADDRESS.times, GUEST_BY_ADDRESS.window) == (20, dt.timedelta(minutes=10))
    assert (GUEST_BY_ORDER.times, GUEST_BY_ORDER.window) == (10, dt.timedelta(minutes=10))
