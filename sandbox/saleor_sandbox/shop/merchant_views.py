"""The merchant's desk: a person plays the manager. Of the sandbox only, and only on the machine.

Everything is done by the API's own mutations, as staff of the shop.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from saleor_sandbox import tokens
from saleor_sandbox.models import User
from saleor_sandbox.seed import people
from saleor_sandbox.shop import pages
from saleor_sandbox.shop.visitor import SaleorError, Visitor, call

_ORDERS = """
query Desk {
  orders(first: 30) {
    edges {
      node {
        id
        number
        status
        created
        chargeStatus
        userEmail
        billingAddress { companyName }
        channel { slug }
        total { gross { amount currency } }
        lines { id quantity productName }
        invoices { id number url status }
      }
    }
  }
}
"""
_ACTIONS = {
    "confirm": """
mutation Confirm($id: ID!) { orderConfirm(id: $id) { errors { message code } } }
""",
    "cancel": """
mutation Cancel($id: ID!) { orderCancel(id: $id) { errors { message code } } }
""",
    "invoice": """
mutation Invoice($id: ID!) { invoiceRequest(orderId: $id) { errors { message code } } }
""",
    "paid": """
mutation Paid($id: ID!) { orderMarkAsPaid(id: $id) { errors { message code } } }
""",
}
_QUANTITY = """
mutation Quantity($id: ID!, $quantity: Int!) {
  orderLineUpdate(id: $id, input: { quantity: $quantity }) { errors { message code } }
}
"""


def _is_local(request: HttpRequest) -> bool:
    return request.META.get("REMOTE_ADDR", "") in ("127.0.0.1", "::1")


def _staff_token() -> str:
    return tokens.access_token(User.objects.get(email=people.STAFF_EMAIL))


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """The newest orders, with what the manager can do about them."""
    if not _is_local(request):
        return HttpResponseForbidden("only from the machine itself")
    visitor = Visitor(request)
    data = call(_ORDERS, token=_staff_token())
    orders = [_for_template(edge["node"], visitor.language) for edge in data["orders"]["edges"]]
    return pages.show(request, "merchant", visitor, page={"orders": orders})


def _for_template(order: dict[str, Any], language: str) -> dict[str, Any]:
    return {
        **order,
        "total": pages.money(order["total"]["gross"], language),
        "date": pages.date(order["created"], language),
        "who": (order["billingAddress"] or {}).get("companyName") or order["userEmail"],
        "editable": order["status"] == "UNCONFIRMED",
        "open": order["status"] not in ("CANCELED", "EXPIRED"),
    }


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Do one thing to one order."""
    if not _is_local(request):
        return HttpResponseForbidden("only from the machine itself")
    action = request.POST.get("action", "")
    variables: dict[str, Any] = {"id": request.POST.get("id", "")}
    query = _ACTIONS.get(action, _QUANTITY)
    if query is _QUANTITY:
        text = request.POST.get("quantity", "")
        variables["quantity"] = int(text) if text.isdigit() else 0
    try:
        data = call(query, variables, token=_staff_token())
        problems = [error for payload in data.values() for error in payload["errors"]]
        if problems:
            pages.say(request, "; ".join(f"{p['code']}: {p['message']}" for p in problems))
    except SaleorError as error:
        pages.say(request, str(error))
    return redirect("/shop/merchant/")
