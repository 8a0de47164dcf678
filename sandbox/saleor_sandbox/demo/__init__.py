"""The demo: a stand-in Saleor, its shop and the app together."""

from saleor_sandbox.demo.run import run

__all__ = ["run"]
