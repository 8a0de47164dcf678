"""From the bytes of a message to facts.

Numbers are read as decimals, digit by digit, and never as binary fractions. What is wrong with a
message as a whole refuses it; what is wrong with an event refuses that event only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO, NoReturn

from pydantic import ValidationError

from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.channels.events.event import MAX_EVENTS, Event
from saleor_b2b_docs.onec.channels.events.models import BY_TYPE, Envelope
from saleor_b2b_docs.onec.channels.events.multipart import is_multipart, read_parts
from saleor_b2b_docs.onec.channels.events.papers import DocumentEvent
from saleor_b2b_docs.onec.facts import Said, Stamp, Unreadable

MAX_BYTES = 32 * 1024 * 1024
EVENTS_PART = "events"
_MOST_PROBLEMS = 3
_MAX_MESSAGE = 500
_MAX_NAME = 150
"""A key in full."""
_PLACES = 1000
"""More than the events of a message: the place in its message is the last part of an event's
sequence, so that of two in one message the later one is the newer."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a message says, each event at its place."""

    said: Sequence[Said]


def read(stream: BinaryIO, context: ReadingContext) -> Iterator[Said]:
    """What a file of events says. Raises UnreadableFile. Events need nothing of the context."""
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise UnreadableFile("TOO_LARGE", f"a message has at most {MAX_BYTES} bytes")
    yield from read_message(content).said


def read_message(content: bytes) -> Message:
    """What a message says: one event, an array of them, or an envelope; alone or in parts.

    Raises UnreadableFile: INVALID_MULTIPART, INVALID_JSON, DUPLICATE_NAME, INVALID_MESSAGE,
    UNKNOWN_FIELD, NO_EVENTS, TOO_MANY_EVENTS.
    """
    files: Mapping[str, bytes] = {}
    if is_multipart(content):
        files = read_parts(content)
        if EVENTS_PART not in files:
            raise UnreadableFile("INVALID_MULTIPART", f"there is no part {EVENTS_PART!r}")
        content = files[EVENTS_PART]
    document = _parse(content)
    is_event = isinstance(document, dict) and "type" in document
    envelope, events = (Envelope(), [document]) if is_event else _opened(document)
    return Message(
        tuple(
            _said(event, envelope, place=place, files=files) for place, event in enumerate(events)
        )
    )


def _parse(content: bytes) -> Any:
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_float=_decimal,
            parse_constant=_no_number,
            object_pairs_hook=_object,
        )
    except UnicodeDecodeError as error:
        raise UnreadableFile("INVALID_JSON", "the message is not in UTF-8") from error
    except RecursionError as error:
        raise UnreadableFile("INVALID_JSON", "the message is nested too deeply") from error
    except UnreadableFile:
        raise
    except ValueError as error:
        raise UnreadableFile("INVALID_JSON", f"the message is no JSON: {error}"[:200]) from error


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError("a number beyond all numbers") from error


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number of JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableFile("DUPLICATE_NAME", f"{_shown(twice)!r} stands twice in one object")
    return found


def _opened(document: Any) -> tuple[Envelope, list[Any]]:
    """The envelope, and what is in it."""
    if isinstance(document, list):
        document = {"events": document}
    events = document.get("events") if isinstance(document, dict) else None
    if not isinstance(events, list):
        raise UnreadableFile("INVALID_MESSAGE", "a message is an event, or has an array `events`")
    try:
        envelope = Envelope.model_validate(
            {name: value for name, value in document.items() if name != "events"}
        )
    except ValidationError as error:
        code, message = _problems(error)
        code = "INVALID_MESSAGE" if code == "INVALID_EVENT" else code
        raise UnreadableFile(code, message) from error
    if envelope.epoch and envelope.sequence is None and _lacks_sequence(events):
        raise UnreadableFile("INVALID_MESSAGE", "an epoch is of use with a sequence only")
    if not events:
        raise UnreadableFile("NO_EVENTS", "there is no event in the message")
    if len(events) > MAX_EVENTS:
        raise UnreadableFile("TOO_MANY_EVENTS", f"a message has at most {MAX_EVENTS} events")
    return envelope, events


def _lacks_sequence(events: list[Any]) -> bool:
    return any(isinstance(event, dict) and event.get("sequence") is None for event in events)


def _said(raw: Any, envelope: Envelope, *, place: int, files: Mapping[str, bytes]) -> Said:
    if not isinstance(raw, dict):
        return Unreadable(kind="event", key="", code="INVALID_EVENT", reason="it is no object")
    name = raw.get("type")
    model = BY_TYPE.get(name) if isinstance(name, str) else None
    if model is None:
        shown = _shown(name) if isinstance(name, str) else "none"
        return _refused(raw, "UNKNOWN_TYPE", f"type: there is no event of this type: {shown}")
    try:
        event = model.model_validate(raw)
        return event.said(stamp=_stamp(event, envelope, place=place), pdf=_pdf(event, files))
    except ValidationError as error:
        return _refused(raw, *_problems(error))
    except ValueError as error:
        return _refused(raw, "INVALID_EVENT", str(error))


def _stamp(event: Event, envelope: Envelope, *, place: int) -> Stamp | None:
    """Where it stands among all messages. Raises ValueError."""
    sequence = envelope.sequence if event.sequence is None else event.sequence
    if sequence is None:
        if event.epoch is not None:
            raise ValueError("epoch: of use with a sequence only")
        return None
    epoch = envelope.epoch if event.epoch is None else event.epoch
    return Stamp(epoch=epoch, sequence=sequence * _PLACES + place)


def _pdf(event: Event, files: Mapping[str, bytes]) -> bytes | None:
    """The file that stands in a part of its own. Raises ValueError where that is missing."""
    if not isinstance(event, DocumentEvent) or event.pdf_part is None:
        return None
    if event.pdf_part not in files or event.pdf_part == EVENTS_PART:
        raise ValueError(f"pdf_part: the message has no part {event.pdf_part!r}")
    return files[event.pdf_part]


def _refused(raw: Mapping[str, Any], code: str, reason: str) -> Unreadable:
    name, key = raw.get("type"), raw.get("key")
    return Unreadable(
        kind=name if isinstance(name, str) and name in BY_TYPE else "event",
        key=_shown(key) if isinstance(key, str) else "",
        code=code,
        reason=_shown(reason, _MAX_MESSAGE),
    )


def _problems(error: ValidationError) -> tuple[str, str]:
    """Code and words for what is wrong: where it is, and what should be there."""
    problems = error.errors(include_url=False, include_input=False, include_context=False)
    code = "INVALID_EVENT"
    texts = []
    for problem in problems[:_MOST_PROBLEMS]:
        place = ".".join(map(str, problem["loc"]))
        text = problem["msg"].removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            code, text = "UNKNOWN_FIELD", "there is no such field"
        texts.append(f"{place}: {text}" if place else text)
    if len(problems) > _MOST_PROBLEMS:
        texts.append(f"and {len(problems) - _MOST_PROBLEMS} more")
    return code, _shown("; ".join(texts), _MAX_MESSAGE)


def _shown(text: str, limit: int = _MAX_NAME) -> str:
    """As it may be answered and kept."""
    return text[:limit].encode(errors="replace").decode().replace("\0", "")
