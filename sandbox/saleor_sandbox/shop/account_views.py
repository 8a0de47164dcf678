"""Signing in, the buyer's own orders, and the account with the supplier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from saleor_sandbox.seed import people
from saleor_sandbox.seed.people import BuyerSeed
from saleor_sandbox.shop import pages
from saleor_sandbox.shop.texts import LANGUAGES, status_text
from saleor_sandbox.shop.visitor import SaleorError, Visitor

_ORDERS = """
query MyOrders {
  me {
    orders(first: 50) {
      edges {
        node {
          id
          number
          status
          created
          total { gross { amount currency } }
          lines { id }
        }
      }
    }
  }
}
"""


def sign_in(request: HttpRequest) -> HttpResponse:
    """Ready-made buyers by one click, or anybody by e-mail and password."""
    visitor = Visitor(request)
    problem = ""
    if request.method == "POST":
        try:
            visitor.sign_in(request.POST.get("email", ""), request.POST.get("password", ""))
        except SaleorError as error:
            problem = str(error)
        else:
            return redirect("/shop/")
    return pages.show(
        request,
        "sign_in",
        visitor,
        page={
            "buyers": [(buyer, _shows(buyer, visitor.language)) for buyer in people.BUYERS],
            "password": people.PASSWORD,
            "problem": problem,
        },
        status=403 if problem else 200,
    )


def _shows(buyer: BuyerSeed, language: str) -> str:
    return dict(zip(LANGUAGES, buyer.shows, strict=True))[language]


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Back to being a guest."""
    Visitor(request).sign_out()
    return redirect("/shop/")


@require_GET
def orders(request: HttpRequest) -> HttpResponse:
    """The buyer's orders, newest first, with their documents."""
    visitor = Visitor(request)
    if visitor.account is None:
        return redirect("/shop/sign-in")
    me = visitor.call(_ORDERS)["me"]
    entries = [
        {
            "id": edge["node"]["id"],
            "number": edge["node"]["number"],
            "status": edge["node"]["status"],
            "status_text": status_text(edge["node"]["status"], visitor.language),
            "date": pages.date(edge["node"]["created"], visitor.language),
            "total": pages.money(edge["node"]["total"]["gross"], visitor.language),
            "lines": len(edge["node"]["lines"]),
        }
        for edge in (me["orders"]["edges"] if me else [])
    ]
    return pages.show(request, "orders", visitor, page={"orders": entries})


@require_GET
def papers(request: HttpRequest, page: str) -> HttpResponse:
    """Documents, payments or balance: each is one element of the app's."""
    visitor = Visitor(request)
    if visitor.account is None:
        return redirect("/shop/sign-in")
    return pages.show(
        request,
        "account",
        visitor,
        page={
            "name": page,
            "element": _ELEMENTS[page],
            "contract": request.GET.get("contract", "") if page == "balance" else "",
        },
    )


_ELEMENTS = {"documents": "b2b-journal", "payments": "b2b-payments", "balance": "b2b-balance"}
