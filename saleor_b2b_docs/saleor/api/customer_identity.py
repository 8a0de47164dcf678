from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import CustomerForMembership


class CustomerIdentity(BaseModel):
    user: Optional["CustomerIdentityUser"]
    shop: Optional["CustomerIdentityShop"] = None


CustomerIdentityUser = CustomerForMembership


class CustomerIdentityShop(BaseModel):
    enable_account_confirmation_by_email: Optional[bool] = Field(
        alias="enableAccountConfirmationByEmail"
    )


CustomerIdentity.model_rebuild()
