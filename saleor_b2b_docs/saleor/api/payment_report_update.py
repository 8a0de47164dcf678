from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TransactionUpdateErrorCode
from .fragments import TransactionForReport


class PaymentReportUpdate(BaseModel):
    transaction_update: Optional["PaymentReportUpdateTransactionUpdate"] = Field(
        alias="transactionUpdate"
    )


class PaymentReportUpdateTransactionUpdate(BaseModel):
    transaction: Optional["PaymentReportUpdateTransactionUpdateTransaction"]
    errors: list["PaymentReportUpdateTransactionUpdateErrors"]


PaymentReportUpdateTransactionUpdateTransaction = TransactionForReport


class PaymentReportUpdateTransactionUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TransactionUpdateErrorCode


PaymentReportUpdate.model_rebuild()
PaymentReportUpdateTransactionUpdate.model_rebuild()
