from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class Channels(BaseModel):
    channels: Optional[list["ChannelsChannels"]]


class ChannelsChannels(BaseModel):
    id: str
    slug: str
    name: str
    currency_code: str = Field(alias="currencyCode")
    is_active: bool = Field(alias="isActive")
    order_settings: "ChannelsChannelsOrderSettings" = Field(alias="orderSettings")


class ChannelsChannelsOrderSettings(BaseModel):
    automatically_confirm_all_new_orders: bool = Field(
        alias="automaticallyConfirmAllNewOrders"
    )
    allow_unpaid_orders: bool = Field(alias="allowUnpaidOrders")


Channels.model_rebuild()
ChannelsChannels.model_rebuild()
