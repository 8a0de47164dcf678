from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionCreateErrorCode
from .fragments import TransactionForReport


class PaymentReport(BaseModel):
    transaction_create: Optional["PaymentReportTransactionCreate"] = Field(
        alias="transactionCreate"
    )


class PaymentReportTransactionCreate(BaseModel):
    transaction: Optional["PaymentReportTransactionCreateTransaction"]
    errors: list["PaymentReportTransactionCreateErrors"]


PaymentReportTransactionCreateTransaction = TransactionForReport


class PaymentReportTransactionCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionCreateErrorCode


PaymentReport.model_rebuild()
PaymentReportTransactionCreate.model_rebuild()
