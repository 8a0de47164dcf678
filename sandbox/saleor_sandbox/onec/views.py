"""`/sandbox/1c`: the accounting base for programs, as tests and the demo's check drive it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from saleor_sandbox.models import (
    AccountingOrder,
    AccountingPaper,
    AccountingTurn,
    ExchangeChannel,
)
from saleor_sandbox.onec import books
from saleor_sandbox.onec.books import BooksError, number_of


def _is_local(request: HttpRequest) -> bool:
    return request.META.get("REMOTE_ADDR", "") in ("127.0.0.1", "::1")


@require_GET
def state(request: HttpRequest) -> HttpResponse:
    """Orders with their papers, and what was said, the newest first."""
    if not _is_local(request):
        return JsonResponse({"error": "only from the machine itself"}, status=403)
    return JsonResponse(
        {
            "orders": [
                _order_json(order) for order in AccountingOrder.objects.prefetch_related("papers")
            ],
            "turns": [
                {
                    "channel": turn.channel,
                    "asked": turn.asked,
                    "sent": turn.sent,
                    "status": turn.status,
                    "answered": turn.answered,
                }
                for turn in AccountingTurn.objects.all()
            ],
        }
    )


# No cookies are involved, and only the machine itself is let in.
@csrf_exempt
def operate(request: HttpRequest, operation: str) -> HttpResponse:
    """`connect`, `take`, `waybill`, `payment`, `unpost`, `post` or `repeat`; 409 where it can't be
    done, or the app did not take it."""
    if not _is_local(request):
        return JsonResponse({"error": "only from the machine itself"}, status=403)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    try:
        return JsonResponse(_operate(operation, json.loads(request.body or b"{}")))
    except BooksError as error:
        return JsonResponse({"error": str(error)}, status=409)
    except (
        AccountingOrder.DoesNotExist,
        AccountingPaper.DoesNotExist,
        KeyError,
        TypeError,
        ValueError,
        InvalidOperation,
        ValidationError,
    ) as error:
        return JsonResponse({"error": f"{type(error).__name__}: {error}"}, status=400)


def _operate(operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
    now = timezone.now()
    channel = ExchangeChannel(given.get("channel", ExchangeChannel.EVENTS))
    match operation:
        case "connect":
            books.connect(
                app_url=given["appUrl"],
                key_id=given["keyId"],
                signing_secret=given["signingSecret"],
                username=given["username"],
                password=given["password"],
            )
            return {}
        case "take":
            return {"count": books.take_orders(channel, now=now)}
        case "waybill":
            return _paper_json(books.post_waybill(_order(given), channel, now=now))
        case "payment":
            amount = None if given.get("amount") is None else Decimal(given["amount"])
            return _paper_json(books.post_payment(_order(given), channel, amount=amount, now=now))
        case "unpost" | "post":
            paper = AccountingPaper.objects.get(pk=given["paper"])
            books.set_posted(paper, operation == "post", now=now)
            return _paper_json(paper)
        case "repeat":
            paper = AccountingPaper.objects.get(pk=given["paper"])
            books.tell(paper, now=now)
            return _paper_json(paper)
        case _:
            raise ValueError(f"there is no operation {operation}")


def _order(given: Mapping[str, Any]) -> AccountingOrder:
    """By the shop's number."""
    return AccountingOrder.objects.get(shop_number=given["order"])


def _order_json(order: AccountingOrder) -> dict[str, Any]:
    return {
        "number": number_of(order.serial),
        "shopNumber": order.shop_number,
        "currency": order.currency,
        "gross": f"{order.gross:.2f}",
        "isCancelled": order.is_cancelled,
        "content": order.content,
        "papers": [_paper_json(paper) for paper in order.papers.all()],
    }


def _paper_json(paper: AccountingPaper) -> dict[str, Any]:
    return {
        "key": str(paper.key),
        "kind": paper.kind,
        "number": number_of(paper.serial),
        "amount": f"{paper.amount:.2f}",
        "isPosted": paper.is_posted,
        "isTold": paper.is_told,
        "channel": paper.channel,
    }
