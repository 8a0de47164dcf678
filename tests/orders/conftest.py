"""Tests here talk to a stand-in Saleor."""

from tests.sandboxes import sandbox as sandbox
from tests.sandboxes import shop as shop
