from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import PermissionEnum


class AppIdentity(BaseModel):
    app: Optional["AppIdentityApp"]
    shop: "AppIdentityShop"


class AppIdentityApp(BaseModel):
    id: str
    identifier: Optional[str]
    name: Optional[str]
    version: Optional[str]
    is_active: Optional[bool] = Field(alias="isActive")
    permissions: Optional[list["AppIdentityAppPermissions"]]


class AppIdentityAppPermissions(BaseModel):
    code: PermissionEnum


class AppIdentityShop(BaseModel):
    version: str


AppIdentity.model_rebuild()
AppIdentityApp.model_rebuild()
