"""The door of the API."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from strawberry.django.views import GraphQLView

from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.schema import schema


# Nothing here acts on a cookie: callers bring a token in a header.
@method_decorator(csrf_exempt, name="dispatch")
class _View(GraphQLView[Context, None]):
    allow_queries_via_get = False

    def get_context(self, request: HttpRequest, response: HttpResponse) -> Context:
        return Context(request=request, now=timezone.now())

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        length = request.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > settings.MAX_BODY_BYTES:
            return JsonResponse({"errors": [{"message": "The body is too large."}]}, status=413)
        response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        return response


graphql = _View.as_view(schema=schema, graphql_ide=None)
