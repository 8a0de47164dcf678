"""Addresses of the shop, under `/shop/`."""

from __future__ import annotations

from django.urls import path

from saleor_sandbox.shop import (
    account_views,
    accounting_views,
    asset_views,
    catalogue_views,
    checkout_views,
    merchant_views,
    proxy_views,
)

urlpatterns = [
    path("", catalogue_views.catalogue),
    path("choose", catalogue_views.choose),
    path("cart", catalogue_views.cart),
    path("cart/put", catalogue_views.put_into_cart),
    path("sign-in", account_views.sign_in),
    path("sign-out", account_views.sign_out),
    path("account/orders", account_views.orders),
    *(
        path(f"account/{page}", account_views.papers, {"page": page})
        for page in ("documents", "payments", "balance")
    ),
    path("checkout", checkout_views.checkout),
    path("checkout/complete", checkout_views.complete),
    path("api/b2b-docs", proxy_views.b2b_docs),
    path("merchant/", merchant_views.desk),
    path("merchant/act", merchant_views.act),
    path("1c/", accounting_views.books),
    path("1c/act", accounting_views.act),
    path("assets/<str:name>", asset_views.asset),
]
