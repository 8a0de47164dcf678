"""Files that are refused as a whole, before the first fact: nothing is half applied."""

from __future__ import annotations

import codecs
import io
from itertools import chain, repeat
from typing import BinaryIO, cast

import pytest

from saleor_b2b_docs.onec.channels.commerceml import streaming
from saleor_b2b_docs.onec.channels.commerceml.reading import read
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.facts import DocumentFact, Said
from tests.builders.commerceml import CONTEXT, document, file_of, said_in, tag

GOOD = document("Отпуск товара")


def _refusal(content: bytes) -> UnreadableFile:
    """Why a file is refused. It said nothing before that."""
    said: list[Said] = []
    with pytest.raises(UnreadableFile) as refusal:
        said.extend(read(io.BytesIO(content), CONTEXT))
    assert said == []
    return refusal.value


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;]>',
        '<!DOCTYPE КоммерческаяИнформация SYSTEM "http://127.0.0.1:9/x.dtd">',
        "<!DOCTYPE x>",
        '<!-- before --><?p i?>\n <!DOCTYPE x [<!ENTITY a "b">]>',
    ],
    ids=["expansion", "external", "parameter", "external subset", "bare", "after a comment"],
)
def test_a_doctype_of_any_kind_is_refused(doctype: str) -> None:
    content = file_of(GOOD).decode()
    declaration, rest = content.split("\n", 1)

    refusal = _refusal(f"{declaration}\n{doctype}{rest}".encode())

    assert refusal.code == "DOCTYPE"
    assert "DOCTYPE" in str(refusal)


def test_a_doctype_is_found_in_utf_16_too() -> None:
    content = '<!DOCTYPE x [<!ENTITY a "b">]>' + file_of(GOOD).decode().split("\n", 1)[1]

    assert _refusal(codecs.BOM_UTF16_LE + content.encode("utf-16-le")).code == "DOCTYPE"


def test_an_entity_that_nobody_declared_is_refused() -> None:
    content = file_of(GOOD).replace("РН-17".encode(), b"&secret;")

    assert _refusal(content).code == "NOT_WELL_FORMED"


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9, 0.99])
def test_a_file_cut_in_the_middle_says_nothing(kept: float) -> None:
    content = file_of(GOOD, GOOD, GOOD)

    assert _refusal(content[: int(len(content) * kept)]).code == "CUT_OFF"


def test_a_cut_file_is_called_so() -> None:
    refusal = _refusal(file_of(GOOD, GOOD)[:-30].decode(errors="ignore").encode())

    assert refusal.code == "CUT_OFF"
    assert "передан не полностью" in str(refusal)


def test_a_broken_encoding_is_refused_wherever_it_is() -> None:
    content = file_of(GOOD, GOOD)

    refusal = _refusal(content[:-200] + b"\xff\xfe" + content[-200:])

    assert refusal.code in {"BROKEN_ENCODING", "NOT_WELL_FORMED"}


def test_windows_1251_declared_as_utf_8_is_refused() -> None:
    content = file_of(GOOD).decode().encode("windows-1251")

    refusal = _refusal(content)

    assert refusal.code == "BROKEN_ENCODING"
    assert "windows-1251" in str(refusal)


def test_an_unknown_encoding_is_refused_by_name() -> None:
    refusal = _refusal(file_of(GOOD).replace(b"UTF-8", b"EBCDIC-US"))

    assert refusal.code == "UNKNOWN_ENCODING"
    assert "EBCDIC-US" in str(refusal)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "NOT_XML"),
        (b"   \n", "NOT_XML"),
        (b"hello", "NOT_XML"),
        (b"\x00\x01\x02", "NOT_XML"),
        (b"<!-- only -->", "NOT_XML"),
        (b"<a", "CUT_OFF"),
        ("<Документы/>".encode(), "UNKNOWN_ROOT"),
        (b"<html><body>502</body></html>", "UNKNOWN_ROOT"),
        ("<КоммерческаяИнформация>".encode(), "CUT_OFF"),
        ("<КоммерческаяИнформация/><b/>".encode(), "NOT_WELL_FORMED"),
        ("<КоммерческаяИнформация><a></b></КоммерческаяИнформация>".encode(), "NOT_WELL_FORMED"),
        ("<КоммерческаяИнформация>\x01</КоммерческаяИнформация>".encode(), "NOT_WELL_FORMED"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(content: bytes, code: str) -> None:
    assert _refusal(content).code == code


def test_a_nesting_without_end_is_refused() -> None:
    deep = "<a>" * 300 + "</a>" * 300

    assert _refusal(file_of(tag("Документ", deep))).code == "TOO_DEEP"


def test_a_text_without_end_is_refused() -> None:
    assert _refusal(file_of(document("Отпуск товара", Комментарий="x" * 11_000_000))).code == (
        "TOO_DEEP"
    )


def test_a_catalogue_is_called_so() -> None:
    for name in ("Каталог", "ПакетПредложений", "ИзмененияПакетаПредложений"):
        refusal = _refusal(file_of(tag("Классификатор"), tag(name, tag("Товары"))))

        assert refusal.code == "CATALOGUE"


class _Endless(io.RawIOBase):
    """A file of one document that never ends, seekable to its beginning."""

    def __init__(self, chunk: bytes) -> None:
        head = "<КоммерческаяИнформация><Документ><Товары>".encode()
        self._chunk = chunk
        self._chunks = chain([head], repeat(chunk))

    def seek(self, *_: int) -> int:
        self._chunks = chain(
            ["<КоммерческаяИнформация><Документ><Товары>".encode()], repeat(self._chunk)
        )
        return 0

    def read(self, _size: int = -1) -> bytes:
        return next(self._chunks)


def test_a_document_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "MAX_ELEMENT", 1024 * 1024)
    endless = cast(BinaryIO, _Endless("<Товар><Ид>1</Ид></Товар>".encode() * 1000))

    with pytest.raises(UnreadableFile) as refusal:
        next(read(endless, CONTEXT))

    assert refusal.value.code == "ELEMENT_TOO_LARGE"


@pytest.mark.parametrize(
    "content",
    [
        file_of(GOOD),
        codecs.BOM_UTF8 + file_of(GOOD),
        # The mark is trusted before the declaration.
        codecs.BOM_UTF8 + file_of(GOOD).replace(b"UTF-8", b"windows-1251"),
        file_of(GOOD, encoding="windows-1251"),
        codecs.BOM_UTF16_LE + file_of(GOOD).decode().encode("utf-16-le"),
        codecs.BOM_UTF16_BE + file_of(GOOD).decode().encode("utf-16-be"),
        file_of(GOOD).split(b"\n", 1)[1],
        file_of(GOOD, namespace=""),
        file_of(GOOD, version="3.1", namespace="urn:1C.ru:commerceml_3"),
        file_of("<!-- a comment -->", GOOD, tag("Неизвестное", "<x/>")),
    ],
    ids=[
        "utf-8",
        "with a mark",
        "mark against declaration",
        "windows-1251",
        "utf-16-le",
        "utf-16-be",
        "undeclared",
        "no namespace",
        "3.1",
        "unknown elements",
    ],
)
def test_the_same_is_read_in_every_encoding_and_version(content: bytes) -> None:
    waybills = [item for item in said_in(content) if isinstance(item, DocumentFact)]

    assert [waybill.number for waybill in waybills] == ["РН-17"]
    assert waybills[0].party.counterparty_name == "ТОВ «Магазин»"
