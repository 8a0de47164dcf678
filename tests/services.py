"""Services that some tests need, and that a machine may lack."""

from __future__ import annotations

import os
import socket
from urllib.parse import urlsplit

from tests.conftest import lacking

_PORTS = {"postgres": 5432, "redis": 6379, "amqp": 5672}


def answers(url: str) -> bool:
    """Whether anybody listens at the host and port of an address."""
    parts = urlsplit(url)
    address = (parts.hostname or "127.0.0.1", parts.port or _PORTS[parts.scheme])
    try:
        with socket.create_connection(address, timeout=2):
            return True
    except OSError:
        return False


def broker_url(scheme: str) -> str:
    """The Celery broker of this scheme (redis, amqp); without one the test is skipped."""
    urls = os.environ.get(
        "B2B_DOCS_TEST_BROKER_URLS",
        "redis://127.0.0.1:6379/9,amqp://guest:guest@127.0.0.1:5672//",
    ).split(",")
    for url in urls:
        if url.startswith(scheme) and answers(url):
            return url
    lacking(f"no {scheme} broker answers")
    raise AssertionError("unreachable")


def postgres_url() -> str:
    """An address of a PostgreSQL server where databases may be made; else the test is skipped."""
    url = os.environ.get(
        "B2B_DOCS_TEST_POSTGRES_URL", "postgres://postgres@127.0.0.1:5432/postgres"
    )
    if not answers(url):
        lacking("no PostgreSQL answers")
    return url
