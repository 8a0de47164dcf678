"""The catalogue and the cart."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from saleor_sandbox.models import Channel
from saleor_sandbox.shop import pages
from saleor_sandbox.shop.texts import TEXTS
from saleor_sandbox.shop.visitor import Visitor

_MOST = 99_999

_PRODUCTS = """
query Catalogue($channel: String!, $language: LanguageCodeEnum!) {
  products(first: 100, channel: $channel) {
    edges {
      node {
        name
        slug
        translation(languageCode: $language) { name }
        category { slug name }
        metafield(key: "unit")
        variants {
          id
          sku
          name
          quantityAvailable
          pricing {
            onSale
            price { gross { amount currency } net { amount currency } }
            priceUndiscounted { gross { amount currency } net { amount currency } }
          }
        }
      }
    }
  }
}
"""


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """All goods of the visitor's channel, one shelf or all."""
    visitor = Visitor(request)
    shelf = request.GET.get("shelf", "")
    shelves = _shelves(visitor)
    return pages.show(
        request,
        "catalogue",
        visitor,
        page={
            "shelves": shelves,
            "shelf": shelf,
            "shown": [entry for entry in shelves if shelf in ("", entry["slug"])],
        },
    )


def _shelves(visitor: Visitor) -> list[dict[str, Any]]:
    from saleor_sandbox.models import Category

    names = {
        category.slug: category.names.get(visitor.language, category.name)
        for category in Category.objects.all()
    }
    shelves: dict[str, dict[str, Any]] = {
        slug: {"slug": slug, "name": name, "rows": []} for slug, name in names.items()
    }
    for row in rows(visitor):
        shelves[row["shelf"]]["rows"].append(row)
    return list(shelves.values())


def rows(visitor: Visitor) -> list[dict[str, Any]]:
    """Every variant that the channel sells, in the visitor's language, ready to be shown."""
    channel = Channel.objects.get(slug=visitor.channel)
    side = "gross" if channel.display_gross_prices else "net"
    data = visitor.call(
        _PRODUCTS, {"channel": visitor.channel, "language": visitor.language.upper()}
    )
    found = []
    for edge in data["products"]["edges"]:
        product = edge["node"]
        translation = product["translation"]
        for variant in product["variants"]:
            if variant["pricing"] is None:
                continue
            own_name = "" if variant["name"] == variant["sku"] else variant["name"]
            price = variant["pricing"]["price"][side]
            before = variant["pricing"]["priceUndiscounted"][side]
            found.append(
                {
                    "id": variant["id"],
                    "shelf": product["category"]["slug"],
                    "name": translation["name"] if translation else product["name"],
                    "variant": own_name,
                    "sku": variant["sku"],
                    "unit": product["metafield"],
                    "stock": variant["quantityAvailable"],
                    "price": pages.money(price, visitor.language),
                    "before": (
                        pages.money(before, visitor.language)
                        if variant["pricing"]["onSale"]
                        else ""
                    ),
                    "amount": price["amount"],
                    "currency": price["currency"],
                    "in_cart": visitor.cart.get(variant["id"], 0),
                }
            )
    return found


@require_GET
def cart(request: HttpRequest) -> HttpResponse:
    """What is in the cart."""
    visitor = Visitor(request)
    lines = [
        {
            **row,
            "sum": pages.money(
                {"amount": row["amount"] * row["in_cart"], "currency": row["currency"]},
                visitor.language,
            ),
        }
        for row in rows(visitor)
        if row["in_cart"]
    ]
    total = sum(line["amount"] * line["in_cart"] for line in lines)
    return pages.show(
        request,
        "cart",
        visitor,
        page={
            "lines": lines,
            "goods": (
                pages.money({"amount": total, "currency": lines[0]["currency"]}, visitor.language)
                if lines
                else ""
            ),
        },
    )


@require_POST
def put_into_cart(request: HttpRequest) -> HttpResponse:
    """Set or raise the quantity of one variant."""
    visitor = Visitor(request)
    texts = TEXTS[visitor.language]
    text = request.POST.get("quantity", "1")
    quantity = int(text) if text.isdigit() else -1
    variant_id = request.POST.get("variant", "")
    adding = "add" in request.POST
    if not variant_id or quantity < (1 if adding else 0) or quantity > _MOST:
        pages.say(request, texts["out_of_range"])
    elif adding:
        visitor.put(variant_id, visitor.cart.get(variant_id, 0) + quantity)
        pages.say(request, texts["added"])
    else:
        visitor.put(variant_id, quantity)
    return _back(request)


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Another language or place of sale."""
    visitor = Visitor(request)
    if language := request.POST.get("language"):
        visitor.language = language
    channel = request.POST.get("channel", "")
    if channel and Channel.objects.filter(slug=channel, is_active=True).exists():
        visitor.channel = channel
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the page that asked, if it is one of ours."""
    target = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        return redirect(target)
    return redirect("/shop/")
