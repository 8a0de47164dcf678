from datetime import datetime
from typing import Any, Optional, Union

from .app_identity import AppIdentity
from .app_webhooks import AppWebhooks
from .base_client import SaleorTransport
from .base_model import UNSET, UnsetType
from .channels import Channels
from .customer_by_email import CustomerByEmail
from .customer_identity import CustomerIdentity
from .fulfillment_cancel import FulfillmentCancel
from .fulfillment_mark import FulfillmentMark
from .input_types import OrderFulfillLineInput, WebhookCreateInput, WebhookUpdateInput
from .invoice_create import InvoiceCreate
from .invoice_update import InvoiceUpdate
from .order_confirm import OrderConfirm
from .order_for_report import OrderForReport
from .order_fulfill import OrderFulfill
from .order_snapshot import OrderSnapshot
from .orders_of_customer import OrdersOfCustomer
from .orders_updated_since import OrdersUpdatedSince
from .payment_report import PaymentReport
from .payment_report_update import PaymentReportUpdate
from .webhook_create import WebhookCreate
from .webhook_delete import WebhookDelete
from .webhook_update import WebhookUpdate


def gql(q: str) -> str:
    return q


class SaleorOperations(SaleorTransport):
    def app_identity(self, **kwargs: Any) -> AppIdentity:
        query = gql("""
            query AppIdentity {
              app {
                id
                identifier
                name
                version
                isActive
                permissions {
                  code
                }
              }
              shop {
                version
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="AppIdentity", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppIdentity.model_validate(data)

    def app_webhooks(self, **kwargs: Any) -> AppWebhooks:
        query = gql("""
            query AppWebhooks {
              app {
                id
                webhooks {
                  id
                  name
                  targetUrl
                  isActive
                  subscriptionQuery
                  asyncEvents {
                    eventType
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="AppWebhooks", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return AppWebhooks.model_validate(data)

    def webhook_create(self, input: WebhookCreateInput, **kwargs: Any) -> WebhookCreate:
        query = gql("""
            mutation WebhookCreate($input: WebhookCreateInput!) {
              webhookCreate(input: $input) {
                webhook {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"input": input}
        response = self.execute(
            query=query, operation_name="WebhookCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WebhookCreate.model_validate(data)

    def webhook_update(
        self, id: str, input: WebhookUpdateInput, **kwargs: Any
    ) -> WebhookUpdate:
        query = gql("""
            mutation WebhookUpdate($id: ID!, $input: WebhookUpdateInput!) {
              webhookUpdate(id: $id, input: $input) {
                webhook {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "input": input}
        response = self.execute(
            query=query, operation_name="WebhookUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WebhookUpdate.model_validate(data)

    def webhook_delete(self, id: str, **kwargs: Any) -> WebhookDelete:
        query = gql("""
            mutation WebhookDelete($id: ID!) {
              webhookDelete(id: $id) {
                webhook {
                  id
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="WebhookDelete", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return WebhookDelete.model_validate(data)

    def channels(self, **kwargs: Any) -> Channels:
        query = gql("""
            query Channels {
              channels {
                id
                slug
                name
                currencyCode
                isActive
                orderSettings {
                  automaticallyConfirmAllNewOrders
                  allowUnpaidOrders
                }
              }
            }
            """)
        variables: dict[str, object] = {}
        response = self.execute(
            query=query, operation_name="Channels", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return Channels.model_validate(data)

    def customer_identity(
        self, id: str, reads_settings: bool, **kwargs: Any
    ) -> CustomerIdentity:
        query = gql("""
            query CustomerIdentity($id: ID!, $readsSettings: Boolean!) {
              user(id: $id) {
                ...CustomerForMembership
              }
              shop @include(if: $readsSettings) {
                enableAccountConfirmationByEmail
              }
            }

            fragment CustomerForMembership on User {
              id
              email
              isConfirmed
              externalReference
              firstName
              lastName
              privateMetadata {
                key
                value
              }
              metadata {
                key
                value
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "readsSettings": reads_settings}
        response = self.execute(
            query=query,
            operation_name="CustomerIdentity",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return CustomerIdentity.model_validate(data)

    def customer_by_email(self, email: str, **kwargs: Any) -> CustomerByEmail:
        query = gql("""
            query CustomerByEmail($email: String!) {
              user(email: $email) {
                id
                email
                firstName
                lastName
              }
            }
            """)
        variables: dict[str, object] = {"email": email}
        response = self.execute(
            query=query, operation_name="CustomerByEmail", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return CustomerByEmail.model_validate(data)

    def invoice_create(
        self, order_id: str, number: str, url: str, reference: str, **kwargs: Any
    ) -> InvoiceCreate:
        query = gql("""
            mutation InvoiceCreate($orderId: ID!, $number: String!, $url: String!, $reference: String!) {
              invoiceCreate(
                orderId: $orderId
                input: {number: $number, url: $url, privateMetadata: [{key: "b2b-docs.document", value: $reference}]}
              ) {
                invoice {
                  id
                  number
                  url
                  status
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "orderId": order_id,
            "number": number,
            "url": url,
            "reference": reference,
        }
        response = self.execute(
            query=query, operation_name="InvoiceCreate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return InvoiceCreate.model_validate(data)

    def invoice_update(
        self, id: str, number: str, url: str, reference: str, **kwargs: Any
    ) -> InvoiceUpdate:
        query = gql("""
            mutation InvoiceUpdate($id: ID!, $number: String!, $url: String!, $reference: String!) {
              invoiceUpdate(
                id: $id
                input: {number: $number, url: $url, privateMetadata: [{key: "b2b-docs.document", value: $reference}]}
              ) {
                invoice {
                  id
                  number
                  url
                  status
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "number": number,
            "url": url,
            "reference": reference,
        }
        response = self.execute(
            query=query, operation_name="InvoiceUpdate", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return InvoiceUpdate.model_validate(data)

    def order_snapshot(self, id: str, **kwargs: Any) -> OrderSnapshot:
        query = gql("""
            query OrderSnapshot($id: ID!) {
              order(id: $id) {
                ...OrderForSnapshot
                invoices {
                  id
                  number
                  url
                  status
                }
              }
            }

            fragment AddressForSnapshot on Address {
              firstName
              lastName
              companyName
              streetAddress1
              streetAddress2
              city
              cityArea
              postalCode
              countryArea
              phone
              country {
                code
                country
              }
              metadata {
                key
                value
              }
            }

            fragment MoneyAmount on Money {
              amount
              currency
            }

            fragment OrderForSnapshot on Order {
              id
              number
              status
              origin
              created
              updatedAt
              chargeStatus
              languageCodeEnum
              externalReference
              displayGrossPrices
              taxExemption
              channel {
                id
                slug
                currencyCode
              }
              user {
                id
                email
                externalReference
              }
              userEmail
              metadata {
                key
                value
              }
              privateMetadata {
                key
                value
              }
              billingAddress {
                ...AddressForSnapshot
              }
              shippingAddress {
                ...AddressForSnapshot
              }
              lines {
                ...OrderLineForSnapshot
              }
              discounts {
                id
                type
                name
                translatedName
                reason
                amount {
                  ...MoneyAmount
                }
                total {
                  ...MoneyAmount
                }
              }
              shippingMethodName
              collectionPointName
              shippingPrice {
                ...TaxedMoneyAmounts
              }
              shippingTaxRate
              undiscountedShippingPrice {
                ...MoneyAmount
              }
              subtotal {
                ...TaxedMoneyAmounts
              }
              total {
                ...TaxedMoneyAmounts
              }
              undiscountedTotal {
                ...TaxedMoneyAmounts
              }
              totalCharged {
                ...MoneyAmount
              }
            }

            fragment OrderLineForSnapshot on OrderLine {
              id
              productName
              variantName
              translatedProductName
              translatedVariantName
              productSku
              quantity
              taxRate
              unitPrice {
                ...TaxedMoneyAmounts
              }
              undiscountedUnitPrice {
                ...TaxedMoneyAmounts
              }
              totalPrice {
                ...TaxedMoneyAmounts
              }
              undiscountedTotalPrice {
                ...TaxedMoneyAmounts
              }
              variant {
                id
                externalReference
                metafield(key: "unit")
                product {
                  id
                  externalReference
                  metafield(key: "unit")
                }
              }
            }

            fragment TaxedMoneyAmounts on TaxedMoney {
              net {
                ...MoneyAmount
              }
              tax {
                ...MoneyAmount
              }
              gross {
                ...MoneyAmount
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="OrderSnapshot", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderSnapshot.model_validate(data)

    def orders_updated_since(
        self,
        updated_since: datetime,
        after: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> OrdersUpdatedSince:
        query = gql("""
            query OrdersUpdatedSince($updatedSince: DateTime!, $after: String) {
              orders(
                first: 100
                after: $after
                filter: {updatedAt: {gte: $updatedSince}}
                sortBy: {field: LAST_MODIFIED_AT, direction: ASC}
              ) {
                edges {
                  node {
                    id
                    status
                    updatedAt
                  }
                }
                pageInfo {
                  hasNextPage
                  endCursor
                }
              }
            }
            """)
        variables: dict[str, object] = {"updatedSince": updated_since, "after": after}
        response = self.execute(
            query=query,
            operation_name="OrdersUpdatedSince",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OrdersUpdatedSince.model_validate(data)

    def order_confirm(self, id: str, **kwargs: Any) -> OrderConfirm:
        query = gql("""
            mutation OrderConfirm($id: ID!) {
              orderConfirm(id: $id) {
                order {
                  id
                  status
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id}
        response = self.execute(
            query=query, operation_name="OrderConfirm", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderConfirm.model_validate(data)

    def orders_of_customer(self, user_id: str, **kwargs: Any) -> OrdersOfCustomer:
        query = gql("""
            query OrdersOfCustomer($userId: ID!) {
              user(id: $userId) {
                id
                orders(first: 100) {
                  edges {
                    node {
                      id
                    }
                  }
                }
              }
            }
            """)
        variables: dict[str, object] = {"userId": user_id}
        response = self.execute(
            query=query,
            operation_name="OrdersOfCustomer",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return OrdersOfCustomer.model_validate(data)

    def order_for_report(
        self, id: str, reads_payments: bool, **kwargs: Any
    ) -> OrderForReport:
        query = gql("""
            query OrderForReport($id: ID!, $readsPayments: Boolean!) {
              order(id: $id) {
                id
                status
                lines {
                  id
                  quantity
                  quantityFulfilled
                  quantityToFulfill
                  allocations {
                    quantity
                    warehouse {
                      id
                    }
                  }
                  variant {
                    id
                    stocks {
                      quantity
                      warehouse {
                        id
                      }
                    }
                  }
                }
                channel {
                  id
                  warehouses {
                    id
                  }
                }
                fulfillments {
                  ...FulfillmentForReport
                }
                events {
                  id
                  app {
                    id
                  }
                  fulfilledItems {
                    id
                  }
                }
                total {
                  gross {
                    ...MoneyAmount
                  }
                }
                totalCharged {
                  ...MoneyAmount
                }
                transactions @include(if: $readsPayments) {
                  ...TransactionForReport
                }
              }
            }

            fragment FulfillmentForReport on Fulfillment {
              id
              status
              privateMetafield(key: "b2b-docs.waybill")
              warehouse {
                id
              }
              lines {
                id
                quantity
                orderLine {
                  id
                }
              }
            }

            fragment MoneyAmount on Money {
              amount
              currency
            }

            fragment TransactionForReport on TransactionItem {
              id
              pspReference
              privateMetafield(key: "b2b-docs.payment")
              chargedAmount {
                ...MoneyAmount
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "readsPayments": reads_payments}
        response = self.execute(
            query=query, operation_name="OrderForReport", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderForReport.model_validate(data)

    def order_fulfill(
        self, order_id: str, lines: list[OrderFulfillLineInput], **kwargs: Any
    ) -> OrderFulfill:
        query = gql("""
            mutation OrderFulfill($orderId: ID!, $lines: [OrderFulfillLineInput!]!) {
              orderFulfill(
                order: $orderId
                input: {lines: $lines, notifyCustomer: false, allowStockToBeExceeded: true}
              ) {
                fulfillments {
                  ...FulfillmentForReport
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment FulfillmentForReport on Fulfillment {
              id
              status
              privateMetafield(key: "b2b-docs.waybill")
              warehouse {
                id
              }
              lines {
                id
                quantity
                orderLine {
                  id
                }
              }
            }
            """)
        variables: dict[str, object] = {"orderId": order_id, "lines": lines}
        response = self.execute(
            query=query, operation_name="OrderFulfill", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return OrderFulfill.model_validate(data)

    def fulfillment_mark(
        self, id: str, reference: str, **kwargs: Any
    ) -> FulfillmentMark:
        query = gql("""
            mutation FulfillmentMark($id: ID!, $reference: String!) {
              updatePrivateMetadata(
                id: $id
                input: [{key: "b2b-docs.waybill", value: $reference}]
              ) {
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "reference": reference}
        response = self.execute(
            query=query, operation_name="FulfillmentMark", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return FulfillmentMark.model_validate(data)

    def fulfillment_cancel(
        self,
        id: str,
        warehouse_id: Union[Optional[str], UnsetType] = UNSET,
        **kwargs: Any,
    ) -> FulfillmentCancel:
        query = gql("""
            mutation FulfillmentCancel($id: ID!, $warehouseId: ID) {
              orderFulfillmentCancel(id: $id, input: {warehouseId: $warehouseId}) {
                fulfillment {
                  id
                  status
                }
                errors {
                  field
                  message
                  code
                }
              }
            }
            """)
        variables: dict[str, object] = {"id": id, "warehouseId": warehouse_id}
        response = self.execute(
            query=query,
            operation_name="FulfillmentCancel",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return FulfillmentCancel.model_validate(data)

    def payment_report(
        self,
        order_id: str,
        reference: str,
        name: str,
        amount: Any,
        currency: str,
        message: str,
        **kwargs: Any,
    ) -> PaymentReport:
        query = gql("""
            mutation PaymentReport($orderId: ID!, $reference: String!, $name: String!, $amount: PositiveDecimal!, $currency: String!, $message: String!) {
              transactionCreate(
                id: $orderId
                transaction: {name: $name, pspReference: $reference, amountCharged: {amount: $amount, currency: $currency}, privateMetadata: [{key: "b2b-docs.payment", value: $reference}]}
                transactionEvent: {pspReference: $reference, message: $message}
              ) {
                transaction {
                  ...TransactionForReport
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment MoneyAmount on Money {
              amount
              currency
            }

            fragment TransactionForReport on TransactionItem {
              id
              pspReference
              privateMetafield(key: "b2b-docs.payment")
              chargedAmount {
                ...MoneyAmount
              }
            }
            """)
        variables: dict[str, object] = {
            "orderId": order_id,
            "reference": reference,
            "name": name,
            "amount": amount,
            "currency": currency,
            "message": message,
        }
        response = self.execute(
            query=query, operation_name="PaymentReport", variables=variables, **kwargs
        )
        data = self.get_data(response)
        return PaymentReport.model_validate(data)

    def payment_report_update(
        self,
        id: str,
        reference: str,
        amount: Any,
        currency: str,
        message: str,
        **kwargs: Any,
    ) -> PaymentReportUpdate:
        query = gql("""
            mutation PaymentReportUpdate($id: ID!, $reference: String!, $amount: PositiveDecimal!, $currency: String!, $message: String!) {
              transactionUpdate(
                id: $id
                transaction: {amountCharged: {amount: $amount, currency: $currency}}
                transactionEvent: {pspReference: $reference, message: $message}
              ) {
                transaction {
                  ...TransactionForReport
                }
                errors {
                  field
                  message
                  code
                }
              }
            }

            fragment MoneyAmount on Money {
              amount
              currency
            }

            fragment TransactionForReport on TransactionItem {
              id
              pspReference
              privateMetafield(key: "b2b-docs.payment")
              chargedAmount {
                ...MoneyAmount
              }
            }
            """)
        variables: dict[str, object] = {
            "id": id,
            "reference": reference,
            "amount": amount,
            "currency": currency,
            "message": message,
        }
        response = self.execute(
            query=query,
            operation_name="PaymentReportUpdate",
            variables=variables,
            **kwargs,
        )
        data = self.get_data(response)
        return PaymentReportUpdate.model_validate(data)
