"""From a revision to its file: once, whatever crashes, and for everyone who may still ask."""

from __future__ import annotations

import datetime as dt
import io
import stat
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pypdf import PdfReader
from pytest_django import Settings

from saleor_b2b_docs.config.settings import STORAGES
from saleor_b2b_docs.documents import rendering, services
from saleor_b2b_docs.documents.forms import FORMS_VERSION, FormError
from saleor_b2b_docs.documents.models import Document, Revision
from saleor_b2b_docs.documents.rendering import pdf_content, render_document, web_page
from saleor_b2b_docs.documents.services import ensure_invoice, void_invoices
from saleor_b2b_docs.orders.models import Order
from saleor_b2b_docs.work.errors import PermanentFailure
from saleor_b2b_docs.work.models import Job
from tests.builders.orders import make_order
from tests.builders.parties import PNG, make_supplier
from tests.builders.saleor import make_installation

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def document(db: None) -> Document:
    installation = make_installation()
    order = make_order(installation, supplier=make_supplier(installation))
    return ensure_invoice(order, now=NOW)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in (folder / "files").rglob("*") if path.is_file())


def _text(revision: Revision) -> str:
    content = pdf_content(revision, now=NOW)
    assert content is not None
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_the_file_says_what_the_invoice_says(document: Document, tmp_path: Path) -> None:
    # when
    render_document(document.pk, now=NOW)

    # then
    revision = document.revisions.get()
    (path,) = _files(tmp_path)
    installation = document.installation_id
    assert revision.pdf_name == f"documents/{installation}/{document.pk}/{path.name}"
    assert (revision.pdf_is_void, revision.rendered_at) == (False, NOW)
    assert revision.forms_version == FORMS_VERSION
    text = _text(revision)
    assert "1001" in text
    assert "ТОВ «Покупець»" in text
    assert "1 200,00" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_rendering_again_does_nothing(document: Document, tmp_path: Path) -> None:
    # given
    render_document(document.pk, now=NOW)
    before = (list(Revision.objects.values()), _files(tmp_path))

    # when
    render_document(document.pk, now=LATER)

    # then
    assert (list(Revision.objects.values()), _files(tmp_path)) == before


def test_a_crash_between_the_file_and_its_name_leaves_one_file(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    def crash(*_args: object, **_options: object) -> None:
        raise OSError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(services, "file_rendered", crash)
        with pytest.raises(OSError, match="killed"):
            render_document(document.pk, now=NOW)
    assert pdf_content(document.revisions.get(), now=NOW) is None
    left_behind = _files(tmp_path)

    # when
    render_document(document.pk, now=LATER)

    # then
    assert _files(tmp_path) == left_behind
    assert document.revisions.get().pdf_name.endswith(left_behind[0].name)


def test_a_form_that_cannot_be_made_parks_with_its_code(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    def fail(_context: object) -> bytes:
        raise FormError("LAYOUT_FAILED", "no glyph for U+1F600")

    monkeypatch.setattr(rendering, "render_pdf", fail)

    # when
    with pytest.raises(PermanentFailure, match="no glyph") as refusal:
        render_document(document.pk, now=NOW)

    # then
    assert refusal.value.code == "LAYOUT_FAILED"
    assert document.revisions.get().pdf_name == ""
    assert _files(tmp_path) == []


def test_a_document_that_is_not_there_parks(db: None) -> None:
    # when
    with pytest.raises(PermanentFailure) as refusal:
        render_document(uuid.uuid4(), now=NOW)

    # then
    assert refusal.value.code == "NO_DOCUMENT"


def test_a_void_invoice_is_rendered_anew_with_its_mark(document: Document) -> None:
    # given
    render_document(document.pk, now=NOW)
    before = document.revisions.get()
    void_invoices(Order.objects.get(), now=LATER)

    # when
    render_document(document.pk, now=LATER)

    # then
    after = document.revisions.get()
    assert (after.number, after.pdf_is_void, after.rendered_at) == (1, True, LATER)
    assert after.pdf_name != before.pdf_name
    assert _text(after) != _text(before)


def _revise(document: Document) -> None:
    Order.objects.update(buyer_name="ТОВ «Новий покупець»")
    ensure_invoice(Order.objects.get(), now=LATER)


def test_an_old_revision_stays_as_it_was(document: Document) -> None:
    # given
    render_document(document.pk, now=NOW)
    old = document.revisions.get()
    text = _text(old)
    _revise(document)

    # when
    render_document(document.pk, now=LATER)

    # then
    new, same = document.revisions.order_by("-number")
    assert (same, same.pdf_name) == (old, old.pdf_name)
    assert _text(same) == text
    assert "ТОВ «Новий покупець»" in _text(new)


def test_a_revision_that_was_followed_before_it_had_a_file_gets_one_too(
    document: Document,
) -> None:
    # given
    _revise(document)

    # when
    render_document(document.pk, now=LATER)

    # then
    new, old = document.revisions.order_by("-number")
    assert "ТОВ «Новий покупець»" in _text(new)
    assert "ТОВ «Покупець»" in _text(old)


def test_old_revisions_of_a_void_invoice_bear_the_mark(document: Document) -> None:
    # given
    render_document(document.pk, now=NOW)
    _revise(document)
    void_invoices(Order.objects.get(), now=LATER)

    # when
    render_document(document.pk, now=LATER)

    # then
    assert [revision.pdf_is_void for revision in document.revisions.all()] == [True, True]


def test_a_file_that_got_lost_is_made_anew(document: Document, tmp_path: Path) -> None:
    # given
    render_document(document.pk, now=NOW)
    text = _text(document.revisions.get())
    (path,) = _files(tmp_path)
    path.unlink()
    Job.objects.all().delete()

    # when
    content = pdf_content(document.revisions.get(), now=LATER)

    # then
    assert content is None
    assert Job.objects.get().arguments == {"document": str(document.pk)}
    render_document(document.pk, now=LATER)
    assert _text(document.revisions.get()) == text


def test_pictures_of_the_time_are_printed(document: Document) -> None:
    # given
    supplier = document.supplier
    supplier.stamp.save("stamp.png", ContentFile(PNG))
    _revise(document)

    # when
    page = web_page(document.revisions.order_by("-number")[0], nonce="n")

    # then
    assert "data:image/png;base64," in page


def test_the_page_carries_its_nonce_and_leads_to_the_file(document: Document) -> None:
    # when
    page = web_page(document.revisions.get(), nonce="sesame")

    # then
    assert 'nonce="sesame"' in page
    assert f"https://docs.example/documents/{document.pk}.pdf?ticket=" in page
    assert "revision=1" in page
    assert "ТОВ «Покупець»" in page


def test_files_are_for_the_app_alone(
    document: Document, settings: Settings, tmp_path: Path
) -> None:
    # given
    options: dict[str, Any] = {**STORAGES["default"]["OPTIONS"], "location": tmp_path / "files"}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**STORAGES["default"], "OPTIONS": options},
    }

    # when
    render_document(document.pk, now=NOW)

    # then
    path = Path(default_storage.path(document.revisions.get().pdf_name))
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for folder in list(path.parents)[:3]:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
