from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import OrderErrorCode, OrderStatus


class OrderConfirm(BaseModel):
    order_confirm: Optional["OrderConfirmOrderConfirm"] = Field(alias="orderConfirm")


class OrderConfirmOrderConfirm(BaseModel):
    order: Optional["OrderConfirmOrderConfirmOrder"]
    errors: list["OrderConfirmOrderConfirmErrors"]


class OrderConfirmOrderConfirmOrder(BaseModel):
    id: str
    status: OrderStatus


class OrderConfirmOrderConfirmErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: OrderErrorCode


OrderConfirm.model_rebuild()
OrderConfirmOrderConfirm.model_rebuild()
