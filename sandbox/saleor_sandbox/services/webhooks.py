"""Webhooks of an app, changed by the app itself or by staff."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from saleor_sandbox import global_ids, subscriptions
from saleor_sandbox.models import App, Webhook
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.writes import writing

_HEADER_LIMIT = 5


def find(webhook_id: str | None, *, identifier: str | None, requestor: Requestor) -> Webhook:
    """The webhook meant; an app finds only its own. Raises Refusal."""
    webhooks = Webhook.objects.select_related("app")
    if requestor.app is not None:
        webhooks = webhooks.filter(app=requestor.app)
    if webhook_id is None:
        found = webhooks.filter(identifier=identifier or "").exclude(identifier="").first()
    else:
        try:
            found = webhooks.filter(pk=int(global_ids.decode_as(webhook_id, "Webhook"))).first()
        except (global_ids.InvalidGlobalId, ValueError) as error:
            raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error
    if found is None:
        raise Refusal(
            f"Couldn't resolve to a node: {webhook_id or identifier}",
            code="NOT_FOUND",
            field="id" if webhook_id else "identifier",
        )
    return found


def create(values: Mapping[str, Any], *, requestor: Requestor) -> Webhook:
    """A webhook of the calling app, or of the one that staff names. Raises Refusal."""
    app = requestor.app or _named_app(values.get("app"))
    if app is None:
        raise Refusal("App doesn't exist or is disabled", code="NOT_FOUND", field="app")
    with writing():
        webhook = Webhook(app=app)
        _apply(webhook, values)
        if not webhook.target_url:
            raise Refusal("This field cannot be null.", code="REQUIRED", field="targetUrl")
        webhook.save()
        return webhook


def _named_app(app_id: str | None) -> App | None:
    if not app_id:
        return None
    try:
        key = int(global_ids.decode_as(app_id, "App"))
    except (global_ids.InvalidGlobalId, ValueError):
        return None
    return App.objects.filter(pk=key, is_active=True, removed_at__isnull=True).first()


def update(webhook: Webhook, values: Mapping[str, Any]) -> Webhook:
    """Change `webhook`. Raises Refusal."""
    with writing():
        _apply(webhook, values)
        webhook.save()
        return webhook


def delete(webhook: Webhook) -> Webhook:
    """Take `webhook` away, with what was on its way to it."""
    with writing():
        key = webhook.pk
        webhook.delete()
        webhook.pk = key
        return webhook


def _apply(webhook: Webhook, values: Mapping[str, Any]) -> None:
    for name in ("name", "is_active", "secret_key"):
        if values.get(name) is not None:
            setattr(webhook, name, values[name])
    if values.get("identifier") is not None:
        webhook.identifier = _clean_identifier(webhook, values["identifier"])
    if values.get("target_url") is not None:
        webhook.target_url = clean_target_url(values["target_url"])
    if values.get("custom_headers") is not None:
        webhook.custom_headers = clean_headers(values["custom_headers"])
    events = _event_names(values)
    if values.get("query"):
        try:
            subscription = subscriptions.check(values["query"])
        except subscriptions.InvalidSubscription as error:
            raise Refusal(str(error), code=error.code, field="query") from error
        webhook.subscription_query = values["query"]
        webhook.events = events or list(subscription.events)
    elif events:
        webhook.events = events


def _event_names(values: Mapping[str, Any]) -> list[str]:
    names: list[str] = []
    for field in ("events", "async_events", "sync_events"):
        names += [name.lower() for name in values.get(field) or []]
    return list(dict.fromkeys(names))


def _clean_identifier(webhook: Webhook, text: str) -> str:
    identifier = text.strip()
    taken = Webhook.objects.filter(app=webhook.app, identifier=identifier).exclude(pk=webhook.pk)
    if identifier and taken.exists():
        raise Refusal(
            "Webhook with this identifier already exists.", code="UNIQUE", field="identifier"
        )
    return identifier


def clean_target_url(url: str) -> str:
    """`url` if it is an http(s) address. Raises Refusal (INVALID)."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Refusal("Enter a valid URL.", code="INVALID", field="targetUrl")
    return url


def clean_headers(headers: Mapping[str, Any] | str) -> dict[str, str]:
    """Custom headers: at most five, `X-…` or `Authorization…`. Raises Refusal."""
    parsed = json.loads(headers) if isinstance(headers, str) else headers
    cleaned = {str(name): str(value) for name, value in parsed.items()}
    good = len(cleaned) <= _HEADER_LIMIT and all(
        name.lower().startswith(("x-", "authorization")) for name in cleaned
    )
    if not good:
        raise Refusal(
            f"Custom headers must be at most {_HEADER_LIMIT}, and begin with X- or Authorization.",
            code="INVALID_CUSTOM_HEADERS",
            field="customHeaders",
        )
    return cleaned
