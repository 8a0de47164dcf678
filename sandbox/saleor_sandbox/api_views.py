"""The HTTP doors: GraphQL, the key set, and the switches for tests."""

from __future__ import annotations

import json
import socket
import time
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from saleor_sandbox import configuration, execution, faults, requestor, tokens
from saleor_sandbox.context import Context
from saleor_sandbox.execution import Request, Response
from saleor_sandbox.models import EventDelivery

_SECRETS = ("password", "token", "refreshToken")


@csrf_exempt
def graphql(request: HttpRequest) -> HttpResponse:
    """`/graphql/`: one operation or a list of them."""
    if request.method == "OPTIONS":
        return _with_cors(HttpResponse(), request)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "OPTIONS, POST"})
    return _with_cors(_answer(request), request)


def _with_cors(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    if origin := request.headers.get("Origin"):
        response["Access-Control-Allow-Origin"] = origin
        response["Access-Control-Allow-Methods"] = "OPTIONS, POST"
        response["Access-Control-Allow-Headers"] = (
            "Origin, Content-Type, Accept, Authorization, Authorization-Bearer"
        )
        response["Vary"] = "Origin"
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    try:
        body = json.loads(request.body)
    except ValueError:
        return _json(
            Response(
                {
                    "errors": [
                        {
                            "message": "Unable to parse query.",
                            "extensions": {"exception": {"code": "GraphQLError"}},
                        }
                    ]
                },
                400,
            )
        )
    context = context_for(request)
    entries = body if isinstance(body, list) else [body]
    requests = [Request.from_json(entry) for entry in entries]
    fault = _meet_fault(requests, context)
    if fault is not None and fault.kind == "error":
        return HttpResponse("the sandbox was told to fail", status=fault.status)
    if fault is not None and fault.kind == "hang":
        time.sleep(fault.seconds)
    responses = [execution.run(entry, context) for entry in requests]
    if fault is not None and fault.kind == "drop":
        _drop_connection(request)
    if isinstance(body, list):
        answers = [response.body for response in responses]
        status = max((response.status for response in responses), default=200)
        return JsonResponse(answers, status=status, safe=False)
    return _json(responses[0])


def _json(response: Response) -> HttpResponse:
    return JsonResponse(
        response.body, status=response.status, json_dumps_params={"ensure_ascii": False}
    )


def context_for(request: HttpRequest) -> Context:
    """Who calls, from the headers that Saleor reads."""
    return Context(
        requestor=requestor.from_token(_token(request)),
        now=timezone.now(),
        address=request.META.get("REMOTE_ADDR", ""),
        refresh_cookie=request.COOKIES.get("refreshToken"),
    )


def _token(request: HttpRequest) -> str | None:
    if token := request.headers.get("Authorization-Bearer"):
        return token
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.upper() in ("BEARER", "JWT") else None


def _meet_fault(requests: list[Request], context: Context) -> faults.Fault | None:
    operations = [name for entry in requests for name in execution.root_fields(entry)]
    fault = faults.switches.take_for_operations(operations)
    principal = context.requestor.principal
    caller = f"{principal.graphql_type}:{principal.pk}" if principal else "anonymous"
    variables = requests[0].variables if len(requests) == 1 else {}
    faults.switches.log(
        faults.new_call(
            operations=operations,
            caller=caller,
            fault=fault,
            variables={key: value for key, value in variables.items() if key not in _SECRETS},
        )
    )
    return fault


def _drop_connection(request: HttpRequest) -> None:
    """Close the client's connection under the answer, which then goes nowhere."""
    connection: socket.socket | None = request.META.get("gunicorn.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)


@require_GET
def jwks(request: HttpRequest) -> HttpResponse:
    """`/.well-known/jwks.json`."""
    return JsonResponse(tokens.jwk_set())


def _is_local(request: HttpRequest) -> bool:
    return request.META.get("REMOTE_ADDR", "") in ("127.0.0.1", "::1")


_FORBIDDEN = {"error": "only from the machine itself"}


@csrf_exempt
def fault_switches(request: HttpRequest) -> HttpResponse:
    """`/sandbox/faults`: GET what is set, POST one or a list to set, DELETE all."""
    if not _is_local(request):
        return JsonResponse(_FORBIDDEN, status=403)
    if request.method == "DELETE":
        faults.switches.clear()
    elif request.method == "POST":
        try:
            body = json.loads(request.body)
            new = [
                faults.Fault.parse(entry) for entry in (body if isinstance(body, list) else [body])
            ]
        except (ValueError, AttributeError, TypeError) as error:
            return JsonResponse({"error": str(error)}, status=400)
        for fault in new:
            faults.switches.add(fault)
    return JsonResponse({"faults": faults.switches.as_json()})


@csrf_exempt
def call_log(request: HttpRequest) -> HttpResponse:
    """`/sandbox/log`: GET the calls of the API with counts, DELETE to begin anew."""
    if not _is_local(request):
        return JsonResponse(_FORBIDDEN, status=403)
    if request.method == "DELETE":
        faults.switches.forget_calls()
    return JsonResponse(faults.switches.calls_as_json())


@require_GET
def delivery_log(request: HttpRequest) -> HttpResponse:
    """`/sandbox/deliveries?event=…&since=<id>`: webhooks with their state and attempts."""
    if not _is_local(request):
        return JsonResponse(_FORBIDDEN, status=403)
    found = EventDelivery.objects.select_related("webhook__app").prefetch_related("attempts")
    if event := request.GET.get("event"):
        found = found.filter(event_type=event.lower())
    if (since := request.GET.get("since", "")).isdigit():
        found = found.filter(pk__gt=int(since))
    return JsonResponse({"deliveries": [_delivery_json(delivery) for delivery in found]})


def _delivery_json(delivery: EventDelivery) -> dict[str, Any]:
    return {
        "id": delivery.pk,
        "event": delivery.event_type,
        "status": delivery.status,
        "app": delivery.webhook.app.name,
        "webhook": delivery.webhook.name,
        "targetUrl": delivery.webhook.target_url,
        "createdAt": delivery.created_at.isoformat(),
        "nextAttemptAt": delivery.next_attempt_at.isoformat(),
        "payload": json.loads(delivery.payload) if delivery.payload else None,
        "attempts": [
            {
                "at": attempt.created_at.isoformat(),
                "status": attempt.response_status,
                "response": attempt.response,
                "seconds": attempt.duration_seconds,
            }
            for attempt in delivery.attempts.all()
        ],
    }


@csrf_exempt
def key_rotation(request: HttpRequest) -> HttpResponse:
    """`POST /sandbox/rotate-key`: a new signing key."""
    if not _is_local(request):
        return JsonResponse(_FORBIDDEN, status=403)
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    return JsonResponse({"kid": tokens.rotate_key()})


@require_GET
def ready(request: HttpRequest) -> HttpResponse:
    """`/sandbox/ready`: the server answers and the database can be read."""
    return JsonResponse(
        {
            "pendingDeliveries": EventDelivery.objects.filter(status="PENDING").count(),
            "apiUrl": configuration.current().api_url,
        }
    )
