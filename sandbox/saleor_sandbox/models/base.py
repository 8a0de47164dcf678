"""What several tables share."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class WithMetadata(models.Model):
    """Public and private key-value pairs, as most of Saleor's objects carry them."""

    metadata = models.JSONField(default=dict, blank=True)
    private_metadata = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


class Node(models.Model):
    """An object with a global id; `graphql_type` is the name that stands in it."""

    graphql_type: ClassVar[str]

    class Meta:
        abstract = True
