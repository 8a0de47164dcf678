"""The door of the API."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from strawberry.django.views import GraphQLView

from saleor_b2b_docs.graphql.context import Context
from saleor_b2b_docs.graphql.schema import schema


class _NoQuery(Exception):
    """A body that is JSON and yet no query."""


# Nothing here acts on a cookie: callers bring a token in a header.
@method_decorator([csrf_exempt, require_POST], name="dispatch")
class _View(GraphQLView[Context, None]):
    def get_context(self, request: HttpRequest, response: HttpResponse) -> Context:
        return Context(request=request, now=timezone.now())

    def decode_json(self, data: str | bytes) -> object:
        """A body's JSON, which must be an object, or a list for the refusal of batches."""
        try:
            content = super().decode_json(data)
        except RecursionError as error:
            raise _NoQuery("The body is nested too deep.") from error
        if not isinstance(content, (dict, list)):
            raise _NoQuery("The body must be a JSON object.")
        return content

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        length = request.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > settings.MAX_BODY_BYTES:
            return JsonResponse({"errors": [{"message": "The body is too large."}]}, status=413)
        try:
            response = super().dispatch(request, *args, **kwargs)
        except UnicodeDecodeError:
            return JsonResponse({"errors": [{"message": "The body is not UTF-8."}]}, status=400)
        except _NoQuery as error:
            return JsonResponse({"errors": [{"message": str(error)}]}, status=400)
        response.headers["Cache-Control"] = "no-store"
        return response


graphql = _View.as_view(schema=schema, graphql_ide=None)
