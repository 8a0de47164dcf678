"""What a file is, by what is in it."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

import pytest

from saleor_b2b_docs.onec.channels.detection import Opened, open_file
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.facts import DocumentFact
from tests.builders.archives import zip_of
from tests.builders.commerceml import CONTEXT, PAYMENT, document, file_of

WAYBILL_FILE = file_of(document("Отпуск товара"))
OTHER_FILE = file_of(document("Отпуск товара", Ид=PAYMENT, Номер="РН-18"), version="3.1")


def _opened(content: bytes, name: str = "anything.jpg") -> Opened:
    return open_file(io.BytesIO(content), name)


def _numbers(opened: Opened) -> list[str]:
    return [said.number for said in opened.facts(CONTEXT) if isinstance(said, DocumentFact)]


def _refusal(content: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as refusal:
        _opened(content).check()
    return refusal.value


def test_a_file_is_known_whatever_it_is_called() -> None:
    opened = _opened(WAYBILL_FILE, "../../offers.txt")

    assert opened.format == "commerceml 2.09"
    assert _numbers(opened) == ["РН-17"]


def test_an_archive_is_read_in_its_order() -> None:
    opened = _opened(zip_of({"z.xml": WAYBILL_FILE, "../a.bin": OTHER_FILE}))
    opened.check()

    assert opened.format == "commerceml 2.09, commerceml 3.1"
    assert _numbers(opened) == ["РН-17", "РН-18"]


def test_an_archive_with_one_broken_file_says_nothing() -> None:
    opened = _opened(zip_of({"1.xml": WAYBILL_FILE, "2.xml": OTHER_FILE[:-20]}))

    with pytest.raises(UnreadableFile) as refusal:
        opened.check()
    assert refusal.value.code == "CUT_OFF"


def test_an_archive_with_something_else_names_it() -> None:
    refusal = _refusal(zip_of({"1.xml": WAYBILL_FILE, "import_files/1.jpg": b"\xff\xd8\xff\xe0"}))

    assert refusal.code == "UNKNOWN_FORMAT"
    assert "import_files/1.jpg" in str(refusal)


def test_an_archive_in_an_archive_is_refused() -> None:
    assert _refusal(zip_of({"a.zip": zip_of({"1.xml": WAYBILL_FILE})})).code == "NESTED_ARCHIVE"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY"),
        (b" \r\n", "EMPTY"),
        (codecs.BOM_UTF8, "EMPTY"),
        (b"1CClientBankExchange\r\n", "BANK_STATEMENT"),
        (codecs.BOM_UTF8 + b"1CClientBankExchange\r\n", "BANK_STATEMENT"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OFFICE"),
        (b"Rar!\x1a\x07", "OTHER_ARCHIVE"),
        (b"\x1f\x8b\x08", "OTHER_ARCHIVE"),
        (b"\x89PNG", "UNKNOWN_FORMAT"),
        (b"<html><body>502 Bad Gateway</body></html>", "HTML"),
        (b"<!DOCTYPE html><html/>", "DOCTYPE"),
        (b'<Message xmlns:msg="http://www.1c.ru/SSL/Exchange/Message"/>', "ENTERPRISE_DATA"),
        (b"<rss/>", "UNKNOWN_ROOT"),
        (b"<", "NOT_XML"),
        (b"PK\x03\x04 nothing of an archive", "CUT_OFF"),
        (file_of("<Каталог><Товары/></Каталог>"), "CATALOGUE"),
    ],
)
def test_what_is_not_read_here_is_called_by_its_name(content: bytes, code: str) -> None:
    refusal = _refusal(content)

    assert refusal.code == code
    assert str(refusal)


def test_samples_that_are_not_ours_are_called_by_their_names(shared_folder: Path) -> None:
    folder = shared_folder / "samples" / "onec"
    found = {}
    for path in sorted(folder.iterdir()):
        try:
            found[path.name] = _opened(path.read_bytes(), path.name).format
        except UnreadableFile as refusal:
            found[path.name] = refusal.code

    assert found == {
        "EnterpriseData_1.8.6_xdto.xml": "XDTO_PACKAGE",
        "ExchangeMessage_xdto.xml": "XDTO_PACKAGE",
        "README.md": "UNKNOWN_FORMAT",
        "cml205_bitrix_query_response.xml": "commerceml 2.05",
        "cml205_bitrix_query_response_empty.xml": "commerceml 2.05",
        "cml209_contragents_from_1c.xml": "commerceml 2.09",
        "cml209_documents_from_1c.xml": "commerceml 2.09",
        "commerceml_2.10.xsd": "XML_SCHEMA",
    }


def test_events_are_known_by_their_bracket() -> None:
    opened = _opened(b' {"type": "counterparty", "key": "C1", "name": "X"}')

    assert opened.format == "events"


def test_events_that_are_no_events_are_refused_before_the_first_fact() -> None:
    with pytest.raises(UnreadableFile):
        _opened(b'{"a": ').check()
