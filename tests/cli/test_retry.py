"""`b2b-docs retry`: parked jobs, and another try."""

from __future__ import annotations

import pytest
from django.utils import timezone

from saleor_b2b_docs.cli.main import main
from saleor_b2b_docs.work.models import Job
from tests.builders.work import make_job

pytestmark = pytest.mark.django_db

NAME = "gate.process_order"


def _park(key: str, *, error_code: str = "NO_ORDER") -> Job:
    job = make_job(
        NAME,
        now=timezone.now(),
        key=key,
        state=Job.State.PARKED,
        error_code=error_code,
        attempts=3,
        errors=6,
        finished_at=timezone.now(),
    )
    job.error = f"no order {key}"
    job.save()
    return job


def _states() -> list[tuple[str, str]]:
    return list(Job.objects.order_by("pk").values_list("key", "state"))


def test_without_a_choice_it_lists_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    # given
    first, second = _park("1:A"), _park("1:B", error_code="SUPPLIER_NOT_READY")
    make_job(NAME, now=timezone.now(), key="1:C")
    before = list(Job.objects.values())

    # when
    code = main(["retry"])

    # then
    assert code == 0
    assert capsys.readouterr().out == (
        f"{first.pk}  {NAME}  1:A\n    NO_ORDER: no order 1:A\n"
        f"{second.pk}  {NAME}  1:B\n    SUPPLIER_NOT_READY: no order 1:B\n"
        "2 parked: b2b-docs retry NUMBER, or --all\n"
    )
    assert list(Job.objects.values()) == before


def test_with_nothing_parked_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    # when / then
    assert main(["retry"]) == 0
    assert main(["retry", "--all"]) == 0
    assert capsys.readouterr().out == "0 parked\n0 queued again\n"


def test_one_job(capsys: pytest.CaptureFixture[str]) -> None:
    # given
    first, _second = _park("1:A"), _park("1:B")

    # when
    code = main(["retry", str(first.pk)])

    # then
    assert code == 0
    assert capsys.readouterr().out == "1 queued again\n"
    assert _states() == [("1:A", "queued"), ("1:B", "parked")]
    first.refresh_from_db()
    assert (first.errors, first.finished_at) == (0, None)


def test_all_jobs(capsys: pytest.CaptureFixture[str]) -> None:
    # given
    _park("1:A")
    _park("1:B")

    # when
    code = main(["retry", "--all"])

    # then
    assert code == 0
    assert capsys.readouterr().out == "2 queued again\n"
    assert _states() == [("1:A", "queued"), ("1:B", "queued")]


def test_work_that_is_queued_already_is_not_queued_twice() -> None:
    # given
    parked = _park("1:A")
    make_job(NAME, now=timezone.now(), key="1:A")

    # when
    code = main(["retry", str(parked.pk)])

    # then
    assert code == 0
    assert _states() == [("1:A", "done"), ("1:A", "queued")]


@pytest.mark.parametrize("number", ["0", "4711", "-1"])
def test_a_job_that_is_not_parked_is_refused(
    number: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # given
    _park("1:A")

    # when
    code = main(["retry", "--", number])

    # then
    output = capsys.readouterr()
    assert (code, output.out, output.err) == (1, "0 queued again\n", "The rest is not parked.\n")
    assert _states() == [("1:A", "parked")]


def test_a_job_that_is_queued_is_left_alone() -> None:
    # given
    job = make_job(NAME, now=timezone.now(), key="1:A")
    before = list(Job.objects.values())

    # when / then
    assert main(["retry", str(job.pk)]) == 1
    assert list(Job.objects.values()) == before
