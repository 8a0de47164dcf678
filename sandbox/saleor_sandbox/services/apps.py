"""Installed apps: switched on and off, and removed."""

from __future__ import annotations

from django.utils import timezone

from saleor_sandbox import event_types, events, global_ids, tokens
from saleor_sandbox.models import App, AppToken
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import Requestor
from saleor_sandbox.writes import writing


def find(app_id: str) -> App:
    """The app with this global id, unless it was removed. Raises Refusal."""
    try:
        key = int(global_ids.decode_as(app_id, "App"))
    except (global_ids.InvalidGlobalId, ValueError) as error:
        raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error
    app = App.objects.filter(pk=key, removed_at__isnull=True).first()
    if app is None:
        raise Refusal(f"Couldn't resolve to a node: {app_id}", code="NOT_FOUND", field="id")
    return app


def set_active(app_id: str, active: bool, *, requestor: Requestor) -> App:
    """Switch an app on or off; it is told by APP_STATUS_CHANGED either way. Raises Refusal."""
    with writing():
        app = find(app_id)
        app.is_active = active
        app.save(update_fields=["is_active"])
        events.emit(event_types.APP_STATUS_CHANGED, app, requestor=requestor)
        return app


def delete(app_id: str, *, requestor: Requestor) -> App:
    """Remove an app. It is told by APP_DELETED; its token is dead at once. Raises Refusal."""
    with writing():
        app = find(app_id)
        app.removed_at = timezone.now()
        app.is_active = False
        app.save(update_fields=["removed_at", "is_active"])
        events.emit(event_types.APP_DELETED, app, requestor=requestor)
        return app


def create(name: str, permissions: list[str]) -> tuple[App, str]:
    """A local app, without a manifest, and its token."""
    with writing():
        app = App.objects.create(name=name, permissions=permissions, is_third_party=False)
        return app, new_token(app, name="Default token")


def update(app_id: str, *, name: str | None, permissions: list[str] | None) -> App:
    """Change an app's name or what it may do, also of one that was installed. Raises Refusal."""
    with writing():
        app = find(app_id)
        app.name = app.name if name is None else name
        app.permissions = app.permissions if permissions is None else sorted(permissions)
        app.save(update_fields=["name", "permissions"])
        return app


def new_token(app: App, *, name: str) -> str:
    """A token of `app`; it is shown once and not kept."""
    token = tokens.new_app_token()
    AppToken.objects.create(app=app, name=name, digest=tokens.digest(token), last_four=token[-4:])
    return token
