"""What a file is, by what is in it: names say nothing and are believed in nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from saleor_b2b_docs.onec.channels.archives import Archive
from saleor_b2b_docs.onec.channels.commerceml import reading as commerceml
from saleor_b2b_docs.onec.channels.commerceml import streaming
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.facts import Said

_HEAD = 1024
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BANK = b"1CClientBankExchange"

_NOT_READ = {
    _BANK: ("BANK_STATEMENT", "Это выписка банка (1CClientBankExchange): здесь она не читается."),
    b"%PDF": ("PDF", "Это документ PDF: сам по себе он здесь не принимается."),
    b"\xd0\xcf\x11\xe0": ("OFFICE", "Это файл Excel или Word: он здесь не читается."),
    b"Rar!": ("OTHER_ARCHIVE", "Это архив RAR: принимается только ZIP."),
    b"7z\xbc\xaf": ("OTHER_ARCHIVE", "Это архив 7-Zip: принимается только ZIP."),
    b"\x1f\x8b": ("OTHER_ARCHIVE", "Это архив GZIP: принимается только ZIP."),
}
_OTHER_ROOTS = {
    "message": ("ENTERPRISE_DATA", "Это сообщение EnterpriseData: здесь оно не читается."),
    "body": ("ENTERPRISE_DATA", "Это часть сообщения EnterpriseData: здесь она не читается."),
    "package": ("XDTO_PACKAGE", "Это пакет XDTO, то есть описание формата, а не данные."),
    "schema": ("XML_SCHEMA", "Это схема XSD, то есть описание формата, а не данные."),
    "html": ("HTML", "Это страница HTML: вероятно, ответ сервера вместо файла обмена."),
}


_NOBODYS = ReadingContext("", "", {}, "")
"""Enough to see whether a file can be read."""


@dataclass(frozen=True, slots=True)
class Part:
    """One readable file: the whole one, or an entry of an archive."""

    name: str
    format: str
    """Such as `commerceml 2.09` or `events`."""
    check: Callable[[], None]
    """Read it from end to end. Raises UnreadableFile if anything in it is cut off or broken."""
    facts: Callable[[ReadingContext], Iterator[Said]]
    """What it says; to be asked after `check`."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose content is known."""

    format: str
    parts: Sequence[Part]

    def check(self) -> None:
        """All parts, before a fact of the first one counts. Raises UnreadableFile."""
        for part in self.parts:
            part.check()

    def facts(self, context: ReadingContext) -> Iterator[Said]:
        """What all parts say, in the archive's order."""
        for part in self.parts:
            yield from part.facts(context)


def open_file(stream: BinaryIO, name: str) -> Opened:
    """What a file is, read no further than that needs. The stream must be seekable and stay open
    as long as the parts are used. `name` is for messages only.

    Raises UnreadableFile for what is not read here, saying what it is where that is known. An
    archive with one such file in it is refused as a whole.
    """
    if not _head(stream).startswith(_ZIP):
        part = _part(stream, name)
        return Opened(part.format, (part,))
    archive = Archive(stream)
    parts = []
    for entry in archive.entries:
        label = _label(entry.filename)
        content = archive.open(entry)
        if _head(content).startswith(_ZIP):
            raise UnreadableFile("NESTED_ARCHIVE", f"«{label}»: архив внутри архива.")
        try:
            parts.append(_part(content, label))
        except UnreadableFile as error:
            raise UnreadableFile(error.code, f"«{label}» в архиве: {error}") from error
    return Opened(", ".join(sorted({part.format for part in parts})), tuple(parts))


def _part(stream: BinaryIO, name: str) -> Part:
    head = _head(stream)
    for signature, (code, message) in _NOT_READ.items():
        if _without_mark(head).startswith(signature):
            raise UnreadableFile(code, message)
    text = _without_mark(head).replace(b"\0", b"").lstrip()
    if not text:
        raise UnreadableFile("EMPTY", "Файл пуст.")
    if text.startswith(b"<"):
        return _commerceml(stream, name)
    if text.startswith((b"{", b"[")):
        return _events(stream, name)
    raise UnreadableFile(
        "UNKNOWN_FORMAT", "Неизвестный формат: ожидается CommerceML (XML, возможно в архиве ZIP)."
    )


def _commerceml(stream: BinaryIO, name: str) -> Part:
    root = streaming.read_root(stream)
    if root.name != streaming.ROOT and root.name.casefold() in _OTHER_ROOTS:
        raise UnreadableFile(*_OTHER_ROOTS[root.name.casefold()])
    return Part(
        name,
        f"commerceml {commerceml.version_of(stream)}",
        check=lambda: commerceml.check(stream),
        facts=lambda context: commerceml.facts_of(stream, context),
    )


def _events(stream: BinaryIO, name: str) -> Part:
    # Costly to import (pydantic builds its models), and most files are not events.
    from saleor_b2b_docs.onec.channels.events.reading import read as read_events

    def check() -> None:
        stream.seek(0)
        for _ in read_events(stream, _NOBODYS):
            pass

    def facts(context: ReadingContext) -> Iterator[Said]:
        stream.seek(0)
        return read_events(stream, context)

    return Part(name, "events", check=check, facts=facts)


def _head(stream: BinaryIO) -> bytes:
    stream.seek(0)
    return stream.read(_HEAD)


def _without_mark(head: bytes) -> bytes:
    for mark in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return head[len(mark) :]
    return head


def _label(filename: str) -> str:
    """An entry's name as a message may show it."""
    return "".join(letter for letter in filename if letter.isprintable())[-80:]
