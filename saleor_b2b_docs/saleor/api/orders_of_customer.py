from typing import Optional

from .base_model import BaseModel


class OrdersOfCustomer(BaseModel):
    user: Optional["OrdersOfCustomerUser"]


class OrdersOfCustomerUser(BaseModel):
    id: str
    orders: Optional["OrdersOfCustomerUserOrders"]


class OrdersOfCustomerUserOrders(BaseModel):
    edges: list["OrdersOfCustomerUserOrdersEdges"]


class OrdersOfCustomerUserOrdersEdges(BaseModel):
    node: "OrdersOfCustomerUserOrdersEdgesNode"


class OrdersOfCustomerUserOrdersEdgesNode(BaseModel):
    id: str


OrdersOfCustomer.model_rebuild()
OrdersOfCustomerUser.model_rebuild()
OrdersOfCustomerUserOrders.model_rebuild()
OrdersOfCustomerUserOrdersEdges.model_rebuild()
