"""One GraphQL request to a Saleor: time-outs, and telling a refusal from an outage.

The typed operations of `api/` are generated on top of this class (`make codegen`).
"""

from __future__ import annotations

import datetime as dt
import json
from types import TracebackType
from typing import Any, Self

import httpx
from pydantic import BaseModel

from saleor_b2b_docs.saleor.errors import SaleorRefused, SaleorUnavailable, SaleorUncertain
from saleor_b2b_docs.work.request_ids import current_request_id

# Answers of proxies and of a Saleor that is starting, overloaded or being deployed.
_OUTAGE_STATUSES = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
# Errors inside a GraphQL answer that mean "not now" and not "never".
_OUTAGE_CODES = frozenset({"InternalServerError", "OperationalError", "InterfaceError"})


class SaleorTransport:
    """Sends operations with the app's token. One per installation and job; closes its pool.

    `timeout` is in seconds and covers connecting and each read. Nothing is repeated here: a
    mutation may have happened though its answer got lost, so repeating is its caller's decision.
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        timeout: float,
        client: httpx.Client | None = None,
    ) -> None:
        self._url = url
        self._token = token
        self._client = client or httpx.Client(
            timeout=httpx.Timeout(timeout, connect=5.0), follow_redirects=False
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def execute(
        self,
        query: str,
        operation_name: str | None = None,
        variables: dict[str, Any] | None = None,
        **_options: Any,
    ) -> httpx.Response:
        """Send one operation.

        Raises SaleorUnavailable when it surely was not carried out, SaleorUncertain when it may
        have been.
        """
        body = json.dumps(
            {"query": query, "operationName": operation_name, "variables": variables or {}},
            default=_to_json,
        )
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        request_id = current_request_id()
        if request_id:
            headers["X-Request-ID"] = request_id
        try:
            return self._client.post(self._url, content=body, headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise SaleorUnavailable(f"{operation_name}: cannot connect to {self._url}") from error
        except httpx.TransportError as error:
            raise SaleorUncertain(
                f"{operation_name}: no answer from {self._url} ({type(error).__name__})"
            ) from error

    def get_data(self, response: httpx.Response) -> dict[str, Any]:
        """The `data` of an answer.

        Raises SaleorUncertain for answers of a server in trouble, SaleorRefused for the rest.
        """
        if response.status_code in _OUTAGE_STATUSES:
            raise SaleorUncertain(
                f"{self._url} answered {response.status_code}",
                retry_after=_retry_after(response.headers.get("Retry-After")),
            )
        try:
            answer = response.json()
        except ValueError as error:
            raise SaleorUncertain(
                f"{self._url} answered {response.status_code} without JSON"
            ) from error
        content = answer if isinstance(answer, dict) else {}
        refusal = _first_error(content.get("errors"))
        if refusal is not None:
            code = _error_code(refusal)
            message = str(refusal.get("message", ""))[:500]
            if code in _OUTAGE_CODES:
                raise SaleorUncertain(f"Saleor failed: {message}")
            raise SaleorRefused(code or "GRAPHQL_ERROR", message)
        if response.status_code >= 400:
            raise SaleorRefused("HTTP_ERROR", f"{self._url} answered {response.status_code}")
        data = content.get("data")
        if not isinstance(data, dict):
            raise SaleorUncertain(f"{self._url} answered something else than GraphQL")
        return data


def _to_json(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, BaseModel):  # an input object: what was not given is not sent
        return value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    raise TypeError(f"{type(value).__name__} in the variables of an operation")


def _first_error(errors: object) -> dict[str, Any] | None:
    first = errors[0] if isinstance(errors, list) and errors else None
    return first if isinstance(first, dict) else None


def _error_code(error: dict[str, Any]) -> str:
    """Saleor's own code: `extensions.exception.code`."""
    found: object = error
    for name in ("extensions", "exception", "code"):
        found = found.get(name) if isinstance(found, dict) else None
    return str(found or "")


def _retry_after(header: str | None) -> dt.timedelta | None:
    """Seconds as a duration, at most an hour; dates, which Saleor never sends, are ignored."""
    return dt.timedelta(seconds=min(int(header), 3600)) if header and header.isdecimal() else None
