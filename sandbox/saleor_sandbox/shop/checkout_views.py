"""From the cart to the thank-you page, by the same operations as any storefront."""

from __future__ import annotations

from typing import Any

from babel import Locale
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from saleor_sandbox.models import Channel, ShippingMethod
from saleor_sandbox.shop import companies, pages
from saleor_sandbox.shop.companies import Choice
from saleor_sandbox.shop.texts import TEXTS
from saleor_sandbox.shop.visitor import SaleorError, Visitor

_COUNTRIES = ("UA", "DE", "AT", "PL", "KZ")
_FIELDS = (
    "companyName",
    "firstName",
    "lastName",
    "streetAddress1",
    "city",
    "postalCode",
    "country",
    "phone",
)


_CHECKOUT = """
fragment CheckoutForPage on Checkout {
  id
  email
  billingAddress { ...AddressForPage }
  shippingAddress { ...AddressForPage }
  shippingMethods { id name price { amount currency } minimumDeliveryDays maximumDeliveryDays }
  deliveryMethod { ... on ShippingMethod { id } }
  voucherCode
  discount { amount currency }
  lines {
    quantity
    variant { sku product { name } }
    totalPrice { gross { amount currency } net { amount currency } }
  }
  subtotalPrice { gross { amount currency } net { amount currency } }
  shippingPrice { gross { amount currency } net { amount currency } }
  totalPrice { gross { amount currency } tax { amount currency } }
}

fragment AddressForPage on Address {
  companyName firstName lastName streetAddress1 city postalCode phone
  country { code }
  metafield(key: "vatId")
}
"""
_READ = _CHECKOUT + "query Read($id: ID!) { checkout(id: $id) { ...CheckoutForPage } }"
_CREATE = """
mutation Create($input: CheckoutCreateInput!) {
  checkoutCreate(input: $input) { checkout { id } errors { field message code } }
}
"""
_DELIVERY = """
mutation Delivery($id: ID!, $method: ID!) {
  checkoutDeliveryMethodUpdate(id: $id, deliveryMethodId: $method) {
    errors { field message code }
  }
}
"""
_PROMO = """
mutation Promo($id: ID!, $code: String!) {
  checkoutAddPromoCode(id: $id, promoCode: $code) { errors { field message code } }
}
"""
_EMAIL = """
mutation Email($id: ID!, $email: String!) {
  checkoutEmailUpdate(id: $id, email: $email) { errors { field message code } }
}
"""
_ADDRESSES = """
mutation Addresses($id: ID!, $billing: AddressInput!, $shipping: AddressInput!) {
  checkoutBillingAddressUpdate(id: $id, billingAddress: $billing) {
    errors { field message code }
  }
  checkoutShippingAddressUpdate(id: $id, shippingAddress: $shipping) {
    errors { field message code }
  }
}
"""
_COMPLETE = """
mutation Complete($id: ID!) {
  checkoutComplete(id: $id) { order { id } errors { field message code } }
}
"""
_ORDER = """
query Placed($id: ID!) {
  order(id: $id) {
    id
    number
    status
    created
    total { gross { amount currency } }
    lines { quantity productName translatedProductName totalPrice { gross { amount currency } } }
  }
}
"""


def checkout(request: HttpRequest) -> HttpResponse:
    """The form, filled in already; its buttons recalculate or place the order."""
    visitor = Visitor(request)
    if not visitor.cart:
        return redirect("/shop/cart")
    problem = ""
    channel = Channel.objects.get(slug=visitor.channel)
    offered = companies.choices(
        visitor, currency=channel.currency_code, address=request.META.get("REMOTE_ADDR", "")
    )
    if request.method == "POST":
        try:
            checkout_id = _begun(visitor)
            _take_over(request, visitor, checkout_id, offered)
            if "place" in request.POST:
                return _place(visitor, checkout_id, companies.chosen(visitor, offered))
        except SaleorError as error:
            problem = str(error)
    try:
        found = _read(visitor)
    except SaleorError as error:
        pages.say(request, str(error))
        return redirect("/shop/cart")
    return pages.show(
        request,
        "checkout",
        visitor,
        page={
            **_for_template(found, visitor),
            "companies": offered,
            "company": companies.chosen(visitor, offered),
            "problem": problem,
        },
        status=400 if problem else 200,
    )


def _begun(visitor: Visitor) -> str:
    """The checkout of this cart, made if there is none."""
    if visitor.checkout_id is not None:
        return visitor.checkout_id
    values: dict[str, Any] = {
        "channel": visitor.channel,
        "languageCode": visitor.language.upper(),
        "lines": [
            {"variantId": variant_id, "quantity": quantity}
            for variant_id, quantity in visitor.cart.items()
        ],
    }
    if visitor.account is None:
        # Saleor offers ways of delivery once it knows a country.
        country = Channel.objects.get(slug=visitor.channel).default_country
        values["shippingAddress"] = {"country": country, "skipValidation": True}
    created = _checked(visitor.call(_CREATE, {"input": values}), "checkoutCreate")
    checkout_id: str = created["checkout"]["id"]
    visitor.checkout_id = checkout_id
    return checkout_id


def _read(visitor: Visitor) -> dict[str, Any]:
    checkout_id = _begun(visitor)
    found = visitor.call(_READ, {"id": checkout_id})["checkout"]
    if found is None:
        visitor.checkout_id = None
        found = visitor.call(_READ, {"id": _begun(visitor)})["checkout"]
    if found["deliveryMethod"] is None and found["shippingMethods"]:
        first = found["shippingMethods"][0]["id"]
        _checked(
            visitor.call(_DELIVERY, {"id": found["id"], "method": first}),
            "checkoutDeliveryMethodUpdate",
        )
        found = visitor.call(_READ, {"id": found["id"]})["checkout"]
    checkout: dict[str, Any] = found
    return checkout


def _take_over(
    request: HttpRequest, visitor: Visitor, checkout_id: str, offered: list[Choice]
) -> None:
    """Write what the form says into the checkout. Raises SaleorError."""
    form = request.POST
    if email := form.get("email", "").strip():
        _checked(visitor.call(_EMAIL, {"id": checkout_id, "email": email}), "checkoutEmailUpdate")
        visitor.guest_email = email
    billing = _address(request, "billing")
    if other := _other_company(visitor, offered, form.get("contract", "")):
        visitor.contract_id = other.contract_id
        billing["companyName"] = other.company
        billing["metadata"] = [{"key": "vatId", "value": other.tax_id}]
    shipping = billing if "same" in form else _address(request, "shipping")
    # While the form is only recalculated, it may be half empty.
    half = "place" not in form
    for address in (billing, shipping):
        address["skipValidation"] = half
    answer = visitor.call(_ADDRESSES, {"id": checkout_id, "billing": billing, "shipping": shipping})
    _checked(answer, "checkoutBillingAddressUpdate")
    _checked(answer, "checkoutShippingAddressUpdate")
    if method := form.get("delivery"):
        _checked(
            visitor.call(_DELIVERY, {"id": checkout_id, "method": method}),
            "checkoutDeliveryMethodUpdate",
        )
    if code := form.get("promo", "").strip():
        _checked(visitor.call(_PROMO, {"id": checkout_id, "code": code}), "checkoutAddPromoCode")


def _other_company(visitor: Visitor, offered: list[Choice], contract_id: str) -> Choice | None:
    """What was just chosen, if it is not what was chosen before: the bill goes there then."""
    before = companies.chosen(visitor, offered)
    return next(
        (
            choice
            for choice in offered
            if before and choice.contract_id == contract_id != before.contract_id
        ),
        None,
    )


def _address(request: HttpRequest, side: str) -> dict[str, Any]:
    address: dict[str, Any] = {
        name: request.POST.get(f"{side}-{name}", "").strip() for name in _FIELDS
    }
    vat_id = request.POST.get(f"{side}-vatId", "").strip()
    if vat_id:
        address["metadata"] = [{"key": "vatId", "value": vat_id}]
    return address


def _place(visitor: Visitor, checkout_id: str, company: Choice | None) -> HttpResponse:
    if company is not None:
        companies.keep(company, checkout_id)
    completed = _checked(visitor.call(_COMPLETE, {"id": checkout_id}), "checkoutComplete")
    visitor.empty_cart()
    return redirect(f"/shop/checkout/complete?order={completed['order']['id']}")


def _checked(data: dict[str, Any], name: str) -> dict[str, Any]:
    """The payload of `name`. Raises SaleorError for a refusal."""
    payload: dict[str, Any] = data[name]
    if payload["errors"]:
        raise SaleorError(
            "; ".join(
                f"{error['field']}: {error['message']}" if error["field"] else error["message"]
                for error in payload["errors"]
            )
        )
    return payload


def _for_template(found: dict[str, Any], visitor: Visitor) -> dict[str, Any]:
    language = visitor.language
    names = {
        method.name: method.names.get(language, method.name)
        for method in ShippingMethod.objects.all()
    }
    territories = Locale(language).territories
    chosen = (found["deliveryMethod"] or {}).get("id")
    channel = Channel.objects.get(slug=visitor.channel)
    side = "gross" if channel.display_gross_prices else "net"
    return {
        "email": found["email"] or visitor.guest_email,
        "billing": _side(found["billingAddress"], channel.default_country),
        "shipping": _side(found["shippingAddress"], channel.default_country),
        "countries": [(code, territories[code]) for code in _COUNTRIES],
        "methods": [
            {
                "id": method["id"],
                "name": names.get(method["name"], method["name"]),
                "chosen": method["id"] == chosen,
                "price": (
                    pages.money(method["price"], language) if method["price"]["amount"] else ""
                ),
                "days": f"{method['minimumDeliveryDays']}–{method['maximumDeliveryDays']}",
            }
            for method in found["shippingMethods"]
        ],
        "lines": [
            {
                "name": line["variant"]["product"]["name"],
                "quantity": line["quantity"],
                "sum": pages.money(line["totalPrice"][side], language),
            }
            for line in found["lines"]
        ],
        "promo": found["voucherCode"] or "",
        "discount": (
            pages.money(found["discount"], language) if found["discount"]["amount"] else ""
        ),
        "subtotal": pages.money(found["subtotalPrice"][side], language),
        "delivery_cost": pages.money(found["shippingPrice"][side], language),
        "tax": pages.money(found["totalPrice"]["tax"], language),
        "total": pages.money(found["totalPrice"]["gross"], language),
    }


def _side(address: dict[str, Any] | None, country: str) -> dict[str, str]:
    if address is None:
        return {**dict.fromkeys((*_FIELDS, "vatId"), ""), "country": country}
    return {
        **{name: address[name] for name in _FIELDS if name != "country"},
        "country": address["country"]["code"],
        "vatId": address["metafield"] or "",
    }


@require_GET
def complete(request: HttpRequest) -> HttpResponse:
    """The thank-you page. It is public, as in the real storefront: the order's id opens it."""
    visitor = Visitor(request)
    order_id = request.GET.get("order", "")
    try:
        order = visitor.call(_ORDER, {"id": order_id}, anonymous=True)["order"]
    except SaleorError:
        order = None
    if order is None:
        pages.say(request, TEXTS[visitor.language]["not_found"])
        return redirect("/shop/")
    language = visitor.language
    return pages.show(
        request,
        "complete",
        visitor,
        page={
            "order_id": order["id"],
            "number": order["number"],
            "date": pages.date(order["created"], language),
            "total": pages.money(order["total"]["gross"], language),
            "lines": [
                {
                    "name": line["translatedProductName"] or line["productName"],
                    "quantity": line["quantity"],
                    "sum": pages.money(line["totalPrice"]["gross"], language),
                }
                for line in order["lines"]
            ],
            # Only what this browser typed proves anything; an order's e-mail is no secret.
            "guest_email": "" if visitor.account else visitor.guest_email,
        },
    )
