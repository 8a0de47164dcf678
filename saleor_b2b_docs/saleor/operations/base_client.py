"""The base of the generated client (`make codegen` copies this file beside it)."""

from __future__ import annotations

from saleor_b2b_docs.saleor import transport


class SaleorTransport(transport.SaleorTransport):
    """See saleor_b2b_docs.saleor.transport."""
