from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import OrderStatus


class OrdersUpdatedSince(BaseModel):
    orders: Optional["OrdersUpdatedSinceOrders"]


class OrdersUpdatedSinceOrders(BaseModel):
    edges: list["OrdersUpdatedSinceOrdersEdges"]
    page_info: "OrdersUpdatedSinceOrdersPageInfo" = Field(alias="pageInfo")


class OrdersUpdatedSinceOrdersEdges(BaseModel):
    node: "OrdersUpdatedSinceOrdersEdgesNode"


class OrdersUpdatedSinceOrdersEdgesNode(BaseModel):
    id: str
    status: OrderStatus
    updated_at: datetime = Field(alias="updatedAt")


class OrdersUpdatedSinceOrdersPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


OrdersUpdatedSince.model_rebuild()
OrdersUpdatedSinceOrders.model_rebuild()
OrdersUpdatedSinceOrdersEdges.model_rebuild()
