"""Installing an app by its manifest: fetch, check, create, shake hands."""

from __future__ import annotations

import logging
import re
import threading
from typing import Any

import httpx
from django.db import close_old_connections, transaction

from saleor_sandbox import (
    SALEOR_VERSION,
    SCHEMA_VERSION,
    configuration,
    event_types,
    events,
    subscriptions,
)
from saleor_sandbox.deliveries import TIMEOUT, USER_AGENT, host_header
from saleor_sandbox.enum_values import ASYNC_EVENTS, SYNC_EVENTS
from saleor_sandbox.models import App, AppInstallation, Webhook
from saleor_sandbox.models.apps import JobStatus
from saleor_sandbox.permissions import PERMISSIONS
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.services import apps, webhooks
from saleor_sandbox.writes import writing

logger = logging.getLogger(__name__)

_REQUIRED = ("id", "name", "version")
_FETCH_ATTEMPTS = 3
_COMPARATOR = re.compile(r"(>=|<=|>|<|\^|~|=)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-[\w.]+)?")


class InstallationFailed(Exception):
    """An installation that cannot be; the message is what the merchant reads."""


def start(
    *, app_name: str, manifest_url: str, permissions: list[str], activate: bool
) -> AppInstallation:
    """Begin an installation in the background. Raises Refusal (INVALID_URL_FORMAT)."""
    try:
        webhooks.clean_target_url(manifest_url)
    except Refusal as error:
        raise Refusal(
            "Enter a valid URL.", code="INVALID_URL_FORMAT", field="manifestUrl"
        ) from error
    with writing():
        installation = AppInstallation.objects.create(
            app_name=app_name,
            manifest_url=manifest_url,
            permissions=permissions,
            activate=activate,
        )
        transaction.on_commit(lambda: _in_background(installation.pk))
    return installation


def retry(installation: AppInstallation, *, activate: bool) -> AppInstallation:
    """Try a failed installation again. Raises Refusal (INVALID_STATUS)."""
    if installation.status != JobStatus.FAILED:
        raise Refusal(
            "Cannot retry installation with different status than failed.",
            code="INVALID_STATUS",
            field="id",
        )
    with writing():
        installation.status = JobStatus.PENDING
        installation.activate = activate
        installation.message = ""
        installation.save()
        transaction.on_commit(lambda: _in_background(installation.pk))
    return installation


def resume_all() -> None:
    """Go on with installations that a stopped server left behind."""
    for key in AppInstallation.objects.filter(status=JobStatus.PENDING).values_list("pk"):
        _in_background(key[0])


def _in_background(key: int) -> None:
    threading.Thread(target=_run, args=(key,), name=f"install-{key}", daemon=True).start()


def _run(key: int) -> None:
    try:
        installation = AppInstallation.objects.get(pk=key)
        message = _install(installation)
        with writing():
            if message is None:
                installation.delete()
            else:
                installation.status = JobStatus.FAILED
                installation.message = message
                installation.save()
    finally:
        close_old_connections()


def _install(installation: AppInstallation) -> str | None:
    """Do it; returns what went wrong, or None."""
    try:
        manifest = fetch_manifest(installation.manifest_url)
        check_manifest(manifest)
        _create(installation, manifest)
    except InstallationFailed as error:
        return str(error)
    except httpx.HTTPStatusError as error:
        return (
            f"App internal error ({error.response.status_code}). "
            "Try later or contact with app support."
        )
    except httpx.HTTPError:
        return "Failed to connect to app. Try later or contact with app support."
    except Exception:
        logger.exception("installation failed")
        return "Unknown error. Contact with app support."
    return None


def fetch_manifest(url: str) -> dict[str, Any]:
    """The manifest at `url`. Raises httpx.HTTPError, or InstallationFailed for no JSON object."""
    headers = {
        "Saleor-Schema-Version": SCHEMA_VERSION,
        "User-Agent": USER_AGENT,
        "Host": host_header(url),
    }
    for attempt in range(_FETCH_ATTEMPTS):
        timeout = httpx.Timeout(TIMEOUT.read, connect=(TIMEOUT.connect or 0) + attempt)
        try:
            answer = httpx.get(url, headers=headers, timeout=timeout, trust_env=False)
            break
        except httpx.TransportError:
            if attempt == _FETCH_ATTEMPTS - 1:
                raise
    answer.raise_for_status()
    try:
        manifest = answer.json()
    except ValueError as error:
        raise InstallationFailed("Unknown error. Contact with app support.") from error
    if not isinstance(manifest, dict):
        raise InstallationFailed("Unknown error. Contact with app support.")
    return manifest


def check_manifest(manifest: dict[str, Any]) -> None:
    """Raise InstallationFailed, with Saleor's message, unless `manifest` can be installed."""
    missing = [name for name in _REQUIRED if not manifest.get(name)]
    if missing:
        raise _failed({name: ["Field required."] for name in missing})
    required = manifest.get("requiredSaleorVersion")
    if required and not version_matches(required, SALEOR_VERSION):
        raise _failed(
            {
                "requiredSaleorVersion": [
                    f"Saleor version {SALEOR_VERSION} is not supported by the app."
                ]
            }
        )
    if not set(manifest.get("permissions", [])) <= set(PERMISSIONS):
        raise _failed({"permissions": ["Given permissions don't exist."]})
    taken = App.objects.filter(identifier=manifest["id"], removed_at__isnull=True).first()
    if taken is not None:
        raise _failed(
            {"identifier": [f"App with the same identifier is already installed: {taken.name}"]}
        )
    problems = _extension_problems(manifest)
    problems |= _webhook_problems(manifest.get("webhooks", []))
    if problems:
        raise _failed(problems)


def _failed(problems: dict[str, list[str]]) -> InstallationFailed:
    return InstallationFailed(", ".join(f"{name}: {texts}" for name, texts in problems.items()))


def _extension_problems(manifest: dict[str, Any]) -> dict[str, list[str]]:
    texts = []
    for extension in manifest.get("extensions", []):
        relative = str(extension.get("url", "")).startswith("/")
        if relative and not manifest.get("appUrl"):
            texts.append("Incorrect value for field: url.")
        if not set(extension.get("permissions", [])) <= set(manifest.get("permissions", [])):
            texts.append("Extension permission must be listed in App's permissions.")
    return {"extensions": texts} if texts else {}


def _webhook_problems(entries: list[dict[str, Any]]) -> dict[str, list[str]]:
    """What is wrong with the webhooks; good ones get their events in lower case."""
    texts: list[str] = []
    seen: set[str] = set()
    for entry in entries:
        identifier = (entry.get("identifier") or "").strip()
        if identifier in seen:
            texts.append(f"Duplicate webhook identifier: {identifier}.")
        if identifier:
            seen.add(identifier)
        if not set(entry.get("asyncEvents", [])) <= set(ASYNC_EVENTS):
            texts.append("Invalid asynchronous event.")
        if not set(entry.get("syncEvents", [])) <= set(SYNC_EVENTS):
            texts.append("Invalid synchronous event.")
        names = [*entry.get("asyncEvents", []), *entry.get("syncEvents", [])]
        try:
            found = subscriptions.check(entry.get("query", ""))
        except subscriptions.InvalidSubscription as error:
            texts.append(f"Subscription query is not valid: {error}")
            continue
        entry["events"] = [name.lower() for name in names] or list(found.events)
        try:
            webhooks.clean_headers(entry.get("customHeaders") or {})
        except Refusal as error:
            texts.append(f"Invalid custom headers: {error.message}")
    return {"webhooks": texts} if texts else {}


def _create(installation: AppInstallation, manifest: dict[str, Any]) -> None:
    """Create the app and shake hands; an app that refuses is taken away again."""
    with writing():
        app = App.objects.create(
            identifier=manifest["id"],
            name=installation.app_name,
            version=manifest["version"],
            is_active=installation.activate,
            is_installed=False,
            permissions=installation.permissions,
            about=manifest.get("about") or "",
            author=manifest.get("author") or "",
            audience=manifest.get("audience") or "",
            app_url=manifest.get("appUrl") or "",
            manifest_url=installation.manifest_url,
            data_privacy_url=manifest.get("dataPrivacyUrl") or "",
            homepage_url=manifest.get("homepageUrl") or "",
            support_url=manifest.get("supportUrl") or "",
            extensions=manifest.get("extensions", []),
        )
        for entry in manifest.get("webhooks", []):
            Webhook.objects.create(
                app=app,
                name=entry["name"],
                identifier=(entry.get("identifier") or "").strip(),
                target_url=entry["targetUrl"],
                is_active=entry.get("isActive", True),
                subscription_query=entry["query"],
                custom_headers=entry.get("customHeaders") or {},
                events=entry["events"],
            )
        token = apps.new_token(app, name="Default token")
    # The app calls back with the token while it answers, so no transaction may be open here.
    if target := manifest.get("tokenTargetUrl"):
        try:
            _shake_hands(target, token)
        except (httpx.HTTPError, InstallationFailed):
            with writing():
                app.delete()
            raise
    with writing():
        app.is_installed = True
        app.save(update_fields=["is_installed"])
        events.emit(event_types.APP_INSTALLED, app, requestor=Requestor())


def _shake_hands(target_url: str, token: str) -> None:
    sandbox = configuration.current()
    answer = httpx.post(
        target_url,
        json={"auth_token": token},
        headers={
            "User-Agent": USER_AGENT,
            "Host": host_header(target_url),
            "X-Saleor-Domain": sandbox.domain,
            "Saleor-Domain": sandbox.domain,
            "Saleor-Api-Url": sandbox.api_url,
            "Saleor-Schema-Version": SCHEMA_VERSION,
        },
        timeout=TIMEOUT,
        follow_redirects=False,
        trust_env=False,
    )
    if answer.status_code < 400:
        return
    try:
        message = str(answer.json()["error"]["message"])
    except (ValueError, KeyError, TypeError):
        answer.raise_for_status()
    else:
        raise InstallationFailed(message)


def version_matches(required: str, version: str) -> bool:
    """Whether `version` is in the npm range `required` (alternatives `||`, `^`, `~`, `>=` …).

    Saleor has a full implementation of npm's ranges; this one knows the forms that manifests use.
    """
    current = tuple(int(part) for part in version.split("."))
    return any(
        all(_holds(match, current) for match in _COMPARATOR.finditer(alternative))
        for alternative in required.split("||")
    )


def _holds(match: re.Match[str], current: tuple[int, ...]) -> bool:
    operator, *texts = match.groups()
    parts = [int(text) for text in texts if text is not None]
    floor = tuple(parts + [0] * (3 - len(parts)))
    if operator == "^":
        return floor <= current < (floor[0] + 1, 0, 0)
    if operator == "~":
        return floor <= current < (floor[0], floor[1] + 1, 0)
    if operator in (">=", "<="):
        return current >= floor if operator == ">=" else current <= floor
    if operator in (">", "<"):
        return current > floor if operator == ">" else current < floor
    return current[: len(parts)] == tuple(parts)
