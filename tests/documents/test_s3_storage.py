"""Files in an S3-compatible bucket instead of a folder: a real server, on loopback."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import boto3
import httpx
import pytest
from moto.server import ThreadedMotoServer
from pytest_django import Settings

from saleor_b2b_docs.documents.models import Revision
from saleor_b2b_docs.documents.rendering import pdf_content, render_document
from saleor_b2b_docs.documents.services import ensure_invoice
from tests.builders.orders import make_order
from tests.builders.parties import make_supplier
from tests.builders.saleor import make_installation

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def bucket_url(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket that the app keeps its files in; its address."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    boto3.client("s3", endpoint_url=endpoint, region_name="us-east-1").create_bucket(Bucket="docs")
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": "docs",
                "endpoint_url": endpoint,
                "region_name": "us-east-1",
                "default_acl": "private",
                "file_overwrite": False,
            },
        },
    }
    yield f"{endpoint}/docs"
    server.stop()


@pytest.mark.django_db
@pytest.mark.slow
def test_pdf_is_kept_in_the_bucket_and_read_back(bucket_url: str) -> None:
    installation = make_installation()
    order = make_order(installation, supplier=make_supplier(installation))
    document = ensure_invoice(order, now=NOW)

    render_document(document.pk, now=NOW)

    revision = Revision.objects.get(document=document)
    content = pdf_content(revision, now=NOW)
    assert content is not None
    assert content.startswith(b"%PDF-")
    listing = httpx.get(bucket_url, params={"list-type": "2"}).text
    assert revision.pdf_name in listing
