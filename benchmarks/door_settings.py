"""The app's settings, with one more address for the comparison."""

from saleor_b2b_docs.config.settings import *  # noqa: F403 - what is measured

ROOT_URLCONF = "benchmarks.door_urls"
