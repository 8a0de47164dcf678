from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import InvoiceErrorCode, JobStatusEnum


class InvoiceUpdate(BaseModel):
    invoice_update: Optional["InvoiceUpdateInvoiceUpdate"] = Field(
        alias="invoiceUpdate"
    )


class InvoiceUpdateInvoiceUpdate(BaseModel):
    invoice: Optional["InvoiceUpdateInvoiceUpdateInvoice"]
    errors: list["InvoiceUpdateInvoiceUpdateErrors"]


class InvoiceUpdateInvoiceUpdateInvoice(BaseModel):
    id: str
    number: Optional[str]
    url: Optional[str]
    status: JobStatusEnum


class InvoiceUpdateInvoiceUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: InvoiceErrorCode


InvoiceUpdate.model_rebuild()
InvoiceUpdateInvoiceUpdate.model_rebuild()
