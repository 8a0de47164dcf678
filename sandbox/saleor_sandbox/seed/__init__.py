"""A believable wholesaler: goods, prices, taxes, ways of delivery, buyers and staff."""

from saleor_sandbox.seed.loading import load

__all__ = ["load"]
