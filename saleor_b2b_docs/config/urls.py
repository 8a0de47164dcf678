"""Every address that the app answers."""

from __future__ import annotations

from django.contrib import admin
from django.urls import path

from saleor_b2b_docs.config import health
from saleor_b2b_docs.config.frontend import storefront_file
from saleor_b2b_docs.documents import views as documents
from saleor_b2b_docs.documents.exports.views import export
from saleor_b2b_docs.graphql.views import graphql
from saleor_b2b_docs.webhooks.commerceml_exchange.views import exchange
from saleor_b2b_docs.webhooks.installing import views as installing
from saleor_b2b_docs.webhooks.onec_events import views as onec_events
from saleor_b2b_docs.webhooks.saleor_events.views import saleor_event

handler404 = "saleor_b2b_docs.config.middleware.not_found"

urlpatterns = [
    path("api/manifest", installing.app_manifest),
    path("api/register", installing.register),
    path("api/webhooks/saleor/<slug:event>", saleor_event),
    path("api/1c/events", onec_events.events),
    path("api/1c/requests", onec_events.wanted),
    path("api/1c/requests/<slug:page_id>/ack", onec_events.acknowledge),
    path("api/1c/schemas/<str:name>", onec_events.schema),
    path("1c/exchange", exchange),
    path("1c/exchange/", exchange),
    path("graphql/", graphql),
    path("documents/<uuid:document_id>", documents.web),
    path("documents/<uuid:document_id>.pdf", documents.pdf),
    path("documents/<uuid:document_id>/guest", documents.guest),
    path("documents/<uuid:document_id>/mail", documents.mail),
    path("exports/<str:kind>", export),
    path("storefront/<path:name>", storefront_file),
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("admin/", admin.site.urls),
]
