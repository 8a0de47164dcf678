"""Users, and signing in."""

from __future__ import annotations

from typing import Any

import graphene
from graphql import GraphQLError, GraphQLResolveInfo

from saleor_sandbox import global_ids
from saleor_sandbox.enum_values import ACCOUNT_ERRORS
from saleor_sandbox.models import Address as AddressModel
from saleor_sandbox.models import User as UserModel
from saleor_sandbox.permissions import title
from saleor_sandbox.refusals import PermissionDenied
from saleor_sandbox.schema.addresses import Address, AddressInput
from saleor_sandbox.schema.base import (
    TYPES,
    MetadataInput,
    Node,
    ObjectWithMetadata,
    SaleorMutation,
    address_type_field,
    context_of,
    error_type,
    non_null_list,
    requestor_of,
)
from saleor_sandbox.schema.connections import connection, paginate
from saleor_sandbox.schema.enums import LanguageCodeEnum, PermissionEnum, saleor_enum
from saleor_sandbox.schema.scalars import GenericScalar
from saleor_sandbox.services import customers, sign_in

AccountError = error_type(
    "AccountError",
    saleor_enum("AccountErrorCode", ACCOUNT_ERRORS),
    address_type=address_type_field(),
    attributes=non_null_list(graphene.ID),
)


class UserPermission(graphene.ObjectType):
    """A permission that a user holds."""

    code = graphene.Field(PermissionEnum, required=True)
    name = graphene.String(required=True)


def _orders_of_user() -> Any:
    from saleor_sandbox.schema.orders import OrderConnection

    return OrderConnection


class User(graphene.ObjectType):
    """Represents user data."""

    class Meta:
        interfaces = (Node, ObjectWithMetadata)

    email = graphene.String(required=True)
    first_name = graphene.String(required=True)
    last_name = graphene.String(required=True)
    is_staff = graphene.Boolean(required=True)
    is_active = graphene.Boolean(required=True)
    is_confirmed = graphene.Boolean(required=True)
    addresses = non_null_list(Address, required=True)
    note = graphene.String()
    orders = graphene.Field(
        _orders_of_user,
        before=graphene.String(),
        after=graphene.String(),
        first=graphene.Int(),
        last=graphene.Int(),
    )
    user_permissions = non_null_list(UserPermission)
    language_code = graphene.Field(LanguageCodeEnum, required=True)
    default_shipping_address = graphene.Field(Address)
    default_billing_address = graphene.Field(Address)
    external_reference = graphene.String()
    last_login = graphene.DateTime()
    date_joined = graphene.DateTime(required=True)
    updated_at = graphene.DateTime(required=True)

    @staticmethod
    def resolve_addresses(root: UserModel, _info: GraphQLResolveInfo) -> list[AddressModel]:
        """The address book."""
        return list(root.addresses.all())

    @staticmethod
    def resolve_note(root: UserModel, info: GraphQLResolveInfo) -> str:
        """What staff wrote about the customer."""
        requestor_of(info).require("MANAGE_USERS", "MANAGE_STAFF")
        return root.note

    @staticmethod
    def resolve_orders(root: UserModel, info: GraphQLResolveInfo, **paging: Any) -> Any:
        """The customer's orders, newest first."""
        requestor = requestor_of(info)
        if not requestor.owns(root) and not requestor.holds(("MANAGE_ORDERS",)):
            raise PermissionDenied(("MANAGE_ORDERS", "OWNER"))
        return paginate(
            root.orders.exclude(status="DRAFT"),
            info,
            paging,
            sort_fields=("number",),
            descending=True,
        )

    @staticmethod
    def resolve_user_permissions(
        root: UserModel, _info: GraphQLResolveInfo
    ) -> list[dict[str, str]]:
        """What the user may do."""
        return [{"code": name, "name": title(name)} for name in root.permissions]


TYPES["User"] = User
UserConnection, user_paging = connection(User, "User")


class CreateToken(SaleorMutation):
    """Create JWT token."""

    class Meta:
        error = AccountError
        old_errors = "account_errors"

    class Arguments:
        email = graphene.String(required=True)
        password = graphene.String(required=True)
        audience = graphene.String()

    token = graphene.String()
    refresh_token = graphene.String()
    csrf_token = graphene.String()
    user = graphene.Field(User)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Sign in."""
        session = sign_in.create(
            arguments["email"],
            arguments["password"],
            audience=arguments.get("audience"),
            address=context_of(info).address,
        )
        return {
            "token": session.token,
            "refresh_token": session.refresh_token,
            "csrf_token": session.csrf_token,
            "user": session.user,
        }


class RefreshToken(SaleorMutation):
    """Refresh JWT token."""

    class Meta:
        error = AccountError
        old_errors = "account_errors"

    class Arguments:
        refresh_token = graphene.String()
        csrf_token = graphene.String()

    token = graphene.String()
    user = graphene.Field(User)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """A new access token for a refresh token."""
        cookie = context_of(info).refresh_cookie
        session = sign_in.refresh(arguments.get("refresh_token") or cookie)
        return {"token": session.token, "user": session.user}


class VerifyToken(SaleorMutation):
    """Verify JWT token."""

    class Meta:
        error = AccountError
        old_errors = "account_errors"

    class Arguments:
        token = graphene.String(required=True)

    user = graphene.Field(User)
    is_valid = graphene.Boolean(required=True)
    payload = graphene.Field(GenericScalar)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Whose token it is."""
        user, claims = sign_in.verify(arguments["token"])
        return {"user": user, "is_valid": True, "payload": claims}

    @classmethod
    def _errors(cls, refusals: Any) -> dict[str, Any]:
        return {**super()._errors(refusals), **({"is_valid": False} if refusals else {})}


class TokensDeactivateAll(SaleorMutation):
    """Deactivate all JWT tokens of the currently authenticated user."""

    class Meta:
        name = "DeactivateAllUserTokens"
        error = AccountError
        old_errors = "account_errors"

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Make them worthless."""
        user = requestor_of(info).known_user()
        if user is None:
            raise PermissionDenied(("AUTHENTICATED_USER",))
        customers.revoke_tokens(user)
        return {}


class CustomerInput(graphene.InputObjectType):
    """What may be changed of a customer."""

    default_billing_address = AddressInput()
    default_shipping_address = AddressInput()
    first_name = graphene.String()
    last_name = graphene.String()
    email = graphene.String()
    is_active = graphene.Boolean()
    note = graphene.String()
    metadata = non_null_list(MetadataInput)
    private_metadata = non_null_list(MetadataInput)
    language_code = LanguageCodeEnum()
    external_reference = graphene.String()
    is_confirmed = graphene.Boolean()


class UserCreateInput(CustomerInput):
    """A new customer."""

    redirect_url = graphene.String()
    channel = graphene.String()


class CustomerCreate(SaleorMutation):
    """Creates a new customer."""

    class Meta:
        error = AccountError
        old_errors = "account_errors"
        permissions = ("MANAGE_USERS",)

    class Arguments:
        input = UserCreateInput(required=True)

    user = graphene.Field(User)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Create."""
        return {"user": customers.create(arguments["input"], requestor=requestor_of(info))}


class CustomerUpdate(SaleorMutation):
    """Updates an existing customer."""

    class Meta:
        error = AccountError
        old_errors = "account_errors"
        permissions = ("MANAGE_USERS",)

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()
        input = CustomerInput(required=True)

    user = graphene.Field(User)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Change."""
        user = customers.find(
            arguments.get("id"), external_reference=arguments.get("external_reference")
        )
        return {"user": customers.update(user, arguments["input"], requestor=requestor_of(info))}


class CustomerDelete(SaleorMutation):
    """Deletes a customer."""

    class Meta:
        error = AccountError
        old_errors = "account_errors"
        permissions = ("MANAGE_USERS",)

    class Arguments:
        id = graphene.ID()
        external_reference = graphene.String()

    user = graphene.Field(User)

    @classmethod
    def perform(cls, info: GraphQLResolveInfo, **arguments: Any) -> dict[str, Any]:
        """Delete."""
        user = customers.find(
            arguments.get("id"), external_reference=arguments.get("external_reference")
        )
        return {"user": customers.delete(user, requestor=requestor_of(info))}


class CustomerFilterInput(graphene.InputObjectType):
    """Which customers."""

    search = graphene.String()
    ids = non_null_list(graphene.ID)


class AccountQueries(graphene.ObjectType):
    """Queries about people."""

    me = graphene.Field(User)
    user = graphene.Field(
        User,
        id=graphene.ID(),
        email=graphene.String(),
        external_reference=graphene.String(),
    )
    customers = graphene.Field(
        UserConnection, filter=CustomerFilterInput(), search=graphene.String(), **user_paging
    )

    @staticmethod
    def resolve_me(_root: object, info: GraphQLResolveInfo) -> UserModel | None:
        """The caller, if a user."""
        return requestor_of(info).known_user()

    @staticmethod
    def resolve_user(
        _root: object,
        info: GraphQLResolveInfo,
        id: str | None = None,  # noqa: A002  the API's own name
        email: str | None = None,
        external_reference: str | None = None,
    ) -> UserModel | None:
        """One customer, by one of the three."""
        requestor_of(info).require("MANAGE_STAFF", "MANAGE_USERS", "MANAGE_ORDERS")
        if id is not None:
            try:
                return UserModel.objects.filter(pk=global_ids.decode_as(id, "User")).first()
            except global_ids.InvalidGlobalId as error:
                raise GraphQLError(str(error)) from error
        if email is not None:
            return UserModel.objects.filter(email=email).first()
        return UserModel.objects.filter(external_reference=external_reference or "").first()

    @staticmethod
    def resolve_customers(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Any = None,  # noqa: A002  the API's own name
        search: str | None = None,
        **paging: Any,
    ) -> Any:
        """Customers by e-mail."""
        requestor_of(info).require("MANAGE_ORDERS", "MANAGE_USERS")
        found = UserModel.objects.filter(is_staff=False)
        wanted = filter or {}
        text = search or wanted.get("search")
        if text:
            found = found.filter(email__icontains=text)
        if wanted.get("ids"):
            keys = [global_ids.decode_as(key, "User") for key in wanted["ids"]]
            found = found.filter(pk__in=keys)
        return paginate(found, info, paging, sort_fields=("email",))


class AccountMutations(graphene.ObjectType):
    """Mutations about people."""

    token_create = CreateToken.Field()
    token_refresh = RefreshToken.Field()
    token_verify = VerifyToken.Field()
    tokens_deactivate_all = TokensDeactivateAll.Field()
    customer_create = CustomerCreate.Field()
    customer_update = CustomerUpdate.Field()
    customer_delete = CustomerDelete.Field()
