"""Installing apps, switching them and removing them."""

from __future__ import annotations

from typing import Any

import graphene
import httpx
from graphql import GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.enum_values import APP_ERRORS
from saleor_sandbox.models import AppInstallation as AppInstallationModel
from saleor_sandbox.refusals import Refusal
from saleor_sandbox.requestor import AUTHENTICATED_STAFF_USER
from saleor_sandbox.schema.apps import App, AppInstallation
from saleor_sandbox.schema.base import (
    SaleorMutation,
    error_type,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.channels import Permission, permission
from saleor_sandbox.schema.enums import (
    PermissionEnum,
    saleor_enum,
)
from saleor_sandbox.services import apps, installation

AppError = error_type(
    "AppError",
    saleor_enum("AppErrorCode", APP_ERRORS),
    permissions=non_null_list(PermissionEnum),
)


class AppInstallInput(graphene.InputObjectType):
    """An app to install."""

    app_name = graphene.String(required=True)
    manifest_url = graphene.String(required=True)
    activate_after_installation = graphene.Boolean(default_value=True)
    permissions = non_null_list(PermissionEnum)


class AppInstall(SaleorMutation):
    """Install new app by using app manifest."""

    class Meta:
        error = AppError
        old_errors = "app_errors"
        permissions = ("MANAGE_APPS",)

    class Arguments:
        input = AppInstallInput(required=True)

    app_installation = graphene.Field(AppInstallation)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Begin."""
        requestor = requestor_of(info)
        requestor.require(AUTHENTICATED_STAFF_USER)
        values = arguments["input"]
        permissions = values.get("permissions") or []
        lacking = [name for name in permissions if name not in requestor.permissions]
        if lacking:
            raise Refusal(
                "You can't add permission that you don't have.",
                code="OUT_OF_SCOPE_PERMISSION",
                field="permissions",
                extra={"permissions": lacking},
            )
        started = installation.start(
            app_name=values["app_name"],
            manifest_url=values["manifest_url"],
            permissions=permissions,
            activate=values["activate_after_installation"],
        )
        return {"app_installation": started}


class _InstallationMutation(SaleorMutation):
    class Meta:
        abstract = True

    @staticmethod
    def find(installation_id: str) -> AppInstallationModel:
        """The installation with this global id. Raises Refusal."""
        try:
            key = global_ids.decode_as(installation_id, "AppInstallation")
        except global_ids.InvalidGlobalId as error:
            raise Refusal(str(error), code="GRAPHQL_ERROR", field="id") from error
        found = AppInstallationModel.objects.filter(pk=key).first()
        if found is None:
            raise Refusal(
                f"Couldn't resolve to a node: {installation_id}", code="NOT_FOUND", field="id"
            )
        return found


class AppRetryInstall(_InstallationMutation):
    """Retry failed installation of new app."""

    class Meta:
        error = AppError
        old_errors = "app_errors"
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)
        activate_after_installation = graphene.Boolean(default_value=True)

    app_installation = graphene.Field(AppInstallation)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Try again."""
        again = installation.retry(
            cls.find(arguments["id"]), activate=arguments["activate_after_installation"]
        )
        return {"app_installation": again}


class AppDeleteFailedInstallation(_InstallationMutation):
    """Delete failed installation."""

    class Meta:
        error = AppError
        old_errors = "app_errors"
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    app_installation = graphene.Field(AppInstallation)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Forget it."""
        found = cls.find(arguments["id"])
        key = found.pk
        found.delete()
        found.pk = key
        return {"app_installation": found}


class _SwitchApp(SaleorMutation):
    class Meta:
        abstract = True

    active: bool

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Switch on or off."""
        return {"app": apps.set_active(arguments["id"], cls.active, requestor=requestor_of(info))}


class AppActivate(_SwitchApp):
    """Activate the app."""

    class Meta:
        error = AppError
        old_errors = "app_errors"
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    app = graphene.Field(App)
    active = True


class AppDeactivate(_SwitchApp):
    """Deactivate the app."""

    class Meta:
        error = AppError
        old_errors = "app_errors"
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    app = graphene.Field(App)
    active = False


class AppDelete(SaleorMutation):
    """Deletes an app."""

    class Meta:
        error = AppError
        old_errors = "app_errors"
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)

    app = graphene.Field(App)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Remove."""
        return {"app": apps.delete(arguments["id"], requestor=requestor_of(info))}


class AppInput(graphene.InputObjectType):
    """An app without a manifest."""

    name = graphene.String()
    identifier = graphene.String()
    permissions = non_null_list(PermissionEnum)


class AppCreate(SaleorMutation):
    """Creates a new app."""

    class Meta:
        error = AppError
        old_errors = "app_errors"
        permissions = ("MANAGE_APPS",)

    class Arguments:
        input = AppInput(required=True)

    auth_token = graphene.String()
    app = graphene.Field(App)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Create."""
        values = arguments["input"]
        app, token = apps.create(values.get("name") or "", values.get("permissions") or [])
        return {"app": app, "auth_token": token}


class AppUpdate(SaleorMutation):
    """Updates an existing app."""

    class Meta:
        error = AppError
        old_errors = "app_errors"
        permissions = ("MANAGE_APPS",)

    class Arguments:
        id = graphene.ID(required=True)
        input = AppInput(required=True)

    app = graphene.Field(App)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Change."""
        values = arguments["input"]
        app = apps.update(
            arguments["id"], name=values.get("name"), permissions=values.get("permissions")
        )
        return {"app": app}


class AppManifest(graphene.ObjectType):
    """The manifest definition."""

    class Meta:
        name = "Manifest"

    identifier = graphene.String(required=True)
    version = graphene.String(required=True)
    name = graphene.String(required=True)
    about = graphene.String()
    permissions = non_null_list(Permission)
    app_url = graphene.String()
    token_target_url = graphene.String()
    audience = graphene.String()
    author = graphene.String()


class AppFetchManifest(SaleorMutation):
    """Fetch and validate manifest."""

    class Meta:
        error = AppError
        old_errors = "app_errors"
        permissions = ("MANAGE_APPS",)

    class Arguments:
        manifest_url = graphene.String(required=True)

    manifest = graphene.Field(AppManifest)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Fetch and check."""
        try:
            manifest = installation.fetch_manifest(arguments["manifest_url"])
            installation.check_manifest(manifest)
        except httpx.HTTPError as error:
            raise Refusal(
                "Unable to fetch manifest data.",
                code="MANIFEST_URL_CANT_CONNECT",
                field="manifestUrl",
            ) from error
        except installation.InstallationFailed as error:
            raise Refusal(str(error), code="INVALID", field="manifestUrl") from error
        return {
            "manifest": {
                "identifier": manifest["id"],
                "version": manifest["version"],
                "name": manifest["name"],
                "about": manifest.get("about"),
                "permissions": [permission(name) for name in manifest.get("permissions", [])],
                "app_url": manifest.get("appUrl"),
                "token_target_url": manifest.get("tokenTargetUrl"),
                "audience": manifest.get("audience"),
                "author": manifest.get("author"),
            }
        }


class AppMutations(graphene.ObjectType):
    """Mutations about apps."""

    app_install = AppInstall.Field()
    app_retry_install = AppRetryInstall.Field()
    app_delete_failed_installation = AppDeleteFailedInstallation.Field()
    app_fetch_manifest = AppFetchManifest.Field()
    app_create = AppCreate.Field()
    app_update = AppUpdate.Field()
    app_activate = AppActivate.Field()
    app_deactivate = AppDeactivate.Field()
    app_delete = AppDelete.Field()
