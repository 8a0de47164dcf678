from typing import Optional

from .base_model import BaseModel
from .enums import JobStatusEnum
from .fragments import (  # noqa: F401
    OrderForSnapshot,
    OrderForSnapshotBillingAddress,
    OrderForSnapshotChannel,
    OrderForSnapshotDiscounts,
    OrderForSnapshotLines,
    OrderForSnapshotMetadata,
    OrderForSnapshotPrivateMetadata,
    OrderForSnapshotShippingAddress,
    OrderForSnapshotShippingPrice,
    OrderForSnapshotSubtotal,
    OrderForSnapshotTotal,
    OrderForSnapshotTotalCharged,
    OrderForSnapshotUndiscountedShippingPrice,
    OrderForSnapshotUndiscountedTotal,
    OrderForSnapshotUser,
)


class OrderSnapshot(BaseModel):
    order: Optional["OrderSnapshotOrder"]


class OrderSnapshotOrder(OrderForSnapshot):
    invoices: list["OrderSnapshotOrderInvoices"]


class OrderSnapshotOrderInvoices(BaseModel):
    id: str
    number: Optional[str]
    url: Optional[str]
    status: JobStatusEnum


OrderSnapshot.model_rebuild()
OrderSnapshotOrder.model_rebuild()
