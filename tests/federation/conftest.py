"""A stand-in Saleor, and Node.js for what gateways are made of."""

from __future__ import annotations

import shutil

import pytest

from tests.conftest import lacking
from tests.federation.node import MODULES
from tests.sandboxes import sandbox, shop

__all__ = ["sandbox", "shop"]


@pytest.fixture
def node() -> str:
    """The program, with the packages that the scripts here need."""
    program = shutil.which("node")
    if program is None or not MODULES.is_dir():
        lacking("Node.js, and `npm ci`")
    return str(program)
