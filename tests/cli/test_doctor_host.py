"""The doctor on the machine and the settings: each finding, with its remedy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from pytest_django import Settings

from saleor_b2b_docs.cli.doctor import host
from saleor_b2b_docs.cli.doctor.findings import Finding, Level
from saleor_b2b_docs.cli.doctor.host import host_findings
from saleor_b2b_docs.config.celery import app
from saleor_b2b_docs.documents.forms import FormError
from saleor_b2b_docs.work.models import Job
from tests.builders.work import make_job

pytestmark = pytest.mark.django_db


class _Health(BaseHTTPRequestHandler):
    status = 200

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Nothing: the tests' output is the tests'."""


@pytest.fixture
def public_url(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A public address that answers as `_Health.status` says."""
    monkeypatch.setattr(_Health, "status", 200)
    with HTTPServer(("127.0.0.1", 0), _Health) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        settings.PUBLIC_URL = f"http://127.0.0.1:{server.server_port}"
        settings.IS_HTTPS = False
        yield settings.PUBLIC_URL
        server.shutdown()


@pytest.fixture
def healthy(public_url: str, settings: Settings, tmp_path: Path) -> str:
    """A machine with nothing to find."""
    settings.INTROSPECTION = False
    settings.FRONTEND_DIR = tmp_path
    bundle = tmp_path / "storefront" / "b2b-docs.js"
    bundle.parent.mkdir()
    bundle.write_text("")
    make_job(
        "gate.catch_up_all",
        now=timezone.now(),
        state=Job.State.DONE,
        finished_at=timezone.now(),
    )
    return public_url


def _found(subject: str) -> list[Finding]:
    findings = [
        finding for finding in host_findings(now=timezone.now()) if finding.subject == subject
    ]
    assert all(finding.remedy for finding in findings if finding.level is not Level.OK)
    return findings


def _only(subject: str) -> Finding:
    (finding,) = _found(subject)
    return finding


def test_a_healthy_machine(healthy: str) -> None:
    # when
    findings = list(host_findings(now=timezone.now()))

    # then
    assert [(finding.level, finding.subject) for finding in findings] == [
        (Level.OK, "database"),
        (Level.OK, "storage"),
        (Level.OK, "fonts"),
        (Level.OK, "front end"),
        (Level.OK, "public address"),
        (Level.OK, "workers"),
    ]


def test_an_empty_allow_list(healthy: str, settings: Settings) -> None:
    # given
    settings.SALEOR_API_URLS = []

    # when / then
    finding = _only("allow-list")
    assert (finding.level, finding.message) == (Level.ERROR, "no Saleor may install the app")
    assert "B2B_DOCS_SALEOR_API_URLS" in finding.remedy


@pytest.mark.parametrize(
    "url", ["https://shop.example/graphql", "shop.example/graphql/", "https://shop.example/"]
)
def test_an_allow_list_with_an_address_that_is_none_of_saleor_s(
    healthy: str, settings: Settings, url: str
) -> None:
    # given
    settings.SALEOR_API_URLS = [url]

    # when / then
    finding = _only("allow-list")
    assert finding.level is Level.WARNING
    assert finding.message == f"{url} does not look like Saleor's own address"


def test_debugging(healthy: str, settings: Settings) -> None:
    # given
    settings.DEBUG = True

    # when / then
    assert _only("debug").level is Level.WARNING


def test_introspection_in_production(healthy: str, settings: Settings) -> None:
    # given
    settings.INTROSPECTION = True
    assert _found("introspection") == []
    settings.IS_HTTPS = True

    # when / then
    assert _only("introspection").level is Level.WARNING


def test_migrations_that_are_not_applied(healthy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_args: ["1", "2"])

    # when
    findings = list(host_findings(now=timezone.now()))

    # then
    finding = next(finding for finding in findings if finding.subject == "database")
    assert (finding.level, finding.message) == (Level.ERROR, "2 migrations are not applied")
    assert finding.remedy == "Run: b2b-docs manage migrate"
    assert "workers" not in {finding.subject for finding in findings}


def test_a_database_that_does_not_answer(healthy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    def fail(*_args: object) -> None:
        raise DatabaseError("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr(CursorWrapper, "execute", fail)

        # when
        finding = _only("database")

    # then
    assert finding.level is Level.ERROR
    assert finding.message.startswith(connection.vendor)
    assert finding.message.endswith("connection refused")
    assert "B2B_DOCS_DATABASE_URL" in finding.remedy


def test_a_storage_that_cannot_be_written(healthy: str, settings: Settings, tmp_path: Path) -> None:
    # given
    file = tmp_path / "no-folder"
    file.touch()
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": file},
        },
    }

    # when / then
    finding = _only("storage")
    assert finding.level is Level.ERROR
    assert finding.message.startswith(("FileExistsError: ", "NotADirectoryError: "))
    assert "B2B_DOCS_DATA_DIR" in finding.remedy


def test_the_storage_is_left_as_it_was(healthy: str, tmp_path: Path) -> None:
    # when
    finding = _only("storage")

    # then
    assert finding.level is Level.OK
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_missing_fonts(healthy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    def fail() -> Path:
        raise FormError("FONTS_MISSING", "no typefaces")

    monkeypatch.setattr(host, "font_directory", fail)

    # when / then
    finding = _only("fonts")
    assert (finding.level, finding.message) == (Level.ERROR, "no typefaces")


def test_a_front_end_that_was_not_built(healthy: str, settings: Settings, tmp_path: Path) -> None:
    # given
    settings.FRONTEND_DIR = tmp_path / "nowhere"

    # when / then
    finding = _only("front end")
    assert finding.level is Level.ERROR
    assert "make build" in finding.remedy


@pytest.mark.slow
def test_a_broker_that_is_away(healthy: str, settings: Settings) -> None:
    # given
    assert _found("broker") == []
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    before = app.conf.broker_url
    app.conf.broker_url = settings.CELERY_BROKER_URL
    try:
        # when
        finding = _only("broker")
    finally:
        app.conf.broker_url = before

    # then
    assert finding.level is Level.ERROR
    assert finding.message.startswith("not reachable")


def test_a_public_address_that_does_not_answer(healthy: str, settings: Settings) -> None:
    # given
    settings.PUBLIC_URL = "http://127.0.0.1:1"

    # when / then
    finding = _only("public address")
    assert finding.level is Level.ERROR
    assert finding.message == "http://127.0.0.1:1/health/live does not answer (ConnectError)"


@pytest.mark.parametrize("url", ["docs.example", "http://a b/"])
def test_a_public_address_that_is_none(healthy: str, settings: Settings, url: str) -> None:
    # given
    settings.PUBLIC_URL = url

    # when / then
    finding = _only("public address")
    assert finding.level is Level.ERROR
    assert "B2B_DOCS_PUBLIC_URL" in finding.remedy


@pytest.mark.parametrize("status", [301, 404, 502])
def test_a_proxy_that_leads_elsewhere(
    healthy: str, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    # given
    monkeypatch.setattr(_Health, "status", status)

    # when / then
    finding = _only("public address")
    assert finding.level is Level.ERROR
    assert finding.message == f"{healthy}/health/live answers {status}"


def test_papers_that_travel_without_tls(healthy: str, settings: Settings) -> None:
    # given an address of the loopback network that is not the usual one
    with HTTPServer(("127.0.0.2", 0), _Health) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()

        # when
        settings.PUBLIC_URL = f"http://127.0.0.2:{server.server_port}"
        finding = _only("public address")
        server.shutdown()

    # then
    assert finding.level is Level.WARNING
    assert finding.message == "buyers' papers travel without TLS"


def test_tls_without_a_trusted_proxy(healthy: str, settings: Settings) -> None:
    # given
    settings.IS_HTTPS = True
    finding = _only("public address")
    assert finding.level is Level.WARNING
    assert "B2B_DOCS_TRUSTED_PROXIES" in finding.remedy

    # when
    settings.TRUSTED_PROXIES = 1

    # then
    assert _only("public address").level is Level.OK


def test_workers_that_never_ran(healthy: str) -> None:
    # given
    Job.objects.all().delete()

    # when / then
    finding = _only("workers")
    assert (finding.level, finding.message) == (Level.ERROR, "no worker has run a job so far")


def test_workers_that_fell_silent(healthy: str) -> None:
    # given
    last = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
    Job.objects.update(finished_at=last)

    # when / then
    finding = _only("workers")
    assert finding.level is Level.ERROR
    assert finding.message == "no worker has run a job since 2026-03-02 09:30 UTC"


def test_jobs_that_gave_up(healthy: str) -> None:
    # given
    for key, code in (("1", "NO_ORDER"), ("2", "SUPPLIER_NOT_READY"), ("3", "NO_ORDER")):
        make_job(
            "gate.process_order",
            now=timezone.now(),
            key=key,
            state=Job.State.PARKED,
            error_code=code,
        )

    # when / then
    finding = _only("parked jobs")
    assert finding.level is Level.ERROR
    assert finding.message == "3 jobs gave up (NO_ORDER, SUPPLIER_NOT_READY)"
    assert "b2b-docs retry" in finding.remedy
