"""`b2b-docs demo`: hands over to the sandbox, which is an extra of the package."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path


def run(*, check: bool, port: int, shop_port: int) -> int:
    """Run the demo, or say how to get it."""
    try:
        # By name: the app itself knows nothing of its sandbox.
        demo = importlib.import_module("saleor_sandbox.demo")
        importlib.import_module("graphene")  # which the sandbox imports in its own process
    except ModuleNotFoundError as error:
        print(
            f"The demo needs the sandbox ({error.name} is missing): "
            "pip install 'saleor-b2b-docs[sandbox]'",
            file=sys.stderr,
        )
        return 1
    folder = Path(os.environ.get("B2B_DOCS_DATA_DIR", "var")).absolute() / "demo"
    return int(demo.run(checks=check, port=port, shop_port=shop_port, data_dir=folder))
