"""The accounting base's page: a person plays the accountant. Only on the machine itself."""

from __future__ import annotations

import uuid
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.dates import format_date
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from saleor_sandbox.models import (
    AccountingConnection,
    AccountingOrder,
    AccountingPaper,
    AccountingTurn,
    ExchangeChannel,
)
from saleor_sandbox.onec import books as accountant
from saleor_sandbox.onec.books import ZONE, BooksError
from saleor_sandbox.onec.orders import party_in
from saleor_sandbox.shop import pages
from saleor_sandbox.shop.texts import TEXTS
from saleor_sandbox.shop.visitor import Visitor

_CHANNEL = "accounting_channel"
_POSTED = "accounting_posted"
_ORDERS, _TURNS = 30, 30
_PAGE = "/shop/1c/"


def _is_local(request: HttpRequest) -> bool:
    return request.META.get("REMOTE_ADDR", "") in ("127.0.0.1", "::1")


@require_GET
def books(request: HttpRequest) -> HttpResponse:
    """The orders that the base has, with what can be done about them, and what was said."""
    if not _is_local(request):
        return HttpResponseForbidden("only from the machine itself")
    visitor = Visitor(request)
    orders = AccountingOrder.objects.prefetch_related("papers")[:_ORDERS]
    return pages.show(
        request,
        "accounting",
        visitor,
        page={
            "is_connected": AccountingConnection.objects.exists(),
            "chosen": _chosen(request),
            "has_posted": request.session.pop(_POSTED, False),
            "orders": [_order(order, visitor.language) for order in orders],
            "turns": [_turn(turn) for turn in AccountingTurn.objects.all()[:_TURNS]],
        },
    )


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do one thing; without an action only the channel is chosen."""
    if not _is_local(request):
        return HttpResponseForbidden("only from the machine itself")
    words = TEXTS[Visitor(request).language]
    if (channel := request.POST.get("channel")) in ExchangeChannel.values:
        request.session[_CHANNEL] = channel
    action = request.POST.get("action", "")
    if not action:
        return redirect(_PAGE)
    try:
        if action == "take":
            count = accountant.take_orders(_chosen(request), now=timezone.now())
            pages.say(request, f"{words['onec_taken']}: {count}.")
        else:
            _post(request, action)
            pages.say(request, words["onec_done"])
    except BooksError as error:
        pages.say(request, str(error))
    # A failure may have come after the app took it.
    request.session[_POSTED] = True
    return redirect(_PAGE)


def _post(request: HttpRequest, action: str) -> None:
    now = timezone.now()
    if action in ("waybill", "payment"):
        number = request.POST.get("order", "")
        order = AccountingOrder.objects.filter(pk=number if number.isdecimal() else 0).first()
        if order is None:
            raise BooksError("there is no such order")
        if action == "waybill":
            accountant.post_waybill(order, _chosen(request), now=now)
        else:
            amount = _amount(request.POST.get("amount", ""))
            accountant.post_payment(order, _chosen(request), amount=amount, now=now)
        return
    key = _key(request.POST.get("paper", ""))
    paper = AccountingPaper.objects.filter(pk=key).first() if key else None
    if paper is None:
        raise BooksError("there is no such paper")
    if action == "repeat":
        accountant.tell(paper, now=now)
    elif action in ("unpost", "post"):
        accountant.set_posted(paper, action == "post", now=now)
    else:
        raise BooksError("there is no such action")


def _chosen(request: HttpRequest) -> ExchangeChannel:
    return ExchangeChannel(request.session.get(_CHANNEL, ExchangeChannel.EVENTS))


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal("".join(text.split()).replace(",", "."))
    except InvalidOperation as error:
        raise BooksError(f"«{text[:40]}» is no amount") from error
    if not amount.is_finite():
        raise BooksError(f"«{text[:40]}» is no amount")
    return amount


def _order(order: AccountingOrder, language: str) -> dict[str, Any]:
    papers = list(order.papers.all())
    left = accountant.unpaid(order)

    def money(amount: Decimal) -> str:
        return pages.money({"amount": amount, "currency": order.currency}, language)

    return {
        "id": order.pk,
        "number": accountant.number_of(order.serial),
        "shop_number": order.shop_number,
        "date": format_date(order.dated_on, "long", locale=language),
        "buyer": party_in(order.content, "buyer").name,
        "gross": money(order.gross),
        "is_cancelled": order.is_cancelled,
        "unpaid": money(left) if left > 0 else "",
        "left": f"{left:.2f}",
        "may_ship": not order.is_cancelled
        and not any(
            paper.is_posted and paper.kind == AccountingPaper.Kind.WAYBILL for paper in papers
        ),
        "papers": [
            {
                "key": paper.key,
                "title": TEXTS[language][f"onec_{paper.kind}"],
                "number": accountant.number_of(paper.serial),
                "amount": money(paper.amount),
                "channel": paper.channel,
                "is_posted": paper.is_posted,
                "is_told": paper.is_told,
            }
            for paper in papers
        ],
    }


def _turn(turn: AccountingTurn) -> dict[str, Any]:
    return {
        "at": f"{turn.at.astimezone(ZONE):%H:%M:%S}",
        "asked": turn.asked,
        "sent": turn.sent,
        "status": turn.status,
        "answered": turn.answered,
        "milliseconds": round(turn.seconds * 1000),
    }
