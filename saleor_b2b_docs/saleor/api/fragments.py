from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import (
    FulfillmentStatus,
    LanguageCodeEnum,
    OrderChargeStatusEnum,
    OrderDiscountType,
    OrderOriginEnum,
    OrderStatus,
)


class AddressForSnapshot(BaseModel):
    first_name: str = Field(alias="firstName")
    last_name: str = Field(alias="lastName")
    company_name: str = Field(alias="companyName")
    street_address_1: str = Field(alias="streetAddress1")
    street_address_2: str = Field(alias="streetAddress2")
    city: str
    city_area: str = Field(alias="cityArea")
    postal_code: str = Field(alias="postalCode")
    country_area: str = Field(alias="countryArea")
    phone: Optional[str]
    country: "AddressForSnapshotCountry"
    metadata: list["AddressForSnapshotMetadata"]


class AddressForSnapshotCountry(BaseModel):
    code: str
    country: str


class AddressForSnapshotMetadata(BaseModel):
    key: str
    value: str


class CustomerForMembership(BaseModel):
    id: str
    email: str
    is_confirmed: bool = Field(alias="isConfirmed")
    external_reference: Optional[str] = Field(alias="externalReference")
    first_name: str = Field(alias="firstName")
    last_name: str = Field(alias="lastName")
    private_metadata: list["CustomerForMembershipPrivateMetadata"] = Field(
        alias="privateMetadata"
    )
    metadata: list["CustomerForMembershipMetadata"]


class CustomerForMembershipPrivateMetadata(BaseModel):
    key: str
    value: str


class CustomerForMembershipMetadata(BaseModel):
    key: str
    value: str


class FulfillmentForReport(BaseModel):
    id: str
    status: FulfillmentStatus
    private_metafield: Optional[str] = Field(alias="privateMetafield")
    warehouse: Optional["FulfillmentForReportWarehouse"]
    lines: Optional[list["FulfillmentForReportLines"]]


class FulfillmentForReportWarehouse(BaseModel):
    id: str


class FulfillmentForReportLines(BaseModel):
    id: str
    quantity: int
    order_line: Optional["FulfillmentForReportLinesOrderLine"] = Field(
        alias="orderLine"
    )


class FulfillmentForReportLinesOrderLine(BaseModel):
    id: str


class MoneyAmount(BaseModel):
    amount: float
    currency: str


class TaxedMoneyAmounts(BaseModel):
    net: "TaxedMoneyAmountsNet"
    tax: "TaxedMoneyAmountsTax"
    gross: "TaxedMoneyAmountsGross"


class TaxedMoneyAmountsNet(MoneyAmount):
    pass


class TaxedMoneyAmountsTax(MoneyAmount):
    pass


class TaxedMoneyAmountsGross(MoneyAmount):
    pass


class OrderLineForSnapshot(BaseModel):
    id: str
    product_name: str = Field(alias="productName")
    variant_name: str = Field(alias="variantName")
    translated_product_name: str = Field(alias="translatedProductName")
    translated_variant_name: str = Field(alias="translatedVariantName")
    product_sku: Optional[str] = Field(alias="productSku")
    quantity: int
    tax_rate: float = Field(alias="taxRate")
    unit_price: "OrderLineForSnapshotUnitPrice" = Field(alias="unitPrice")
    undiscounted_unit_price: "OrderLineForSnapshotUndiscountedUnitPrice" = Field(
        alias="undiscountedUnitPrice"
    )
    total_price: "OrderLineForSnapshotTotalPrice" = Field(alias="totalPrice")
    undiscounted_total_price: "OrderLineForSnapshotUndiscountedTotalPrice" = Field(
        alias="undiscountedTotalPrice"
    )
    variant: Optional["OrderLineForSnapshotVariant"]


class OrderLineForSnapshotUnitPrice(TaxedMoneyAmounts):
    pass


class OrderLineForSnapshotUndiscountedUnitPrice(TaxedMoneyAmounts):
    pass


class OrderLineForSnapshotTotalPrice(TaxedMoneyAmounts):
    pass


class OrderLineForSnapshotUndiscountedTotalPrice(TaxedMoneyAmounts):
    pass


class OrderLineForSnapshotVariant(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    metafield: Optional[str]
    product: "OrderLineForSnapshotVariantProduct"


class OrderLineForSnapshotVariantProduct(BaseModel):
    id: str
    external_reference: Optional[str] = Field(alias="externalReference")
    metafield: Optional[str]


class OrderForSnapshot(BaseModel):
    id: str
    number: str
    status: OrderStatus
    origin: OrderOriginEnum
    created: datetime
    updated_at: datetime = Field(alias="updatedAt")
    charge_status: OrderChargeStatusEnum = Field(alias="chargeStatus")
    language_code_enum: LanguageCodeEnum = Field(alias="languageCodeEnum")
    external_reference: Optional[str] = Field(alias="externalReference")
    display_gross_prices: bool = Field(alias="displayGrossPrices")
    tax_exemption: bool = Field(alias="taxExemption")
    channel: "OrderForSnapshotChannel"
    user: Optional["OrderForSnapshotUser"]
    user_email: Optional[str] = Field(alias="userEmail")
    metadata: list["OrderForSnapshotMetadata"]
    private_metadata: list["OrderForSnapshotPrivateMetadata"] = Field(
        alias="privateMetadata"
    )
    billing_address: Optional["OrderForSnapshotBillingAddress"] = Field(
        alias="billingAddress"
    )
    shipping_address: Optional["OrderForSnapshotShippingAddress"] = Field(
        alias="shippingAddress"
    )
    lines: list["OrderForSnapshotLines"]
    discounts: list["OrderForSnapshotDiscounts"]
    shipping_method_name: Optional[str] = Field(alias="shippingMethodName")
    collection_point_name: Optional[str] = Field(alias="collectionPointName")
    shipping_price: "OrderForSnapshotShippingPrice" = Field(alias="shippingPrice")
    shipping_tax_rate: float = Field(alias="shippingTaxRate")
    undiscounted_shipping_price: "OrderForSnapshotUndiscountedShippingPrice" = Field(
        alias="undiscountedShippingPrice"
    )
    subtotal: "OrderForSnapshotSubtotal"
    total: "OrderForSnapshotTotal"
    undiscounted_total: "OrderForSnapshotUndiscountedTotal" = Field(
        alias="undiscountedTotal"
    )
    total_charged: "OrderForSnapshotTotalCharged" = Field(alias="totalCharged")


class OrderForSnapshotChannel(BaseModel):
    id: str
    slug: str
    currency_code: str = Field(alias="currencyCode")


class OrderForSnapshotUser(BaseModel):
    id: str
    email: str
    external_reference: Optional[str] = Field(alias="externalReference")


class OrderForSnapshotMetadata(BaseModel):
    key: str
    value: str


class OrderForSnapshotPrivateMetadata(BaseModel):
    key: str
    value: str


class OrderForSnapshotBillingAddress(AddressForSnapshot):
    pass


class OrderForSnapshotShippingAddress(AddressForSnapshot):
    pass


class OrderForSnapshotLines(OrderLineForSnapshot):
    pass


class OrderForSnapshotDiscounts(BaseModel):
    id: str
    type_: OrderDiscountType = Field(alias="type")
    name: Optional[str]
    translated_name: Optional[str] = Field(alias="translatedName")
    reason: Optional[str]
    amount: "OrderForSnapshotDiscountsAmount"
    total: "OrderForSnapshotDiscountsTotal"


class OrderForSnapshotDiscountsAmount(MoneyAmount):
    pass


class OrderForSnapshotDiscountsTotal(MoneyAmount):
    pass


class OrderForSnapshotShippingPrice(TaxedMoneyAmounts):
    pass


class OrderForSnapshotUndiscountedShippingPrice(MoneyAmount):
    pass


class OrderForSnapshotSubtotal(TaxedMoneyAmounts):
    pass


class OrderForSnapshotTotal(TaxedMoneyAmounts):
    pass


class OrderForSnapshotUndiscountedTotal(TaxedMoneyAmounts):
    pass


class OrderForSnapshotTotalCharged(MoneyAmount):
    pass


class TransactionForReport(BaseModel):
    id: str
    psp_reference: str = Field(alias="pspReference")
    private_metafield: Optional[str] = Field(alias="privateMetafield")
    charged_amount: "TransactionForReportChargedAmount" = Field(alias="chargedAmount")


class TransactionForReportChargedAmount(MoneyAmount):
    pass


AddressForSnapshot.model_rebuild()
CustomerForMembership.model_rebuild()
FulfillmentForReport.model_rebuild()
MoneyAmount.model_rebuild()
TaxedMoneyAmounts.model_rebuild()
OrderLineForSnapshot.model_rebuild()
OrderForSnapshot.model_rebuild()
TransactionForReport.model_rebuild()
