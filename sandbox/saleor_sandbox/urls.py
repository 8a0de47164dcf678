"""Addresses."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

from saleor_sandbox import api_views
from saleor_sandbox.onec import views as onec_views

urlpatterns = [
    path("graphql/", api_views.graphql, name="api"),
    path(".well-known/jwks.json", api_views.jwks, name="jwks"),
    path("sandbox/faults", api_views.fault_switches),
    path("sandbox/log", api_views.call_log),
    path("sandbox/deliveries", api_views.delivery_log),
    path("sandbox/rotate-key", api_views.key_rotation),
    path("sandbox/1c", onec_views.state),
    path("sandbox/1c/<str:operation>", onec_views.operate),
    path("sandbox/ready", api_views.ready),
    path("shop/", include("saleor_sandbox.shop.urls")),
    path("", RedirectView.as_view(url="/shop/")),
]
