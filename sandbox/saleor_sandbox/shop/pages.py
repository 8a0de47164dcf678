"""What every page of the shop has: header, language, money and dates in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from saleor_sandbox import configuration
from saleor_sandbox.models import Channel
from saleor_sandbox.schema.channels import SHOP_NAME
from saleor_sandbox.shop.texts import LANGUAGES, TEXTS
from saleor_sandbox.shop.visitor import Visitor


def show(
    request: HttpRequest,
    template: str,
    visitor: Visitor,
    *,
    page: Mapping[str, Any],
    status: int = 200,
) -> HttpResponse:
    """A page with the shop's header and footer. `page` is what the template is about."""
    channels = Channel.objects.filter(is_active=True)
    message = request.session.pop("message", None)
    response = render(
        request,
        f"shop/{template}.html",
        {
            **page,
            "shop_name": SHOP_NAME,
            "t": TEXTS[visitor.language],
            "language": visitor.language,
            "languages": LANGUAGES,
            "channels": channels,
            "channel": next((entry for entry in channels if entry.slug == visitor.channel), None),
            "account": visitor.account,
            "cart_count": len(visitor.cart),
            "b2b_docs_url": configuration.current().app_url,
            "message": message,
        },
        status=status,
    )
    # Pages show who is signed in, and what they bought.
    response["Cache-Control"] = "no-store"
    return response


def say(request: HttpRequest, text: str) -> None:
    """Show `text` on the next page."""
    request.session["message"] = text


def money(amount: Mapping[str, Any], language: str) -> str:
    """`{"amount": 12.3, "currency": "UAH"}` as `12,30 ₴`."""
    return format_currency(amount["amount"], amount["currency"], locale=language)


def date(text: str, language: str) -> str:
    """An ISO instant as a day in words."""
    return format_date(dt.datetime.fromisoformat(text), "long", locale=language)
