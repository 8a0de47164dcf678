from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import InvoiceErrorCode, JobStatusEnum


class InvoiceCreate(BaseModel):
    invoice_create: Optional["InvoiceCreateInvoiceCreate"] = Field(
        alias="invoiceCreate"
    )


class InvoiceCreateInvoiceCreate(BaseModel):
    invoice: Optional["InvoiceCreateInvoiceCreateInvoice"]
    errors: list["InvoiceCreateInvoiceCreateErrors"]


class InvoiceCreateInvoiceCreateInvoice(BaseModel):
    id: str
    number: Optional[str]
    url: Optional[str]
    status: JobStatusEnum


class InvoiceCreateInvoiceCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: InvoiceErrorCode


InvoiceCreate.model_rebuild()
InvoiceCreateInvoiceCreate.model_rebuild()
