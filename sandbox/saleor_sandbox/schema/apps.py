"""Apps, their installation and their webhooks."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLError, GraphQLResolveInfo

from saleor_sandbox import global_ids, tokens
from saleor_sandbox.enum_values import ASYNC_EVENTS, SYNC_EVENTS
from saleor_sandbox.models import App as AppModel
from saleor_sandbox.models import AppInstallation as AppInstallationModel
from saleor_sandbox.models import AppToken as AppTokenModel
from saleor_sandbox.models import Webhook as WebhookModel
from saleor_sandbox.refusals import PermissionDenied
from saleor_sandbox.requestor import AUTHENTICATED_APP, AUTHENTICATED_STAFF_USER
from saleor_sandbox.schema.base import (
    TYPES,
    Node,
    ObjectWithMetadata,
    non_null_list,
    plain,
    requestor_of,
)
from saleor_sandbox.schema.channels import Permission, permission
from saleor_sandbox.schema.connections import connection, paginate
from saleor_sandbox.schema.enums import (
    AppTypeEnum,
    CircuitBreakerStateEnum,
    JobStatusEnum,
    WebhookEventTypeAsyncEnum,
    WebhookEventTypeEnum,
    WebhookEventTypeSyncEnum,
)
from saleor_sandbox.schema.scalars import JSON, JSONString


class WebhookEventAsync(graphene.ObjectType):
    """An asynchronous event."""

    name = graphene.String(required=True)
    event_type = graphene.Field(WebhookEventTypeAsyncEnum, required=True)


class WebhookEventSync(graphene.ObjectType):
    """A synchronous event."""

    name = graphene.String(required=True)
    event_type = graphene.Field(WebhookEventTypeSyncEnum, required=True)


class WebhookEvent(graphene.ObjectType):
    """An event of either kind."""

    name = graphene.String(required=True)
    event_type = graphene.Field(WebhookEventTypeEnum, required=True)


def _event_entries(webhook: WebhookModel, known: tuple[str, ...]) -> list[dict[str, str]]:
    names = [name.upper() for name in webhook.events]
    return [
        {"name": name.replace("_", " ").capitalize(), "event_type": name}
        for name in names
        if name in known
    ]


class Webhook(graphene.ObjectType):
    """Webhook."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String()
    identifier = graphene.String()
    events = non_null_list(WebhookEvent, required=True)
    sync_events = non_null_list(WebhookEventSync, required=True)
    async_events = non_null_list(WebhookEventAsync, required=True)
    app = graphene.Field(lambda: App, required=True)
    target_url = graphene.String(required=True)
    is_active = graphene.Boolean(required=True)
    secret_key = graphene.String()
    subscription_query = graphene.String()
    custom_headers = graphene.Field(JSONString)

    @staticmethod
    def resolve_identifier(root: WebhookModel, _info: GraphQLResolveInfo) -> str | None:
        """Null for none."""
        return root.identifier or None

    @staticmethod
    def resolve_custom_headers(root: WebhookModel, _info: GraphQLResolveInfo) -> Any:
        """Null for none."""
        return root.custom_headers or None

    @staticmethod
    def resolve_secret_key(root: WebhookModel, _info: GraphQLResolveInfo) -> str | None:
        """Null for none, when webhooks are signed with the key set."""
        return root.secret_key or None

    @staticmethod
    def resolve_events(root: WebhookModel, _info: GraphQLResolveInfo) -> list[dict[str, str]]:
        """Of both kinds."""
        return _event_entries(root, (*ASYNC_EVENTS, *SYNC_EVENTS))

    @staticmethod
    def resolve_async_events(root: WebhookModel, _info: GraphQLResolveInfo) -> list[dict[str, str]]:
        """Those without an answer."""
        return _event_entries(root, ASYNC_EVENTS)

    @staticmethod
    def resolve_sync_events(root: WebhookModel, _info: GraphQLResolveInfo) -> list[dict[str, str]]:
        """Those with an answer; the sandbox stores them and sends none."""
        return _event_entries(root, SYNC_EVENTS)


TYPES["Webhook"] = Webhook


class AppToken(graphene.ObjectType):
    """Represents token data."""

    class Meta:
        interfaces = (Node,)

    name = graphene.String()
    auth_token = graphene.String()

    @staticmethod
    def resolve_auth_token(root: AppTokenModel, _info: GraphQLResolveInfo) -> str:
        """The last four characters."""
        return root.last_four


TYPES["AppToken"] = AppToken


class AppExtension(graphene.ObjectType):
    """A place in the Dashboard where the app shows itself."""

    id = graphene.ID(required=True)
    label = graphene.String(required=True)
    url = graphene.String(required=True)
    mount_name = graphene.String(required=True)
    target_name = graphene.String(required=True)
    settings = graphene.Field(JSON, required=True)
    identifier = graphene.String()


class App(graphene.ObjectType):
    """Represents app data."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    identifier = graphene.String()
    permissions = non_null_list(Permission)
    created = graphene.DateTime()
    is_active = graphene.Boolean()
    name = graphene.String()
    type = graphene.Field(AppTypeEnum)
    tokens = non_null_list(AppToken)
    webhooks = non_null_list(Webhook)
    about_app = graphene.String()
    data_privacy_url = graphene.String()
    homepage_url = graphene.String()
    support_url = graphene.String()
    app_url = graphene.String()
    manifest_url = graphene.String()
    version = graphene.String()
    access_token = graphene.String()
    author = graphene.String()
    extensions = non_null_list(AppExtension, required=True)
    breaker_state = graphene.Field(CircuitBreakerStateEnum, required=True)

    @staticmethod
    def resolve_permissions(root: AppModel, _info: GraphQLResolveInfo) -> list[dict[str, str]]:
        """What it may do."""
        return [permission(name) for name in sorted(root.permissions)]

    @staticmethod
    def resolve_created(root: AppModel, _info: GraphQLResolveInfo) -> object:
        """When it was installed."""
        return root.created_at

    @staticmethod
    def resolve_type(root: AppModel, _info: GraphQLResolveInfo) -> str:
        """By manifest or by hand."""
        return "THIRDPARTY" if root.is_third_party else "LOCAL"

    @staticmethod
    def resolve_about_app(root: AppModel, _info: GraphQLResolveInfo) -> str:
        """Its own description."""
        return root.about

    @staticmethod
    def resolve_tokens(root: AppModel, info: GraphQLResolveInfo) -> list[AppTokenModel]:
        """For staff who manage apps, or the app itself."""
        _require_owner(root, info)
        return list(root.tokens.all())

    @staticmethod
    def resolve_webhooks(root: AppModel, info: GraphQLResolveInfo) -> list[WebhookModel]:
        """For staff who manage apps, or the app itself."""
        _require_owner(root, info)
        return list(root.webhooks.select_related("app"))

    @staticmethod
    def resolve_access_token(root: AppModel, info: GraphQLResolveInfo) -> str | None:
        """What the Dashboard hands to the app, in the name of the staff who asks."""
        user = requestor_of(info).known_user()
        if user is None or not user.is_staff or not root.is_active:
            return None
        return tokens.third_party_token(root, user)

    @staticmethod
    def resolve_extensions(root: AppModel, _info: GraphQLResolveInfo) -> list[dict[str, Any]]:
        """As its manifest had them."""
        return [
            {
                "id": global_ids.encode("AppExtension", f"{root.pk}-{index}"),
                "label": extension.get("label", ""),
                "url": extension.get("url", ""),
                "mount_name": extension.get("mount", ""),
                "target_name": extension.get("target", "POPUP"),
                "settings": extension.get("options", {}),
                "identifier": extension.get("identifier"),
            }
            for index, extension in enumerate(root.extensions)
        ]

    @staticmethod
    def resolve_breaker_state(_root: AppModel, _info: GraphQLResolveInfo) -> str:
        """The sandbox has no circuit breaker."""
        return "CLOSED"


TYPES["App"] = App
AppConnection, app_paging = connection(App, "App")


def _require_owner(app: AppModel, info: GraphQLResolveInfo) -> None:
    requestor = requestor_of(info)
    if requestor.app is not None and requestor.app.pk == app.pk:
        return
    requestor.require("MANAGE_APPS", "OWNER")


class Job(graphene.Interface):
    """Work in the background."""

    status = graphene.Field(JobStatusEnum, required=True)
    created_at = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)
    message = graphene.String()

    @classmethod
    def resolve_type(cls, instance: Any, _info: GraphQLResolveInfo) -> Any:
        """By the name that the object gives itself."""
        return TYPES[instance.graphql_type]


class AppInstallation(graphene.ObjectType):
    """Represents ongoing installation of app."""

    class Meta:
        interfaces = (Node, Job)

    app_name = graphene.String(required=True)
    manifest_url = graphene.String(required=True)

    @staticmethod
    def resolve_message(root: AppInstallationModel, _info: GraphQLResolveInfo) -> str | None:
        """Why it failed; null while it has not."""
        return root.message or None


TYPES["AppInstallation"] = AppInstallation


class AppFilterInput(graphene.InputObjectType):
    """Which apps."""

    search = graphene.String()
    is_active = graphene.Boolean()
    type = AppTypeEnum()


class AppQueries(graphene.ObjectType):
    """Queries about apps."""

    app = graphene.Field(App, id=graphene.ID())
    apps = graphene.Field(AppConnection, filter=AppFilterInput(), **app_paging)
    apps_installations = non_null_list(AppInstallation, required=True)

    @staticmethod
    def resolve_app(
        _root: object,
        info: GraphQLResolveInfo,
        id: str | None = None,  # noqa: A002  the API's own name
    ) -> AppModel | None:
        """The calling app, or for staff and apps one by its id."""
        requestor = requestor_of(info)
        if not requestor.holds((AUTHENTICATED_STAFF_USER, AUTHENTICATED_APP)):
            raise PermissionDenied((AUTHENTICATED_STAFF_USER, AUTHENTICATED_APP))
        if id is None:
            return requestor.app
        try:
            key = global_ids.decode_as(id, "App")
        except global_ids.InvalidGlobalId as error:
            raise GraphQLError(str(error)) from error
        if requestor.app is not None and str(requestor.app.pk) == key:
            return requestor.app
        requestor.require("MANAGE_APPS", AUTHENTICATED_STAFF_USER)
        return AppModel.objects.filter(pk=key, removed_at__isnull=True).first()

    @staticmethod
    def resolve_apps(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Any = None,  # noqa: A002  the API's own name
        **paging: Any,
    ) -> Any:
        """Installed apps by name."""
        requestor_of(info).require(AUTHENTICATED_STAFF_USER, "MANAGE_APPS")
        found = AppModel.objects.filter(removed_at__isnull=True, is_installed=True)
        wanted = plain(filter or {})
        if wanted.get("search"):
            found = found.filter(name__icontains=wanted["search"])
        if wanted.get("is_active") is not None:
            found = found.filter(is_active=wanted["is_active"])
        if wanted.get("type"):
            found = found.filter(is_third_party=wanted["type"] == "THIRDPARTY")
        return paginate(found, info, paging, sort_fields=("name", "pk"))

    @staticmethod
    def resolve_apps_installations(
        _root: object, info: GraphQLResolveInfo
    ) -> list[AppInstallationModel]:
        """Those under way and those that failed."""
        requestor_of(info).require("MANAGE_APPS")
        return list(AppInstallationModel.objects.all())
