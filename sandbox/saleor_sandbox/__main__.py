"""`python -m saleor_sandbox`."""

from __future__ import annotations

import sys

from saleor_sandbox.cli import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
