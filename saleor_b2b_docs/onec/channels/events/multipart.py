"""Messages in parts (multipart/form-data, RFC 7578): JSON in one, PDFs in the others.

Read from the bytes alone, since they are all that is kept of a message. Django's own parser takes a
text for a field, and spools files to disk; here everything is in memory already.
"""

from __future__ import annotations

from django.utils.http import parse_header_parameters

from saleor_b2b_docs.onec.channels.errors import UnreadableFile

_MAX_PARTS = 600
"""500 PDFs and some."""
_MAX_BOUNDARY = 70
"""By RFC 2046."""
_MAX_HEAD = 4096


def is_multipart(content: bytes) -> bool:
    """Whether the bytes are a message in parts: JSON never begins with two hyphens."""
    return content.startswith(b"--")


def read_parts(content: bytes) -> dict[str, bytes]:
    """The parts by their names. Raises UnreadableFile."""
    first, found, _ = content.partition(b"\r\n")
    if not found or not 2 < len(first) <= _MAX_BOUNDARY + 2:
        raise _unreadable("the message has no boundary")
    # The first boundary stands at the very beginning, all others on lines of their own.
    pieces = (b"\r\n" + content).split(b"\r\n" + first, _MAX_PARTS + 2)
    if len(pieces) > _MAX_PARTS + 2:
        raise _unreadable(f"the message has more than {_MAX_PARTS} parts")
    if not pieces[-1].startswith(b"--"):
        raise _unreadable("the message is cut off: its last boundary is missing")
    parts: dict[str, bytes] = {}
    for piece in pieces[1:-1]:
        head, found, body = piece.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        name = _name(head) if found else ""
        if not name or name in parts:
            raise _unreadable("each part needs a name of its own")
        parts[name] = body
    return parts


def _name(head: bytes) -> str:
    if len(head) > _MAX_HEAD:
        return ""
    for line in head.decode("utf-8", errors="replace").split("\r\n"):
        header, _, value = line.partition(":")
        if header.strip().lower() == "content-disposition":
            try:
                _, parameters = parse_header_parameters(value.strip())
            except ValueError:
                return ""
            return parameters.get("name", "")
    return ""


def _unreadable(message: str) -> UnreadableFile:
    return UnreadableFile("INVALID_MULTIPART", message)
