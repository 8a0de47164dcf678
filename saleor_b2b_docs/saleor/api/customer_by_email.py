from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class CustomerByEmail(BaseModel):
    user: Optional["CustomerByEmailUser"]


class CustomerByEmailUser(BaseModel):
    id: str
    email: str
    first_name: str = Field(alias="firstName")
    last_name: str = Field(alias="lastName")


CustomerByEmail.model_rebuild()
