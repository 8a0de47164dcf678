"""What stands before the root of an XML file: its encoding, and what must not stand there.

The encoding is the mark of byte order, then the declaration, then UTF-8; the parser is told it, so
that there is one opinion only. A DOCTYPE is refused here, before any parser has seen it: these
files need none, and everything that XML can do to its reader begins with one.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO

from saleor_b2b_docs.onec.channels.errors import UnreadableFile

MAX_PROLOG = 64 * 1024
"""Bytes before the root element. A real file has one declaration there, and at most a comment."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16LE"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16BE"),
)
_DECLARED = {
    "utf-8": ("utf-8", "UTF-8"),
    "utf8": ("utf-8", "UTF-8"),
    "us-ascii": ("utf-8", "UTF-8"),
    "ascii": ("utf-8", "UTF-8"),
    "windows-1251": ("cp1251", "windows-1251"),
    "cp1251": ("cp1251", "windows-1251"),
    "win-1251": ("cp1251", "windows-1251"),
    "cp866": ("cp866", "cp866"),
    "ibm866": ("cp866", "cp866"),
    "koi8-r": ("koi8-r", "koi8-r"),
    "koi8-u": ("koi8-u", "koi8-u"),
    "iso-8859-5": ("iso-8859-5", "iso-8859-5"),
    "iso-8859-1": ("iso-8859-1", "iso-8859-1"),
    "windows-1252": ("cp1252", "windows-1252"),
}

_DECLARATION = re.compile(r"""encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']""")
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Prolog:
    """How the file is to be decoded."""

    encoding: str
    """The parser's name of it."""
    begins_at: int
    """Bytes to leave out: the mark of byte order."""


def read_prolog(stream: BinaryIO) -> Prolog:
    """Look at the beginning of an XML file. The stream is left anywhere.

    Raises UnreadableFile NOT_XML, DOCTYPE, UNKNOWN_ENCODING.
    """
    stream.seek(0)
    head = stream.read(MAX_PROLOG)
    codec, encoding, begins_at = _encoding(head)
    text = head[begins_at:].decode(codec, errors="replace")
    rest = text[_end_of_prolog(text) :]
    if rest.startswith("<!"):
        raise UnreadableFile(
            "DOCTYPE", "В файле есть объявление DOCTYPE: такие файлы не принимаются."
        )
    # Where the bytes are of another encoding, the parser says so better.
    if not re.match(r"<(?:[^\W\d]|\ufffd)", rest):
        raise UnreadableFile("NOT_XML", "Это не файл XML: в его начале нет корневого элемента.")
    return Prolog(encoding, begins_at)


def _encoding(head: bytes) -> tuple[str, str, int]:
    for mark, codec, encoding in _MARKS:
        if head.startswith(mark):
            return codec, encoding, len(mark)
    declaration = head.lstrip()[:200].split(b"?>")[0].decode("ascii", errors="replace")
    match = _DECLARATION.search(declaration) if declaration.startswith("<?xml") else None
    if match is None:
        return "utf-8", "UTF-8", 0
    known = _DECLARED.get(match[1].lower())
    if known is None:
        raise UnreadableFile(
            "UNKNOWN_ENCODING",
            f"Кодировка «{match[1]}» не поддерживается: нужна UTF-8 или windows-1251.",
        )
    return *known, 0


def _end_of_prolog(text: str) -> int:
    match = _BEFORE_ROOT.match(text)
    return match.end() if match else 0
