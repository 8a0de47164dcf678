"""The elements of a CommerceML file one by one, in memory that does not grow with the file.

libxml2's own limits stay on (`huge_tree=False`): 10 MB a text, 256 levels, and an end to anything
that grows when it is expanded. They hold for one element, not for the file, which may have any
length.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, NoReturn

from lxml import etree

from saleor_b2b_docs.onec.channels.commerceml.encodings import Prolog, read_prolog
from saleor_b2b_docs.onec.channels.commerceml.nodes import Node, local_name
from saleor_b2b_docs.onec.channels.errors import UnreadableFile

MAX_ELEMENT = 64 * 1024 * 1024
"""Bytes of one document or container, which is held in memory as a whole. Ten thousand lines, the
most that a document may have here, take about 15 MB."""

DOCUMENT = "Документ"
CONTAINER = "Контейнер"
COUNTERPARTY = "Контрагент"
CATALOGUE = "Каталог"
OFFERS = "ПакетПредложений"
OFFER_CHANGES = "ИзмененияПакетаПредложений"
_CATALOGUES = frozenset({CATALOGUE, OFFERS, OFFER_CHANGES})
_READ = frozenset({DOCUMENT, CONTAINER, COUNTERPARTY})
_TAGS = tuple(f"{{*}}{name}" for name in sorted(_READ | _CATALOGUES))

ROOT = "КоммерческаяИнформация"

_SAFELY: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}

_CUT = frozenset({4, 9, 73, 77})
"""libxml2's codes for no element, half a character, half a tag, and an open element: where they
come at the end of the file."""
_BROKEN_ENCODING = frozenset({81, 6003})
"""XML_ERR_INVALID_ENCODING, XML_I18N_CONV_FAILED."""
_TOO_MUCH = frozenset({89, 110, 114, 116, 117})
"""Entity loops and limits of libxml2."""


@dataclass(frozen=True, slots=True)
class Root:
    """The root element: what file this is."""

    name: str
    namespace: str
    version: str
    """`ВерсияСхемы`; empty where it says none."""


def read_root(stream: BinaryIO) -> Root:
    """The root of an XML file. The stream is left anywhere. Raises UnreadableFile."""
    prolog = read_prolog(stream)
    reader = _Metered(stream, prolog)
    parser = etree.XMLPullParser(events=("start",), encoding=prolog.encoding, **_SAFELY)
    try:
        while chunk := reader.read(4096):
            parser.feed(chunk)
            for _, element in parser.read_events():
                namespace = element.tag[1:].partition("}")[0] if element.tag[0] == "{" else ""
                return Root(
                    local_name(element.tag), namespace, (element.get("ВерсияСхемы") or "").strip()
                )
        parser.close()
    except etree.LxmlError as error:
        _refuse(error, reader)
    raise UnreadableFile("CUT_OFF", "Файл обрывается раньше корневого элемента.")


def elements(stream: BinaryIO) -> Iterator[Node]:
    """The documents, containers, counterparties and catalogues, each with all that is in it.

    Raises UnreadableFile.
    """
    for element in _passing(stream):
        yield Node(element)


def _passing(stream: BinaryIO) -> Iterator[Any]:
    """The same, as elements of the tree, each emptied when the next one is asked for."""
    prolog = read_prolog(stream)
    reader = _Metered(stream, prolog)
    depth = 0
    try:
        for event, element in etree.iterparse(
            reader, events=("start", "end"), tag=_TAGS, encoding=prolog.encoding, **_SAFELY
        ):
            if event == "start":
                depth += 1
                reader.is_in_catalogue = depth == 1 and local_name(element.tag) in _CATALOGUES
                continue
            depth -= 1
            if depth:
                continue
            reader.since = 0
            yield element
            _forget(element)
    except etree.LxmlError as error:
        _refuse(error, reader)


def check(stream: BinaryIO) -> None:
    """Read a file from end to end and keep nothing: what is cut or broken is found before any of
    it counts. Raises UnreadableFile; CATALOGUE if goods and prices are all that there is."""
    names = {local_name(element.tag) for element in _passing(stream)}
    if names & _CATALOGUES and not names & _READ:
        raise UnreadableFile(
            "CATALOGUE",
            "Это каталог товаров или пакет предложений. Здесь принимаются только документы и"
            " контрагенты: выгрузку товаров в настройках обмена нужно отключить.",
        )


def _forget(element: Any) -> None:
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


class _Metered:
    """The file as the parser reads it, within the limit for one element."""

    def __init__(self, stream: BinaryIO, prolog: Prolog) -> None:
        stream.seek(prolog.begins_at)
        self._stream = stream
        self.since = 0
        self.is_at_end = False
        self.is_in_catalogue = False

    def read(self, size: int) -> bytes:
        if self.since > MAX_ELEMENT:
            if self.is_in_catalogue:
                raise UnreadableFile("CATALOGUE", "Это каталог товаров: он здесь не принимается.")
            raise UnreadableFile(
                "ELEMENT_TOO_LARGE",
                f"Один документ занимает больше {MAX_ELEMENT // 1024 // 1024} МБ.",
            )
        chunk = self._stream.read(size)
        self.since += len(chunk)
        self.is_at_end = not chunk
        return chunk


def _refuse(error: Any, reader: _Metered) -> NoReturn:
    code = getattr(error, "code", None)
    line, column = getattr(error, "position", None) or (0, 0)
    where = f" Строка {line}, позиция {column}." if line else ""
    if code in _BROKEN_ENCODING:
        raise UnreadableFile(
            "BROKEN_ENCODING",
            f"Байты файла не соответствуют его кодировке: проверьте, в какой кодировке он записан"
            f" (UTF-8 или windows-1251).{where}",
        ) from error
    if code in _CUT and reader.is_at_end:
        raise UnreadableFile(
            "CUT_OFF", f"Файл обрывается: он передан не полностью. Повторите обмен.{where}"
        ) from error
    if code in _TOO_MUCH:
        raise UnreadableFile(
            "TOO_DEEP", f"Текст или вложенность элементов в файле сверх меры.{where}"
        ) from error
    raise UnreadableFile("NOT_WELL_FORMED", f"Ошибка в разметке XML: {error}.{where}") from error
