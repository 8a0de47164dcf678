from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import OrderStatus
from .fragments import FulfillmentForReport, MoneyAmount, TransactionForReport


class OrderForReport(BaseModel):
    order: Optional["OrderForReportOrder"]


class OrderForReportOrder(BaseModel):
    id: str
    status: OrderStatus
    lines: list["OrderForReportOrderLines"]
    channel: "OrderForReportOrderChannel"
    fulfillments: list["OrderForReportOrderFulfillments"]
    events: list["OrderForReportOrderEvents"]
    total: "OrderForReportOrderTotal"
    total_charged: "OrderForReportOrderTotalCharged" = Field(alias="totalCharged")
    transactions: Optional[list["OrderForReportOrderTransactions"]] = None


class OrderForReportOrderLines(BaseModel):
    id: str
    quantity: int
    quantity_fulfilled: int = Field(alias="quantityFulfilled")
    quantity_to_fulfill: int = Field(alias="quantityToFulfill")
    allocations: Optional[list["OrderForReportOrderLinesAllocations"]]
    variant: Optional["OrderForReportOrderLinesVariant"]


class OrderForReportOrderLinesAllocations(BaseModel):
    quantity: int
    warehouse: "OrderForReportOrderLinesAllocationsWarehouse"


class OrderForReportOrderLinesAllocationsWarehouse(BaseModel):
    id: str


class OrderForReportOrderLinesVariant(BaseModel):
    id: str
    stocks: Optional[list["OrderForReportOrderLinesVariantStocks"]]


class OrderForReportOrderLinesVariantStocks(BaseModel):
    quantity: int
    warehouse: "OrderForReportOrderLinesVariantStocksWarehouse"


class OrderForReportOrderLinesVariantStocksWarehouse(BaseModel):
    id: str


class OrderForReportOrderChannel(BaseModel):
    id: str
    warehouses: list["OrderForReportOrderChannelWarehouses"]


class OrderForReportOrderChannelWarehouses(BaseModel):
    id: str


OrderForReportOrderFulfillments = FulfillmentForReport


class OrderForReportOrderEvents(BaseModel):
    id: str
    app: Optional["OrderForReportOrderEventsApp"]
    fulfilled_items: Optional[list["OrderForReportOrderEventsFulfilledItems"]] = Field(
        alias="fulfilledItems"
    )


class OrderForReportOrderEventsApp(BaseModel):
    id: str


class OrderForReportOrderEventsFulfilledItems(BaseModel):
    id: str


class OrderForReportOrderTotal(BaseModel):
    gross: "OrderForReportOrderTotalGross"


OrderForReportOrderTotalGross = MoneyAmount
OrderForReportOrderTotalCharged = MoneyAmount
OrderForReportOrderTransactions = TransactionForReport
OrderForReport.model_rebuild()
OrderForReportOrder.model_rebuild()
OrderForReportOrderLines.model_rebuild()
OrderForReportOrderLinesAllocations.model_rebuild()
OrderForReportOrderLinesVariant.model_rebuild()
OrderForReportOrderLinesVariantStocks.model_rebuild()
OrderForReportOrderChannel.model_rebuild()
OrderForReportOrderEvents.model_rebuild()
OrderForReportOrderTotal.model_rebuild()
