"""The app's addresses, and a bare view to compare its door with."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from saleor_b2b_docs.config.urls import urlpatterns as app_urlpatterns


@csrf_exempt
def bare(request: HttpRequest) -> JsonResponse:
    """One durable INSERT of the body, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO benchmark_bare (body) VALUES (%s)", [request.body])
    return JsonResponse({"status": "accepted"})


urlpatterns = [*app_urlpatterns, path("bare", bare)]
