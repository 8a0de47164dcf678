"""What the demo's buyers owe: two years of it, made anew at each start, up to yesterday."""

from saleor_sandbox.demo.accounts.writing import write_accounts

__all__ = ["write_accounts"]
