"""The machine and the settings: what can be told without any Saleor."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from saleor_b2b_docs.cli.doctor.findings import Finding, Level
from saleor_b2b_docs.documents.forms import FormError
from saleor_b2b_docs.documents.forms.fonts import font_directory
from saleor_b2b_docs.work import queries

_WORKER_SILENCE = dt.timedelta(minutes=10)


def host_findings(*, now: dt.datetime) -> Iterator[Finding]:
    """Settings, database, storage, fonts, front end, broker, workers."""
    yield from _settings()
    database = _database()
    yield database
    yield _storage()
    yield _fonts()
    yield _frontend()
    if settings.CELERY_BROKER_URL:
        yield _broker()
    yield _public_url()
    if database.level is Level.OK:
        yield from _work(now=now)


def _settings() -> Iterator[Finding]:
    if not settings.SALEOR_API_URLS:
        yield Finding(
            Level.ERROR,
            "allow-list",
            "no Saleor may install the app",
            "Set B2B_DOCS_SALEOR_API_URLS to the full GraphQL address of your Saleor, e.g. "
            "https://shop.example.com/graphql/",
        )
    for url in settings.SALEOR_API_URLS:
        if not urlsplit(url).scheme or not url.endswith("/graphql/"):
            yield Finding(
                Level.WARNING,
                "allow-list",
                f"{url} does not look like Saleor's own address",
                "It must equal what Saleor sends as Saleor-Api-Url, to the last slash: usually "
                "https://…/graphql/",
            )
    if settings.DEBUG:
        yield Finding(
            Level.WARNING, "debug", "debugging is on", "Unset B2B_DOCS_DEBUG in production."
        )
    if settings.INTROSPECTION and settings.IS_HTTPS:
        yield Finding(
            Level.WARNING,
            "introspection",
            "anybody may read the API's schema",
            "Unset B2B_DOCS_INTROSPECTION in production.",
        )


def _database() -> Finding:
    name = connection.settings_dict["NAME"]
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return Finding(
            Level.ERROR, "database", f"{connection.vendor} {name}: {error}",
            "Check B2B_DOCS_DATABASE_URL and that the server runs.",
        )  # fmt: skip
    if pending:
        return Finding(
            Level.ERROR,
            "database",
            f"{len(pending)} migrations are not applied",
            "Run: b2b-docs manage migrate",
        )
    return Finding(Level.OK, "database", f"{connection.vendor}, up to date")


def _storage() -> Finding:
    name = f"doctor/{secrets.token_hex(8)}"
    content = secrets.token_bytes(16)
    try:
        kept = default_storage.save(name, ContentFile(content))
        with default_storage.open(kept) as file:
            is_same = file.read() == content
        default_storage.delete(kept)
    # Storage backends raise errors of their own libraries.
    except Exception as error:
        return Finding(
            Level.ERROR,
            "storage",
            f"{type(error).__name__}: {error}",
            "Check that B2B_DOCS_DATA_DIR is writable, or the B2B_DOCS_S3_* settings.",
        )
    if not is_same:
        return Finding(Level.ERROR, "storage", "a file came back changed")
    return Finding(Level.OK, "storage", "a file was written, read and deleted")


def _fonts() -> Finding:
    try:
        font_directory()
    except FormError as error:
        return Finding(
            Level.ERROR, "fonts", str(error), "Run `make build` in a checkout, or install a wheel."
        )
    return Finding(Level.OK, "fonts", "all there")


def _frontend() -> Finding:
    bundle = settings.FRONTEND_DIR / "storefront" / "b2b-docs.js"
    if bundle.is_file():
        return Finding(Level.OK, "front end", "built")
    return Finding(
        Level.ERROR,
        "front end",
        "the buyer's components are not built",
        "Run `make build` in a checkout, or install a wheel.",
    )


def _broker() -> Finding:
    from kombu.exceptions import OperationalError

    from saleor_b2b_docs.config.celery import app

    try:
        with app.connection_for_write(connect_timeout=3) as broker:
            broker.ensure_connection(max_retries=1, timeout=3)
    except (OperationalError, OSError) as error:
        return Finding(
            Level.ERROR,
            "broker",
            f"not reachable: {error}",
            "Check CELERY_BROKER_URL. Until it is back nothing is lost; the sweep catches up.",
        )
    return Finding(Level.OK, "broker", "reachable")


def _public_url() -> Finding:
    url = f"{settings.PUBLIC_URL}/health/live"
    host = urlsplit(settings.PUBLIC_URL).hostname
    try:
        answer = httpx.get(url, timeout=5, follow_redirects=False)
    except httpx.HTTPError as error:
        return Finding(
            Level.ERROR,
            "public address",
            f"{url} does not answer ({type(error).__name__})",
            "Start the app, and check B2B_DOCS_PUBLIC_URL and the proxy: Saleor and buyers use "
            "this address.",
        )
    if answer.status_code != 200:
        return Finding(
            Level.ERROR,
            "public address",
            f"{url} answers {answer.status_code}",
            "The proxy must pass every path to the app, without redirects.",
        )
    if not settings.IS_HTTPS and host not in ("127.0.0.1", "localhost", "::1"):
        return Finding(
            Level.WARNING,
            "public address",
            "buyers' papers travel without TLS",
            "Put a proxy with a certificate in front and set B2B_DOCS_PUBLIC_URL to https://…",
        )
    if settings.IS_HTTPS and not settings.TRUSTED_PROXIES:
        return Finding(
            Level.WARNING,
            "public address",
            "TLS ends at a proxy, but no proxy is trusted",
            "Set B2B_DOCS_TRUSTED_PROXIES to the number of proxies of yours, so that limits see "
            "the callers' addresses.",
        )
    return Finding(Level.OK, "public address", settings.PUBLIC_URL)


def _work(*, now: dt.datetime) -> Iterator[Finding]:
    last = queries.last_periodic_run()
    if last is None or now - last > _WORKER_SILENCE:
        since = f"since {last:%Y-%m-%d %H:%M} UTC" if last else "so far"
        yield Finding(
            Level.ERROR,
            "workers",
            f"no worker has run a job {since}",
            "Start `b2b-docs serve`, or with a broker also `b2b-docs worker`.",
        )
    else:
        yield Finding(Level.OK, "workers", "running")
    parked = queries.parked()
    if parked:
        codes = ", ".join(sorted({job.error_code for job in parked}))
        yield Finding(
            Level.ERROR,
            "parked jobs",
            f"{len(parked)} jobs gave up ({codes})",
            "Look at them with `b2b-docs retry`, mend the reason, then `b2b-docs retry --all`.",
        )
