from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings


@pytest.fixture(autouse=True)
def bundle(tmp_path: Path, settings: Settings) -> Path:
    """A built bundle, and a file beside it that is nobody's."""
    (tmp_path / "storefront" / "chunks").mkdir(parents=True)
    (tmp_path / "storefront" / "b2b-docs.js").write_text("export {};")
    (tmp_path / "storefront" / "chunks" / "a.js").write_text("chunk")
    (tmp_path / "secret").write_text("secret")
    settings.FRONTEND_DIR = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    ("name", "content"), [("b2b-docs.js", b"export {};"), ("chunks/a.js", b"chunk")]
)
def test_any_shop_may_load_the_bundle(name: str, content: bytes) -> None:
    response = Client().get(f"/storefront/{name}", headers={"Origin": "https://shop.example"})

    assert response.status_code == 200
    assert response.getvalue() == content
    assert response.headers["Content-Type"] == "text/javascript"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize(
    "name",
    [
        "missing.js",
        "chunks",
        "chunks/",
        "b2b-docs.js/more",
        "%00",
        "a" * 300,
        "../secret",
        "%2e%2e/secret",
        "chunks/../../secret",
        "//etc/passwd",
    ],
)
def test_nothing_else_is_there(name: str) -> None:
    response = Client().get(f"/storefront/{name}")

    assert response.status_code in (400, 404)
    assert b"secret" not in response.content


def test_files_are_only_read() -> None:
    assert Client().post("/storefront/b2b-docs.js").status_code == 405
