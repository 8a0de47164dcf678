"""A stand-in for Saleor with a small shop on it, for the demo and the tests.

It answers the part of Saleor 3.23's GraphQL API that this project uses, installs apps, sends
signed webhooks and issues tokens as Saleor does. It is not a shop to run a business on.
"""

SALEOR_VERSION = "3.23.28"
SCHEMA_VERSION = "3.23"
