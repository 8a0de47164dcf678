from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import MetadataErrorCode


class FulfillmentMark(BaseModel):
    update_private_metadata: Optional["FulfillmentMarkUpdatePrivateMetadata"] = Field(
        alias="updatePrivateMetadata"
    )


class FulfillmentMarkUpdatePrivateMetadata(BaseModel):
    errors: list["FulfillmentMarkUpdatePrivateMetadataErrors"]


class FulfillmentMarkUpdatePrivateMetadataErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: MetadataErrorCode


FulfillmentMark.model_rebuild()
FulfillmentMarkUpdatePrivateMetadata.model_rebuild()
