"""What the base's accountant does: takes orders, posts papers, takes them back, says it all again.

A paper is kept first and told then: where the app can't be reached it stands in the base, untold,
and is told by `repeat`. Nothing is locked while the app is talked to.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import F, Max, Sum

from saleor_sandbox.models import (
    AccountingConnection,
    AccountingOrder,
    AccountingPaper,
    AccountingTurn,
    ExchangeChannel,
)
from saleor_sandbox.onec.commerceml import (
    ToldOrder,
    ToldPaper,
    UnreadableOrders,
    order_with_papers,
    orders_in,
)
from saleor_sandbox.onec.conversation import Conversation, NotAnswered
from saleor_sandbox.onec.events import EventsChannel, message, paper_event, unposting_event
from saleor_sandbox.onec.exchange import ExchangeSession
from saleor_sandbox.onec.orders import IncomingOrder, party_in, shipped_lines
from saleor_sandbox.writes import writing

ZONE = ZoneInfo("Europe/Kyiv")
"""The firm's days are the base's days."""
_TURNS_KEPT = 200
_ATTEMPTS_AT_ORDERS = 20
_Kind = AccountingPaper.Kind


class BooksError(RuntimeError):
    """The base can't do that, or the app did not take it; the message says why."""


def connect(
    *, app_url: str, key_id: str, signing_secret: str, username: str, password: str
) -> None:
    """Type the app's address and the base's keys into the base's settings, in place of others."""
    with writing():
        AccountingConnection.objects.update_or_create(
            pk=1,
            defaults={
                "app_url": app_url,
                "key_id": key_id,
                "signing_secret": signing_secret,
                "username": username,
                "password": password,
            },
        )


def number_of(serial: int) -> str:
    """A number of the base's own series, as 1C writes them."""
    return f"ТДЦУ-{serial:06}"


def take_orders(channel: ExchangeChannel, *, now: dt.datetime) -> int:
    """Ask the app for orders, keep them, and only then say that they are safe; how many came.

    Raises BooksError.
    """
    with _talking(channel, now=now) as (conversation, connection):
        if channel == ExchangeChannel.EVENTS:
            return _take_by_events(_events(conversation, connection), now=now)
        session = _session(conversation, connection)
        session.open()
        try:
            orders = orders_in(session.query())
        except UnreadableOrders as error:
            raise NotAnswered(f"orders that can't be read: {error}") from error
        _keep(orders, now=now)
        session.confirm()
        return len(orders)


def post_waybill(
    order: AccountingOrder, channel: ExchangeChannel, *, now: dt.datetime
) -> AccountingPaper:
    """Ship the whole order. Raises BooksError, also where it was shipped."""
    with writing():
        if order.is_cancelled:
            raise BooksError("the order is cancelled")
        _refuse_shipped(order)
        paper = _new_paper(order, _Kind.WAYBILL, order.gross, channel, now=now)
    tell(paper, now=now)
    return paper


def post_payment(
    order: AccountingOrder,
    channel: ExchangeChannel,
    *,
    amount: Decimal | None = None,
    now: dt.datetime,
) -> AccountingPaper:
    """Post a payment for the order: the amount, or all that is left. Raises BooksError."""
    with writing():
        left = unpaid(order)
        wanted = left if amount is None else amount
        if wanted <= 0 or wanted > left:
            raise BooksError(f"a payment is above 0 and at most {left:.2f}")
        if wanted != wanted.quantize(Decimal("0.01")):
            raise BooksError("a payment has no parts of a kopeck")
        paper = _new_paper(order, _Kind.PAYMENT, wanted, channel, now=now)
    tell(paper, now=now)
    return paper


def unpaid(order: AccountingOrder) -> Decimal:
    """What of the order's sum no posted payment covers."""
    paid = order.papers.filter(kind=_Kind.PAYMENT, is_posted=True).aggregate(sum=Sum("amount"))
    return order.gross - (paid["sum"] or Decimal(0))


def set_posted(paper: AccountingPaper, is_posted: bool, *, now: dt.datetime) -> None:
    """Undo a paper's posting, or post it again. Raises BooksError."""
    with writing():
        order = AccountingOrder.objects.get(pk=paper.order_id)
        if is_posted and paper.kind == _Kind.WAYBILL:
            _refuse_shipped(order)
        if is_posted and paper.kind == _Kind.PAYMENT and paper.amount > unpaid(order):
            raise BooksError("the order is paid already")
        changed = AccountingPaper.objects.filter(pk=paper.pk, is_posted=not is_posted).update(
            is_posted=is_posted, version=F("version") + 1, message="", message_id="", is_told=False
        )
    if changed:
        paper.refresh_from_db()
        tell(paper, now=now)


def tell(paper: AccountingPaper, *, now: dt.datetime) -> None:
    """Say how a paper stands; an event that was said before, by the very same message.

    A file of the exchange says how the whole order stands, and nothing tells an older one from a
    newer: it is written anew. Raises BooksError.
    """
    channel = ExchangeChannel(paper.channel)
    with _talking(channel, now=now) as (conversation, connection):
        if not paper.message or channel == ExchangeChannel.COMMERCEML:
            _write_message(paper, connection, now=now)
        if channel == ExchangeChannel.EVENTS:
            _events(conversation, connection).send(
                paper.message, now=now, message_id=paper.message_id
            )
        else:
            session = _session(conversation, connection)
            session.open()
            session.send(paper.message_id, b"\xef\xbb\xbf" + paper.message.encode())
        with writing():
            AccountingPaper.objects.filter(pk=paper.pk).update(is_told=True)
        paper.is_told = True


def _refuse_shipped(order: AccountingOrder) -> None:
    if order.papers.filter(kind=_Kind.WAYBILL, is_posted=True).exists():
        raise BooksError("the order is shipped already")


def _take_by_events(channel: EventsChannel, *, now: dt.datetime) -> int:
    count = 0
    # A page has so many orders at most; what came after the last one waits for the next time.
    for _ in range(_ATTEMPTS_AT_ORDERS):
        page_id, orders = channel.orders(now=now, message_id=_new_id())
        if not orders:
            break
        _keep(orders, now=now)
        channel.acknowledge(page_id, now=now, message_id=_new_id())
        count += len(orders)
    return count


def _keep(orders: list[IncomingOrder], *, now: dt.datetime) -> None:
    with writing():
        for order in orders:
            kept = AccountingOrder.objects.filter(external_id=order.id).first()
            if kept is None:
                kept = AccountingOrder(
                    external_id=order.id,
                    serial=_next(AccountingOrder.objects.aggregate),
                    taken_at=now,
                )
            kept.shop_number = order.number
            kept.dated_on = order.placed_on
            kept.currency = order.currency
            kept.gross = order.gross
            kept.is_cancelled = order.is_cancelled
            kept.content = order.content()
            kept.save()


def _new_paper(
    order: AccountingOrder,
    kind: AccountingPaper.Kind,
    amount: Decimal,
    channel: ExchangeChannel,
    *,
    now: dt.datetime,
) -> AccountingPaper:
    return AccountingPaper.objects.create(
        order=order,
        kind=kind,
        serial=_next(AccountingPaper.objects.filter(kind=kind).aggregate),
        posted_on=now.astimezone(ZONE).date(),
        amount=amount,
        channel=channel,
    )


def _write_message(
    paper: AccountingPaper, connection: AccountingConnection, *, now: dt.datetime
) -> None:
    order = AccountingOrder.objects.get(pk=paper.order_id)
    if paper.channel == ExchangeChannel.EVENTS:
        with writing():
            AccountingConnection.objects.filter(pk=connection.pk).update(sequence=F("sequence") + 1)
            connection.refresh_from_db()
        text = message(
            _event(paper, order), epoch=str(connection.epoch), sequence=connection.sequence
        )
    else:
        text = order_with_papers(
            _told_order(order),
            [_told(other) for other in order.papers.filter(channel=ExchangeChannel.COMMERCEML)],
            now=now.astimezone(ZONE),
        ).decode("utf-8-sig")
    with writing():
        paper.message, paper.message_id = text, _new_id()
        paper.save(update_fields=["message", "message_id"])


def _event(paper: AccountingPaper, order: AccountingOrder) -> dict[str, object]:
    if not paper.is_posted:
        return unposting_event(paper.kind, key=str(paper.key), version=paper.version)
    waybills = order.papers.filter(
        kind=_Kind.WAYBILL, is_posted=True, channel=ExchangeChannel.EVENTS
    )
    return paper_event(
        paper.kind,
        key=str(paper.key),
        version=paper.version,
        number=number_of(paper.serial),
        on=paper.posted_on,
        currency=order.currency,
        amount=paper.amount,
        order_id=order.external_id,
        lines=shipped_lines(order.content),
        settles=[str(waybill.key) for waybill in waybills],
    )


def _told_order(order: AccountingOrder) -> ToldOrder:
    return ToldOrder(
        id=order.external_id,
        shop_number=order.shop_number,
        number=number_of(order.serial),
        on=order.dated_on,
        currency=order.currency,
        gross=order.gross,
        buyer=party_in(order.content, "buyer"),
        seller=party_in(order.content, "seller"),
        lines=tuple(shipped_lines(order.content)),
    )


def _told(paper: AccountingPaper) -> ToldPaper:
    return ToldPaper(
        kind=paper.kind,
        key=str(paper.key),
        version=paper.version,
        number=number_of(paper.serial),
        on=paper.posted_on,
        amount=paper.amount,
        is_posted=paper.is_posted,
    )


@contextmanager
def _talking(
    channel: ExchangeChannel, *, now: dt.datetime
) -> Iterator[tuple[Conversation, AccountingConnection]]:
    """A conversation with the app; all that was said is kept, whatever became of it."""
    connection = AccountingConnection.objects.first()
    if connection is None:
        raise BooksError("the accounting base has no keys yet: the demo gives it some")
    with Conversation(connection.app_url) as conversation:
        try:
            yield conversation, connection
        except NotAnswered as error:
            raise BooksError(str(error)) from error
        finally:
            _remember(channel, conversation, now=now)


def _remember(channel: ExchangeChannel, conversation: Conversation, *, now: dt.datetime) -> None:
    with writing():
        AccountingTurn.objects.bulk_create(
            AccountingTurn(
                at=now,
                channel=channel,
                asked=turn.asked,
                sent=turn.sent,
                status=turn.status,
                answered=turn.answered,
                seconds=turn.seconds,
            )
            for turn in conversation.turns
        )
        kept = AccountingTurn.objects.values_list("pk", flat=True)[:_TURNS_KEPT]
        AccountingTurn.objects.exclude(pk__in=list(kept)).delete()


def _events(conversation: Conversation, connection: AccountingConnection) -> EventsChannel:
    return EventsChannel(conversation, connection.key_id, connection.signing_secret)


def _session(conversation: Conversation, connection: AccountingConnection) -> ExchangeSession:
    return ExchangeSession(conversation, connection.username, connection.password)


def _next(aggregate: Callable[..., dict[str, int | None]]) -> int:
    return (aggregate(last=Max("serial"))["last"] or 0) + 1


def _new_id() -> str:
    return f"msg_{uuid.uuid4().hex}"
