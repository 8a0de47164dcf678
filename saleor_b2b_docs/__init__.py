"""B2B Docs for Saleor: wholesale paperwork and receivables as a Saleor app."""

__version__ = "0.1.0"
