"""Messages of events, as bytes, and the facts in them."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from saleor_b2b_docs.documents.models import DocumentKind
from saleor_b2b_docs.onec.channels.context import ReadingContext
from saleor_b2b_docs.onec.channels.errors import UnreadableFile
from saleor_b2b_docs.onec.channels.events.reading import MAX_BYTES, read, read_message
from saleor_b2b_docs.onec.facts import (
    CounterpartyFact,
    DeletionFact,
    DocumentFact,
    OrderRef,
    PaymentFact,
    Settled,
    Stamp,
    Unreadable,
)
from saleor_b2b_docs.parties.terms import Stage, Terms
from tests.builders.onec_events import counterparty, waybill


def _said(*events: Any, **envelope: Any) -> Any:
    return read_message(json.dumps({"events": events, **envelope}).encode()).said


def _one(event: dict[str, Any]) -> Any:
    (said,) = read_message(json.dumps(event).encode()).said
    return said


def _refused(event: dict[str, Any]) -> tuple[str, str]:
    said = _one(event)
    assert isinstance(said, Unreadable)
    return said.code, said.reason


def test_a_waybill_says_all_that_it_says() -> None:
    said = _one(
        waybill(
            "W1",
            "1200.50",
            orders=[{"id": "T3JkZXI6MQ==", "amount": "1200.50"}],
            due=[{"on": "2026-03-20"}],
            lines=[{"name": "Чай", "quantity": 3, "price": "400.1666", "vat_rate": "0.2"}],
        )
    )

    assert isinstance(said, DocumentFact)
    assert (said.kind, said.key, said.number) == (DocumentKind.WAYBILL, "W1", "W1")
    assert said.issued_on == dt.date(2026, 3, 1)
    assert said.gross == Decimal("1200.50")
    assert said.party.counterparty_key == "C1"
    assert said.orders == (OrderRef(id="T3JkZXI6MQ==", amount=Decimal("1200.50")),)
    assert said.due == ((dt.date(2026, 3, 20), None),)
    assert said.lines[0].price == Decimal("400.1666")
    assert said.stamp is None


def test_a_refund_is_a_payment_that_went_back() -> None:
    said = _one(
        {
            "type": "refund",
            "key": "R",
            "received_on": "2026-03-01",
            "amount": "5",
            "settles": [{"key": "W1"}],
        }
    )

    assert isinstance(said, PaymentFact)
    assert said.is_refund
    assert said.settles == (Settled(key="W1"),)


def test_terms_are_days_or_stages() -> None:
    stages = [{"percent": "30", "days": 0}, {"percent": 70, "days": 14}]
    of_days = _one(counterparty(terms={"days": 7, "counted_in": "banking"}))
    of_stages = _one(counterparty(terms={"stages": stages}))

    assert isinstance(of_days, CounterpartyFact)
    assert of_days.terms == Terms.of_days(7, counted_in="banking")
    assert of_stages.terms == Terms((Stage(Decimal(30), 0), Stage(Decimal(70), 14)))


@pytest.mark.parametrize(("kind", "is_deleted"), [("deletion", True), ("unposting", False)])
def test_what_stands_no_more(kind: str, is_deleted: bool) -> None:
    said = _one({"type": kind, "key": "W1", "of": "waybill"})

    assert said == DeletionFact(key="W1", of_kind="waybill", is_deleted=is_deleted)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ('"1200.50"', "1200.50"),
        ("1200.5", "1200.5"),
        ("0.1", "0.1"),
        ("123456789012345.67", "123456789012345.67"),
        ("1.2e3", "1200"),
        ('"-0.01"', "-0.01"),
        ("100000000000000.0000000001", "100000000000000.0000000001"),
    ],
)
def test_an_amount_is_read_digit_by_digit(written: str, amount: str) -> None:
    body = json.dumps(waybill(gross="?")).replace('"?"', written)

    (said,) = read_message(body.encode()).said

    assert isinstance(said, DocumentFact)
    assert said.gross == Decimal(amount)


@pytest.mark.parametrize(
    "written",
    [
        '"1 200.50"',
        '"1200,50"',
        '"NaN"',
        '"Infinity"',
        '"1e3"',
        '""',
        '"١٢"',
        "true",
        "[]",
        "1e15",
        "123456789012345678",
        "1e-11",
        "1e999999999",
        "0e99999",
        '"1234567890123456"',
    ],
)
def test_what_is_no_amount_refuses_its_event_only(written: str) -> None:
    body = json.dumps({"events": [waybill(gross="?"), counterparty()]}).replace('"?"', written)

    refused, other = read_message(body.encode()).said

    assert isinstance(refused, Unreadable)
    assert (refused.kind, refused.key, refused.code) == ("waybill", "W1", "INVALID_EVENT")
    assert refused.reason.startswith("gross: ")
    assert isinstance(other, CounterpartyFact)


@pytest.mark.parametrize(
    "day",
    ["2026-02-30", "20.03.2026", "2026-3-1", "2026-03-01T00:00:00", 20260301, None, "0000-01-01"],
)
def test_a_day_is_written_in_one_way(day: Any) -> None:
    code, reason = _refused(waybill(issued_on=day))

    assert code == "INVALID_EVENT"
    assert reason.startswith("issued_on: ")


def test_an_unknown_field_is_refused_by_its_name() -> None:
    assert _refused(waybill(summ="1")) == ("UNKNOWN_FIELD", "summ: there is no such field")
    assert _refused(waybill(lines=[{"name": "x", "quantity": 1, "price": 1, "pirce": 1}])) == (
        "UNKNOWN_FIELD",
        "lines.0.pirce: there is no such field",
    )


@pytest.mark.parametrize("name", ["wayb1ll", "", None, 7, ["waybill"], "x" * 10_000, "\ud83d\0"])
def test_an_unknown_type_is_refused(name: Any) -> None:
    code, reason = _refused({"type": name, "key": "k"})

    assert code == "UNKNOWN_TYPE"
    assert len(reason) < 300
    reason.encode()
    assert "\0" not in reason


@pytest.mark.parametrize("key", ["", " ", "x" * 151, "a\0b", "\ud83d", 7, None])
def test_a_key_has_1_to_150_characters(key: Any) -> None:
    assert _refused(counterparty(key=key, name="ТОВ"))[0] == "INVALID_EVENT"


def test_more_than_three_problems_are_counted() -> None:
    _, reason = _refused({"type": "waybill", "key": ""})

    assert reason.count(": ") == 3
    assert _refused({"type": "waybill", "key": "", "gross": "x", "due": 1})[1].endswith("2 more")


@pytest.mark.parametrize(
    "event",
    [
        waybill(orders=[{"amount": "1"}]),
        waybill(pdf="AAAA", pdf_part="x"),
        waybill(pdf="no base64!"),
        waybill(due=[]),
        waybill(is_posted="yes"),
        waybill(orders=[{"number": "1"}] * 1001),
        counterparty(terms={"days": 7, "stages": []}),
        counterparty(terms={}),
        counterparty(terms={"stages": [{"percent": "99", "days": 0}]}),
        {"type": "deletion", "key": "k", "of": "order"},
        {"type": "contract", "key": "k", "currency": "грн"},
    ],
)
def test_other_things_that_no_event_says(event: dict[str, Any]) -> None:
    assert _refused(event)[0] == "INVALID_EVENT"


def test_messages_are_ordered_by_their_sequence_and_events_by_their_place() -> None:
    said = _said(counterparty("a"), counterparty("b"), epoch="e1", sequence=7)

    assert [fact.stamp for fact in said] == [
        Stamp(epoch="e1", sequence=7000),
        Stamp(epoch="e1", sequence=7001),
    ]


def test_an_events_own_sequence_counts_before_the_messages() -> None:
    (said,) = _said(counterparty(sequence=9, epoch="e2"), epoch="e1", sequence=7)

    assert said.stamp == Stamp(epoch="e2", sequence=9000)


def test_the_largest_sequence_is_kept_by_every_database() -> None:
    *_, last = _said(*[counterparty(f"c{n}") for n in range(500)], sequence=2**53 - 1)

    assert last.stamp.sequence < 2**63


def test_an_epoch_without_a_sequence_orders_nothing() -> None:
    assert _refused(counterparty(epoch="e1"))[0] == "INVALID_EVENT"
    with pytest.raises(UnreadableFile, match="epoch"):
        _said(counterparty(), epoch="e1")


def test_a_byte_order_mark_does_no_harm() -> None:
    (said,) = read_message(b"\xef\xbb\xbf" + json.dumps(counterparty()).encode()).said

    assert said.key == "C1"


def test_an_array_is_a_message() -> None:
    first, second = read_message(json.dumps([counterparty("a"), 5]).encode()).said

    assert first.key == "a"
    assert isinstance(second, Unreadable)
    assert (second.kind, second.code) == ("event", "INVALID_EVENT")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "INVALID_JSON"),
        (b"{", "INVALID_JSON"),
        (b"\xff\xfe{\0}\0", "INVALID_JSON"),
        ('{"type": "waybill", "key": "Чай"}'.encode("cp1251"), "INVALID_JSON"),
        (b"[" * 200_000, "INVALID_JSON"),
        (b'{"events": [{"a": ' + b'{"a": ' * 200_000, "INVALID_JSON"),
        (b'{"events": [{"gross": NaN}]}', "INVALID_JSON"),
        (b'{"events": [{"gross": -Infinity}]}', "INVALID_JSON"),
        (b'{"events": [{"gross": 1e99999999999999999999}]}', "INVALID_JSON"),
        (b'{"events": [{"gross": ' + b"9" * 5000 + b"}]}", "INVALID_JSON"),
        (b'{"type": "waybill", "key": "a", "key": "b"}', "DUPLICATE_NAME"),
        (b'{"events": [], "events": []}', "DUPLICATE_NAME"),
        (b"5", "INVALID_MESSAGE"),
        (b"null", "INVALID_MESSAGE"),
        (b"{}", "INVALID_MESSAGE"),
        (b'{"events": {}}', "INVALID_MESSAGE"),
        (b'{"events": [1], "sequence": -1}', "INVALID_MESSAGE"),
        (b'{"events": [1], "sequence": 9007199254740992}', "INVALID_MESSAGE"),
        (b'{"events": [1], "sequence": "7"}', "INVALID_MESSAGE"),
        (b'{"events": [1], "seqence": 7}', "UNKNOWN_FIELD"),
        (b'{"events": []}', "NO_EVENTS"),
        (b"[" + b"1," * 500 + b"1]", "TOO_MANY_EVENTS"),
        (b"--", "INVALID_MULTIPART"),
        (b"--b\r\n\r\n", "INVALID_MULTIPART"),
        (b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "INVALID_MULTIPART"),
        (b'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\nx\r\n--b--', "INVALID_MULTIPART"),
    ],
)
def test_a_message_that_is_none_is_refused_whole(content: bytes, code: str) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read_message(content)

    assert refusal.value.code == code


def _multipart(*parts: tuple[str, bytes]) -> bytes:
    body = b""
    for name, content in parts:
        head = f'--b0und\r\nContent-Disposition: form-data; name="{name}"; filename="f.pdf"'
        body += head.encode() + b"\r\nContent-Type: x/y\r\n\r\n" + content + b"\r\n"
    return body + b"--b0und--\r\n"


def test_a_pdf_comes_in_a_part_of_its_own_byte_for_byte() -> None:
    pdf = b"%PDF-1.7\r\n\r\n--b0un\r\n\0\xff\n\r"
    events = json.dumps(waybill(pdf_part="ї-1")).encode()

    (said,) = read_message(_multipart(("events", events), ("ї-1", pdf))).said

    assert isinstance(said, DocumentFact)
    assert said.pdf == pdf


def test_a_part_that_is_missing_refuses_its_event_only() -> None:
    events = json.dumps([waybill(pdf_part="x"), waybill("W2", pdf_part="events"), counterparty()])

    first, second, third = read_message(_multipart(("events", events.encode()))).said

    assert isinstance(first, Unreadable)
    assert first.reason == "pdf_part: the message has no part 'x'"
    assert isinstance(second, Unreadable)
    assert isinstance(third, CounterpartyFact)


@pytest.mark.parametrize("cut", [1, 4, 9, 40])
def test_a_message_in_parts_that_is_cut_off_is_refused(cut: int) -> None:
    whole = _multipart(("events", json.dumps(counterparty()).encode()), ("x", b"%PDF" * 20))

    with pytest.raises(UnreadableFile):
        read_message(whole.rstrip()[:-cut] if cut > 1 else whole[:-5])


def test_a_file_of_events_has_a_limit() -> None:
    context = ReadingContext("1c", "", {}, "")

    (said,) = read(io.BytesIO(json.dumps(counterparty()).encode()), context)
    assert said.key == "C1"
    with pytest.raises(UnreadableFile, match="at most"):
        list(read(io.BytesIO(b" " * (MAX_BYTES + 1)), context))
