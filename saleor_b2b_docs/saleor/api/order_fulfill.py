from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import OrderErrorCode
from .fragments import FulfillmentForReport


class OrderFulfill(BaseModel):
    order_fulfill: Optional["OrderFulfillOrderFulfill"] = Field(alias="orderFulfill")


class OrderFulfillOrderFulfill(BaseModel):
    fulfillments: Optional[list["OrderFulfillOrderFulfillFulfillments"]]
    errors: list["OrderFulfillOrderFulfillErrors"]


OrderFulfillOrderFulfillFulfillments = FulfillmentForReport


class OrderFulfillOrderFulfillErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: OrderErrorCode


OrderFulfill.model_rebuild()
OrderFulfillOrderFulfill.model_rebuild()
