"""Enums of Saleor's schema. A member's value is its name, which is also what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import graphene

from saleor_sandbox import enum_values
from saleor_sandbox.permissions import PERMISSIONS


def saleor_enum(name: str, members: Iterable[str] | str) -> Any:
    names = members.split() if isinstance(members, str) else members
    return graphene.Enum(name, [(member, member) for member in names])


PermissionEnum = saleor_enum("PermissionEnum", PERMISSIONS)
WebhookEventTypeAsyncEnum = saleor_enum("WebhookEventTypeAsyncEnum", enum_values.ASYNC_EVENTS)
WebhookEventTypeSyncEnum = saleor_enum("WebhookEventTypeSyncEnum", enum_values.SYNC_EVENTS)
WebhookEventTypeEnum = saleor_enum(
    "WebhookEventTypeEnum", (*enum_values.ASYNC_EVENTS, *enum_values.SYNC_EVENTS)
)
# Its values are language tags: `uk`, `pt-br`.
LanguageCodeEnum = graphene.Enum(
    "LanguageCodeEnum",
    [(name, name.lower().replace("_", "-")) for name in enum_values.LANGUAGES],
)
CountryCode = saleor_enum("CountryCode", enum_values.COUNTRIES)

OrderStatusEnum = saleor_enum(
    "OrderStatus",
    "DRAFT UNCONFIRMED UNFULFILLED PARTIALLY_FULFILLED PARTIALLY_RETURNED RETURNED FULFILLED "
    "CANCELED EXPIRED",
)
OrderStatusFilter = saleor_enum(
    "OrderStatusFilter",
    "READY_TO_FULFILL READY_TO_CAPTURE UNFULFILLED UNCONFIRMED PARTIALLY_FULFILLED FULFILLED "
    "CANCELED",
)
OrderOriginEnum = saleor_enum("OrderOriginEnum", "CHECKOUT DRAFT REISSUE BULK_CREATE")
OrderAction = saleor_enum("OrderAction", "CAPTURE MARK_AS_PAID REFUND VOID")
OrderChargeStatusEnum = saleor_enum("OrderChargeStatusEnum", "NONE PARTIAL FULL OVERCHARGED")
OrderAuthorizeStatusEnum = saleor_enum("OrderAuthorizeStatusEnum", "NONE PARTIAL FULL")
CheckoutChargeStatusEnum = saleor_enum("CheckoutChargeStatusEnum", "NONE PARTIAL FULL OVERCHARGED")
CheckoutAuthorizeStatusEnum = saleor_enum("CheckoutAuthorizeStatusEnum", "NONE PARTIAL FULL")
PaymentChargeStatusEnum = saleor_enum(
    "PaymentChargeStatusEnum",
    "NOT_CHARGED PENDING PARTIALLY_CHARGED FULLY_CHARGED PARTIALLY_REFUNDED FULLY_REFUNDED "
    "REFUSED CANCELLED",
)
OrderSortField = saleor_enum(
    "OrderSortField",
    "NUMBER RANK CREATION_DATE CREATED_AT LAST_MODIFIED_AT CUSTOMER PAYMENT FULFILLMENT_STATUS "
    "STATUS",
)
OrderDirection = saleor_enum("OrderDirection", "ASC DESC")
OrderDiscountTypeEnum = saleor_enum(
    "OrderDiscountType", "SALE VOUCHER MANUAL PROMOTION ORDER_PROMOTION"
)
FulfillmentStatusEnum = saleor_enum(
    "FulfillmentStatus",
    "FULFILLED REFUNDED RETURNED REPLACED REFUNDED_AND_RETURNED CANCELED WAITING_FOR_APPROVAL",
)
DiscountValueTypeEnum = saleor_enum("DiscountValueTypeEnum", "FIXED PERCENTAGE")
JobStatusEnum = saleor_enum("JobStatusEnum", "PENDING SUCCESS FAILED DELETED")
AppTypeEnum = saleor_enum("AppTypeEnum", "LOCAL THIRDPARTY")
AddressTypeEnum = saleor_enum("AddressTypeEnum", "BILLING SHIPPING")
MarkAsPaidStrategyEnum = saleor_enum("MarkAsPaidStrategyEnum", "TRANSACTION_FLOW PAYMENT_FLOW")
TransactionActionEnum = saleor_enum("TransactionActionEnum", "CHARGE REFUND CANCEL")
ErrorPolicyEnum = saleor_enum(
    "ErrorPolicyEnum", "IGNORE_FAILED REJECT_EVERYTHING REJECT_FAILED_ROWS"
)
StockUpdatePolicyEnum = saleor_enum("StockUpdatePolicyEnum", "SKIP UPDATE FORCE")
ShippingMethodTypeEnum = saleor_enum("ShippingMethodTypeEnum", "PRICE WEIGHT")
CircuitBreakerStateEnum = saleor_enum("CircuitBreakerStateEnum", "CLOSED HALF_OPEN OPEN")
