"""A selection of documents as one file: whose, named how, and for how long."""

from __future__ import annotations

import datetime as dt
import io
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from typing import cast
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.core.files import File
from django.core.files.storage import FileSystemStorage, default_storage
from django.http import StreamingHttpResponse
from django.test import Client
from pypdf import PdfReader, PdfWriter

from saleor_b2b_docs.documents.exports import merged
from saleor_b2b_docs.documents.exports.selection import (
    DocumentsFormat,
    TooManyDocuments,
    documents_export_url,
)
from saleor_b2b_docs.documents.exports.tickets import InvalidTicket, export_url, open_ticket
from saleor_b2b_docs.documents.models import Document, DocumentKind
from saleor_b2b_docs.parties.models import Contract, Member, Role
from saleor_b2b_docs.saleor.viewers import ANONYMOUS, Viewer, ViewerKind
from tests.builders.documents import PDF, make_received, receive_paper
from tests.builders.parties import make_contract, make_counterparty, make_member, make_supplier
from tests.builders.saleor import BUYER_ID, make_installation
from tests.documents.answers import assert_private, path_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(db: None) -> Contract:
    installation = make_installation()
    contract = make_contract(make_supplier(installation), make_counterparty(installation))
    make_member(contract.counterparty)
    return contract


def _owner(contract: Contract) -> Viewer:
    return Viewer(ViewerKind.CUSTOMER, contract.supplier.installation_id, BUYER_ID)


def _pages(count: int) -> bytes:
    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(width=100, height=100)
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()


def _paper(
    contract: Contract,
    number: str,
    *,
    pdf: bytes | None = PDF,
    kind: DocumentKind = DocumentKind.WAYBILL,
) -> Document:
    return receive_paper(make_received(contract, key=number, number=number, pdf=pdf, kind=kind))


def _path(
    viewer: Viewer,
    documents: Sequence[Document],
    export_format: DocumentsFormat = DocumentsFormat.ZIP,
    *,
    language: str = "",
) -> str:
    ids = [document.pk for document in documents]
    return path_of(
        documents_export_url(viewer, ids, export_format=export_format, language=language)
    )


def _body(response: object) -> bytes:
    streamed = cast("StreamingHttpResponse", response)
    assert streamed.status_code == 200
    return b"".join(cast("Iterator[bytes]", streamed.streaming_content))


def _unzipped(response: object) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(_body(response))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_zip_has_the_files_under_names_that_people_understand(
    client: Client, contract: Contract
) -> None:
    # given
    documents = [
        _paper(contract, "РН-17"),
        _paper(contract, "ПН/1:*", pdf=b"%PDF-1.4 tax", kind=DocumentKind.TAX_INVOICE),
    ]

    # when
    response = client.get(_path(_owner(contract), documents))

    # then
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"].startswith("attachment; filename=")
    assert_private(cast("StreamingHttpResponse", response))
    assert _unzipped(response) == {
        "Видаткова-накладна-РН-17-2026-03-02.pdf": PDF,
        "Податкова-накладна-ПН-1-2026-03-02.pdf": b"%PDF-1.4 tax",
    }


def test_names_are_in_the_language_that_is_asked_for(client: Client, contract: Contract) -> None:
    # given
    documents = [_paper(contract, "1", kind=DocumentKind.TAX_INVOICE)]

    # when / then
    for language, name in (
        ("ru", "Налоговая-накладная-1-2026-03-02.pdf"),
        ("en", "Tax-invoice-1-2026-03-02.pdf"),
        ("de", "Податкова-накладна-1-2026-03-02.pdf"),
    ):
        response = client.get(_path(_owner(contract), documents, language=language))
        assert list(_unzipped(response)) == [name]


def test_files_of_one_name_do_not_replace_each_other(client: Client, contract: Contract) -> None:
    # given
    documents = [_paper(contract, number) for number in ("a", "A", "a ")]

    # when
    names = list(_unzipped(client.get(_path(_owner(contract), documents))))

    # then
    assert names == [
        "Видаткова-накладна-a-2026-03-02.pdf",
        "Видаткова-накладна-A-2026-03-02 (2).pdf",
        "Видаткова-накладна-a-2026-03-02 (3).pdf",
    ]


@pytest.mark.parametrize("number", ["../../etc/passwd", "..\\..\\x", "a\u202efdp.exe", "CON\x01"])
def test_a_name_leads_nowhere(client: Client, contract: Contract, number: str) -> None:
    # given
    documents = [_paper(contract, number)]

    # when
    (name,) = _unzipped(client.get(_path(_owner(contract), documents)))

    # then
    assert not set(name) & set('/\\:*?"<>|\u202e\x01')
    assert name.startswith("Видаткова-накладна-")


def test_what_has_no_file_is_named_in_a_text(client: Client, contract: Contract) -> None:
    # given
    lost = _paper(contract, "lost")
    default_storage.delete(lost.revisions.get().pdf_name)
    documents = [_paper(contract, "without", pdf=None), _paper(contract, "with"), lost]

    # when
    files = _unzipped(client.get(_path(_owner(contract), documents)))

    # then
    assert list(files) == ["Видаткова-накладна-with-2026-03-02.pdf", "without-pdf.txt"]
    assert files["without-pdf.txt"].decode("utf-8-sig") == (
        "Видаткова накладна without 2026-03-02\r\nВидаткова накладна lost 2026-03-02\r\n"
    )


def test_a_merged_file_has_all_pages_in_the_sequence_of_the_selection(
    client: Client, contract: Contract
) -> None:
    # given
    documents = [
        _paper(contract, "2", pdf=_pages(2)),
        _paper(contract, "0", pdf=None),
        _paper(contract, "1", pdf=_pages(1)),
    ]

    # when
    response = client.get(_path(_owner(contract), documents, DocumentsFormat.PDF))

    # then
    assert response.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(_body(response)))
    assert len(reader.pages) == 3
    bookmarks = [
        (str(item.title), reader.get_destination_page_number(item))  # type: ignore[union-attr, arg-type]  # there are no lists in the list
        for item in reader.outline
    ]
    assert bookmarks == [
        ("Видаткова накладна 2 2026-03-02", 0),
        ("Видаткова накладна 1 2026-03-02", 2),
    ]


@pytest.mark.parametrize(
    ("pdf", "status", "text"),
    [
        (None, 404, "None of these documents has a PDF."),
        (b"%PDF-1.4 broken", 404, "The PDF of “Видаткова накладна 1 2026-03-02” can't be put"),
    ],
)
def test_what_cannot_be_merged_is_said(
    client: Client, contract: Contract, pdf: bytes | None, status: int, text: str
) -> None:
    # given
    documents = [_paper(contract, "1", pdf=pdf)]

    # when
    response = client.get(_path(_owner(contract), documents, DocumentsFormat.PDF))

    # then
    assert response.status_code == status
    assert response.content.decode().startswith(text)
    assert_private(response)


def test_more_than_memory_should_hold_is_refused(
    client: Client, contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    monkeypatch.setattr(merged, "MAX_MERGED_BYTES", 10)
    path = _path(_owner(contract), [_paper(contract, "1", pdf=_pages(1))], DocumentsFormat.PDF)

    # when
    response = client.get(path, headers={"Accept-Language": "uk"})

    # then
    assert response.status_code == 413
    assert response.content.decode().startswith("Ці документи завеликі для одного PDF.")


def test_a_foreign_document_of_the_selection_is_left_out(
    client: Client, contract: Contract
) -> None:
    # given
    stranger = make_contract(contract.supplier, make_counterparty(contract.supplier.installation))
    foreign = _paper(stranger, "2", pdf=_pages(1))
    selection = [foreign, _paper(contract, "1", pdf=_pages(1))]

    # when
    archive = client.get(_path(_owner(contract), selection))
    one_file = client.get(_path(_owner(contract), selection, DocumentsFormat.PDF))
    nothing = [
        client.get(_path(_owner(contract), [foreign], export_format))
        for export_format in DocumentsFormat
    ]

    # then
    assert list(_unzipped(archive)) == ["Видаткова-накладна-1-2026-03-02.pdf"]
    assert len(PdfReader(io.BytesIO(_body(one_file))).pages) == 1
    assert [response.status_code for response in nothing] == [404, 404]


def test_a_ticket_of_nobody_opens_nothing(client: Client, contract: Contract) -> None:
    # when
    response = client.get(_path(ANONYMOUS, [_paper(contract, "1")]))

    # then
    assert response.status_code == 404


def test_who_lost_his_role_meanwhile_gets_nothing(client: Client, contract: Contract) -> None:
    # given
    path = _path(_owner(contract), [_paper(contract, "1")])
    assert client.get(path).status_code == 200

    # when / then
    Member.objects.update(role=Role.BUYER)
    assert client.get(path).status_code == 404
    Member.objects.all().delete()
    assert client.get(path).status_code == 404


def test_staff_export_what_they_see(client: Client, contract: Contract) -> None:
    # given
    documents = [_paper(contract, "1")]
    here = contract.supplier.installation_id

    # when / then
    for permissions, status in (({"MANAGE_ORDERS"}, 200), ({"MANAGE_USERS"}, 404), (set(), 404)):
        staff = Viewer(ViewerKind.STAFF, here, "VXNlcjo5", frozenset(permissions))
        assert client.get(_path(staff, documents)).status_code == status
    elsewhere = Viewer(ViewerKind.STAFF, here + 1, "VXNlcjo5", frozenset({"MANAGE_ORDERS"}))
    assert client.get(_path(elsewhere, documents)).status_code == 404


def test_a_ticket_opens_for_ten_minutes(client: Client, contract: Contract) -> None:
    # given
    start = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False):
        path = _path(_owner(contract), [_paper(contract, "1")])

    # when / then
    with time_machine.travel(start + dt.timedelta(minutes=10), tick=False):
        assert client.get(path).status_code == 200
    with time_machine.travel(start + dt.timedelta(minutes=10, seconds=1), tick=False):
        late = client.get(path, headers={"Accept-Language": "ru"})
    assert late.status_code == 403
    assert late.content.decode().startswith("Ссылка больше не действует.")
    assert_private(late)


@pytest.mark.parametrize("change", ["", "x", "forged", "other kind"])
def test_what_is_no_ticket_opens_nothing(client: Client, contract: Contract, change: str) -> None:
    # given
    path = _path(_owner(contract), [_paper(contract, "1")])
    ticket = parse_qs(urlsplit(path).query)["ticket"][0]
    kind = "documents.pdf" if change == "other kind" else "documents.zip"
    shown = {"": "", "x": "x", "forged": f"{ticket[:20]}A{ticket[21:]}", "other kind": ticket}

    # when
    response = client.get(f"/exports/{kind}", {"ticket": shown[change]})

    # then
    assert response.status_code == 403


def test_a_ticket_for_a_document_is_none_for_an_export(contract: Contract) -> None:
    # given
    from saleor_b2b_docs.documents.access import ticket_for

    # when / then
    with pytest.raises(InvalidTicket):
        open_ticket(ticket_for(_paper(contract, "1").pk), kind="documents.zip")


def test_an_unknown_kind_is_not_found(client: Client, contract: Contract) -> None:
    # given
    path = path_of(export_url("documents.rar", _owner(contract), {}))

    # when / then
    assert client.get(path).status_code == 404


def test_exports_are_only_read(client: Client, contract: Contract) -> None:
    # given
    path = _path(_owner(contract), [_paper(contract, "1")])

    # when / then
    assert client.post(path).status_code == 405
    assert client.head(path).status_code == 200


@pytest.mark.parametrize("count", [0, 201])
def test_a_selection_has_1_to_200_documents(contract: Contract, count: int) -> None:
    with pytest.raises(TooManyDocuments):
        documents_export_url(
            _owner(contract),
            [uuid.uuid4() for _ in range(count)],
            export_format=DocumentsFormat.ZIP,
        )


def test_the_address_of_200_documents_is_one_that_servers_take(contract: Contract) -> None:
    # when
    url = documents_export_url(
        _owner(contract), [uuid.uuid4() for _ in range(200)], export_format=DocumentsFormat.ZIP
    )

    # then
    assert len(url) < 4_800


def test_a_zip_is_made_while_it_is_sent(
    client: Client, contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    opened: list[str] = []
    real_open = FileSystemStorage.open

    def watched(storage: FileSystemStorage, name: str, mode: str = "rb") -> File[bytes]:
        opened.append(name)
        return real_open(storage, name, mode)

    documents = [_paper(contract, str(number)) for number in range(3)]
    monkeypatch.setattr(FileSystemStorage, "open", watched)

    # when
    response = client.get(_path(_owner(contract), documents))
    stream = iter(
        cast("Iterator[bytes]", cast("StreamingHttpResponse", response).streaming_content)
    )
    before = len(opened)
    next(stream)
    at_the_first_piece = len(opened)
    rest = b"".join(stream)

    # then
    assert (before, at_the_first_piece, len(opened)) == (0, 1, 3)
    assert rest
