from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from saleor_b2b_docs.work import dispatch, embedded, services
from saleor_b2b_docs.work.embedded import EmbeddedWorker
from saleor_b2b_docs.work.models import Job
from saleor_b2b_docs.work.specs import Lane

pytestmark = pytest.mark.django_db(transaction=True)

DEADLINE_SECONDS = 60.0
"""A worker that has not done something by then never will, however busy the machine is."""


@contextmanager
def worker(data_dir: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process on this test's database, listening."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "saleor_b2b_docs.config.settings",
        "B2B_DOCS_DATA_DIR": str(data_dir),
        "B2B_DOCS_DATABASE_URL": _database_url(),
        "B2B_DOCS_LOG_LEVEL": "WARNING",
    }
    process = subprocess.Popen([sys.executable, "-m", "tests.work.embedded_child"], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(condition: Callable[[], bool]) -> float:
    """Seconds until the condition held; fails when it never does."""
    begun = time.monotonic()
    while not condition():
        assert time.monotonic() - begun < DEADLINE_SECONDS, "it never happened"
        time.sleep(0.02)
    return time.monotonic() - begun


def _database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    secret = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    address = f"{database['HOST'] or 'localhost'}:{database['PORT'] or 5432}"
    return f"postgres://{database['USER']}{secret}@{address}/{database['NAME']}"


def test_jobs_are_picked_up_at_once_and_a_crash_stops_nothing(
    tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path
    with worker(tmp_path):
        until(dispatch.socket_path(Lane.DEFAULT).exists)
        services.enqueue("t.crash", key="1", now=timezone.now())
        services.enqueue("t.refused", key="1", now=timezone.now())
        until(lambda: Job.objects.filter(name="t.crash", errors=1).exists())
        until(lambda: Job.objects.filter(name="t.refused", state="parked").exists())

        trace = tmp_path / "trace"
        services.enqueue("t.touch", key="1", arguments={"file": str(trace)}, now=timezone.now())
        waited = until(trace.exists)

    assert waited < 10  # a second, on a machine with nothing else to do
    assert Job.objects.get(name="t.crash").state == "queued"


def test_a_worker_that_is_told_to_stop_finishes_the_job_at_hand(
    tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path
    trace, started = tmp_path / "trace", tmp_path / "started"
    with worker(tmp_path) as process:
        until(dispatch.socket_path(Lane.DEFAULT).exists)
        services.enqueue(
            "t.touch_slowly",
            key="1",
            arguments={"file": str(trace), "started": str(started)},
            now=timezone.now(),
        )
        until(started.exists)

        process.send_signal(signal.SIGTERM)
        services.enqueue("t.touch", key="2", arguments={"file": "/dev/null"}, now=timezone.now())
        exit_code = process.wait(DEADLINE_SECONDS)

    assert exit_code == 0
    assert trace.read_text() == f"{process.pid} 1\n"
    assert Job.objects.get(name="t.touch_slowly").state == "done"
    assert not dispatch.socket_path(Lane.DEFAULT).exists()


def test_the_jobs_of_a_killed_worker_are_done_by_the_next(
    tmp_path: Path, settings: Settings
) -> None:
    settings.DATA_DIR = tmp_path
    trace, started = tmp_path / "trace", tmp_path / "started"
    with worker(tmp_path) as process:
        services.enqueue(
            "t.touch_slowly",
            key="1",
            arguments={"file": str(trace), "started": str(started)},
            now=timezone.now(),
        )
        until(started.exists)
        process.kill()
        process.wait()
    assert Job.objects.get().state == "running"

    # A folder whose sockets would have too long a name: the worker does without them.
    with worker(tmp_path / ("deep" * 25)) as following:
        until(lambda: Job.objects.filter(state="done").exists())

    assert trace.read_text() == f"{following.pid} 2\n"


def test_no_error_ends_a_worker_thread(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    calls: list[Lane] = []

    def run_next(lane: Lane, *, worker: object) -> bool:
        calls.append(lane)
        if len(calls) < 3:
            raise RuntimeError("not even a job to record it in")
        os.kill(os.getpid(), signal.SIGTERM)
        return False

    monkeypatch.setattr(embedded, "run_next", run_next)
    monkeypatch.setattr(embedded, "POLL_SECONDS", 0.05)
    before = {kind: signal.getsignal(kind) for kind in (signal.SIGTERM, signal.SIGINT)}
    try:
        EmbeddedWorker(Lane.DEFAULT, threads=1).run()
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)

    assert calls[:3] == [Lane.DEFAULT] * 3
